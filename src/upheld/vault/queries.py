# SPDX-License-Identifier: Apache-2.0
"""What is held and who has looked; nothing here opens a value."""

from datetime import datetime
from typing import Final

from upheld.terms import DataSubjectId
from upheld.vault import reading
from upheld.vault.models import Access, SealedItem
from upheld.vault.values import AccessMade, ItemMetadata, ReaderKind, Source

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


def oldest_expired(*, now: datetime) -> datetime | None:
    """Return when the item expired that has waited longest for the sweep, or None; the board shows it."""
    rows = SealedItem.objects.filter(expires_at__lte=now).order_by("expires_at")
    return rows.values_list("expires_at", flat=True).first()
