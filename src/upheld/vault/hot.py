# SPDX-License-Identifier: Apache-2.0
"""The one read that every opening does, as SQL: building it anew each time cost five times the read itself.

Measured on SQLite: 0.51 ms through the query builder, 0.10 ms so. A test holds it equal to `reading.readable`.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.db import connection

from upheld import controls
from upheld.terms import DataSubjectId
from upheld.vault.models import SealedItem

_FIELDS: Final = {field.attname: field for field in SealedItem._meta.concrete_fields}  # noqa: SLF001 - documented API
_READ: Final = [
    "id",
    "data_subject_id",
    "category",
    "purpose",
    "clause",
    "key_id",
    "sealed",
    "collected_at",
    "expires_at",
    "source",
    "version",
]
_SELECT: Final = (
    f"SELECT {', '.join(_READ)} FROM {SealedItem._meta.db_table} "  # noqa: S608, SLF001 - names of our own
    "WHERE data_subject_id = %s AND superseded_at IS NULL"
)
_NOT_EXPIRED: Final = " AND (expires_at IS NULL OR expires_at > %s)"
_NOT_RESTRICTED: Final = " AND restricted_at IS NULL"
_NEWEST_FIRST: Final = " ORDER BY collected_at DESC, id DESC LIMIT %s"


def readable_rows(
    data_subject_id: DataSubjectId,
    categories: Iterable[str] | None,
    *,
    now: datetime,
    with_restricted: bool,
    limit: int,
) -> list[SealedItem]:
    """Read the rows of a person that may be opened now, newest first.

    Args:
        data_subject_id: whose.
        categories: only these; all by default.
        now: what expired before it is not read.
        with_restricted: restricted items too.
        limit: at most so many.
    """
    sql, values = _SELECT, [_stored("data_subject_id", data_subject_id)]
    if controls.in_force("vault.expiry_at_read"):
        sql, values = sql + _NOT_EXPIRED, [*values, _stored("expires_at", now)]
    if not with_restricted:
        sql += _NOT_RESTRICTED
    if categories is not None:
        wanted = sorted(set(categories))
        if not wanted:
            return []
        sql += f" AND category IN ({', '.join(['%s'] * len(wanted))})"
        values = [*values, *wanted]
    return list(SealedItem.objects.raw(sql + _NEWEST_FIRST, [*values, limit]))


def _stored(field: str, value: object) -> Any:
    """Return a value as this database takes it."""
    return _FIELDS[field].get_db_prep_value(value, connection)
