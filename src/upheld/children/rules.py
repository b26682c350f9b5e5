# SPDX-License-Identifier: Apache-2.0
"""When a person stops being a child. Pure."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

from upheld import calendars
from upheld.errors import BadInput

OLDEST_YEARS: Final = 130
"""Nobody on record reached 123 years; an older birth date is a slip of the keys."""


def comes_of_age_on(birth_on: date, child_under_years: int) -> date:
    """Return the birthday on which a person is no child any more.

    Who was born on 29 February comes of age on 1 March where that year has no such day (Civil Code of China art. 200
    counts ages by the day; the day before the birthday is still childhood).

    >>> comes_of_age_on(date(2012, 2, 29), 14)
    datetime.date(2026, 3, 1)
    """
    year = birth_on.year + child_under_years
    try:
        return birth_on.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def adult_at(birth_on: date, *, child_under_years: int, region: str, now: datetime) -> datetime | None:
    """Return the moment a person stops being a child where the controller is; None if that has come.

    Raises:
        BadInput: the birth date is to come, or longer ago than anyone lives.
    """
    today = calendars.day_of(now, region)
    if birth_on > today:
        raise BadInput("expected a birth date in the past")
    if birth_on.year < today.year - OLDEST_YEARS:
        raise BadInput(f"expected a birth date within {OLDEST_YEARS} years")
    first_adult_day = comes_of_age_on(birth_on, child_under_years)
    moment = calendars.end_of(first_adult_day - timedelta(days=1), region)
    return moment if moment > now.astimezone(UTC) else None
