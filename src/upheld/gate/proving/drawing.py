# SPDX-License-Identifier: Apache-2.0
"""Facts drawn from everything at once, across the blocks, and a narrowing of them."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Final

from upheld.gate.proving.situations import IN_FORCE, LACKING, NOW, Age, Will, person
from upheld.gate.proving.words import Narrowing
from upheld.gate.values import ALWAYS, Facts, PersonFacts, RecipientFacts, Stop, WorldFacts

Papers = Mapping[str, tuple[str, ...]]

_DATES: Final = (IN_FORCE,) * 12 + LACKING
_AGES: Final = (Age.ADULT, Age.ADULT, Age.CHILD, Age.CHILD, Age.UNKNOWN, Age.GROWN)


def draw(generator: Random, *, version: int, near: int, objection: int, papers: Papers, origins: Papers) -> Facts:
    """Draw facts that are mostly in order.

    Args:
        generator: seeded.
        version: the version that is tried.
        near: the topics that bear on the ask; each is missing now and then, all others are granted.
        objection: the topic of the purpose.
        papers: recipient -> the papers it needs.
        origins: source -> the papers it needs.
    """
    will = Will(generator.choice(_AGES), generator.random() < 0.7, _some(generator, near), _some(generator, near))
    stops = 0
    for stop in Stop:
        stops |= stop if generator.random() < 0.04 else 0
    drawn = person(
        version if generator.random() < 0.96 else version + 1,
        will,
        stops=stops,
        objected=objection if generator.random() < 0.06 else 0,
    )
    lapses = ((1 << generator.randrange(max(1, near.bit_length())), generator.choice((NOW, NOW + 1))),)
    if generator.random() < 0.1:
        drawn = replace(drawn, lapses=lapses)
    if generator.random() < 0.1:
        drawn = replace(drawn, guardian_lapses=lapses)
    return Facts(drawn, _world(generator, version, papers, origins))


def _some(generator: Random, near: int) -> int:
    """Drop one topic in ten; sometimes most of them."""
    if generator.random() < 0.1:
        return near & generator.getrandbits(max(1, near.bit_length()))
    held = near
    for bit in range(near.bit_length()):
        if near >> bit & 1 and generator.random() < 0.1:
            held &= ~(1 << bit)
    return held


def _world(generator: Random, version: int, papers: Papers, origins: Papers) -> WorldFacts:
    recipients = {
        name: RecipientFacts(
            papers=_dated(generator, needs),
            stopped=generator.random() < 0.05,
        )
        for name, needs in papers.items()
    }
    return WorldFacts(
        versions={version: generator.choice(_DATES)} if generator.random() < 0.98 else {},
        recipients=recipients,
        sources={name: _dated(generator, needs) for name, needs in origins.items()},
        successor=generator.choice(_DATES),
        ceased_at=ALWAYS if generator.random() < 0.97 else NOW,
    )


def _dated(generator: Random, needs: tuple[str, ...]) -> dict[str, tuple[int, int]]:
    return {paper: generator.choice(_DATES) for paper in needs if generator.random() < 0.95}


def narrow(generator: Random, facts: Facts, *, near: int, objection: int) -> tuple[Narrowing, Facts]:
    """Draw what makes those facts less."""
    drawn, world = facts.person, facts.world
    bit = 1 << generator.randrange(max(1, near.bit_length()))
    child = drawn.adult or (drawn.adult_at is not None and drawn.adult_at <= NOW)
    ways: list[tuple[Narrowing, PersonFacts, WorldFacts]] = [
        (Narrowing.WITHDRAWING, replace(drawn, held=drawn.held & ~bit), world),
        (Narrowing.GUARDIAN_WITHDRAWING, replace(drawn, guardian_held=drawn.guardian_held & ~bit), world),
        (Narrowing.LOSING_GUARDIAN, replace(drawn, guardian_until=NOW), world),
        (Narrowing.OBJECTING, replace(drawn, objected=objection), world),
        (Narrowing.STOPPING, replace(drawn, stops=drawn.stops | 1 << generator.randrange(4)), world),
        (Narrowing.STOPPING, drawn, replace(world, versions={})),
        (Narrowing.STOPPING, drawn, replace(world, ceased_at=NOW)),
        (Narrowing.LOSING_PAPERS, drawn, replace(world, recipients={}, sources={}, successor=(NOW, NOW))),
    ]
    if child:
        younger = replace(
            drawn, adult=False, guardian_held=drawn.guardian_held & drawn.held, guardian_lapses=drawn.lapses
        )
        ways.append((Narrowing.YOUNGER, replace(younger, adult_at=NOW + 1), world))
        ways.append((Narrowing.AGE_UNKNOWN, replace(younger, adult_at=None), world))
    narrowing, after, then = generator.choice(ways)
    return narrowing, Facts(after, then)
