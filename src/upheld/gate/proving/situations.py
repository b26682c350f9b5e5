# SPDX-License-Identifier: Apache-2.0
"""Facts to decide on: every combination of those that an ask reads, block by block.

What is in the way is a union: each clause adds its reasons by the facts that it reads. Clauses that share no fact but
the age are therefore tried apart, while everything else is in order: the standing of the person and of the version,
the papers of a recipient, and the wills of person and guardian. Each block is tried for every age. Instants stand on
their edges: what ends `NOW` has ended, what begins `NOW` has begun.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from itertools import product
from typing import Final, NamedTuple

from upheld.gate.values import ALWAYS, NEVER, NOBODY, Facts, PersonFacts, RecipientFacts, Stop, WorldFacts

NOW: Final = 1_000_000
"""The instant of every decision of a proof; any would do."""
IN_FORCE: Final = (NOW, ALWAYS)
ENDED: Final = (0, NOW)
LACKING: Final = (ENDED, (NOW + 1, ALWAYS))
"""Dates that are over, and that have not come."""


class Age(StrEnum):
    """Ways to be of an age."""

    ADULT = "adult"
    GROWN = "grown"
    """A child until just now."""
    CHILD = "child"
    UNKNOWN = "unknown"


_ADULT_AT: Final[dict[Age, int | None]] = {Age.ADULT: None, Age.GROWN: NOW, Age.CHILD: NOW + 1, Age.UNKNOWN: None}


class Will(NamedTuple):
    """Who granted what: the person, the guardian, and whether a guardian stands."""

    age: Age
    guardian: bool
    held: int
    guardian_held: int


@lru_cache(maxsize=16_384)
def person(version: int, will: Will, *, stops: int = 0, objected: int = 0) -> PersonFacts:
    """Return a person of that will."""
    return PersonFacts(
        version=version,
        stops=stops,
        held=will.held,
        guardian_held=will.guardian_held,
        objected=objected,
        adult=will.age is Age.ADULT,
        adult_at=_ADULT_AT[will.age],
        guardian_until=NOW + 1 if will.guardian else NOW,
    )


class Worlds:
    """The worlds of one policy version, made once.

    Args:
        version: the version that is tried.
        papers: recipient -> the papers it needs.
        origins: source -> the papers it needs.
    """

    def __init__(
        self, version: int, papers: Mapping[str, tuple[str, ...]], origins: Mapping[str, tuple[str, ...]]
    ) -> None:
        """Put everything in order."""
        self._papers, self._origins = papers, origins
        self.ready = WorldFacts(
            versions={version: IN_FORCE},
            recipients={name: RecipientFacts(papers=dict.fromkeys(needs, IN_FORCE)) for name, needs in papers.items()},
            sources={name: dict.fromkeys(needs, IN_FORCE) for name, needs in origins.items()},
            successor=IN_FORCE,
        )
        self.standing = tuple(self._standing(version))
        """Worlds by (the version is in force, the service goes on)."""
        self.receiving = {name: tuple(self._receiving(name)) for name in papers}
        """Recipient -> worlds by (it is not stopped, its papers in force), the fullest first; then without it."""
        self.giving = {name: tuple(self._giving(name)) for name in origins}
        """Source -> worlds by (True, its papers in force), the fullest first; then without it."""
        self.unbound = replace(
            self.ready, sources={name: _agreed(needs) for name, needs in origins.items()}, successor=ENDED
        )
        """The world in which nothing but the wills of people stands in for papers of a source or successor."""

    def _standing(self, version: int) -> Iterator[tuple[tuple[bool, bool], WorldFacts]]:
        versions = ((True, {version: IN_FORCE}), (False, {}), *((False, {version: at}) for at in LACKING))
        for (in_force, dates), goes_on in product(versions, (True, False)):
            yield (in_force, goes_on), replace(self.ready, versions=dates, ceased_at=ALWAYS if goes_on else NOW)

    def _receiving(self, name: str) -> Iterator[tuple[tuple[bool, frozenset[str]], WorldFacts]]:
        for stopped, papers in product((False, True), _papers(self._papers[name])):
            recipients = {**self.ready.recipients, name: RecipientFacts(papers=papers, stopped=stopped)}
            yield (not stopped, _in_force(papers)), replace(self.ready, recipients=recipients)
        yield (True, frozenset()), replace(self.ready, recipients={})

    def _giving(self, name: str) -> Iterator[tuple[tuple[bool, frozenset[str]], WorldFacts]]:
        for papers in _papers(self._origins[name]):
            yield (True, _in_force(papers)), replace(self.ready, sources={**self.ready.sources, name: papers})
        yield (True, frozenset()), replace(self.ready, sources={})


def _papers(needs: tuple[str, ...]) -> Iterator[dict[str, tuple[int, int]]]:
    """Yield every set of the papers in force, then each paper ended, and not yet in force."""
    for there in product((True, False), repeat=len(needs)):
        yield {paper: IN_FORCE for paper, has in zip(needs, there, strict=True) if has}
    for paper, dates in product(needs, LACKING):
        yield dict.fromkeys(needs, IN_FORCE) | {paper: dates}


def _in_force(papers: Mapping[str, tuple[int, int]]) -> frozenset[str]:
    return frozenset(paper for paper, dates in papers.items() if dates == IN_FORCE)


def _agreed(needs: tuple[str, ...]) -> dict[str, tuple[int, int]]:
    return {paper: IN_FORCE for paper in needs if paper == "agreement"}


def subsets(mask: int) -> Iterator[int]:
    """Yield every set of those topics, the fullest first."""
    held = mask
    while True:
        yield held
        if not held:
            return
        held = (held - 1) & mask


def wills(topics: int) -> Iterator[Will]:
    """Yield everyone's will on these topics, for every age; for an adult a guardian's word is there and counts nothing."""
    for held in subsets(topics):
        for guardian in (False, True):
            yield Will(Age.ADULT, guardian, held, topics)
        yield Will(Age.GROWN, True, held, topics)  # noqa: FBT003 - a guardian stands
    for age in (Age.CHILD, Age.UNKNOWN):
        for held, guardian_held in product(subsets(topics), repeat=2):
            yield Will(age, True, held, guardian_held)  # noqa: FBT003
            if guardian_held in {0, topics}:
                yield Will(age, False, held, guardian_held)  # noqa: FBT003


def will_count(topics: int) -> int:
    """Say how many `wills` there are."""
    held = 1 << topics.bit_count()
    return 3 * held + 2 * (held * held + held * len({0, topics}))


ALL_STOPS: Final = Stop.UNKNOWN_PERSON | Stop.RESTRICTED | Stop.CANCELLED | Stop.ERASED
ODD: Final = (
    (Facts(), NOW),
    (Facts(NOBODY, WorldFacts()), -1),
    (Facts(PersonFacts(version=1, stops=0, held=-1, guardian_held=-1, adult_at=NEVER, guardian_until=ALWAYS)), ALWAYS),
)
"""Facts and instants on their outermost edges, on which there must be an answer all the same."""
