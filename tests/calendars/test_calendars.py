# SPDX-License-Identifier: Apache-2.0
"""Days are counted as people count them where the controller is."""

import doctest
import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upheld import calendars
from upheld.calendars import (
    Due,
    HolidayTable,
    add_days,
    add_months,
    add_working_days,
    day_of,
    due_on,
    end_of,
    is_settled,
    is_working_day,
)
from upheld.errors import BadInput

DAYS = st.dates(date(2020, 1, 1), date(2026, 11, 30))
NUMBERS = st.integers(0, 60)


def table_2027(**changes) -> HolidayTable:
    """An invented arrangement of 2027: no more than a test needs."""
    given = {
        "region": "cn",
        "years": [2027],
        "days_off": [date(2027, 1, 1), *(date(2027, 2, day) for day in (5, 8, 9, 10, 11, 12))],
        "working_weekends": [date(2027, 1, 31), date(2027, 2, 13)],
    }
    return HolidayTable.of(**given | changes)


def test_the_examples_in_the_docstrings_hold():
    """What the documentation shows is what happens."""
    assert 0 == doctest.testmod(calendars).failed


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2025, 1, 26), True),  # the Sunday before the Spring Festival works
        (date(2025, 1, 28), False),
        (date(2025, 2, 4), False),
        (date(2025, 2, 8), True),  # the Saturday after it works
        (date(2025, 2, 9), False),
        (date(2025, 9, 28), True),  # the Sunday before National Day works
        (date(2025, 10, 8), False),
        (date(2025, 10, 9), True),
        (date(2025, 10, 11), True),  # the Saturday after it works
        (date(2026, 1, 2), False),
        (date(2026, 1, 4), True),
        (date(2026, 2, 14), True),  # the Saturday before the Spring Festival works
        (date(2026, 2, 16), False),
        (date(2026, 2, 23), False),
        (date(2026, 2, 24), True),
        (date(2026, 2, 28), True),  # the Saturday after it works
        (date(2026, 5, 9), True),
        (date(2026, 9, 20), True),
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),
        (date(2026, 10, 11), False),
    ],
)
def test_china_moves_working_days_to_weekends(day, works):
    """The arrangements of 2025 and 2026 decide which days work, weekends included."""
    assert works == is_working_day(day, "cn")


@pytest.mark.parametrize(
    ("start", "number", "expected"),
    [
        (date(2025, 9, 30), 1, date(2025, 10, 9)),  # eight days of National Day and Mid-Autumn between
        (date(2025, 9, 26), 2, date(2025, 9, 29)),  # the Sunday between them works
        (date(2026, 9, 30), 15, date(2026, 10, 27)),  # 8-10, 12-16, 19-23, 26-27 October
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 13), 2, date(2026, 2, 24)),
        (date(2026, 2, 13), 6, date(2026, 2, 28)),
        (date(2026, 6, 1), 15, date(2026, 6, 23)),  # the Dragon Boat Festival is Friday 19 June
        (date(2026, 3, 2), 0, date(2026, 3, 2)),
    ],
)
def test_working_days_are_counted_across_holidays(start, number, expected):
    """Days off are passed over, made-up days count, the start does not."""
    assert expected == add_working_days(start, number, "cn")


def test_fifteen_days_over_the_spring_festival_end_in_two_ways():
    """The same figure means another day when working days count."""
    start = date(2026, 2, 11)
    assert Due(date(2026, 2, 26), provisional=False) == due_on(start, 15, "calendar", "cn")
    assert Due(date(2026, 3, 10), provisional=False) == due_on(start, 15, "working", "cn")


def test_calendar_days_are_not_drawn_out_over_a_holiday():
    """A promise of fifteen days ends on the fifteenth, be it National Day."""
    assert Due(date(2026, 10, 1), provisional=False) == due_on(date(2026, 9, 16), 15, "calendar", "cn")


def test_a_year_without_arrangement_makes_working_days_provisional():
    """What leans on 2027 is a guess until the State Council has spoken; calendar days are none."""
    start = date(2026, 12, 21)
    assert due_on(start, 15, "working", "cn").provisional
    assert not due_on(start, 15, "calendar", "cn").provisional
    assert not due_on(start, 3, "working", "cn").provisional


def test_the_end_of_december_waits_for_the_next_year():
    """New Year's arrangement may still move the last days of the old year."""
    assert is_settled(date(2026, 12, 24), "cn")
    assert not is_settled(date(2026, 12, 31), "cn")
    assert is_settled(date(2025, 12, 31), "cn")
    assert is_settled(date(2026, 12, 31), "cn", table_2027())


def test_an_operators_table_settles_its_years():
    """With the arrangement loaded, the same deadline is certain, and another day."""
    start = date(2027, 1, 28)
    guess = due_on(start, 3, "working", "cn")
    known = due_on(start, 3, "working", "cn", table_2027())
    assert guess == Due(date(2027, 2, 2), provisional=True)
    assert known == Due(date(2027, 2, 1), provisional=False)  # Sunday 31 January works


