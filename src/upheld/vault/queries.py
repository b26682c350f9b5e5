# SPDX-License-Identifier: Apache-2.0
"""What is held and who has looked; nothing here opens a value."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from upheld.terms import DataSubjectId
from upheld.vault import reading
from upheld.vault.models import Access, SealedItem
from upheld.vault.values import AccessMade, ItemMetadata, ReaderKind, Source

KNOWN_FORMATS: Final = (1, 2)
"""Sealed formats that `crypto.opening` reads."""

PAGE: Final = 200
"""Rows of a list that is shown whole; longer ones are paged by the caller."""


def metadata(data_subject_id: DataSubjectId, *, now: datetime, limit: int = PAGE) -> list[ItemMetadata]:
    """List what is held of a person and can still be read, newest first."""
    rows = reading.readable(data_subject_id, now=now).defer("sealed")
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
    """List who has looked at a person's items, newest first."""
    rows = Access.objects.filter(data_subject_id=data_subject_id).order_by("-at", "-id").defer("reason_sealed")
    return [
        AccessMade(
            at=row.at,
            reader=ReaderKind(row.reader),
            reader_id=row.reader_id,
            purpose=row.purpose,
            reason_code=row.reason_code,
            categories=tuple(row.categories),
            items=row.items,
        )
        for row in rows[:limit]
    ]


def oldest_expired(*, now: datetime, except_people: Collection[UUID] = ()) -> datetime | None:
    """Return when the item expired that has waited longest for the sweep, or None; the board shows it.

    What a hold keeps waits by right: its people are left out here, and their holds shown beside.
    """
    rows = SealedItem.objects.filter(expires_at__lte=now).order_by("expires_at")
    if except_people:
        rows = rows.exclude(data_subject_id__in=except_people)
    return rows.values_list("expires_at", flat=True).first()


def people_with_expired(*, now: datetime, after: UUID | None, limit: int) -> list[UUID]:
    """List people of whom something has expired, in the order of their ids; the sweep goes on after the last."""
    rows = SealedItem.objects.filter(expires_at__lte=now)
    if after is not None:
        rows = rows.filter(data_subject_id__gt=after)
    return list(rows.order_by("data_subject_id").values_list("data_subject_id", flat=True).distinct()[:limit])


def held_count() -> int:
    """Count the items held."""
    return SealedItem.objects.count()


def unsealed_count() -> int:
    """Count items whose bytes are in no known sealed format, so perhaps in clear; there is never one."""
    return SealedItem.objects.exclude(sealed_format__in=KNOWN_FORMATS).count()
