# SPDX-License-Identifier: Apache-2.0
"""Acts on personal data: whether each had what it needed, judged by the facts found and not by the gate's word."""

from collections.abc import Iterator
from typing import Final

from upheld.gate.rules import CONSENTS, RULES, Gap, Rule
from upheld.promises.inspectors.base import Finding, about, inspects
from upheld.promises.values import Seen
from upheld.sharing.events import SharingEvent
from upheld.vault.events import VaultEvent

DONE: Final = (VaultEvent.COLLECTED, VaultEvent.OPENED, VaultEvent.PERMIT_ISSUED, SharingEvent.DISCLOSED)
STOPPED: Final = (VaultEvent.COLLECTION_REFUSED, VaultEvent.OPENING_REFUSED, SharingEvent.REFUSED)

_AT_AGE: Final = {Gap.CHILD_NOT_ALLOWED: "child", Gap.AGE_UNKNOWN: "unknown"}
"""Two rules observe one fact; the age band tells which of them it is about."""


@inspects("vault.permit_needed", *{rule.control for rule in RULES}, events=DONE)
def done(seen: Seen) -> Iterator[Finding]:
    """Judge an act that took place: nothing that it needed may have been missing."""
    clauses = about(seen)
    permitted = seen.facts.get("permitted", True) is True
    yield Finding(control="vault.permit_needed", kept=permitted, why="done_without_permit", about=clauses)
    on_ground = seen.facts.get("ground_listed") is True and seen.facts.get("evidence_complete") is True
    for rule in RULES:
        if rule.seen_as in seen.facts and _matters(rule, seen, on_ground=on_ground):
            missing = seen.facts[rule.seen_as] is rule.seen
            yield Finding(control=rule.control, kept=not missing, why=rule.code, about=clauses)


@inspects(*{rule.control for rule in RULES}, events=STOPPED)
def stopped(seen: Seen) -> Iterator[Finding]:
    """Count an act that was refused as the control's work: what stood in its way was there."""
    clauses = about(seen)
    reasons = seen.facts.get("reasons")
    for rule in RULES:
        if isinstance(reasons, list) and rule.code in reasons:
            yield Finding(control=rule.control, about=clauses)


def _matters(rule: Rule, seen: Seen, *, on_ground: bool) -> bool:
    if rule.gap in _AT_AGE:
        return seen.facts.get("age") == _AT_AGE[rule.gap]
    return not (on_ground and rule.gap & CONSENTS)
