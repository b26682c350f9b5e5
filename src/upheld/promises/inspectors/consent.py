# SPDX-License-Identifier: Apache-2.0
"""Choices: each an act of the person's own, alone, obeyed at once, and not asked for again too soon."""

from collections.abc import Iterator
from typing import Final

from upheld.consent.events import ConsentEvent
from upheld.promises.inspectors.base import Finding, inspects
from upheld.promises.values import Seen

SAID_YES: Final = (ConsentEvent.GIVEN, ConsentEvent.PERMISSION_GRANTED)
SAID_NO: Final = (ConsentEvent.WITHDRAWN, ConsentEvent.REFUSED, ConsentEvent.PERMISSION_REVOKED)


@inspects("consent.no_deemed_consent", "consent.one_by_one", "consent.history_kept", events=SAID_YES)
def given(seen: Seen) -> Iterator[Finding]:
    """A yes was the person's own act, on one topic, and went on record with its wording."""
    where = (seen.clause,)
    own = seen.facts.get("own_act") is True
    yield Finding(control="consent.no_deemed_consent", kept=own, why="consent_deemed", about=where)
    alone = seen.facts.get("topics_at_once") == 1
    yield Finding(control="consent.one_by_one", kept=alone, why="consents_bundled", about=where)
    recorded = bool(seen.facts.get("wording")) and bool(seen.facts.get("version"))
    yield Finding(control="consent.history_kept", kept=recorded, why="no_record", about=where)


@inspects("consent.withdrawal_at_once", events=SAID_NO)
def taken_back(seen: Seen) -> Iterator[Finding]:
    """After a no, what the gate knows holds no yes; an objection to a purpose that rests on no consent has none."""
    kept = seen.facts.get("held_afterwards", False) is False
    yield Finding(control="consent.withdrawal_at_once", kept=kept, why="still_held", about=(seen.clause,))


@inspects("consent.no_nagging", events=(ConsentEvent.ASKED, ConsentEvent.NOT_ASKED))
def asked(seen: Seen) -> Iterator[Finding]:
    """The product asked only where no refusal stood within the interval."""
    if "interval_over" not in seen.facts:
        return
    fair = seen.event == ConsentEvent.NOT_ASKED or seen.facts["interval_over"] is True
    yield Finding(control="consent.no_nagging", kept=fair, why="asked_too_soon", about=(seen.clause,))
