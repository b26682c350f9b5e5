# SPDX-License-Identifier: Apache-2.0
"""Days: calendar and working, with the public holidays of the controller's region.

A promise says "15 days" or "15 working days". Which days work in China is decided each year by the State Council, which
also turns some weekends into working days; the arrangement of a year is announced in the November before it. Until it is
known, a date that depends on it is *provisional*: the best guess from the holidays fixed by law, to be computed again
once the year is settled. An operator who has the arrangement before the `holidays` package does gives it as a
`HolidayTable`.

The day of the start never counts (Civil Code of China, art. 201; Regulation (EEC) 1182/71, art. 3(1)). A period in
calendar days that ends on a holiday is not drawn out to the next working day, though both laws would allow it: a promise
is held to its words.
"""

import json
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from upheld.errors import BadInput

DayType = Literal["calendar", "working"]
"""How a policy counts the days of a deadline."""

_SATURDAY: Final = 5
_LONGEST_DAYS: Final = 36_600
"""A century: no promise is longer, and a wrong figure must not walk the calendar for ever."""

_SHIFTS_WEEKENDS: Final = frozenset({"cn"})
"""Regions where the government moves working days to weekends, year by year."""

_YEAR_END: Final = (12, 25)
"""From here on a working day may still be moved by the next year's arrangement: 29-31 December were moved so in 2001,
2005, 2006 and 2011."""

_BEIJING: Final = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China has one time and no summer time since 1991, so it needs no time zone database."""

_ZONES: Final[Mapping[str, tzinfo | str]] = MappingProxyType(
    {
        "cn": _BEIJING,
        "de": "Europe/Berlin",
        "fr": "Europe/Paris",
        "gb": "Europe/London",
        "hk": _BEIJING,
        "ie": "Europe/Dublin",
        "jp": timezone(timedelta(hours=9), "Asia/Tokyo"),
        "mo": _BEIJING,
        "nl": "Europe/Amsterdam",
        "sg": timezone(timedelta(hours=8), "Asia/Singapore"),
        "tw": timezone(timedelta(hours=8), "Asia/Taipei"),
    }
)


class Due(NamedTuple):
    """The last day on which a duty can be done in time, and whether that day may still move."""

    on: date
    provisional: bool


class _Year(NamedTuple):
    days_off: frozenset[date]
    working_weekends: frozenset[date]
    settled: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class HolidayTable:
    """An operator's word on the holidays of one region: it settles the years it names, whole.

    Build it with `HolidayTable.of`, which checks it.
    """

    region: str
    years: frozenset[int]
    days_off: frozenset[date]
    working_weekends: frozenset[date]

    @classmethod
    def of(
        cls, *, region: str, years: Iterable[int], days_off: Iterable[date], working_weekends: Iterable[date] = ()
    ) -> "HolidayTable":
        """Check a table and make it.

        Args:
            region: ISO 3166 code, lower case.
            years: the years that the table settles.
            days_off: every public holiday of these years, shifted days off included; weekends may be left out.
            working_weekends: the Saturdays and Sundays of these years that work.

        Raises:
            BadInput: a day lies outside the years, a working weekend is no weekend, or a day both works and does not.
        """
        table = cls(
            region=_known(region),
            years=frozenset(years),
            days_off=frozenset(days_off),
            working_weekends=frozenset(working_weekends),
        )
        _check_table(table)
        return table

    @classmethod
    def parse(cls, text: str | bytes) -> "HolidayTable":
        """Read a table that an operator wrote as JSON.

        >>> HolidayTable.parse('{"region": "cn", "years": [2027], "days_off": ["2027-01-01"]}').region
        'cn'

        Raises:
            BadInput: it is no JSON object of `region`, `years`, `days_off` and, if there are any, `working_weekends`.
        """
        try:
            given = json.loads(text)
            return cls.of(
                region=given.pop("region"),
                years=[_whole(year) for year in given.pop("years")],
                days_off=[date.fromisoformat(day) for day in given.pop("days_off")],
                working_weekends=[date.fromisoformat(day) for day in given.pop("working_weekends", [])],
                **given,
            )
        except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
            raise BadInput(
                "Expected a holiday table as a JSON object of region, years, days_off and working_weekends, "
                "with days as YYYY-MM-DD."
            ) from error


def is_working_day(day: date, region: str, table: HolidayTable | None = None) -> bool:
    """Say whether people work on a day.

    >>> is_working_day(date(2026, 2, 14), "cn")  # a Saturday that makes up for the Spring Festival
    True
    """
    year = _year(day.year, _known(region), table)
    if day.weekday() >= _SATURDAY:
        return day in year.working_weekends
    return day not in year.days_off


def is_settled(day: date, region: str, table: HolidayTable | None = None) -> bool:
    """Say whether it is known for good that a day works or not."""
    region = _known(region)
    if not _year(day.year, region, table).settled:
        return False
    return (day.month, day.day) < _YEAR_END or _year(day.year + 1, region, table).settled


def add_days(start_on: date, number: int) -> date:
    """Count calendar days on; the start does not count.

    >>> add_days(date(2026, 2, 20), 15)
    datetime.date(2026, 3, 7)
    """
    return start_on + timedelta(days=_checked(number))


def add_months(start_on: date, number: int) -> date:
    """Count months on, to the same day or the month's last (Regulation (EEC) 1182/71, art. 3(2)(c)).

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    months = start_on.year * 12 + start_on.month - 1 + _checked(number)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(start_on.day, monthrange(year, month + 1)[1]))


