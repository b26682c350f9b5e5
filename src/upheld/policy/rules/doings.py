# SPDX-License-Identifier: Apache-2.0
"""Everything that a policy describes as done, as plain values that a commitment's `never` can be held against."""

from collections.abc import Iterator
from dataclasses import dataclass

from upheld.policy.model import Policy
from upheld.policy.model.assertions import Doing, Without
from upheld.policy.model.processing import ChildRule, Function, Manner, Purpose, UnknownAgeRule
from upheld.policy.model.recipients import Condition, Form, Recipient, RecipientKind, Role
from upheld.policy.model.storage import AllowedBy
from upheld.terms import Act, LawfulBasis


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """One thing that the policy says is done.

    Args:
        path: the clause that says it.
        acts: what is done.
        names: the functions, purposes, trackers, recipients and grounds that take part.
        kind: of the recipient, if any.
        form: in which the recipient receives.
        children: whether it is done with a child's data; None where the clause does not tell.
        lacks: what it does without.
    """

    path: str
    acts: frozenset[Act]
    names: frozenset[str]
    categories: frozenset[str] = frozenset()
    kind: RecipientKind | None = None
    form: Form | None = None
    background: bool = False
    children: bool | None = None
    lacks: frozenset[Without] = frozenset()


def described(policy: Policy) -> Iterator[Done]:
    """List what the policy describes."""
    for name, processing in policy.processing.items():
        yield from _processed(name, processing)
    for name, recipient in policy.recipients.items():
        yield from _received(policy, name, recipient)
    for name, tracker in policy.trackers.items():
        yield Done(
            path=f"trackers.{name}",
            acts=frozenset({Act.SET_TRACKER, Act.COLLECT} if tracker.collects else {Act.SET_TRACKER}),
            names=frozenset({name}),
            categories=frozenset(tracker.collects),
            lacks=frozenset({Without.CONSENT}) if tracker.essential else frozenset(),
        )
    for name, permission in policy.permissions.items():
        yield Done(
            path=f"permissions.{name}",
            acts=frozenset({Act.PERMISSION}),
            names=frozenset({name, *permission.scenes}),
            categories=frozenset(permission.gives),
            background=permission.background,
        )
    yield from _excepted(policy)


def _processed(name: str, one: Function | Purpose) -> Iterator[Done]:
    function = one if isinstance(one, Function) else None
    path = f"{'functions' if function else 'purposes'}.{name}"
    lacks = _without_consent(one.basis)
    open_to_children = one.child is ChildRule.ALLOWED or one.unknown_age is UnknownAgeRule.ALLOWED
    if open_to_children:
        lacks |= {Without.GUARDIAN}
    if function and function.manner is Manner.DEVICE and not function.permissions:
        lacks |= {Without.PERMISSION}
    children = open_to_children or one.child is ChildRule.GUARDIAN
    per_act: list[tuple[Act, tuple[str, ...]]] = [(act, one.categories) for act in one.acts if act is not Act.COLLECT]
    if function:
        per_act.append((Act.COLLECT, tuple(function.collects)))
    for act, categories in per_act:
        yield Done(
            path=path,
            acts=frozenset({act}),
            names=frozenset({name}),
            categories=frozenset(categories),
            background=function is not None and function.background,
            children=children,
            lacks=lacks,
        )


def _received(policy: Policy, name: str, recipient: Recipient) -> Iterator[Done]:
    acts = {Act.ENTRUST if recipient.role is Role.PROCESSOR else Act.SHARE}
    if policy.residency and recipient.region != policy.residency.region:
        acts.add(Act.SEND_ABROAD)
    lacks = _without_consent(recipient.basis)
    if Condition.AGREEMENT not in recipient.needs:
        lacks |= {Without.AGREEMENT}
    yield Done(
        path=f"recipients.{name}",
        acts=frozenset(acts),
        names=frozenset({name, *recipient.purposes}),
        categories=frozenset(recipient.receives),
        kind=recipient.kind,
        form=recipient.form,
        background=not recipient.foreground_only,
        lacks=lacks,
    )


