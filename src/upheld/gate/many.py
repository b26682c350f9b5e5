# SPDX-License-Identifier: Apache-2.0
"""Decide one ask on many people at once: the same gaps as `upheld.gate.deciding`, a column at a time.

A `Crowd` holds the facts of many people as columns. A `Question` finds for each the very integer of gaps that `decide`
would find, so that the answers are those of `decide`; a property test says so. What an ask brings (evidence) and what
holds for everyone is looked at once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from upheld.gate.deciding import CHILD, UNKNOWN, answer_to, is_complete, outside
from upheld.gate.plan import Answer, Case, Plan
from upheld.gate.planning import plan_of
from upheld.gate.rulebook import Rulebook
from upheld.gate.rules import Gap
from upheld.gate.values import Ask, Permit, Stop, WorldFacts

Bits = npt.NDArray[np.uint64]
Small = npt.NDArray[np.uint32]
Instants = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]

WORD: Final = 64
"""Topics in one word of a mask."""
STOPS: Final = tuple(stop for stop in Stop if stop)
UNSTATED: Final = np.iinfo(np.int64).min
"""The `adult_at` of people for whom no such date is known."""


@dataclass(frozen=True, slots=True, eq=False)
class Lapses:
    """Grants that end: the row each is of, from when it is gone, and which topics; masks have shape (words, lapses)."""

    rows: Rows
    at: Instants
    masks: Bits


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Crowd:
    """The facts of n people as columns; masks of topics have shape (words, n), the lowest topics first.

    Each column means what the field of `PersonFacts` of its name means; `adult_at` is `UNSTATED` where there is none.
    """

    version: Small
    stops: Small
    held: Bits
    guardian_held: Bits
    objected: Bits
    lapses: Lapses
    guardian_lapses: Lapses
    adult: Flags
    adult_at: Instants
    guardian_until: Instants

    def __len__(self) -> int:
        return len(self.version)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Verdicts:
    """What was found for each person.

    Args:
        keys: for each row, which of `answers` is its answer.
        answers: every answer that somebody gets.
        counts: how many people get each.
    """

    keys: Small
    answers: Mapping[int, Answer]
    counts: Mapping[int, int]

    @property
    def permitted(self) -> Flags:
        """Say for each row whether the act may be done."""
        may = np.zeros(max(self.answers, default=0) + 1, dtype=np.bool_)
        for key, answer in self.answers.items():
            may[key] = isinstance(answer, Permit)
        return may[self.keys]


class Question:
    """One ask under one version of the policy, to be put to many people."""

    def __init__(self, rulebook: Rulebook, ask: Ask) -> None:
        """Plan the ask once.

        Args:
            rulebook: the version, compiled; people whom another version binds are refused.
            ask: what someone wants to do, on each of them.
        """
        self._rulebook, self._ask = rulebook, ask
        self._plan = plan_of(rulebook.policy, ask, bits=rulebook.bits, enforced=rulebook.enforced)
        self._relevant = [self._plan.relevant | case.relevant for case in self._plan.cases]

    def put_to(self, crowd: Crowd, world: WorldFacts, now: int) -> Verdicts:
        """Say for each person of a crowd whether the act may be done.

        Args:
            crowd: their facts.
            world: what holds for everyone.
            now: the instant, in seconds since 1970 (UTC).
        """
        band = _bands(crowd, now)
        found = _found(self._rulebook.version, self._plan, crowd, band, world, now)
        matters = np.array([found.coded(mask) for mask in self._relevant], dtype=np.uint32)
        keys = (found.code & matters[band]) << np.uint32(2) | band
        counts = np.bincount(keys, minlength=1)
        shared = _shared(self._rulebook.version, self._plan, world, now)
        answers = {
            key: self._answer(key & 3, found.decoded(key >> 2) | shared) for key in np.flatnonzero(counts).tolist()
        }
        return Verdicts(keys=keys, answers=answers, counts={key: int(counts[key]) for key in answers})

    def _answer(self, band: int, found: int) -> Answer:
        gaps = (found | self._plan.cases[band].gaps) & self._relevant[band] | _brought(self._plan, self._ask)
        return self._plan.answers.get(gaps << 2 | band) or answer_to(self._rulebook, self._plan, band, gaps)


def _shared(version: int, plan: Plan, world: WorldFacts, now: int) -> int:
    """Find the gaps that are there whoever the person is."""
    gaps = plan.found
    dates = world.versions.get(version)
    if dates is None or not dates[0] <= now < dates[1]:
        gaps |= Gap.VERSION_NOT_IN_FORCE
    if now >= world.ceased_at:
        gaps |= Gap.SERVICE_CEASED
    return int(gaps)


def _brought(plan: Plan, ask: Ask) -> int:
    """Find what the ask itself fails to bring."""
    gaps = 0
    if not is_complete(plan.evidence, ask.evidence):
        gaps |= Gap.EVIDENCE_MISSING
    if not is_complete(plan.staff_evidence, ask.evidence):
        gaps |= Gap.STAFF_REASON_MISSING
    return int(gaps)


def _bands(crowd: Crowd, now: int) -> Small:
    minor = ~crowd.adult & (crowd.adult_at > now)  # what is unstated lies before every instant
    unstated = ~crowd.adult & (crowd.adult_at == UNSTATED)
    band: Small = minor * np.uint32(CHILD) + unstated * np.uint32(UNKNOWN)
    return band


@dataclass(slots=True, eq=False)
class _Found:
    """The gaps found for each row, as a code: one bit for each gap that was looked for.

    A code is short, so that rows are counted by it without sorting them.
    """

    code: Small
    gaps: list[int] = field(default_factory=lambda: [int(stop) for stop in STOPS])
    """What each bit of the code means, from the lowest; the stops come first, as the packed row has them."""

    def put(self, gap: int, where: Flags) -> None:
        """Put a gap where it is there."""
        if gap not in self.gaps:
            self.gaps.append(gap)
        self.code |= where.astype(np.uint32) << np.uint32(self.gaps.index(gap))

    def coded(self, gaps: int) -> int:
        """Return the code of gaps."""
        return sum(1 << bit for bit, gap in enumerate(self.gaps) if gap & gaps)

    def decoded(self, code: int) -> int:
        """Return the gaps of a code."""
        return sum(gap for bit, gap in enumerate(self.gaps) if code >> bit & 1)


def _found(version: int, plan: Plan, crowd: Crowd, band: Small, world: WorldFacts, now: int) -> _Found:
    """Find the gaps of each row; in the order of `upheld.gate.deciding`, which says why."""
    found = _Found(crowd.stops.copy())
    found.put(int(Gap.VERSION_OTHER), crowd.version != version)
    if plan.objection:
        found.put(int(Gap.OBJECTED), _any(plan.objection, _Masks(crowd, crowd.objected, None, now).word, len(crowd)))
    held = _Masks(crowd, crowd.held, crowd.lapses, now)
    guardian = _Guardians(plan.cases, crowd, band, now)
    guardian.put_gaps(found)
    at_all = guardian.added_to(held) if guardian.heard else held.word
    for topics, gap in plan.topic_gaps:
        found.put(gap, ~_any(topics, at_all, len(crowd)))
    for gap, instead in outside(plan, world, now):
        found.put(gap, ~_any(instead, guardian.deciding(at_all), len(crowd)))
    return found


class _Masks:
    """Masks of topics, read a word at a time, without the topics that have lapsed."""

    def __init__(self, crowd: Crowd, masks: Bits, lapses: Lapses | None, now: int) -> None:
        self._size, self._masks, self._lapses = len(crowd), masks, lapses
        self._due = np.flatnonzero(lapses.at <= now) if lapses is not None else np.empty(0, dtype=np.intp)

    def word(self, number: int) -> Bits:
        """Return one word of every row's mask; one beyond the columns was numbered later, and nobody holds it."""
        if number >= len(self._masks):
            return np.zeros(self._size, dtype=np.uint64)
        column: Bits = self._masks[number]
        if self._lapses is not None and self._due.size:
            gone = np.zeros(self._size, dtype=np.uint64)
            np.bitwise_or.at(gone, self._lapses.rows[self._due], self._lapses.masks[number, self._due])
            column = column & ~gone
        return column


