# SPDX-License-Identifier: Apache-2.0
"""Requests: verified first, answered in time, refused only on listed grounds, free unless repeated, never lost."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from upheld.promises.inspectors.base import Finding, Now, inspects, looks
from upheld.promises.values import Seen
from upheld.rights import queries
from upheld.rights.events import RequestEvent

ENDED: Final = (RequestEvent.ANSWERED, RequestEvent.REFUSED)
SOON: Final = timedelta(days=3)
"""An open request due within this is at risk: an officer has two working days left, a weekend between."""


@inspects("rights.answered_in_time", events=ENDED)
def in_time(seen: Seen) -> Iterator[Finding]:
    """The answer was not late, by the due date that the evidence itself carries."""
    due = seen.facts.get("due_at")
    late = isinstance(due, str) and bool(due) and seen.at >= due
    yield Finding(control="rights.answered_in_time", kept=not late, why="answered_late", about=(seen.clause,))


@inspects("rights.verified_first", events=(RequestEvent.ANSWERED, RequestEvent.CARRIED_OUT))
def verified(seen: Seen) -> Iterator[Finding]:
    """The requester had been verified."""
    kept = bool(seen.facts.get("verified_at"))
    yield Finding(control="rights.verified_first", kept=kept, why="not_verified", about=(seen.clause,))


@inspects("rights.refusal_ground_listed", "rights.never_disappears", events=(RequestEvent.REFUSED,))
def refused(seen: Seen) -> Iterator[Finding]:
    """The refusal named a listed ground with its evidence, and told the remedies."""
    ground = str(seen.facts.get("ground", ""))
    listed = seen.facts.get("ground_listed") is True and seen.facts.get("evidence_complete") is True
    where = (seen.clause, f"rights.refusals.{ground}")
    yield Finding(control="rights.refusal_ground_listed", kept=listed, why="ground_not_listed", about=where)
    told = bool(seen.facts.get("remedies"))
    yield Finding(control="rights.never_disappears", kept=told, why="no_remedies_told", about=(seen.clause,))


@inspects("rights.never_disappears", events=(RequestEvent.FILED, RequestEvent.ANSWERED, RequestEvent.TAKEN_BACK))
def ended(seen: Seen) -> Iterator[Finding]:
    """A request came in, or ended as a request may."""
    yield Finding(control="rights.never_disappears", about=(seen.clause,))


@inspects("rights.fee_only_when_repeated", events=(RequestEvent.FEE_ASKED,))
def fee(seen: Seen) -> Iterator[Finding]:
    """The fee was declared, and enough free requests came before."""
    before, free = seen.facts.get("before"), seen.facts.get("free")
    due = seen.facts.get("declared") is True and isinstance(before, int) and isinstance(free, int) and before >= free
    yield Finding(control="rights.fee_only_when_repeated", kept=due, why="fee_without_ground")


@looks("rights.answered_in_time")
def waiting(now: Now) -> Iterator[Finding]:
    """No open request is late; those due soon are at risk."""
    late, soon = queries.rights_due(now.at), queries.rights_due(now.at + SOON)
    if late:
        now.details.append(f"{queries.overdue(now.at)} overdue")
    for right in sorted(late):
        where = (f"rights.requests.{right.value}",)
        yield Finding(control="rights.answered_in_time", kept=False, why="overdue", about=where)
    for right in sorted(soon - late):
        where = (f"rights.requests.{right.value}",)
        yield Finding(control="rights.answered_in_time", at_risk=True, why="due_soon", about=where)
