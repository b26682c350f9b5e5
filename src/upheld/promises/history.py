# SPDX-License-Identifier: Apache-2.0
"""The board over time: recomputed by a durable job, kept whole once, and as counts for ever.

A snapshot is written down when it begins, so that a page can say how far it has come; only one that is done counts.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F, Q

from upheld import policy as policies
from upheld.crypto.randomness import uuid7
from upheld.facts import queries as facts
from upheld.promises import board
from upheld.promises.models import BoardSnapshot
from upheld.promises.values import Board, BoardLine, ControlLine, Seen
from upheld.storage import stored_log
from upheld.storage.jobs import Next, Step, done, enqueue, every, job, watching
from upheld.terms import Status

JOB: Final = "promises.snapshot"
EVERY: Final = timedelta(days=1)
TOLD_EVERY: Final = 1_000
"""Entries between two notes of how far a recomputation has come."""
LOST_AFTER: Final = timedelta(minutes=10)
"""A recomputation that has not ended by then was lost with its worker; another is under way or may be asked for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """A recomputation that waits or is under way."""

    judged: int
    of: int
    begun: bool

    @property
    def percent(self) -> int:
        """Return how much of it is done."""
        return min(100, self.judged * 100 // self.of) if self.of else 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Past:
    """The counts of one day."""

    on: date
    version: int
    counts: Mapping[str, int]


def ask(*, now: datetime) -> None:
    """Ask for a recomputation; asking again within a second changes nothing."""
    enqueue(JOB, key=f"snapshot:{int(now.timestamp())}", now=now)


@job(JOB, outside=True)
def _snapshot(step: Step) -> Next:
    """Recompute the board of the version in force, and keep it."""
    version = facts.current_version(step.now)
    if version:
        take(version=version, now=step.now)
    return done()


every(JOB, EVERY)


def take(*, version: int, now: datetime) -> Board:
    """Recompute the board of a version and keep it, saying on the way how far it has come.

    Raises:
        NotFound: no such version was published.
    """
    policy = facts.policy(version)
    head = stored_log.head()
    row = BoardSnapshot.objects.create(
        id=uuid7(now), policy=policy.policy, version=version, at=now, tree_size=head.size if head else 0
    )
    made = board.recompute(policy, now=now, entries=_told(row.id, board.stored_entries()))
    BoardSnapshot.objects.filter(id=row.id).update(
        done_at=now,
        judged=made.tree_size,
        tree_size=made.tree_size,
        counts=made.counts,
        statuses={line.clause: line.status.value for line in made.lines},
        lines=[_written(line) for line in made.lines],
        notes=list(made.notes),
    )
    BoardSnapshot.objects.filter(done_at__isnull=False).exclude(id=row.id).update(lines=[])
    BoardSnapshot.objects.filter(done_at=None, at__lt=now - LOST_AFTER).delete()
    return made


def _told(row_id: UUID, entries: Iterable[Seen]) -> Iterator[Seen]:
    for seen in entries:
        if seen.index % TOLD_EVERY == 0:
            BoardSnapshot.objects.filter(id=row_id).update(judged=seen.index)
        yield seen


def latest(*, version: int) -> Board | None:
    """Return the last board of a version that was recomputed; None before the first."""
    row = (
        BoardSnapshot.objects.filter(~Q(lines=[]), version=version, done_at__isnull=False)
        .order_by("-at", "-id")
        .first()
    )
    if row is None:
        return None
    texts = {clause.id: clause.text for clause in policies.bind(facts.policy(version))}
    return Board(
        policy=row.policy,
        version=row.version,
        recomputed_at=row.at,
        tree_size=row.tree_size,
        lines=tuple(_read(line, texts.get(line["clause"], {})) for line in row.lines),
        notes=tuple(row.notes),
    )


def progress(*, now: datetime) -> Progress | None:
    """Return how far a recomputation has come; None if none waits."""
    row = BoardSnapshot.objects.filter(done_at=None, at__gte=now - LOST_AFTER).order_by("-at").first()
    if row is not None:
        return Progress(judged=row.judged, of=row.tree_size, begun=True)
    return Progress(judged=0, of=0, begun=False) if watching.waits(JOB, now=now) else None


def days(*, zone: str, limit: int = 90) -> tuple[Past, ...]:
    """Return the counts of the last days, the oldest first; of a day with several snapshots the last."""
    rows = BoardSnapshot.objects.filter(done_at__isnull=False).order_by(F("at").desc())
    found: dict[date, Past] = {}
    for at, version, counts in rows.values_list("at", "version", "counts")[: limit * 10]:
        on = at.astimezone(ZoneInfo(zone)).date()
        found.setdefault(on, Past(on=on, version=version, counts=counts))
        if len(found) == limit:
            break
    return tuple(found[on] for on in sorted(found))


def _written(line: BoardLine) -> dict[str, Any]:
    return {
        "clause": line.clause,
        "status": line.status.value,
        "scope": line.scope,
        "since": line.since,
        "owner": line.owner,
        "capability": line.capability,
        "controls": [
            {
                "control": one.control,
                "status": one.status.value,
                "kept": one.kept,
                "broken": one.broken,
                "first_broken": one.first_broken,
                "since": one.since,
                "last_at": one.last_at,
                "whys": dict(one.whys),
            }
            for one in line.controls
        ],
    }


def _read(line: Mapping[str, Any], text: Mapping[Any, str]) -> BoardLine:
    controls = tuple(ControlLine(**{"since": "", **one, "status": Status(one["status"])}) for one in line["controls"])
    return BoardLine(
        clause=line["clause"],
        text={str(language): words for language, words in text.items()},
        status=Status(line["status"]),
        scope=line["scope"],
        controls=controls,
        since=line["since"],
        owner=line["owner"],
        capability=line["capability"],
    )


def as_json(made: Board) -> dict[str, Any]:
    """Return a board as JSON carries it: for auditors, who compare it with their own recomputation."""
    return {
        "policy": made.policy,
        "version": made.version,
        "recomputed_at": made.recomputed_at.isoformat(),
        "tree_size": made.tree_size,
        "counts": made.counts,
        "clauses": [{**_written(line), "text": dict(line.text)} for line in made.lines],
        "notes": list(made.notes),
    }
