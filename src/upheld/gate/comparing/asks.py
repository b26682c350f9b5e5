# SPDX-License-Identifier: Apache-2.0
"""Every ask that two versions of a policy could answer differently.

What an ask needs is what its parts need: its act, purpose, one category, its recipient, and each way in which it
departs from the plain case (a ground, a guardian, the background, a permission, a place, a form). So asks of one
category are enough, and each departure is tried by itself. What neither version declares is refused by both.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product
from typing import Final, NamedTuple

from upheld.gate.clauses import RIGHT_PREFIX, SUCCESSOR, TRACKER_PREFIX, grounds_for
from upheld.gate.values import Ask
from upheld.policy import Policy
from upheld.policy.model.processing import Function, Purpose
from upheld.policy.model.recipients import Form, Recipient, RecipientKind, Role
from upheld.terms import Act, Actor, Right

ELSEWHERE: Final = "zz"
"""A region that no policy names (ISO 3166 reserves it for use by whoever needs one)."""


class Tried(NamedTuple):
    """An ask, and the plainer one that it departs from."""

    ask: Ask
    plain: Ask | None = None


def is_plain(ask: Ask) -> bool:
    """Say whether an ask departs in nothing from the plain case."""
    special = ask.form or ask.ground or ask.destination or (ask.permission and ask.act is not Act.PERMISSION)
    return not special and ask.foreground and ask.actor is not Actor.GUARDIAN


def tried(old: Policy, new: Policy) -> Iterator[Tried]:
    """List the asks, each plain one before its departures, in the order of the file."""
    for name in _either(old.processing, new.processing):
        yield from _processing(old, new, name)
    for name in _either(old.trackers, new.trackers):
        yield from _tracker(old, new, name)
    for name in _either(old.sources, new.sources):
        yield from _source(old, new, name)
    for name in _either(old.recipients, new.recipients):
        yield from _recipient(old, new, name)
    for name in _either(old.processing, new.processing):
        yield Tried(Ask(act=Act.TRANSFER, purpose=name, recipient=SUCCESSOR), _ours(old, new, name))
    yield from _to_whom_the_ground_names(old, new)
    yield from _rights(old, new)


def _either(*lists: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for names in lists for name in names))


def _declared(policy: Policy, name: str) -> Function | Purpose | None:
    return policy.functions.get(name) or policy.purposes.get(name)


# --- what a purpose does itself


def _processing(old: Policy, new: Policy, name: str) -> Iterator[Tried]:
    states = [found for policy in (old, new) if (found := _declared(policy, name)) is not None]
    categories = _either(*(state.categories for state in states))
    declared = dict.fromkeys(act for state in states for act in state.acts)
    for act in (*declared, Act.PUBLISH, Act.KEEP, Act.STAFF_OPEN):
        plain = Ask(act=act, purpose=name)
        yield Tried(plain)
        yield from (Tried(replace(plain, categories=(category,))) for category in categories)
    for act in _one_of_each_operation(declared):
        yield from _departures(old, new, Ask(act=act, purpose=name), first=act is next(iter(declared)))
    yield from _permissions(name, [state for state in states if isinstance(state, Function)])


def _one_of_each_operation(declared: Iterable[Act]) -> Iterator[Act]:
    """Grounds are listed by operation, and each act but collecting and publishing is a use."""
    acts = [act for act in declared if act is not Act.KEEP]
    yield from acts[:1]
    yield from [act for act in acts[1:] if Act.COLLECT in (act, acts[0])][:1]
    yield Act.PUBLISH
    yield Act.KEEP  # it looks at no age, so that it passes where the other uses are closed to children


def _permissions(name: str, states: list[Function]) -> Iterator[Tried]:
    collecting = Ask(act=Act.COLLECT, purpose=name)
    for permission in _either(*(state.permissions for state in states)):
        plain = Ask(act=Act.PERMISSION, purpose=name, permission=permission)
        yield Tried(plain, collecting)
        yield Tried(replace(plain, foreground=False), plain)
        yield Tried(replace(collecting, permission=permission), collecting)


def _departures(old: Policy, new: Policy, plain: Ask, *, first: bool) -> Iterator[Tried]:
    """List the ways to depart from a plain ask, one at a time; some do not depend on the act, and the first shows them."""
    if plain.act is Act.COLLECT or plain.recipient is not None:
        yield Tried(replace(plain, foreground=False), plain)
    for ground in _grounds(old, new, plain):
        yield Tried(replace(plain, ground=ground), plain)
    if first:
        yield Tried(replace(plain, actor=Actor.GUARDIAN), plain)
        yield from _places(old, new, plain)


def _grounds(old: Policy, new: Policy, ask: Ask) -> tuple[str, ...]:
    listed: list[Iterable[str]] = [grounds_for(policy, ask.act) for policy in (old, new)]
    listed += [policy.children.grounds for policy in (old, new) if policy.children is not None]
    cases = [policy.publication for policy in (old, new)] if ask.act is Act.PUBLISH else []
    return _either(*listed, *cases)


def _places(old: Policy, new: Policy, plain: Ask) -> Iterator[Tried]:
    """Data may go home, or elsewhere under each listed case, which only some actors may use."""
    homes = _either(*(home for policy in (old, new) if (home := _regions(policy))))
    if len(homes) > 1:
        yield from (Tried(replace(plain, destination=home), plain) for home in homes)
    cases = _either(*(policy.residency.abroad for policy in (old, new) if policy.residency is not None))
    for actor, case in product((Actor.SELF, Actor.SERVICE), (None, *cases)):
        yield Tried(replace(plain, destination=ELSEWHERE, actor=actor, ground=case), plain)


def _regions(policy: Policy) -> tuple[str, ...]:
    if policy.residency is not None:
        return (policy.residency.region,)
    return (policy.controller.region,) if policy.controller is not None else ()


# --- trackers, and what others pass on


def _tracker(old: Policy, new: Policy, name: str) -> Iterator[Tried]:
    states = [policy.trackers[name] for policy in (old, new) if name in policy.trackers]
    plain = Ask(act=Act.SET_TRACKER, purpose=TRACKER_PREFIX + name)
    yield Tried(plain)
    yield from (Tried(replace(plain, categories=(one,))) for one in _either(*(state.collects for state in states)))
    yield Tried(replace(plain, actor=Actor.GUARDIAN), plain)
    yield from _places(old, new, plain)


def _source(old: Policy, new: Policy, name: str) -> Iterator[Tried]:
    states = [policy.sources[name] for policy in (old, new) if name in policy.sources]
    categories = _either(*(state.gives for state in states))
    for purpose, act in product(_either(*(state.purposes for state in states)), (Act.COLLECT, Act.INFER)):
        plain = Ask(act=act, purpose=purpose, source=name)
        ours = _ours(old, new, purpose)
        yield Tried(plain, ours)
        yield from (Tried(replace(plain, categories=(one,)), ours) for one in categories)


# --- what is handed over


def _recipient(old: Policy, new: Policy, name: str) -> Iterator[Tried]:
    states = [policy.recipients[name] for policy in (old, new) if name in policy.recipients]
    abroad = {state.region for state in states} - {region for policy in (old, new) for region in _regions(policy)}
    acts = [Act.SHARE, Act.TRANSFER]
    acts += [Act.ENTRUST] if any(state.role is Role.PROCESSOR for state in states) else []
    acts += [Act.SEND_ABROAD] if abroad else []
    categories = _either(*(state.receives for state in states))
    for act, purpose in product(acts, _purposes(old, new, states)):
        plain, ours = Ask(act=act, purpose=purpose, recipient=name), _ours(old, new, purpose)
        yield Tried(plain, ours)
        yield from (Tried(replace(plain, categories=(category,)), ours) for category in categories)
        yield from (Tried(replace(plain, form=form.value), plain) for form in Form)
        yield from _departures(old, new, plain, first=act is Act.SHARE)


def _ours(old: Policy, new: Policy, purpose: str) -> Ask | None:
    """Give what the purpose does itself: what no longer needs a consent for that needs it for no recipient either."""
    found = _declared(new, purpose) or _declared(old, purpose)
    return Ask(act=found.acts[0], purpose=purpose) if found is not None and found.acts else None


def _purposes(old: Policy, new: Policy, states: list[Recipient]) -> tuple[str, ...]:
    """An authority has no list of purposes: a ground names what it may have."""
    if any(state.kind is RecipientKind.AUTHORITY for state in states):
        return _either(old.processing, new.processing)
    return _either(*(state.purposes for state in states))


def _to_whom_the_ground_names(old: Policy, new: Policy) -> Iterator[Tried]:
    """A ground may itself name who receives, so that no recipient is declared; then any category may go."""
    changed = set(old.categories) ^ set(new.categories)
    for act, purpose in product((Act.SHARE, Act.TRANSFER), _either(old.processing, new.processing)):
        plain = Ask(act=act, purpose=purpose)
        for ground in _either(*(grounds_for(policy, act) for policy in (old, new))):
            yield Tried(replace(plain, ground=ground), plain)
            yield from (Tried(replace(plain, ground=ground, categories=(one,)), plain) for one in sorted(changed))


# --- rights


def _rights(old: Policy, new: Policy) -> Iterator[Tried]:
    """Rights touch any category there is, so only those that one version alone has can make a difference."""
    changed = sorted(set(old.categories) ^ set(new.categories))
    granted = [policy.rights.requests for policy in (old, new) if policy.rights is not None]
    for right in dict.fromkeys(right for requests in granted for right in requests):
        acts = [Act.USE, Act.STAFF_OPEN, *([Act.COLLECT] if right is Right.CORRECTION else [])]
        for act in acts:
            plain = Ask(act=act, purpose=RIGHT_PREFIX + right.value)
            yield Tried(plain)
            yield from (Tried(replace(plain, categories=(category,))) for category in changed)
            yield Tried(replace(plain, actor=Actor.GUARDIAN), plain)
