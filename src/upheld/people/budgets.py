# SPDX-License-Identifier: Apache-2.0
"""How many distinct people a program's key may reach in an hour, counted without a list of them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from upheld import controls
from upheld.errors import TooMany
from upheld.people import digests, restoring
from upheld.people.events import PeopleEvent
from upheld.people.key_values import KeyScope
from upheld.people.models import LimitWindow, PersonCounted
from upheld.storage import journal
from upheld.storage.acts import act
from upheld.storage.one_row import OneRow
from upheld.terms import DataSubjectId

_KNOWN: Final = OneRow(f"SELECT 1 FROM {PersonCounted._meta.db_table} WHERE digest = %s")  # noqa: S608, SLF001 - our own; on the hot path
REMEMBERED: Final = 65_536
"""People whom a process remembers to have counted, some 8 MB; past that it begins anew, and asks the table."""


@dataclass(frozen=True, slots=True)
class _Hour:
    """Whom this process found counted in one hour: who is counted stays so until it ends. Opaque ids, in memory alone."""

    ends_at: datetime
    counted: set[tuple[UUID, UUID]]


_hours: list[_Hour] = [_Hour(datetime.min.replace(tzinfo=UTC), set())]


def count_person(*, scope: KeyScope, data_subject_id: DataSubjectId, now: datetime) -> None:
    """Count a person against the key's budget of distinct people this hour; the same person counts once.

    Call it before the act that reaches the person, in a transaction of its own.

    Raises:
        TooMany: the budget is spent; says when the hour ends.
    """
    ends_at = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    hour, both = _hours[0], (scope.key_id, data_subject_id)
    if both in hour.counted and hour.ends_at == ends_at:
        return
    window = digests.keyed("budget", str(scope.key_id), ends_at.isoformat())
    if _is_counted(scope, data_subject_id, window, ends_at):
        _remember(both, ends_at)
        return
    _note_spent(scope, window, ends_at, now=now)
    if controls.in_force("people.people_budget"):
        raise TooMany(
            f"this key's budget of {scope.people_an_hour} people an hour is spent",
            retry_after_seconds=max(1, int((ends_at - now).total_seconds())),
        )


def _remember(both: tuple[UUID, UUID], ends_at: datetime) -> None:
    """Remember a count that has committed; one inside a caller's transaction may still be undone."""
    if connection.in_atomic_block:
        return
    hour = _hours[0]
    if hour.ends_at != ends_at or len(hour.counted) >= REMEMBERED:
        hour = _hours[0] = _Hour(ends_at, set())
    hour.counted.add(both)


def _is_counted(scope: KeyScope, data_subject_id: DataSubjectId, window: bytes, ends_at: datetime) -> bool:
    """Count a person, or find that they are counted; False if the budget has no room for one more."""
    digest = digests.keyed("counted", window.hex(), str(data_subject_id))
    if _is_known(digest):
        return True
    fresh = LimitWindow(digest=window, used=0, expires_at=ends_at)
    with transaction.atomic():
        LimitWindow.objects.bulk_create([fresh], ignore_conflicts=True)
        within = LimitWindow.objects.filter(digest=window, used__lt=scope.people_an_hour)
        if not within.update(used=F("used") + 1):  # locks the window: two new people wait for each other here
            return False
        if _is_known(digest):  # another request counted the same person meanwhile
            LimitWindow.objects.filter(digest=window).update(used=F("used") - 1)
        else:
            PersonCounted(digest=digest, expires_at=ends_at).save(force_insert=True)
    return True


def _is_known(digest: bytes) -> bool:
    return _KNOWN.read(digest) is not None


def _note_spent(scope: KeyScope, window: bytes, ends_at: datetime, *, now: datetime) -> None:
    """Leave evidence once an hour that the budget is spent, and journal it, so that no restore refills it."""
    once = digests.keyed("spent", window.hex())
    if _is_known(once):
        return
    with act() as acting:
        PersonCounted.objects.bulk_create([PersonCounted(digest=once, expires_at=ends_at)], ignore_conflicts=True)
        journal.narrow(
            restoring.BUDGET_SPENT,
            facts={
                "window": f"w{window.hex()}",
                "most": scope.people_an_hour,
                "until": f"{ends_at:%Y-%m-%dT%H:%M:%S}Z",
            },
            now=now,
        )
        acting.record(
            PeopleEvent.API_BUDGET_EXHAUSTED,
            now=now,
            subject=None,
            clause=None,
            control="people.people_budget",
            facts={"key": str(scope.key_id), "people_an_hour": scope.people_an_hour},
        )
