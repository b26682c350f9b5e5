# SPDX-License-Identifier: Apache-2.0
"""The blocks of facts, tried one by one on an ask, and what narrows within each of them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from upheld.gate.proving.situations import ALL_STOPS, NOW, Age, Will, Worlds, person, subsets, will_count, wills
from upheld.gate.proving.trial import Trial
from upheld.gate.proving.values import Property
from upheld.gate.proving.words import Narrowing
from upheld.gate.values import Facts, PersonFacts, WorldFacts

BOUND: Final = 2_500
"""Most combinations of wills for one ask; with more, they are drawn (five topics make 2,272)."""

AGES: Final = (Age.ADULT, Age.CHILD, Age.UNKNOWN)
"""Ages apart from those grown up just now, which the wills try: nothing else reads a birthday."""

Standing = tuple[bool, ...]
Papers = tuple[tuple[bool, frozenset[str]], WorldFacts]


def is_within_bound(topics: int) -> bool:
    """Say whether every will on these topics is tried."""
    return will_count(topics) <= BOUND


def try_wills(trial: Trial, world: WorldFacts, version: int, topics: int) -> dict[Will, bool]:
    """Try everyone's will on these topics, and what granting less, growing younger or losing a guardian permits."""
    answers = {will: trial.permits(Facts(person(version, will), world)) for will in wills(topics)}
    bits = [1 << bit for bit in range(topics.bit_length()) if topics >> bit & 1]
    for after, permitted in answers.items():
        if not permitted:
            continue
        for narrowing, before in _wider(after, bits, topics):
            trial.notes.looked(Property.NARROWING)
            if not answers[before]:
                trial.narrowed(narrowing, *(Facts(person(version, one), world) for one in (before, after)))
    return answers


def try_wills_instead(trial: Trial, worlds: Worlds, version: int, topics: int) -> None:
    """Try everyone's will with everything in order, and, where a will may stand in for a paper, without the papers."""
    answers = try_wills(trial, worlds.ready, version, topics)
    if trial.asked.source is None and not trial.asked.to_successor:
        return
    for will, permitted in try_wills(trial, worlds.unbound, version, topics).items():
        if permitted and not answers[will]:
            then = person(version, will)
            trial.narrowed(Narrowing.LOSING_PAPERS, Facts(then, worlds.ready), Facts(then, worlds.unbound))


def _wider(will: Will, bits: list[int], topics: int) -> Iterator[tuple[Narrowing, Will]]:
    """Yield what stood one step before, were it not for a narrowing; an adult said what the guardian says for a child."""
    age, guardian, held, by_guardian = will
    for bit in bits:
        if not held & bit:
            yield Narrowing.WITHDRAWING, Will(age, guardian, held | bit, by_guardian)
        if guardian and not by_guardian & bit and age is not Age.GROWN:
            yield Narrowing.GUARDIAN_WITHDRAWING, Will(age, guardian, held, by_guardian | bit)
    if age in {Age.ADULT, Age.GROWN}:
        return
    if not guardian:
        yield Narrowing.LOSING_GUARDIAN, Will(age, True, held, by_guardian)  # noqa: FBT003 - a guardian stands
    adult = Will(Age.ADULT, False, held | (by_guardian if guardian else 0), topics)  # noqa: FBT003
    if age is Age.CHILD:
        yield Narrowing.YOUNGER, adult
    else:
        yield Narrowing.AGE_UNKNOWN, adult
        yield Narrowing.AGE_FORGOTTEN, Will(Age.CHILD, guardian, held, by_guardian)


def try_lapses(trial: Trial, worlds: Worlds, version: int, topics: int) -> None:
    """Try each grant that lapsed just now, or lapses next: of an adult, and of a child's guardian."""
    for bit in (1 << bit for bit in range(topics.bit_length()) if topics >> bit & 1):
        for at in (NOW, NOW + 1):
            lapses = ((bit, at),)
            grown = PersonFacts(version=version, stops=0, held=topics, adult=True, lapses=lapses)
            trial.permits(Facts(grown, worlds.ready))
            child = person(version, Will(Age.CHILD, True, 0, topics))  # noqa: FBT003 - a guardian stands
            trial.permits(Facts(replace(child, guardian_lapses=lapses), worlds.ready))


def try_standing(trial: Trial, worlds: Worlds, version: int, topics: int, objection: int) -> None:
    """Try how the person and the version stand, for every age; all is granted."""
    for age in AGES:
        will = Will(age, True, topics, topics)  # noqa: FBT003 - a guardian stands
        answers: list[tuple[Standing, Facts, bool]] = []
        for stops in subsets(int(ALL_STOPS)):
            facts = Facts(person(version, will, stops=stops), worlds.ready)
            answers.append(((*(not stops & 1 << bit for bit in range(4)), True), facts, trial.permits(facts)))
        _look_for_narrowing(trial, Narrowing.STOPPING, answers)
        answers = []
        for seq in (version, version + 1):
            for standing, world in worlds.standing:
                facts = Facts(person(seq, will), world)
                answers.append(((seq == version, *standing), facts, trial.permits(facts)))
        _look_for_narrowing(trial, Narrowing.STOPPING, answers)
        answers = []
        for objected in (0, objection):
            facts = Facts(person(version, will, objected=objected), worlds.ready)
            answers.append(((not objected,), facts, trial.permits(facts)))
        _look_for_narrowing(trial, Narrowing.OBJECTING, answers)


def try_papers(trial: Trial, papers: Sequence[Papers], version: int, topics: int) -> None:
    """Try the papers of a recipient or source, and whether it was stopped, for every age; all is granted."""
    for age in AGES:
        will = Will(age, True, topics, topics)  # noqa: FBT003 - a guardian stands
        answers: list[tuple[Standing, Facts, bool]] = []
        needed = sorted(papers[0][0][1])  # the first world has them all
        for (going, having), world in papers:
            facts = Facts(person(version, will), world)
            answers.append(((going, *(paper in having for paper in needed)), facts, trial.permits(facts)))
        _look_for_narrowing(trial, Narrowing.LOSING_PAPERS, answers)


def _look_for_narrowing(trial: Trial, narrowing: Narrowing, answers: list[tuple[Standing, Facts, bool]]) -> None:
    denied = [(standing, facts) for standing, facts, permitted in answers if not permitted]
    trial.notes.looked(Property.NARROWING, len(answers))
    for after, facts, permitted in answers:
        if not permitted:
            continue
        for before, wider in denied:
            if all(was or not still for was, still in zip(before, after, strict=True)):
                trial.narrowed(narrowing, wider, facts)
