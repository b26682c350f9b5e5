# SPDX-License-Identifier: Apache-2.0
"""Versions: checked before they were published, every clause with a control, by two people or by one who said so."""

from collections.abc import Iterator

from upheld.notices.events import NoticeEvent
from upheld.promises.inspectors.base import Finding, inspects
from upheld.promises.values import Seen


@inspects("policy.checked_before_publish", "notices.clause_has_control", events=(NoticeEvent.PROPOSED,))
def proposed(seen: Seen) -> Iterator[Finding]:
    """A proposal that went ahead had no finding of severity error, and no clause without a control."""
    clean = seen.facts.get("errors") == 0
    yield Finding(control="policy.checked_before_publish", kept=clean, why="published_with_errors")
    covered = seen.facts.get("clauses_without_control") == 0
    yield Finding(control="notices.clause_has_control", kept=covered, why="clause_without_control")


@inspects(
    "policy.checked_before_publish",
    "notices.clause_has_control",
    "policy.dates_in_order",
    events=(NoticeEvent.PROPOSAL_REFUSED,),
)
def refused(_: Seen) -> Iterator[Finding]:
    """A proposal with errors went nowhere."""
    yield Finding(control="policy.checked_before_publish")


@inspects("notices.two_people_publish", events=(NoticeEvent.PUBLISHED,))
def published(seen: Seen) -> Iterator[Finding]:
    """Two people published, or one who knowingly did so alone: that keeps the rule and is shown as at risk."""
    people, declared = seen.facts.get("people"), seen.facts.get("alone_declared") is True
    if people == 1 and declared:
        yield Finding(control="notices.two_people_publish", at_risk=True, why="published_alone")
        return
    yield Finding(control="notices.two_people_publish", kept=people == 2, why="published_by_one")
