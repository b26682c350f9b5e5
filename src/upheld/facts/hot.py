# SPDX-License-Identifier: Apache-2.0
"""Read the facts for one decision with one statement.

Person facts are never kept: every decision reads them anew, in the transaction that will act on the answer. The world
changes seldom, so a process keeps it unpacked; the same statement brings the stamp that says whether it still holds.
"""

from dataclasses import dataclass
from typing import Final, cast
from uuid import UUID

from upheld import gate
from upheld.errors import Broken
from upheld.facts import packing
from upheld.facts import world as worlds
from upheld.facts.models import WORLD, PersonFactsRow, WorldFactsRow
from upheld.facts.rulebooks import rulebook_in
from upheld.facts.world import World
from upheld.gate.values import NOBODY, Ask, Denial, Facts, Permit, PersonFacts
from upheld.storage.one_row import OneRow
from upheld.terms import DataSubjectId

_PERSON: Final = PersonFactsRow._meta.db_table  # noqa: SLF001 - Django's documented Meta API
_WORLD: Final = WorldFactsRow._meta.db_table  # noqa: SLF001
_READ: Final = OneRow(
    f"SELECT w.stamp, p.revision, p.packed FROM {_WORLD} w "  # noqa: S608 - two table names of our own
    f"LEFT JOIN {_PERSON} p ON p.data_subject_id = %s WHERE w.id = {WORLD}"
)
_READ_STAMP: Final = OneRow(f"SELECT stamp FROM {_WORLD} WHERE id = {WORLD}")  # noqa: S608
_READ_WORLD: Final = OneRow(f"SELECT stamp, revision, packed FROM {_WORLD} WHERE id = {WORLD}")  # noqa: S608
_EMPTY: Final = World()
_kept: list[tuple[World, object]] = [(_EMPTY, None)]


@dataclass(frozen=True, slots=True)
class Reading:
    """The facts for one decision, and the world they were read in."""

    facts: Facts
    world: World


def read(data_subject_id: DataSubjectId) -> Reading:
    """Read a person's facts and the world's, as they are in this transaction."""
    row = _READ.read(data_subject_id)
    if row is None:
        return Reading(Facts(NOBODY, _EMPTY.facts), _EMPTY)
    stamp, revision, packed = row
    world = _world(stamp)
    return Reading(Facts(_person(revision, packed), world.facts), world)


def decide(data_subject_id: DataSubjectId, ask: Ask, now: int) -> tuple[Permit | Denial, Reading]:
    """Read the facts and decide, under the version that binds the person.

    Args:
        data_subject_id: whom the act is about.
        ask: what someone wants to do.
        now: the instant, in seconds since 1970 (UTC).
    """
    reading = read(data_subject_id)
    rulebook = rulebook_in(reading.world, reading.facts.person.version)
    return gate.decide(rulebook, reading.facts, ask, now), reading


def world() -> World:
    """Read what holds for everyone, as it is in this transaction."""
    row = _READ_STAMP.read()
    return _EMPTY if row is None else _world(row[0])


def _world(stamp: object) -> World:
    """Return the world of a stamp, which is as the driver gave it: comparing it costs less than reading it."""
    kept, kept_stamp = _kept[0]
    if kept_stamp == stamp:
        return kept
    row = _READ_WORLD.read()
    found = _EMPTY if row is None else _unpacked(row)
    _kept[0] = found, None if row is None else row[0]
    return found


def _unpacked(row: tuple[object, ...]) -> World:
    stamp, revision, packed = row
    if not isinstance(revision, int):
        raise Broken("the world's revision is no number")
    return worlds.unpack(_bytes(packed), revision=revision, stamp=_uuid(stamp))


def _person(revision: object, packed: object) -> PersonFacts:
    if packed is None:
        return NOBODY
    if not isinstance(revision, int):
        raise Broken("a person's revision is no number")
    return packing.unpack(_bytes(packed), revision=revision)


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else bytes(cast("memoryview", value))


def _uuid(value: object) -> UUID:
    """SQLite keeps a UUID as 32 hex digits, PostgreSQL as itself."""
    return value if isinstance(value, UUID) else UUID(hex=str(value))
