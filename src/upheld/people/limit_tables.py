# SPDX-License-Identifier: Apache-2.0
"""The limits of this room: dated data, in one place.

A table holds from its date; the newest that has begun applies, so that a change leaves the past explainable. Windows
are fixed: a limit of 5 an hour lets 10 pass around the hour's turn at worst, and needs one row and no history.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final


class Limit(StrEnum):
    """What is limited."""

    ALL_CODES = "codes.all"
    CODES_BY_ADDRESS = "codes.address"
    CODES_BY_NUMBER = "codes.number"
    CODES_BY_NUMBER_A_DAY = "codes.number_a_day"
    CODES_BY_PREFIX = "codes.prefix"
    INVITE_TRIES = "invites.address"
    SIGN_IN_TRIES_BY_ADDRESS = "staff.address"
    TRIES_BY_ADDRESS = "tries.address"


@dataclass(frozen=True, kw_only=True, slots=True)
class Allowance:
    """So many in so long."""

    limit: Limit
    most: int
    window: timedelta


@dataclass(frozen=True, kw_only=True, slots=True)
class LimitTable:
    """The limits that hold from a date."""

    from_on: date
    allowances: dict[Limit, Allowance]


def _table(from_on: date, *rows: tuple[Limit, int, timedelta]) -> LimitTable:
    return LimitTable(
        from_on=from_on,
        allowances={limit: Allowance(limit=limit, most=most, window=window) for limit, most, window in rows},
    )


_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

TABLES: Final[tuple[LimitTable, ...]] = (
    _table(
        date(2020, 1, 1),
        # A person asks again once or twice; 3 in 10 minutes and 10 a day annoy nobody whose number others type in.
        (Limit.CODES_BY_NUMBER, 3, timedelta(minutes=10)),
        (Limit.CODES_BY_NUMBER_A_DAY, 10, _DAY),
        # All but the last four digits: 10,000 neighbours, the shape of numbers bought in a block (SMS pumping).
        (Limit.CODES_BY_PREFIX, 30, _HOUR),
        # One address may stand for an office or a mobile carrier's gateway.
        (Limit.CODES_BY_ADDRESS, 30, _HOUR),
        # What a deployment pays for at worst; raise it in step with its people.
        (Limit.ALL_CODES, 5_000, _HOUR),
        # 5 tries a code and 30 codes an hour leave 150 guesses of 10^6; this leaves fewer.
        (Limit.TRIES_BY_ADDRESS, 100, _HOUR),
        (Limit.SIGN_IN_TRIES_BY_ADDRESS, 30, timedelta(minutes=15)),
        (Limit.INVITE_TRIES, 20, _HOUR),
    ),
)

CODE_DIGITS: Final = 6
CODE_LIFE: Final = timedelta(minutes=5)
CODE_TRIES: Final = 5
"""NIST SP 800-63B section 5.1.3.2 allows 10 minutes and asks for a limit on tries; this is stricter."""
PROOF_LIFE: Final = timedelta(minutes=15)
"""How long a proven number may wait for the rest of its form."""

PERSON_IDLE: Final = timedelta(days=7)
PERSON_ABSOLUTE: Final = timedelta(days=30)
"""NIST SP 800-63B section 4.1.3: sign in again at least every 30 days."""
STAFF_IDLE: Final = timedelta(minutes=30)
STAFF_ABSOLUTE: Final = timedelta(hours=12)
"""NIST SP 800-63B section 4.2.3: every 12 hours, and after 30 minutes of inactivity."""

FREE_FAILURES: Final = 3
FIRST_DELAY: Final = timedelta(seconds=2)
LONGEST_DELAY: Final = timedelta(minutes=15)
FAILURES_FORGOTTEN_AFTER: Final = _DAY

INVITE_LIFE: Final = _DAY
RECOVERY_CODES: Final = 10
API_KEY_OVERLAP: Final = timedelta(days=7)
API_KEY_LONGEST: Final = timedelta(days=366)


def allowance(limit: Limit, now: datetime) -> Allowance:
    """Return a limit as it holds at a moment."""
    today = now.astimezone(UTC).date()
    begun = [table for table in TABLES if table.from_on <= today and limit in table.allowances]
    return (begun[-1] if begun else TABLES[0]).allowances[limit]


def delay_after(failures: int) -> timedelta:
    """Return how long to wait after so many failures in a row: none at first, then doubling up to a quarter hour.

    >>> [delay_after(n).seconds for n in (0, 3, 4, 5, 30)]
    [0, 0, 2, 4, 900]
    """
    if failures <= FREE_FAILURES:
        return timedelta(0)
    factor: int = 1 << min(failures - FREE_FAILURES - 1, 16)
    return min(FIRST_DELAY * factor, LONGEST_DELAY)