class _Guardians:
    """Where a guardian's word counts, and what guardians in office have granted."""

    def __init__(self, cases: tuple[Case, Case, Case], crowd: Crowd, band: Small, now: int) -> None:
        self.heard = any(case.heard for case in cases)
        self._cases, self._band, self._size = cases, band, len(crowd)
        self._guarded = np.array([case.guarded for case in cases])
        self._in_office = crowd.guardian_until > now
        self._heard = np.array([case.heard for case in cases])[band] & self._in_office
        self._granted = _Masks(crowd, crowd.guardian_held, crowd.guardian_lapses, now)

    def put_gaps(self, found: _Found) -> None:
        """Put where a guardian, or a guardian's consent, is missing."""
        if not self.heard:
            return
        missing = self._guarded & np.array([case.heard for case in self._cases])
        found.put(int(Gap.GUARDIAN_MISSING), missing[self._band] & ~self._in_office)
        for which, case in enumerate(self._cases):
            if case.heard and case.guardian_topics:
                lacking = (self._band == which) & _lacks(case.guardian_topics, self.word, self._size)
                found.put(int(Gap.GUARDIAN_CONSENT_MISSING), lacking)

    def word(self, number: int) -> Bits:
        """Return one word of what guardians whose word counts have granted."""
        return np.where(self._heard, self._granted.word(number), np.uint64(0))

    def added_to(self, held: _Masks) -> Callable[[int], Bits]:
        """Return a reader of what the person or the guardian has granted."""
        return lambda number: held.word(number) | self.word(number)

    def deciding(self, at_all: Callable[[int], Bits]) -> Callable[[int], Bits]:
        """Return a reader of what the one whose will counts has granted: the guardian, where one must stand."""
        guarded = self._guarded[self._band]
        return lambda number: np.where(guarded, self.word(number), at_all(number))


def _words(mask: int) -> list[tuple[int, np.uint64]]:
    """Cut a mask into (number of the word, its bits), where any bit is set."""
    count = (mask.bit_length() + WORD - 1) // WORD
    cut = [(number, mask >> number * WORD & (1 << WORD) - 1) for number in range(count)]
    return [(number, np.uint64(bits)) for number, bits in cut if bits]


def _any(mask: int, word: Callable[[int], Bits], size: int) -> Flags:
    """Say which rows have one of the topics."""
    found = np.zeros(size, dtype=np.bool_)
    for number, bits in _words(mask):
        found |= (word(number) & bits) != 0
    return found


def _lacks(mask: int, word: Callable[[int], Bits], size: int) -> Flags:
    """Say which rows lack one of the topics."""
    found = np.zeros(size, dtype=np.bool_)
    for number, bits in _words(mask):
        found |= (word(number) & bits) != bits
    return found