def test_a_table_speaks_for_its_own_region_and_years_alone():
    """Other years and regions keep what is known of them."""
    assert not is_working_day(date(2026, 10, 7), "cn", table_2027())
    assert not is_working_day(date(2027, 1, 31), "de", table_2027())
    assert is_working_day(date(2027, 10, 1), "cn", table_2027())  # the table leaves it out, and is believed


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"days_off": [date(2028, 1, 1)]}, "2028-01-01"),
        ({"working_weekends": [date(2027, 2, 12)]}, "a Friday"),
        ({"days_off": [date(2027, 2, 13)]}, "both lists"),
        ({"region": "xx"}, "'xx'"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(changes, said):
    """A wrong table is refused when it is made, and says which day."""
    with pytest.raises(BadInput, match=said):
        table_2027(**changes)


def test_an_operators_table_is_read_from_json():
    """What an operator writes down is the table that was meant."""
    written = table_2027()
    text = json.dumps(
        {
            "region": "cn",
            "years": [2027],
            "days_off": [day.isoformat() for day in written.days_off],
            "working_weekends": [day.isoformat() for day in written.working_weekends],
        }
    )
    assert written == HolidayTable.parse(text) == HolidayTable.parse(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "[" * 30_000,
        '{"region": "cn", "years": [2027]}',
        '{"region": ["cn"], "years": [2027], "days_off": []}',
        '{"region": "cn", "years": ["2027"], "days_off": []}',
        '{"region": "cn", "years": [true], "days_off": []}',
        '{"region": "cn", "years": 2027, "days_off": []}',
        '{"region": "cn", "years": [2027], "days_off": ["1/1/2027"]}',
        '{"region": "cn", "years": [2027], "days_off": [], "holidays": []}',
        b"\xff\xfe",
    ],
)
def test_a_table_that_is_none_is_refused(text):
    """Anything but a table is one clear error."""
    with pytest.raises(BadInput, match="Expected"):
        HolidayTable.parse(text)


def test_regions_that_move_no_days_are_always_settled():
    """German weekends never work, and no year of theirs waits for a decree."""
    assert Due(date(2027, 1, 4), provisional=False) == due_on(date(2026, 12, 30), 2, "working", "de")
    assert not is_working_day(date(2026, 2, 14), "de")


def test_a_day_begins_where_the_controller_is():
    """A request made at 23:30 in Beijing is of that day; half an hour later it is of the next."""
    late = datetime(2026, 3, 1, 15, 30, tzinfo=UTC)
    assert date(2026, 3, 1) == day_of(late, "cn")
    assert date(2026, 3, 2) == day_of(late + timedelta(minutes=30), "cn")
    assert date(2026, 3, 1) == day_of(late + timedelta(minutes=30), "de")


def test_what_is_due_on_a_day_is_late_after_its_midnight():
    """The last moment of the due day is the controller's midnight."""
    assert datetime(2026, 3, 1, 16, 0, tzinfo=UTC) == end_of(date(2026, 3, 1), "cn")
    assert datetime(2026, 3, 28, 23, 0, tzinfo=UTC) == end_of(date(2026, 3, 28), "de")
    assert datetime(2026, 3, 29, 22, 0, tzinfo=UTC) == end_of(date(2026, 3, 29), "de")  # summer time began


@pytest.mark.parametrize(
    ("start", "number", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 5, 31), 0, date(2026, 5, 31)),
    ],
)
def test_a_month_ends_on_the_same_day_or_the_months_last(start, number, expected):
    """One month from 31 January is the end of February."""
    assert expected == add_months(start, number)


@pytest.mark.parametrize(
    "call",
    [
        lambda: add_days(date(2026, 1, 1), -1),
        lambda: add_months(date(2026, 1, 1), -1),
        lambda: add_working_days(date(2026, 1, 1), 36_601, "cn"),
        lambda: due_on(date(2026, 1, 1), 5, "calendar", "CN"),
        lambda: due_on(date(2026, 1, 1), 5, "business", "cn"),
        lambda: is_working_day(date(2026, 1, 1), ""),
        lambda: day_of(datetime(2026, 1, 1), "cn"),
    ],
)
def test_what_cannot_be_counted_is_refused(call):
    """Negative or endless periods, unknown regions and day types, and naive moments are refused, not guessed."""
    with pytest.raises(BadInput, match="Expected"):
        call()


@given(start=DAYS, number=NUMBERS)
def test_a_working_deadline_lets_that_many_working_days_pass(start, number):
    """Between the start and the due day lie exactly the promised number of working days."""
    on = add_working_days(start, number, "cn")
    passed = [start + timedelta(days=ahead) for ahead in range(1, (on - start).days + 1)]
    assert number == sum(is_working_day(day, "cn") for day in passed)
    assert number == 0 or is_working_day(on, "cn")


@given(start=DAYS, number=NUMBERS)
def test_a_working_deadline_is_never_before_the_calendar_one(start, number):
    """Counting working days can only give more time."""
    assert add_days(start, number) <= add_working_days(start, number, "cn")


@given(start=DAYS, number=st.integers(1, 60))
def test_a_deadline_grows_with_its_figure(start, number):
    """A longer promise ends later."""
    assert add_working_days(start, number - 1, "cn") < add_working_days(start, number, "cn")


@given(at=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(timezone.utc)))
def test_a_moment_lies_before_the_end_of_its_day(at):
    """Every moment is before the end of its own day, and not before the end of the day before."""
    day = day_of(at, "cn")
    assert end_of(day - timedelta(days=1), "cn") <= at < end_of(day, "cn")
