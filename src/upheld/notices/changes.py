# SPDX-License-Identifier: Apache-2.0
"""What a new version changes, and whom it can bind without asking.

Comparing takes a second or two, and a job asks the same for every person: what was found is kept for each pair of
policies, by their contents, and set of controls in force.
"""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final

from upheld import controls
from upheld.facts import queries as facts
from upheld.facts.queries import Version
from upheld.gate.comparing import Decision, compare
from upheld.notices.values import Change
from upheld.policy import Change as Stated
from upheld.policy import Policy
from upheld.policy.comparing import listed_triggers
from upheld.policy.model.governance import Trigger

NOTHING = Change(is_major=False)
"""A first version, or one against which nothing changes."""
KEPT: Final = 64

_kept: dict[tuple[str, str, frozenset[str]], Change] = {}


def standing(now: datetime) -> Sequence[Version]:
    """List the published versions that nobody took back, newest first; those to come are among them."""
    return [one for one in facts.versions() if one.withdrawn_at is None or now < one.withdrawn_at]


def last(now: datetime) -> Version | None:
    """Return the last published version that nobody took back: the one that a new version follows."""
    found = standing(now)
    return found[0] if found else None


def from_last(policy: Policy, *, now: datetime) -> Change:
    """Compare a policy with the last published version."""
    before = last(now)
    return between(facts.policy(before.seq), policy) if before else NOTHING


def raised_by_risk(high_risk: Sequence[str], *, now: datetime) -> bool:
    """Say whether assessments that show a high risk make the next version major, by the list people were promised."""
    before = last(now)
    listed = listed_triggers(facts.policy(before.seq)) if before else frozenset()
    return bool(high_risk) and Trigger.HIGH_RISK in listed


def step(old: int, new: int) -> Change:
    """Compare two published versions.

    Raises:
        NotFound: one of them was never published.
    """
    return between(facts.policy(old), facts.policy(new))


def between(old: Policy, new: Policy) -> Change:
    """Compare two versions of one policy, by what they say and by what the gate decides under them.

    Raises:
        BadInput: they are versions of different policies.
    """
    key = (_digest(old), _digest(new), controls.out())
    known = _kept.get(key)
    if known is None:
        if len(_kept) >= KEPT:
            _kept.clear()
        known = _kept[key] = _compared(old, new)
    return known


def _digest(policy: Policy) -> str:
    return sha256(policy.model_dump_json().encode()).hexdigest()


def _compared(old: Policy, new: Policy) -> Change:
    found = compare(old, new)
    return Change(
        is_major=found.is_major,
        triggers=tuple(sorted({one.trigger.value for one in found.major if one.trigger is not None})),
        cuts=tuple(dict.fromkeys(_where(one) for one in found.cuts)),
        changed=tuple(change.what for change in found.changes),
        ask_again=found.ask_again,
    )


def _where(one: Stated | Decision) -> str:
    """Name what a change of the text, or of a decision, is about."""
    return one.path if isinstance(one, Stated) else " ".join((one.kind.value, *one.purposes))
