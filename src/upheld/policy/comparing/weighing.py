# SPDX-License-Identifier: Apache-2.0
"""What each change of the file means to people: which kind of major change it is, and whether it takes from them.

One line for each field that means something; a field without a line is reported and is neither. To take away is to
lengthen a deadline or a storage period, to close a way, to drop a condition, or to open a ground or a refusal.
"""

from collections.abc import Callable, Mapping, Sized
from typing import Final, NamedTuple

from upheld.policy.model.governance import Trigger
from upheld.policy.model.rights import RefusalKind
from upheld.policy.model.spans import ClockStart, Span
from upheld.policy.model.storage import Start, StoragePeriod

_MODEL, _RIGHTS, _WHO = Trigger.BUSINESS_MODEL, Trigger.RIGHTS, Trigger.RECIPIENTS
_OWNER, _CONTACT = Trigger.OWNERSHIP, Trigger.CONTACT

Judge = Callable[[object, object], bool]


class Weighing(NamedTuple):
    """What a change of one field means.

    Args:
        trigger: the kind of major change, where a value changes or a list gains.
        cuts: whether a change of value, from and to, takes from people.
        gaining: whether each gain of a list does.
        losing: whether each loss of a list does; a loss has the trigger only then, or where `loses` says so.
        loses: the kind of major change where a list loses.
        none_is_all: whether an empty list means everything, so that the first gain narrows and the last loss widens.
    """

    trigger: Trigger | None = None
    cuts: Judge = lambda _before, _after: False
    gaining: bool = False
    losing: bool = False
    loses: Trigger | None = None
    none_is_all: bool = False

    def gain_cuts(self, had: Sized) -> bool:
        """Say whether a gain takes from people, by what the list had."""
        return self.gaining or (self.none_is_all and not had)

    def loss_cuts(self, has: Sized) -> bool:
        """Say whether a loss takes from people, by what the list has still."""
        return self.losing and not (self.none_is_all and not has)


def _longer(before: object, after: object) -> bool:
    """A span that is no longer stated counts as the longest."""
    if not isinstance(after, Span):
        return True
    return isinstance(before, Span) and after.days_at_most > before.days_at_most


def _shorter(before: object, after: object) -> bool:
    return isinstance(before, Span) and (not isinstance(after, Span) or after.days_at_most < before.days_at_most)


def _less(before: object, after: object) -> bool:
    return isinstance(before, int) and (not isinstance(after, int) or after < before)


def _off(before: object, _after: object) -> bool:
    return before is True


def _on(_before: object, after: object) -> bool:
    return after is True


_STARTS: Final = list(Start)
"""In the order in which they come to pass, so that a later one means longer storage."""


def _later(before: object, after: object) -> bool:
    return isinstance(before, Start) and isinstance(after, Start) and _STARTS.index(after) > _STARTS.index(before)


def is_longer(before: StoragePeriod, after: StoragePeriod) -> bool:
    """Say whether a storage period keeps longer than another, or from a later moment."""
    return _longer(before.keep, after.keep) or _later(before.from_, after.from_)


def _was_none(before: object, _after: object) -> bool:
    return before is None


def _is_none(_before: object, after: object) -> bool:
    return after is None


_CLOSES: Final = Weighing(_RIGHTS, losing=True)
_OPENS: Final = Weighing(_RIGHTS, gaining=True, loses=_RIGHTS)
_GAINS_USE: Final = Weighing(_MODEL)

