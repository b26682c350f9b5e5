# SPDX-License-Identifier: Apache-2.0
"""Prove of a policy what must hold of every policy's decisions, or find a counterexample. Pure, like the gate.

Asks are enumerated from what the policy declares (`asks`), facts are all combinations of those that an ask reads
(`situations`, `blocks`), every decision is looked at (`trial`) and compared with the slow gate
(`upheld.gate.reference`). What may pass all the same stands in a written list with its reasons (`protective`).
"""

from collections.abc import Callable, Hashable, Mapping
from random import Random
from typing import Final

from upheld.gate.proving import asks, blocks, drawing
from upheld.gate.proving.notes import Notes
from upheld.gate.proving.situations import ODD, Age, Will, Worlds, person
from upheld.gate.proving.trial import Trial
from upheld.gate.proving.values import Counterexample, Pair, Proof, Property, Verdict
from upheld.gate.rulebook import Rulebook, compile  # noqa: A004 - the gate's own word
from upheld.gate.values import NOBODY, Ask, Facts
from upheld.policy import Policy

__all__ = ["DRAWN", "Counterexample", "Pair", "Proof", "Property", "Verdict", "prove"]

DRAWN: Final = 10_000
"""Asks drawn, each on facts drawn across the blocks before and after a narrowing, unless told otherwise."""
SEED: Final = 3

Progress = Callable[[int, int], None]
"""Told, now and then, how many asks were tried, of how many."""


def prove(
    policy: Policy,
    *,
    book: Rulebook | None = None,
    drawn: int = DRAWN,
    seed: int = SEED,
    progress: Progress | None = None,
) -> Proof:
    """Prove or refute every property of a policy's decisions.

    Args:
        policy: the policy.
        book: the rulebook on trial; by default the policy compiled with the controls in force now.
        drawn: how many asks are drawn besides, on facts drawn across all blocks.
        seed: draws the same decisions again.
        progress: told how far it is.
    """
    run = _Run(policy, compile(policy) if book is None else book, Random(seed))
    different = run.asks()
    for number, ask in enumerate(different):
        run.enumerate(ask)
        if progress is not None and number % 256 == 0:
            progress(number, len(different))
    run.refuse_unknown()
    run.draw(drawn)
    if progress is not None:
        progress(len(different), len(different))
    return Proof(
        policy=policy.policy,
        version=policy.version,
        asks=len(different),
        meanings=run.meanings,
        sampled=run.sampled,
        seed=seed,
        verdicts=run.notes.verdicts(),
    )


class _Run:
    """One policy being tried."""

    def __init__(self, policy: Policy, book: Rulebook, generator: Random) -> None:
        self.notes = Notes()
        self.sampled = 0
        self._policy, self._book, self._generator = policy, book, generator
        self._declared = asks.Declared(policy)
        self._papers = {name: tuple(paper.value for paper in one.needs) for name, one in policy.recipients.items()}
        self._origins = {name: tuple(paper.value for paper in one.needs) for name, one in policy.sources.items()}
        self._worlds = Worlds(book.version, self._papers, self._origins)
        self._meanings: set[tuple[Hashable, ...]] = set()
        self._everything = sum(book.bits.values())

    @property
    def meanings(self) -> int:
        """Say how many different meanings the asks tried had."""
        return len(self._meanings)

    def asks(self) -> tuple[Ask, ...]:
        """Return the different asks."""
        found: dict[tuple[Ask, frozenset[str]], Ask] = {}
        for ask in asks.declared(self._declared):
            found.setdefault((ask, frozenset(ask.evidence)), ask)
        return tuple(found.values())

    def enumerate(self, ask: Ask) -> None:
        """Try every combination of the facts that an ask reads, unless an ask of that meaning was tried before."""
        trial = Trial(self._policy, self._book, ask, self.notes)
        meaning = trial.meaning()
        if meaning in self._meanings:
            return
        self._meanings.add(meaning)
        for facts, now in ODD:
            trial.permits(facts, now)
        if trial.is_refused_outright:
            for will in self._plainest():
                trial.permits(Facts(person(self._book.version, will), self._worlds.ready))
            return
        version, worlds, topics = self._book.version, self._worlds, trial.topics
        if blocks.is_within_bound(topics):
            blocks.try_wills_instead(trial, worlds, version, topics)
        else:
            self.sampled += 1
            self._draw_facts(trial, topics, blocks.BOUND)
        blocks.try_lapses(trial, worlds, version, topics)
        blocks.try_standing(trial, worlds, version, topics, trial.objection)
        if trial.asked.taker in self._papers:
            blocks.try_papers(trial, worlds.receiving[trial.asked.taker], version, topics)
        if ask.source in self._origins:
            blocks.try_papers(trial, worlds.giving[ask.source], version, topics)

    def refuse_unknown(self) -> None:
        """Try what names something undeclared, and what is asked of nobody; all else is in order."""
        for ask in asks.unknown(self._declared):
            trial = Trial(self._policy, self._book, ask, self.notes)
            for will in self._plainest():
                trial.refuse(Facts(person(self._book.version, will), self._worlds.ready))
        for purpose in self._declared.purposes:
            for act in self._declared.acts(purpose):
                ask = Ask(act=act, purpose=purpose, evidence=self._declared.evidence)
                Trial(self._policy, self._book, ask, self.notes).refuse(Facts(NOBODY, self._worlds.ready))

    def draw(self, times: int) -> None:
        """Try asks and facts drawn from everything."""
        told = self._book.bits.get("told:notice", 0)
        for _ in range(times):
            ask = asks.drawn(self._declared, self._generator)
            trial = Trial(self._policy, self._book, ask, self.notes)
            self._draw_facts(trial, trial.topics | told, 1)

    def _draw_facts(self, trial: Trial, topics: int, times: int) -> None:
        self.notes.is_drawn = True
        for _ in range(times):
            before = drawing.draw(
                self._generator,
                version=self._book.version,
                near=topics,
                objection=trial.objection,
                papers=_of(self._papers, trial.asked.taker),
                origins=_of(self._origins, trial.ask.source),
            )
            narrowing, after = drawing.narrow(self._generator, before, near=topics, objection=trial.objection)
            was, still = trial.permits(before), trial.permits(after)
            self.notes.looked(Property.NARROWING)
            if still and not was:
                trial.narrowed(narrowing, before, after)
        self.notes.is_drawn = False

    def _plainest(self) -> tuple[Will, ...]:
        """Return one person of each age who granted everything, and a child without a guardian."""
        everything = self._everything
        child = Will(Age.CHILD, False, everything, 0)  # noqa: FBT003 - no guardian stands
        return (child, *(Will(age, True, everything, everything) for age in (Age.ADULT, Age.CHILD, Age.UNKNOWN)))  # noqa: FBT003


def _of(papers: Mapping[str, tuple[str, ...]], name: str | None) -> dict[str, tuple[str, ...]]:
    return {name: papers[name]} if name is not None and name in papers else {}
