# SPDX-License-Identifier: Apache-2.0
"""What is held and who has looked; nothing here opens a value."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import BinaryField
from django.db.models.functions import Substr

from upheld.crypto.sealing import SEALED_VERSION
from upheld.keys import service as keys
from upheld.keys.values import DataKey
from upheld.terms import DataSubjectId
from upheld.vault import reading, seals
from upheld.vault.models import Access, SealedItem
from upheld.vault.values import AccessMade, ItemMetadata, ReaderKind, Source

PAGE: Final = 200
"""Rows of a list that is shown whole; longer ones are paged by the caller."""


def metadata(
    data_subject_id: DataSubjectId, *, now: datetime, limit: int = PAGE, category: str | None = None
) -> list[ItemMetadata]:
    """List what is held of a person, or of one category, and can still be read, newest first."""
    rows = reading.readable(data_subject_id, now=now).defer("sealed")
    if category is not None:
        rows = rows.filter(category=category)
    return [
        ItemMetadata(
            item_id=row.id,
            category=row.category,
            purpose=row.purpose,
            clause=row.clause,
            collected_at=row.collected_at,
            expires_at=row.expires_at,
            source=Source(row.source),
            version=row.version,
            is_restricted=row.restricted_at is not None,
        )
        for row in rows[:limit]
    ]


def accesses(data_subject_id: DataSubjectId, *, limit: int = PAGE) -> list[AccessMade]:
    """List who has looked at a person's items and why, newest first; for that person's eyes."""
    rows = list(Access.objects.filter(data_subject_id=data_subject_id).order_by("-at", "-id")[:limit])
    alive = keys.load_many({row.reason_key_id for row in rows if row.reason_key_id is not None})
    return [_access(row, None if row.reason_key_id is None else alive.get(row.reason_key_id)) for row in rows]


def _access(row: Access, key: DataKey | None) -> AccessMade:
    reason = ""
    if key is not None and row.reason_sealed is not None:
        place = seals.reason_place(row.id, DataSubjectId(row.data_subject_id))
        reason = seals.unseal(key.secret, bytes(row.reason_sealed), place)
    return AccessMade(
        at=row.at,
        reader=ReaderKind(row.reader),
        reader_id=row.reader_id,
        purpose=row.purpose,
        reason_code=row.reason_code,
        reason=reason,
        categories=tuple(row.categories),
        items=row.items,
    )


def oldest_expired(*, now: datetime, except_people: Collection[UUID] = ()) -> datetime | None:
    """Return when the item expired that has waited longest for the sweep, or None; the board shows it."""
    rows = SealedItem.objects.filter(expires_at__lte=now).exclude(data_subject_id__in=except_people)
    return rows.order_by("expires_at").values_list("expires_at", flat=True).first()


def people_with_expired(*, now: datetime, after: UUID | None = None, limit: int = PAGE) -> list[DataSubjectId]:
    """List people who have items that expired, by id, for the sweep to go through."""
    rows = SealedItem.objects.filter(expires_at__lte=now)
    if after is not None:
        rows = rows.filter(data_subject_id__gt=after)
    ids = rows.order_by("data_subject_id").values_list("data_subject_id", flat=True).distinct()
    return [DataSubjectId(one) for one in ids[:limit]]


def people_held(*, after: UUID | None = None, limit: int = PAGE) -> list[DataSubjectId]:
    """List people of whom anything is held, by id, for the end of the service to go through."""
    rows = SealedItem.objects.all() if after is None else SealedItem.objects.filter(data_subject_id__gt=after)
    ids = rows.order_by("data_subject_id").values_list("data_subject_id", flat=True).distinct()
    return [DataSubjectId(one) for one in ids[:limit]]


def people_holding(category: str, *, now: datetime) -> int:
    """Count the people of whom an item of a category is held that has not expired."""
    rows = SealedItem.objects.filter(category=category, superseded_at=None).exclude(expires_at__lte=now)
    return rows.values("data_subject_id").distinct().count()


def gathered_before(purpose: str, *, moment: datetime) -> frozenset[str]:
    """Name the categories of which something is held that was collected for a purpose before a moment."""
    rows = SealedItem.objects.filter(purpose=purpose, collected_at__lt=moment, superseded_at=None)
    return frozenset(rows.values_list("category", flat=True).distinct())


def read_since(purpose: str, *, moment: datetime) -> frozenset[str]:
    """Name the categories of which something was opened for a purpose since a moment, whoever it is about."""
    looks = Access.objects.filter(purpose=purpose, at__gte=moment).order_by()
    lists = looks.values_list("categories", flat=True).distinct()
    return frozenset(category for found in lists for category in found)


def held_count() -> int:
    """Count the items held, superseded ones aside."""
    return SealedItem.objects.filter(superseded_at=None).count()


def unsealed_count() -> int:
    """Count the items whose bytes do not begin with a known sealed format, as their row says it; none may be."""
    formats = range(1, SEALED_VERSION + 1)
    held = SealedItem.objects.filter(superseded_at=None)
    unknown = held.exclude(sealed_format__in=formats).count()
    first = Substr("sealed", 1, 1, output_field=BinaryField())
    sealed = held.annotate(first=first).filter(first__in=[bytes((number,)) for number in formats])
    return unknown + held.filter(sealed_format__in=formats).count() - sealed.count()