WEIGHINGS: Final[Mapping[str, Weighing]] = {
    "Policy.languages": Weighing(None, losing=True),
    "Controller.name": Weighing(_OWNER),
    "Controller.registration": Weighing(_OWNER),
    "Controller.region": Weighing(_OWNER),
    "Controller.address": Weighing(_CONTACT),
    "Controller.officer": Weighing(_CONTACT),
    "Controller.contacts": Weighing(_CONTACT, loses=_CONTACT),
    **{f"Contact.{key}": Weighing(_CONTACT) for key in ("label", "kind", "address", "outsiders", "text")},
    "Scope.products": Weighing(_MODEL, loses=_MODEL),
    "Scope.excludes": Weighing(_MODEL, loses=_MODEL),
    # --- data
    "Policy.categories": _GAINS_USE,
    **{f"Category.{key}": Weighing(_MODEL) for key in ("contains", "identifies", "sensitive", "about")},
    # --- functions, purposes, permissions, trackers, sources
    "Policy.functions": _GAINS_USE,
    "Policy.purposes": _GAINS_USE,
    "Policy.permissions": _GAINS_USE,
    "Policy.trackers": _GAINS_USE,
    "Policy.sources": _GAINS_USE,
    **{
        f"{part}.{key}": Weighing(_MODEL)
        for part in ("Function", "Purpose")
        for key in ("purpose", "basis", "uses", "child", "unknown_age", "decided_by", "links_devices")
    },
    **{
        f"Function.{key}": Weighing(_MODEL)
        for key in ("tier", "collects", "permissions", "manner", "background", "refusal_ends")
    },
    "Purpose.acts": Weighing(_MODEL),
    "Function.without_account": Weighing(_RIGHTS, _off),
    "Purpose.refusable": Weighing(_RIGHTS, _off),
    "Purpose.weighty": Weighing(_RIGHTS, _off),
    **{f"Permission.{key}": Weighing(_MODEL) for key in ("scenes", "gives", "background")},
    **{
        f"Tracker.{key}": Weighing(_MODEL)
        for key in ("kind", "purpose", "party", "collects", "lasts", "child", "unknown_age")
    },
    "Tracker.essential": Weighing(_RIGHTS, _on),
    **{f"Source.{key}": Weighing(_MODEL) for key in ("name", "kind", "gives", "purposes", "region")},
    "Source.needs": _CLOSES,
    "Source.authorised_by_person": Weighing(_RIGHTS, _off),
    # --- recipients
    "Policy.recipients": Weighing(_WHO),
    **{
        f"Recipient.{key}": Weighing(_WHO)
        for key in (
            *("name", "kind", "role", "purpose", "purposes", "receives", "form", "basis", "region"),
            "foreground_only",
        )
    },
    "Recipient.needs": Weighing(_WHO, losing=True),
    "Recipient.off_by_default": Weighing(_WHO, losing=True),
    "Recipient.supervised": Weighing(_WHO, _longer),
    "Policy.publication": Weighing(_WHO),
    "PublicationCase.by": Weighing(_WHO),
    "PublicationCase.evidence": _CLOSES,
    # --- storage
    "Policy.storage": Weighing(_MODEL, losing=True),
    "StoragePeriod.keep": Weighing(None, _longer),
    "StoragePeriod.from_": Weighing(_RIGHTS, _later),
    "StoragePeriod.then": Weighing(_RIGHTS),
    "StoragePeriod.of": Weighing(_MODEL),
    "StoragePeriod.functions": Weighing(_MODEL),
    "Policy.residency": _GAINS_USE,
    "Residency.region": _GAINS_USE,
    "Residency.abroad": Weighing(_MODEL, loses=_MODEL),
    "Passage.by": _GAINS_USE,
    "Passage.evidence": _CLOSES,
    # --- rights
    "Policy.rights": Weighing(_RIGHTS),
    "Rights.requests": _CLOSES,
    "Rights.refusals": _OPENS,
    "Rights.remedies": _CLOSES,
    "Rights.fees": Weighing(_RIGHTS, _was_none),
    "Fees.free": Weighing(_RIGHTS, _less),
    "Fees.per": Weighing(_RIGHTS, _longer),
    "Rights.verification": Weighing(_RIGHTS),
    "Verification.methods": Weighing(_RIGHTS, loses=_RIGHTS),
    "RightRule.within": Weighing(_RIGHTS, _longer),
    "RightRule.from_": Weighing(_RIGHTS, lambda _before, after: after is ClockStart.VERIFICATION),
    "RightRule.channels": _CLOSES,
    "RightRule.cases": Weighing(_RIGHTS, losing=True, none_is_all=True),
    "RightRule.forms": _CLOSES,
    "RightRule.self_service": Weighing(_RIGHTS, _off),
    "RightRule.tell_recipients": Weighing(_RIGHTS, _off),
    "Refusal.evidence": _CLOSES,
    "Refusal.kind": Weighing(_RIGHTS, lambda _before, after: after is RefusalKind.NEED_NOT_ANSWER),
    "Remedy.channel": Weighing(_RIGHTS),
    "Remedy.within": Weighing(_RIGHTS, _longer),
    **{f"Grounds.{key}": _OPENS for key in ("collect", "use", "share", "transfer", "publish")},
    "Ground.evidence": _CLOSES,
    # --- children
    "Policy.children": Weighing(_RIGHTS),
    "Children.under": Weighing(_RIGHTS, _less),
    "Children.guardian": Weighing(_RIGHTS, _is_none),
    "Children.before_guardian": _OPENS,
    "Children.grounds": _OPENS,
    "Guardian.may": _CLOSES,
    "Guardian.verified_by": Weighing(_RIGHTS, loses=_RIGHTS),
    "Guardian.contact": Weighing(_RIGHTS),
    # --- what happens when something changes, goes wrong or ends
    "Policy.changes": Weighing(_RIGHTS),
    "Changes.major": Weighing(_RIGHTS, loses=_RIGHTS),
    "Changes.tell": Weighing(_RIGHTS, loses=_RIGHTS),
    "Changes.lead": Weighing(_RIGHTS, _shorter),
    "MajorChange.trigger": Weighing(_RIGHTS),
    "Incidents.tell": _CLOSES,
    "IncidentNotice.within": Weighing(_RIGHTS, _longer),
    "IncidentNotice.by": _CLOSES,
    "Succession.tell": _CLOSES,
    "Succession.lead": Weighing(_RIGHTS, _shorter),
    "Cessation.tell": _CLOSES,
    "Cessation.lead": Weighing(_RIGHTS, _shorter),
    "Cessation.erase_within": Weighing(_RIGHTS, _longer),
    "Policy.duties": Weighing(None, losing=True),
    "Duty.every": Weighing(_RIGHTS, _longer),
    "Policy.commitments": Weighing(None, losing=True),
    "Commitment.controls": Weighing(None, losing=True),
}
"""By the class and the field of the file's format."""

WHOLE: Final = frozenset(
    {"controller", "rights", "children", "changes", "incidents", "succession", "cessation", "residency", "scope"}
)
"""Sections that take from people if they go as a whole."""


def weighing(owner: type, key: str) -> Weighing:
    """Say what a change of a field means; one that nothing is said of means nothing to people."""
    return WEIGHINGS.get(f"{owner.__name__}.{key}", Weighing())
