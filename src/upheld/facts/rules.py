# SPDX-License-Identifier: Apache-2.0
"""How causes become facts: `fold` one at a time, `rebuilt` from all of them by another way.

`fold` is what a verb does to the packed row. `rebuilt` asks, for each thing a fact says, which cause spoke last; it
shares no step with `fold`, so that each checks the other.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from upheld.facts.events import PersonVerb as Verb
from upheld.gate.values import ALWAYS, NEVER, NOBODY, PersonFacts, Stop

Lapses = tuple[tuple[int, int], ...]
Step = Callable[[PersonFacts, "Cause"], PersonFacts]


@dataclass(frozen=True, kw_only=True, slots=True)
class Cause:
    """One cause, its topic as a mask of one bit (0 where the verb has none)."""

    revision: int
    verb: Verb
    mask: int = 0
    number: int = 0
    by_guardian: bool = False


def fold(person: PersonFacts, cause: Cause) -> PersonFacts:
    """Return the facts after one more cause; an erased person stays erased and nothing else."""
    if person.stops & Stop.ERASED:
        return replace(person, revision=cause.revision)
    return replace(_STEPS[cause.verb](person, cause), revision=cause.revision)


def _admit(person: PersonFacts, cause: Cause) -> PersonFacts:
    return replace(person, version=cause.number, stops=int(person.stops & ~Stop.UNKNOWN_PERSON))


def _give(person: PersonFacts, cause: Cause) -> PersonFacts:
    if cause.by_guardian:
        lapses = with_lapse(person.guardian_lapses, cause.mask, cause.number)
        return replace(person, guardian_held=person.guardian_held | cause.mask, guardian_lapses=lapses)
    lapses = with_lapse(person.lapses, cause.mask, cause.number)
    return replace(person, held=person.held | cause.mask, lapses=lapses)


def _take_back(person: PersonFacts, cause: Cause) -> PersonFacts:
    return replace(
        person,
        held=person.held & ~cause.mask,
        guardian_held=person.guardian_held & ~cause.mask,
        lapses=with_lapse(person.lapses, cause.mask, 0),
        guardian_lapses=with_lapse(person.guardian_lapses, cause.mask, 0),
    )


def _state_child(person: PersonFacts, cause: Cause) -> PersonFacts:
    return replace(person, adult=False, adult_at=cause.number)


def _verify_guardian(person: PersonFacts, cause: Cause) -> PersonFacts:
    return replace(person, guardian_until=cause.number, guardian_held=0, guardian_lapses=())


_STEPS: Final[dict[Verb, Step]] = {
    Verb.ADMIT: _admit,
    Verb.GIVE: _give,
    Verb.WITHDRAW: _take_back,
    Verb.REFUSE: _take_back,
    Verb.OBJECT: lambda person, cause: replace(person, objected=person.objected | cause.mask),
    Verb.LIFT_OBJECTION: lambda person, cause: replace(person, objected=person.objected & ~cause.mask),
    Verb.STATE_CHILD: _state_child,
    Verb.STATE_ADULT: lambda person, _: replace(person, adult=True, adult_at=None),
    Verb.STATE_AGE_UNKNOWN: lambda person, _: replace(person, adult=False, adult_at=None),
    Verb.VERIFY_GUARDIAN: _verify_guardian,
    Verb.EXTEND_GUARDIAN: lambda person, cause: replace(person, guardian_until=cause.number),
    Verb.LOSE_GUARDIAN: lambda person, _: replace(person, guardian_until=NEVER, guardian_held=0, guardian_lapses=()),
    Verb.RESTRICT: lambda person, _: replace(person, stops=int(person.stops | Stop.RESTRICTED)),
    Verb.UNRESTRICT: lambda person, _: replace(person, stops=int(person.stops & ~Stop.RESTRICTED)),
    Verb.CANCEL: lambda person, _: replace(person, stops=int(person.stops | Stop.CANCELLED)),
    Verb.ERASE: lambda person, _: PersonFacts(version=person.version, stops=int(Stop.ERASED)),
}


def with_lapse(lapses: Lapses, mask: int, at: int) -> Lapses:
    """Return lapses with one topic's replaced; 0 is no lapse. Earliest first, so that equal facts are equal bytes."""
    kept: dict[int, int] = {instant: topics for topics, instant in lapses}
    kept = {instant: topics & ~mask for instant, topics in kept.items() if topics & ~mask}
    if at:
        kept[at] = kept.get(at, 0) | mask
    return tuple((topics, instant) for instant, topics in sorted(kept.items()))


