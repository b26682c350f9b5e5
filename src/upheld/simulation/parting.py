# SPDX-License-Identifier: Apache-2.0
"""The end of a simulation: the log brought up to date, the board recomputed, and everyone erased."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from upheld.promises import board
from upheld.promises.values import Board, Seen
from upheld.retention import erasing
from upheld.retention.values import Because
from upheld.simulation.world import World
from upheld.storage import sequencer
from upheld.terms import Status

_AT_ONCE: Final = 500
"""People whose erasures are begun before the worker carries them out."""
_MAY_BECOME: Final = {Status.NOT_EXERCISED: {Status.KEPT}}
"""The erasures themselves are acts: what had no occasion before may now have been kept."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Forgotten:
    """What erasing everyone came to.

    Attributes:
        people: how many were erased.
        changed: clauses whose past status changed, with both statuses; none should be.
    """

    people: int
    changed: tuple[tuple[str, str, str], ...]


def index(world: World) -> None:
    """Give waiting evidence its place in the log, and sign it."""
    while sequencer.step(now=world.now).drained:
        pass


def judged(world: World, entries: Iterable[Seen] | None = None) -> Board:
    """Bring the log up to date and recompute the board, from all entries or from these."""
    index(world)
    return board.recompute(world.policy, now=world.now, entries=entries)


def erase_everyone(world: World, before: Board) -> Forgotten:
    """Erase all people, and compare the board's word on the same past with what it said while they were known."""
    people = [someone for someone in world.people if someone.id.int]
    for at in range(0, len(people), _AT_ONCE):
        for someone in people[at : at + _AT_ONCE]:
            erasing.begin(data_subject_id=someone.id, because=Because.CESSATION, now=world.now)
        world.work()
    past = islice(board.stored_entries(), before.tree_size)
    after = judged(world, entries=past)
    return Forgotten(people=len(people), changed=tuple(_changed(before, after)))


def _changed(before: Board, after: Board) -> Iterator[tuple[str, str, str]]:
    now = {line.clause: line.status for line in after.lines}
    for line in before.lines:
        status = now[line.clause]
        if status is not line.status and status not in _MAY_BECOME.get(line.status, set()):
            yield line.clause, line.status.value, status.value
