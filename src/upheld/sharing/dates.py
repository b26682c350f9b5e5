# SPDX-License-Identifier: Apache-2.0
"""The dates and the digest that every paper has, whoever it is about."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final, Protocol, TypeVar

from upheld.errors import BadInput
from upheld.storage.acts import Fact
from upheld.vault.rules import minute

_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class Dated(Protocol):
    """A paper's row, as far as dates and digest go."""

    starts_at: datetime
    until: datetime | None
    document_sha256: str


Row = TypeVar("Row", bound=Dated)


def check(starts_at: datetime, until: datetime | None, document_sha256: str) -> None:
    """Refuse a paper that ends before it starts, or whose digest is none.

    Raises:
        BadInput: it does, or it is.
    """
    if until is not None and until <= starts_at:
        raise BadInput("a paper ends after it starts")
    if _SHA256.fullmatch(document_sha256) is None:
        raise BadInput("expected the SHA-256 of the document: 64 hexadecimal digits in small letters")


def holds(row: Dated, now: datetime) -> bool:
    """Say whether a paper is in force."""
    return row.starts_at <= now and (row.until is None or now < row.until)


def longest(rows: Iterable[Row], now: datetime) -> Row | None:
    """Return the paper that holds longest of those in force, or None."""
    held = [row for row in rows if holds(row, now)]
    return max(held, key=lambda row: row.until or datetime.max.replace(tzinfo=UTC), default=None)


def end(row: Dated, now: datetime) -> None:
    """Let a paper end now; one that was still to begin never holds. The caller saves it."""
    row.until = now
    row.starts_at = min(row.starts_at, now)


def on_file(row: Dated) -> dict[str, Fact]:
    """Say in evidence from and until when a paper holds, cut to the minute, and which document it is."""
    return {"starts_at": minute(row.starts_at), "until": minute(row.until), "document": row.document_sha256}
