# SPDX-License-Identifier: Apache-2.0
"""Decide one ask on many people at once: the same gaps as `upheld.gate.deciding`, a column at a time.

A `Crowd` holds the facts of many people as columns. `decide_all` finds for each the very integer of gaps that `decide`
would find, so that the answers are those of `decide`; a property test says so. What an ask brings (evidence) and what
holds for everyone is looked at once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from upheld.gate.deciding import ADULT, CHILD, UNKNOWN, answer_to, is_complete, recipient_gaps
from upheld.gate.plan import Answer, Case, Plan
from upheld.gate.planning import plan_of
from upheld.gate.rulebook import Rulebook
from upheld.gate.rules import Gap
from upheld.gate.values import Ask, Permit, WorldFacts

Bits = npt.NDArray[np.uint64]
Instants = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]

WORD: Final = 64
"""Topics in one word of a mask."""
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

    version: Instants
    stops: Bits
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
    """

    keys: Bits
    answers: Mapping[int, Answer]

    @property
    def permitted(self) -> Flags:
        """Say for each row whether the act may be done."""
        yes = np.fromiter((key for key, found in self.answers.items() if isinstance(found, Permit)), dtype=np.uint64)
        return np.isin(self.keys, yes)

    def tally(self) -> Mapping[int, int]:
        """Return how many people get each answer."""
        keys, counts = np.unique(self.keys, return_counts=True)
        return dict(zip(keys.tolist(), counts.tolist(), strict=True))


def decide_all(rulebook: Rulebook, crowd: Crowd, world: WorldFacts, ask: Ask, now: int) -> Verdicts:
    """Say for each of many people whether an act may be done.

    Args:
        rulebook: one version of the policy, compiled; people whom another version binds are refused.
        crowd: their facts.
        world: what holds for everyone.
        ask: what someone wants to do, on each of them.
        now: the instant, in seconds since 1970 (UTC).
    """
    plan = plan_of(rulebook.policy, ask, bits=rulebook.bits, enforced=rulebook.enforced)
    shared = _shared(rulebook.version, plan, world, now)
    brought = np.uint64(_brought(plan, ask))
    band = _bands(crowd, now)
    keys = np.empty(len(crowd), dtype=np.uint64)
    answers: dict[int, Answer] = {}
    for which in (ADULT, CHILD, UNKNOWN):
        rows = np.flatnonzero(band == which)
        if rows.size == 0:
            continue
        gaps = _gaps(rulebook.version, plan, which, _Few(crowd, rows), shared, now) | brought
        keys[rows] = gaps << np.uint64(2) | np.uint64(which)
        for found in np.unique(gaps).tolist():
            answers[found << 2 | which] = answer_to(rulebook, plan, which, found)
    return Verdicts(keys=keys, answers=answers)


def _shared(version: int, plan: Plan, world: WorldFacts, now: int) -> int:
    """Find the gaps that are there whoever the person is."""
    gaps = plan.found
    dates = world.versions.get(version)
    if dates is None or not dates[0] <= now < dates[1]:
        gaps |= Gap.VERSION_NOT_IN_FORCE
    if now >= world.ceased_at:
        gaps |= Gap.SERVICE_CEASED
    if plan.recipient is not None:
        gaps |= recipient_gaps(plan, world, now)
    return int(gaps)


def _brought(plan: Plan, ask: Ask) -> int:
    """Find what the ask itself fails to bring."""
    gaps = Gap.NONE
    if not is_complete(plan.evidence, ask.evidence):
        gaps |= Gap.EVIDENCE_MISSING
    if not is_complete(plan.staff_evidence, ask.evidence):
        gaps |= Gap.STAFF_REASON_MISSING
    return int(gaps)


def _bands(crowd: Crowd, now: int) -> npt.NDArray[np.int8]:
    band = np.full(len(crowd), ADULT, dtype=np.int8)
    band[~crowd.adult & (now < crowd.adult_at)] = CHILD
    band[~crowd.adult & (crowd.adult_at == UNSTATED)] = UNKNOWN
    return band


