# SPDX-License-Identifier: Apache-2.0
"""The only source of randomness: the operating system's generator."""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from upheld.errors import BadInput

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)


def token_bytes(size_bytes: int) -> bytes:
    """Return `size_bytes` random bytes; a secret needs 16 or more."""
    return secrets.token_bytes(size_bytes)


def token_text(size_bytes: int = 32) -> str:
    """Return `size_bytes` of randomness as URL-safe base64 without padding."""
    return secrets.token_urlsafe(size_bytes)


def digits(length: int) -> str:
    """Return a one-time code of `length` decimal digits, each code as likely as any other.

    >>> len(digits(6))
    6
    """
    return f"{secrets.randbelow(10**length):0{length}d}"


def uuid7(now: datetime) -> UUID:
    """Return an id that sorts by the millisecond it was made in (RFC 9562 section 5.7).

    Args:
        now: an aware moment, 1970 or later. The remaining 74 bits are random.

    Raises:
        BadInput: `now` is naive, or before 1970.
    """
    if now.tzinfo is None or now < _EPOCH:
        raise BadInput("an id needs an aware moment of 1970 or later")
    milliseconds = (now - _EPOCH) // _MILLISECOND
    chance = secrets.randbits(74)
    high, low = chance >> 62, chance & ((1 << 62) - 1)
    return UUID(int=(milliseconds & ((1 << 48) - 1)) << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)
