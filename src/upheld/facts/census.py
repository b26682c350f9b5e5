# SPDX-License-Identifier: Apache-2.0
"""How many people an act may be done on, and why not on the others: one ask, decided on everyone.

A census keeps everyone's facts as columns and reads anew those that changed since. It chooses and counts; it permits
nothing: an act on a person is decided on that person, in the act's own transaction, as ever.

Rows are read in the order of their ids, in blocks; a row that changed later moves to a small block of its own, and
when that one has grown large everything is read again. Changes are found by their causes' ids, which begin with the
time: those of the last `OVERLAP` before the last look are read once more, so that an act that committed late is found.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final
from uuid import UUID

import numpy as np
import numpy.typing as npt
from django.db import connections
from psycopg import Cursor

from upheld.facts import columns, hot
from upheld.facts.models import FactCause, PersonFactsRow
from upheld.facts.rulebooks import rulebook_in
from upheld.facts.world import World
from upheld.gate.many import WORD, Crowd, Flags, Question, Small, Verdicts
from upheld.gate.plan import Answer
from upheld.gate.values import Ask, Permit
from upheld.terms import DataSubjectId

BLOCK: Final = 50_000
"""People in a block: columns of this length stay in a processor's cache."""
MOVED_AT_MOST: Final = 20_000
"""Changed people kept apart before everything is read again."""
OVERLAP: Final = timedelta(minutes=10)
"""Longer than any transaction of ours runs, and than clocks differ."""
_BATCH: Final = 5_000
_NO_CAUSE: Final = UUID(int=0)
_TIME_SHIFT: Final = 80
"""Bits of a UUIDv7 below its milliseconds (RFC 9562 section 5.7)."""

_ROWS: Final = PersonFactsRow._meta.db_table  # noqa: SLF001 - Django's documented Meta API


@dataclass(frozen=True, slots=True)
class Reach:
    """What the gate said of everyone.

    Args:
        answers: (answer, how many people it is given to), the most frequent first.
    """

    answers: tuple[tuple[Answer, int], ...]

    @property
    def people(self) -> int:
        """Count everyone."""
        return sum(count for _, count in self.answers)

    @property
    def permitted(self) -> int:
        """Count those on whom the act may be done."""
        return sum(count for answer, count in self.answers if isinstance(answer, Permit))


@dataclass(frozen=True, slots=True, eq=False)
class _Block:
    ids: npt.NDArray[np.uint64]
    """Shape (people, 2): the upper and the lower half of each id, in ascending order."""
    crowd: Crowd
    moved: Flags
    """Whose facts changed since, and are in the block of those who changed."""