class _Few:
    """Some rows of a crowd; where they are all of them, nothing is copied."""

    def __init__(self, crowd: Crowd, rows: Rows) -> None:
        self._crowd = crowd
        self._rows = rows
        self._whole = len(rows) == len(crowd)

    def __len__(self) -> int:
        return len(self._rows)

    def instants(self, column: Instants) -> Instants:
        """Return a column for these rows."""
        return column if self._whole else column[self._rows]

    def bits(self, column: Bits) -> Bits:
        """Return a column of bits for these rows."""
        return column if self._whole else column[self._rows]

    def word(self, masks: Bits, lapses: Lapses, word: int, now: int) -> Bits:
        """Return one word of a mask, without the topics that have lapsed."""
        if word >= len(masks):  # a topic numbered after these columns were read: nobody holds it
            return np.zeros(len(self), dtype=np.uint64)
        column = masks[word]
        due = lapses.at <= now
        if due.any():
            gone = np.zeros(len(self._crowd), dtype=np.uint64)
            np.bitwise_or.at(gone, lapses.rows[due], lapses.masks[word, due])
            column = column & ~gone
        return self.bits(column)

    def objected(self, word: int) -> Bits:
        """Return one word of what was objected to."""
        masks = self._crowd.objected
        return self.bits(masks[word]) if word < len(masks) else np.zeros(len(self), dtype=np.uint64)

    @property
    def crowd(self) -> Crowd:
        """Return the whole crowd."""
        return self._crowd


def _gaps(version: int, plan: Plan, band: int, few: _Few, shared: int, now: int) -> Bits:
    """Find the gaps of each row; in the order of `upheld.gate.deciding`, which says why."""
    case = plan.cases[band]
    crowd = few.crowd
    gaps = few.bits(crowd.stops) | np.uint64(shared | case.gaps)
    _put(gaps, Gap.VERSION_OTHER, few.instants(crowd.version) != version)
    if plan.objection:
        _put(gaps, Gap.OBJECTED, _any(plan.objection, few.objected, len(few)))
    stands = few.instants(crowd.guardian_until) > now if case.heard else None
    if stands is not None and case.guarded:
        _put(gaps, Gap.GUARDIAN_MISSING, ~stands)
    held = _words_held(plan, case, few, stands, now)
    if case.heard and case.guardian_topics:
        _put(gaps, Gap.GUARDIAN_CONSENT_MISSING, _lacks(case.guardian_topics, held.by_guardian, len(few)))
    for topics, gap in plan.topic_gaps:
        _put(gaps, gap, ~_any(topics, held.at_all.__getitem__, len(few)))
    return gaps & np.uint64(plan.relevant | case.relevant)


@dataclass(frozen=True, slots=True)
class _Held:
    """What rows hold at the instant, by word; only the words that the plan looks at."""

    at_all: Mapping[int, Bits]
    by_guardian: Mapping[int, Bits]


def _words_held(plan: Plan, case: Case, few: _Few, stands: Flags | None, now: int) -> _Held:
    crowd = few.crowd
    at_all: dict[int, Bits] = {}
    by_guardian: dict[int, Bits] = {}
    for word, _ in _words(plan.topics | case.guardian_topics):
        at_all[word] = few.word(crowd.held, crowd.lapses, word, now)
        if stands is not None:
            granted = few.word(crowd.guardian_held, crowd.guardian_lapses, word, now)
            by_guardian[word] = np.where(stands, granted, np.uint64(0))
            at_all[word] = at_all[word] | by_guardian[word]
    return _Held(at_all, by_guardian)


def _words(mask: int) -> list[tuple[int, np.uint64]]:
    """Cut a mask into (number of the word, its bits), where any bit is set."""
    count = (mask.bit_length() + WORD - 1) // WORD
    cut = [(word, mask >> word * WORD & (1 << WORD) - 1) for word in range(count)]
    return [(word, np.uint64(bits)) for word, bits in cut if bits]


def _any(mask: int, column: Callable[[int], Bits], size: int) -> Flags:
    """Say which rows have one of the topics."""
    found = np.zeros(size, dtype=np.bool_)
    for word, bits in _words(mask):
        found |= (column(word) & bits) != 0
    return found


def _lacks(mask: int, columns: Mapping[int, Bits], size: int) -> Flags:
    """Say which rows lack one of the topics."""
    found = np.zeros(size, dtype=np.bool_)
    for word, bits in _words(mask):
        found |= (columns[word] & bits) != bits
    return found


def _put(gaps: Bits, gap: int, where: Flags) -> None:
    gaps |= where.astype(np.uint64) * np.uint64(int(gap))
