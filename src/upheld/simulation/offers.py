# SPDX-License-Identifier: Apache-2.0
"""What a policy lets a person do, read from the policy alone: functions to switch on, and who may receive what."""

from dataclasses import dataclass

from upheld.gate import topics
from upheld.gate.planning import needs_consent
from upheld.policy import Policy
from upheld.policy.model.data import About
from upheld.policy.model.processing import ChildRule, Function, Manner, Need, UnknownAgeRule
from upheld.policy.model.recipients import Form, Recipient, RecipientKind, Role
from upheld.terms import LawfulBasis

_BY_LAW = frozenset({LawfulBasis.LEGAL_DUTY, LawfulBasis.VITAL_INTERESTS, LawfulBasis.PUBLIC_TASK})


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """One function: what it collects, and the choices that it takes.

    Attributes:
        name: its id.
        required: categories it always collects.
        optional: categories that a person may give besides.
        choice: the topic that switches it on; empty where it rests on contract or law.
        separate: the topic of its sensitive categories; empty where none is needed.
        permissions: category -> topic of a device permission, which must be granted for it.
        for_children: what it does for a child.
        for_unknown: what it does while the age is not known.
    """

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    choice: str
    separate: str
    permissions: dict[str, str]
    for_children: ChildRule
    for_unknown: UnknownAgeRule

    @property
    def is_choice(self) -> bool:
        """Whether a person switches it on."""
        return bool(self.choice)


@dataclass(frozen=True, kw_only=True, slots=True)
class Handing:
    """One recipient for one purpose: the categories it may get, and the choices that takes."""

    recipient: str
    purpose: str
    categories: tuple[str, ...]
    topics: tuple[str, ...]
    papers: tuple[str, ...]


def offers(policy: Policy) -> tuple[Offer, ...]:
    """List the functions that collect something which a person can give."""
    listed = [_offer(policy, name, function) for name, function in policy.functions.items()]
    return tuple(offer for offer in listed if offer.required or offer.optional)


def _offer(policy: Policy, name: str, function: Function) -> Offer:
    given = [c for c in function.collects if _is_given(policy, name, function, c)]
    usable = {c: _permission(policy, function, c) for c in given if _is_reachable(policy, function, c)}
    separate = function.basis not in _BY_LAW and any(policy.categories[c].sensitive for c in usable)
    return Offer(
        name=name,
        required=tuple(c for c in usable if function.collects[c] is Need.REQUIRED),
        optional=tuple(c for c in usable if function.collects[c] is Need.OPTIONAL),
        choice=topics.purpose(name) if needs_consent(function) else "",
        separate=topics.sensitive(name) if separate else "",
        permissions={c: topic for c, topic in usable.items() if topic},
        for_children=function.child,
        for_unknown=function.unknown_age or UnknownAgeRule.NEVER,
    )


def _permission(policy: Policy, function: Function, category: str) -> str:
    """Name the topic of the first of the function's permissions that the category lies behind."""
    for name in function.permissions:
        if name in policy.permissions and category in policy.permissions[name].gives:
            return topics.permission(name)
    return ""


def _is_given(policy: Policy, name: str, function: Function, category: str) -> bool:
    """Say whether a person gives it of themselves: not what a source passes on, nor what is a represented child's."""
    passed_on = function.manner is Manner.RECEIVED and any(
        name in source.purposes and category in source.gives for source in policy.sources.values()
    )
    return not passed_on and policy.categories[category].about is not About.CHILD


def _is_reachable(policy: Policy, function: Function, category: str) -> bool:
    """Say whether a function that reads the device has a way to what lies behind a permission."""
    behind = any(category in permission.gives for permission in policy.permissions.values())
    return not behind or function.manner is not Manner.DEVICE or bool(_permission(policy, function, category))


def handings(policy: Policy) -> tuple[Handing, ...]:
    """List who may receive what for which purpose, under consent or contract and within the region."""
    home = policy.residency.region if policy.residency else ""
    return tuple(
        Handing(
            recipient=name,
            purpose=purpose,
            categories=_handed(policy, recipient, purpose),
            topics=_handing_topics(policy, name, recipient, purpose),
            papers=tuple(need.value for need in recipient.needs),
        )
        for name, recipient in policy.recipients.items()
        if recipient.region == home and recipient.kind is not RecipientKind.AUTHORITY
        for purpose in recipient.purposes
        if purpose in policy.processing and _handed(policy, recipient, purpose)
    )


def _handed(policy: Policy, recipient: Recipient, purpose: str) -> tuple[str, ...]:
    touched = set(policy.processing[purpose].categories)
    return tuple(c for c in recipient.receives if c in touched and c not in recipient.off_by_default)


def _handing_topics(policy: Policy, name: str, recipient: Recipient, purpose: str) -> tuple[str, ...]:
    handed = _handed(policy, recipient, purpose)
    needed = [topics.sensitive(purpose)] if any(policy.categories[c].sensitive for c in handed) else []
    needed += [topics.purpose(purpose)] if needs_consent(policy.processing[purpose]) else []
    decides = recipient.role is not Role.PROCESSOR and recipient.form is not Form.AGGREGATE
    if decides and recipient.basis is LawfulBasis.CONSENT:
        needed.append(topics.share(name))
    return tuple(needed)