@dataclass(slots=True)
class Census:
    """Everyone's facts, as they were at the last look."""

    _blocks: list[_Block] = field(default_factory=list)
    _changed: dict[bytes, bytes] = field(default_factory=dict)
    _changed_block: _Block | None = None
    _words: int = 0
    _seen: UUID = _NO_CAUSE
    """The latest cause that was looked at."""

    def look(self) -> World:
        """Read what changed since the last look, or everything; return the world as it is."""
        world = hot.world()
        words = max(1, -(-len(world.topics) // WORD))
        if not self._blocks or words != self._words or len(self._changed) > MOVED_AT_MOST:
            self._read_everyone(words)
        else:
            self._read_changes()
        return world

    def reach(self, ask: Ask, now: int) -> Reach:
        """Say on how many people an act may be done, and what is in the way of the others.

        Args:
            ask: what someone wants to do, on each of them.
            now: the instant, in seconds since 1970 (UTC).
        """
        found: Counter[int] = Counter()
        answers: dict[int, Answer] = {}
        for _, verdicts, judged in self._verdicts(ask, now):
            counts = verdicts.counts if judged.all() else _counted(verdicts.keys[judged])
            for key, count in counts.items():
                answer = verdicts.answers[key]
                answers[id(answer)] = answer
                found[id(answer)] += count
        return Reach(tuple((answers[key], count) for key, count in found.most_common()))

    def permitted(self, ask: Ask, now: int) -> Iterator[DataSubjectId]:
        """Yield the people on whom an act may be done, as of this look; in no particular order."""
        for block, verdicts, judged in self._verdicts(ask, now):
            for high, low in block.ids[verdicts.permitted & judged].tolist():
                yield DataSubjectId(UUID(int=high << 64 | low))

    def bound(self) -> dict[int, int]:
        """Count the people whom each version binds; version 0 is none."""
        self.look()
        found: Counter[int] = Counter()
        for block in self._all():
            found.update(_counted(block.crowd.version[~block.moved]))
        return dict(found)

    def _verdicts(self, ask: Ask, now: int) -> Iterator[tuple[_Block, Verdicts, Flags]]:
        """Decide block by block, and in each by the versions that bind; the flags say whom the verdicts are for."""
        world = self.look()
        questions: dict[int, Question] = {}
        for block in self._all():
            for version in _counted(block.crowd.version):
                if version not in questions:
                    questions[version] = Question(rulebook_in(world, version), ask)
                verdicts = questions[version].put_to(block.crowd, world.facts, now)
                yield block, verdicts, (block.crowd.version == version) & ~block.moved

    def _all(self) -> Iterator[_Block]:
        yield from self._blocks
        if self._changed_block is not None:
            yield self._changed_block

    def _read_everyone(self, words: int) -> None:
        self._seen = _latest_cause()
        self._words = words
        self._changed, self._changed_block = {}, None
        self._blocks = [_block(ids, packed, words) for ids, packed in _everyone()]

    def _read_changes(self) -> None:
        since, self._seen = self._seen, _latest_cause()
        changed = _changed_since(since)
        if not changed:
            return
        self._changed.update(changed)
        for block in self._blocks:
            _mark_moved(block, changed)
        self._changed_block = _block(b"".join(self._changed), list(self._changed.values()), self._words)


def _counted(numbers: Small) -> dict[int, int]:
    """Return how often each number occurs."""
    if numbers.size and numbers.min() == (one := numbers.max()):
        return {int(one): len(numbers)}
    found, counts = np.unique(numbers, return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


def _block(ids: bytes, packed: Sequence[bytes], words: int) -> _Block:
    halves = np.frombuffer(ids, dtype=">u8").astype(np.uint64).reshape(-1, 2)
    return _Block(halves, columns.crowd(packed, words=words), np.zeros(len(packed), dtype=np.bool_))


def _mark_moved(block: _Block, changed: dict[bytes, bytes]) -> None:
    """Mark who of a block is among those who changed; ids that share an upper half are looked at one by one."""
    wanted = np.frombuffer(b"".join(changed), dtype=">u8").astype(np.uint64).reshape(-1, 2)
    first = np.searchsorted(block.ids[:, 0], wanted[:, 0], side="left")
    last = np.searchsorted(block.ids[:, 0], wanted[:, 0], side="right")
    for (_, low), start, end in zip(wanted.tolist(), first.tolist(), last.tolist(), strict=True):
        for row in range(start, end):
            if block.ids[row, 1] == low:
                block.moved[row] = True


def _latest_cause() -> UUID:
    found = FactCause.objects.order_by("-id").values_list("id", flat=True).first()
    return _NO_CAUSE if found is None else found


def _changed_since(cause: UUID) -> dict[bytes, bytes]:
    """Return id -> packed row of everyone with a cause since shortly before that one."""
    overlap = OVERLAP // timedelta(milliseconds=1) << _TIME_SHIFT
    earliest = UUID(int=max(0, cause.int - overlap))
    who = FactCause.objects.filter(id__gt=earliest).values_list("data_subject_id", flat=True).distinct()
    ids = list(who)
    found: dict[bytes, bytes] = {}
    for start in range(0, len(ids), _BATCH):
        rows = PersonFactsRow.objects.filter(data_subject_id__in=ids[start : start + _BATCH])
        found |= {one.bytes: bytes(packed) for one, packed in rows.values_list("data_subject_id", "packed")}
    return found


def _everyone() -> Iterator[tuple[bytes, list[bytes]]]:
    """Yield ids, 16 bytes each and in ascending order, and packed rows, a block at a time."""
    last: bytes | None = None
    while True:
        rows = _after(last)
        if not rows:
            return
        last = rows[-1][0]
        yield b"".join(one for one, _ in rows), [packed for _, packed in rows]


def _after(last: bytes | None) -> list[tuple[bytes, bytes]]:
    """Read the next rows by their ids: past the ORM, which would make a UUID of each."""
    connection = connections[PersonFactsRow.store]
    connection.ensure_connection()
    is_sqlite = connection.vendor == "sqlite"
    key = "unhex(data_subject_id)" if is_sqlite else "uuid_send(data_subject_id)"
    where = "" if last is None else "WHERE data_subject_id > %s"
    statement = f"SELECT {key}, packed FROM {_ROWS} {where} ORDER BY data_subject_id LIMIT {BLOCK}"  # noqa: S608
    parameters: list[object] = [] if last is None else [last.hex() if is_sqlite else UUID(bytes=last)]
    with connection.wrap_database_errors:
        if is_sqlite:
            found = connection.connection.execute(statement.replace("%s", "?"), parameters).fetchall()
        else:
            found = Cursor(connection.connection).execute(statement, parameters, binary=True).fetchall()
    return [(bytes(one), bytes(packed)) for one, packed in found]