def add_working_days(start_on: date, number: int, region: str, table: HolidayTable | None = None) -> date:
    """Count working days on; the start does not count, and the answer is a working day unless `number` is 0.

    >>> add_working_days(date(2026, 9, 30), 1, "cn")  # National Day lies between
    datetime.date(2026, 10, 8)
    """
    day = start_on
    left = _checked(number)
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day, region, table)
    return day


def due_on(start_on: date, number: int, day_type: DayType, region: str, table: HolidayTable | None = None) -> Due:
    """Compute the last day of a deadline.

    Args:
        start_on: the day on which the clock started, in the region's own time (see `day_of`).
        number: how many days.
        day_type: whether calendar or working days count.
        region: ISO 3166 code of the controller's region, lower case.
        table: the operator's own holidays, before the package's.

    Returns:
        The day, provisional while a day on the way is not settled. Calendar days are never provisional.

    Raises:
        BadInput: the number is negative or beyond a century, the region is not known, or the day type is none.
    """
    if day_type == "calendar":
        _known(region)
        return Due(add_days(start_on, number), provisional=False)
    if day_type != "working":
        raise BadInput(f"Expected a day type of calendar or working, got {day_type!r}.")
    on = add_working_days(start_on, number, region, table)
    passed = (start_on + timedelta(days=ahead) for ahead in range(1, (on - start_on).days + 1))
    return Due(on, provisional=not all(is_settled(day, region, table) for day in passed))


def day_of(at: datetime, region: str) -> date:
    """Name the day that a moment falls on where the controller is.

    Raises:
        BadInput: the moment is naive, or the region is not known.
    """
    if at.tzinfo is None:
        raise BadInput("Expected a moment with its time zone, got a naive one.")
    return at.astimezone(_zone(region)).date()


def end_of(day: date, region: str) -> datetime:
    """Give the first moment after a day where the controller is, in UTC: what is due on that day is late from here on."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=_zone(region)).astimezone(UTC)


def _checked(number: int) -> int:
    if not 0 <= number <= _LONGEST_DAYS:
        raise BadInput(f"Expected a number from 0 to {_LONGEST_DAYS}, got {number}.")
    return number


def _whole(number: object) -> int:
    if type(number) is not int:
        raise ValueError("not a whole number")
    return number


def _known(region: str) -> str:
    if region not in _ZONES:
        raise BadInput(f"Expected a region of {', '.join(_ZONES)}, got {region!r}.")
    return region


def _zone(region: str) -> tzinfo:
    zone = _ZONES[_known(region)]
    return ZoneInfo(zone) if isinstance(zone, str) else zone


def _year(year: int, region: str, table: HolidayTable | None) -> _Year:
    if table is None or table.region != region or year not in table.years:
        return _packaged(year, region)
    return _Year(table.days_off, table.working_weekends, settled=True)


@lru_cache(maxsize=256)
def _packaged(year: int, region: str) -> _Year:
    # Loading a country takes half a second, which no command that counts no days should pay.
    from holidays import country_holidays  # noqa: PLC0415

    # The next year's arrangement may move days of this December.
    found = country_holidays(region.upper(), years=(year, year + 1), expand=False)
    working = frozenset(day for day in found.weekend_workdays if day.year == year)
    days_off = frozenset(day for day in found if day.year == year)
    return _Year(days_off, working, settled=bool(working) or region not in _SHIFTS_WEEKENDS)


def _check_table(table: HolidayTable) -> None:
    for day in sorted(table.days_off | table.working_weekends):
        if day.year not in table.years:
            raise BadInput(f"Expected days of the years {sorted(table.years)}, got {day}.")
    for day in sorted(table.working_weekends):
        if day.weekday() < _SATURDAY:
            raise BadInput(f"Expected a Saturday or Sunday that works, got {day}, a {day:%A}.")
        if day in table.days_off:
            raise BadInput(f"Expected each day either to work or to be off, got {day} in both lists.")
