# SPDX-License-Identifier: Apache-2.0
"""What a value must look like, when an item ends, and what its seal is bound to."""

import base64
import binascii
import calendar
import unicodedata
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final
from uuid import UUID

from upheld.crypto.framing import frame
from upheld.errors import BadInput
from upheld.terms import DataSubjectId

TEXT_CHARACTERS: Final = 4_000
"""Longest text of one item; a full postal address or a remark fits twenty times over."""

FILE_CHARACTERS: Final = 400_000
"""Longest base64 of one file item, about 300 KB: an avatar or a scanned document page."""

VALUES_AT_ONCE: Final = 64
"""Most categories in one collection; the widest of the five policies collects 31 under one function."""

IDENTIFIER_CHARACTERS: Final = 254
"""Longest identifier: the longest e-mail address that can be written to (RFC 5321 section 4.5.3.1.3)."""

_CONTROL_ALLOWED: Final = frozenset("\n\t")


def check_value(kind: str, value: object) -> str:
    """Return the value as it will be sealed, or say what was expected; the value itself is never repeated.

    Args:
        kind: the category's kind in the policy file.
        value: what came.

    Raises:
        BadInput: it is not what the kind asks for.
        KeyError: there is no such kind.
    """
    if not isinstance(value, str):
        raise BadInput(f"expected text for a value of kind {kind}, {type(value).__name__} came")
    if not value:
        raise BadInput(f"expected a value of kind {kind}, an empty one came")
    return _CHECKS[kind](value)


def _text(value: str) -> str:
    if len(value) > TEXT_CHARACTERS:
        raise BadInput(f"expected at most {TEXT_CHARACTERS} characters, {len(value)} came")
    for character in value:
        if character not in _CONTROL_ALLOWED and unicodedata.category(character) in {"Cc", "Cs"}:
            raise BadInput("expected text without control characters")
    return value


def _date(value: str) -> str:
    try:
        parsed = date.fromisoformat(value)
    except ValueError:
        raise BadInput("expected a date as YYYY-MM-DD") from None
    if parsed.isoformat() != value:
        raise BadInput("expected a date as YYYY-MM-DD")
    return value


def _identifier(value: str) -> str:
    if len(value) > IDENTIFIER_CHARACTERS or "\n" in value:
        raise BadInput(f"expected an identifier of one line and at most {IDENTIFIER_CHARACTERS} characters")
    return _text(value)


def _number(value: str) -> str:
    try:
        parsed = Decimal(_text(value))
    except InvalidOperation:
        raise BadInput("expected a decimal number") from None
    if not parsed.is_finite():
        raise BadInput("expected a finite decimal number")
    return value


def _file(value: str) -> str:
    if len(value) > FILE_CHARACTERS:
        raise BadInput(f"expected a file of at most {FILE_CHARACTERS} characters in base64, {len(value)} came")
    try:
        base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise BadInput("expected a file as base64 text") from None
    return value


_CHECKS: Final = {
    "text": _text,
    "number": _number,
    "measurement": _text,
    "date": _date,
    "choice": _identifier,
    "identifier": _identifier,
    "place": _text,
    "record": _text,
    "picture": _file,
    "video": _file,
    "file": _file,
}
"""By the kinds of `upheld.policy.model.data.Value`."""


def month_of(moment: datetime) -> str:
    """Name the month whose key an item collected then is sealed under.

    >>> month_of(datetime(2026, 3, 31, 23, 0, tzinfo=UTC))
    '2026-03'
    """
    return f"{moment.astimezone(UTC):%Y-%m}"


def after(moment: datetime, *, years: int = 0, months: int = 0, days: int = 0, hours: int = 0) -> datetime:
    """Add calendar time; the 31st becomes the last day of a shorter month (Civil Code of China art. 202).

    >>> after(datetime(2026, 1, 31, tzinfo=UTC), months=1).date().isoformat()
    '2026-02-28'
    """
    index = moment.year * 12 + moment.month - 1 + years * 12 + months
    year, month = divmod(index, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    shifted = moment.replace(year=year, month=month + 1, day=day)
    return (shifted + timedelta(days=days, hours=hours)).astimezone(UTC)


def bound_to(*, table: str, row_id: UUID, data_subject_id: DataSubjectId, field: str) -> bytes:
    """Say what a seal is bound to: moved to another row, person or category it no longer opens."""
    return frame("upheld/vault/1", table, row_id, data_subject_id, field)


def minute(moment: datetime | None) -> str:
    """Write a moment as evidence does: UTC, cut to the minute; `open` where a period has no end yet.

    >>> minute(datetime(2026, 1, 31, 9, 30, 59, tzinfo=UTC))
    '2026-01-31T09:30Z'
    """
    return "open" if moment is None else f"{moment.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
