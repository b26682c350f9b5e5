# SPDX-License-Identifier: Apache-2.0
"""The only source of randomness: the operating system's generator."""

import secrets
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Final
from uuid import UUID

from upheld.errors import BadInput

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
_MOMENTS: Final = 16
"""Milliseconds remembered: policy time and security time are used side by side, and a simulation's stands still."""
_last: dict[int, int] = {}
_lock = Lock()


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

    Ids of one millisecond sort by the order in which this process made them: the 74 random bits of the first grow by a
    random step (section 6.2, method 2), so that a record written after another sorts after it.

    Args:
        now: an aware moment, 1970 or later.

    Raises:
        BadInput: `now` is naive, or before 1970.
    """
    if now.tzinfo is None or now < _EPOCH:
        raise BadInput("an id needs an aware moment of 1970 or later")
    milliseconds = (now - _EPOCH) // _MILLISECOND
    chance = _next_chance(milliseconds)
    high, low = chance >> 62, chance & ((1 << 62) - 1)
    return UUID(int=(milliseconds & ((1 << 48) - 1)) << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)


def _next_chance(milliseconds: int) -> int:
    with _lock:
        last = _last.pop(milliseconds, None)
        # the first of a millisecond leaves the top bit free, so that steps of 32 bits never overflow
        chance = secrets.randbits(73) if last is None else last + 1 + secrets.randbits(32)
        _last[milliseconds] = chance
        while len(_last) > _MOMENTS:
            del _last[next(iter(_last))]
    return chance