def _excepted(policy: Policy) -> Iterator[Done]:
    """List the grounds: each is a case in which something is done without the consent that it needs otherwise."""
    no_consent = frozenset({Without.CONSENT, Without.SEPARATE_CONSENT})
    operations = (Act.COLLECT, Act.USE, Act.SHARE, Act.TRANSFER, Act.PUBLISH)
    for act in operations:
        for name in getattr(policy.grounds, act.value):
            path = f"grounds.{act.value}.{name}"
            yield Done(path=path, acts=frozenset({act}), names=frozenset({name}), lacks=no_consent)
    for name in policy.children.grounds if policy.children else ():
        yield Done(
            path=f"children.grounds.{name}",
            acts=frozenset(operations[1:]),
            names=frozenset({name}),
            children=True,
            lacks=no_consent | {Without.GUARDIAN},
        )
    for name, case in policy.publication.items():
        lacks = no_consent if case.by == "law" else frozenset()
        yield Done(
            path=f"publication.{name}", acts=frozenset({Act.PUBLISH}), names=frozenset({name}), lacks=frozenset(lacks)
        )
    for name, passage in policy.residency.abroad.items() if policy.residency else ():
        yield Done(
            path=f"residency.abroad.{name}",
            acts=frozenset({Act.SEND_ABROAD}),
            names=frozenset({name}),
            lacks=frozenset() if passage.by is AllowedBy.SEPARATE_CONSENT else no_consent,
        )


def _without_consent(basis: LawfulBasis) -> frozenset[Without]:
    """Sensitive data always waits for a consent of its own at the gate; what is not asked at all lacks both."""
    return frozenset() if basis is LawfulBasis.CONSENT else frozenset({Without.CONSENT, Without.SEPARATE_CONSENT})


def names_of(policy: Policy) -> set[str]:
    """Name everything that a commitment can leave out of what it forbids."""
    return {name for done in described(policy) for name in done.names}


class Terms:
    """What a commitment forbids or allows, its lists as sets, so that it can be held against much."""

    def __init__(self, doing: Doing) -> None:
        """Make the sets once."""
        self.doing = doing
        self.acts, self.categories = frozenset(doing.acts), frozenset(doing.categories)
        self.parts = tuple(map(frozenset, (doing.purposes, doing.trackers, doing.recipients)))
        self.kinds, self.forms = frozenset(doing.kinds), frozenset(doing.forms)
        self.names = frozenset[str]().union(*self.parts)
        self.excepted = frozenset(doing.except_)


def covers(never: Terms, done: Done) -> bool:
    """Say whether a commitment forbids what the policy describes."""
    return (
        never.excepted.isdisjoint(done.names)
        and _meets(never.acts, done.acts)
        and _meets(never.categories, done.categories)
        and all(_meets(named, done.names) for named in never.parts)
        and (not never.kinds or done.kind in never.kinds)
        and (not never.forms or done.form in never.forms)
        and never.doing.background in {None, done.background}
        and never.doing.children in {None, done.children}
        and (never.doing.without is None or never.doing.without in done.lacks)
    )


def overlap(never: Terms, allows: Terms) -> bool:
    """Say whether a commitment forbids what another allows by name.

    What is allowed in general and forbidden in one respect is a rule with an exception, not a contradiction.
    """
    excepted = bool(allows.names) and allows.names <= never.excepted
    return (
        not excepted
        and _meets(never.acts, allows.acts)
        and _meets(never.categories, allows.categories)
        and all(map(_meets, never.parts, allows.parts))
        and _meets(never.kinds, allows.kinds)
        and _meets(never.forms, allows.forms)
        and never.doing.background in {None, allows.doing.background}
        and never.doing.children in {None, allows.doing.children}
        and never.doing.without in {None, allows.doing.without}
    )


def _meets(named: frozenset[str], found: frozenset[str]) -> bool:
    """Say whether two lists share something; a term that names nothing leaves it open."""
    return not named or not named.isdisjoint(found)