def rebuilt(causes: Sequence[Cause]) -> PersonFacts:
    """Return the facts that all causes of a person amount to, by asking which spoke last."""
    if not causes:
        return NOBODY
    revision = max(cause.revision for cause in causes)
    erasures = [cause.revision for cause in causes if cause.verb is Verb.ERASE]
    erased_since = min(erasures, default=revision + 1)  # the first is final: what came after it counts for nothing
    admitted = _last((cause for cause in causes if cause.revision < erased_since), {Verb.ADMIT})
    version = admitted.number if admitted else 0
    if erasures:
        return PersonFacts(revision=revision, version=version, stops=int(Stop.ERASED))
    age = _last(causes, {Verb.STATE_CHILD, Verb.STATE_ADULT, Verb.STATE_AGE_UNKNOWN})
    held, lapses = _granted(causes, by_guardian=False, since=0)
    guardian_until, since = _guardian(causes)
    guardian_held, guardian_lapses = _granted(causes, by_guardian=True, since=since)
    return PersonFacts(
        revision=revision,
        version=version,
        stops=_stops(causes, known=admitted is not None),
        held=held,
        guardian_held=guardian_held,
        objected=_objected(causes),
        lapses=lapses,
        guardian_lapses=guardian_lapses,
        adult=age is not None and age.verb is Verb.STATE_ADULT,
        adult_at=age.number if age is not None and age.verb is Verb.STATE_CHILD else None,
        guardian_until=guardian_until,
    )


def _last(causes: Iterable[Cause], verbs: set[Verb], mask: int = 0) -> Cause | None:
    spoken = [cause for cause in causes if cause.verb in verbs and cause.mask == mask]
    return max(spoken, key=lambda cause: cause.revision, default=None)


def _stops(causes: Sequence[Cause], *, known: bool) -> int:
    stops = Stop.NONE if known else Stop.UNKNOWN_PERSON
    restriction = _last(causes, {Verb.RESTRICT, Verb.UNRESTRICT})
    if restriction is not None and restriction.verb is Verb.RESTRICT:
        stops |= Stop.RESTRICTED
    if _last(causes, {Verb.CANCEL}):
        stops |= Stop.CANCELLED
    return int(stops)


def _guardian(causes: Sequence[Cause]) -> tuple[int, int]:
    """Return until when a guardian stands, and the revision since which that guardian's word counts."""
    change = {Verb.VERIFY_GUARDIAN, Verb.LOSE_GUARDIAN}
    begun = _last(causes, change)
    until = _last(causes, {*change, Verb.EXTEND_GUARDIAN})
    number = NEVER if until is None or until.verb is Verb.LOSE_GUARDIAN else until.number
    return number, begun.revision if begun else 0


def _granted(causes: Sequence[Cause], *, by_guardian: bool, since: int) -> tuple[int, Lapses]:
    held = 0
    lapses: dict[int, int] = {}
    about = {Verb.GIVE, Verb.WITHDRAW, Verb.REFUSE}
    for mask in {cause.mask for cause in causes if cause.verb in about}:
        heard = [c for c in causes if c.verb is not Verb.GIVE or c.by_guardian is by_guardian]
        last = _last(heard, about, mask)
        if last is None or last.verb is not Verb.GIVE or last.revision < since:
            continue
        held |= mask
        if last.number:
            lapses[last.number] = lapses.get(last.number, 0) | mask
    return held, tuple((mask, at) for at, mask in sorted(lapses.items()))


def _objected(causes: Sequence[Cause]) -> int:
    objected = 0
    about = {Verb.OBJECT, Verb.LIFT_OBJECTION}
    for mask in {cause.mask for cause in causes if cause.verb in about}:
        last = _last(causes, about, mask)
        if last is not None and last.verb is Verb.OBJECT:
            objected |= mask
    return objected


def end_of(until: int | None) -> int:
    """Return an end as the gate compares it: none is `ALWAYS`."""
    return ALWAYS if until is None else until
