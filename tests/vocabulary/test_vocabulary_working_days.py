"""Working days: worked examples, the calendar as it was once known, and properties."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keyworker.vocabulary.bank_holidays import bank_holidays, published_years
from keyworker.vocabulary.working_days import (
    Calendar,
    add_working_days,
    calendar_known_at,
    is_working_day,
    spoken,
    working_days_between,
)

DAYS = st.dates(date(2010, 1, 1), date(2032, 12, 31))
COUNTS = st.integers(-120, 120)


@pytest.fixture(scope="module")
def expected(shared: Path) -> dict[str, list[list[object]]]:
    """Working-day sums computed elsewhere, across every one-off bank holiday."""
    return json.loads((shared / "data" / "methods" / "working_days_england.json").read_text(encoding="utf-8"))


def test_sums_agree_with_those_worked_out_elsewhere(expected):
    """Adding working days gives the published answers, and counting between the same two days gives them back."""
    for start, count, end in expected["add"]:
        assert add_working_days(date.fromisoformat(start), count) == date.fromisoformat(end)
        assert working_days_between(date.fromisoformat(start), date.fromisoformat(end)) == count
    for first, to, count in expected["working_days_in"]:
        before = date.fromisoformat(first) - timedelta(days=1)
        assert working_days_between(before, date.fromisoformat(to) - timedelta(days=1)) == count
    for day in expected["one_off_days"]:
        assert not is_working_day(date.fromisoformat(day))


def test_the_day_counted_from_is_day_0():
    """A referral on a Friday is due the next working day on Monday; one on a Saturday too."""
    assert add_working_days(date(2026, 1, 9), 1) == date(2026, 1, 12)
    assert add_working_days(date(2026, 1, 10), 1) == date(2026, 1, 12)
    assert add_working_days(date(2026, 1, 10), 0) == date(2026, 1, 10)
    assert add_working_days(date(2026, 1, 12), -1) == date(2026, 1, 9)
    assert add_working_days(date(2026, 1, 11), -5) == date(2026, 1, 5)


def test_a_conference_due_over_easter():
    """Fifteen working days from 27 March 2026, with Good Friday and Easter Monday between, end on 21 April."""
    assert add_working_days(date(2026, 3, 27), 15) == date(2026, 4, 21)


def test_the_state_funeral_was_no_holiday_until_it_was_announced():
    """On 9 September 2022 the 19th was still a working day; at the end of the 10th it was not."""
    funeral = date(2022, 9, 19)
    assert calendar_known_at(date(2022, 9, 9)).is_working_day(funeral)
    assert not calendar_known_at(date(2022, 9, 10)).is_working_day(funeral)
    assert calendar_known_at(date(2022, 9, 9)).add(date(2022, 9, 5), 10) == funeral
    assert calendar_known_at(date(2022, 9, 10)).add(date(2022, 9, 5), 10) == date(2022, 9, 20)


def test_the_coronation_was_no_holiday_until_it_was_announced():
    """8 May 2023 became a holiday on 6 November 2022."""
    assert calendar_known_at(date(2022, 11, 5)).is_working_day(date(2023, 5, 8))
    assert not calendar_known_at(date(2022, 11, 6)).is_working_day(date(2023, 5, 8))


@pytest.mark.parametrize(
    ("away", "to", "announced_on"),
    [
        (date(2020, 5, 4), date(2020, 5, 8), date(2019, 6, 7)),
        (date(2022, 5, 30), date(2022, 6, 2), date(2020, 11, 12)),
    ],
)
def test_a_moved_holiday_stood_where_the_rule_puts_it_until_then(away: date, to: date, announced_on: date):
    """Before the announcement people planned for the old day, after it for the new one."""
    before, after = calendar_known_at(announced_on - timedelta(days=1)), calendar_known_at(announced_on)
    assert not before.is_working_day(away)
    assert before.is_working_day(to)
    assert after.is_working_day(away)
    assert not after.is_working_day(to)


def test_an_instant_is_read_in_london():
    """Half past eleven at night in summer, by Greenwich, is already the next day in London."""
    late = datetime(2022, 9, 9, 23, 30, tzinfo=UTC)
    assert calendar_known_at(late) == Calendar(date(2022, 9, 10))
    with pytest.raises(ValueError, match="time zone"):
        calendar_known_at(datetime(2022, 9, 9, 23, 30))


def test_holidays_beyond_the_published_years_are_marked():
    """What nobody has announced is worked out by rule and says so."""
    first, last = published_years()
    assert (first, last) == (2012, 2027)
    assert all(one.announced for one in bank_holidays(last))
    beyond = bank_holidays(last + 1)
    assert len(beyond) == 8
    assert not any(one.announced for one in beyond)
    assert not is_working_day(date(2028, 12, 25))


def test_the_published_list_and_the_library_agree():
    """The published years are as the library that works out later years has them."""
    for year in range(2012, 2028):
        worked_out = holidays.country_holidays("GB", subdiv="ENG", years=year)
        assert {one.day for one in bank_holidays(year)} == {day for day in worked_out if day.weekday() < 5}, year


def test_dates_are_spoken_as_people_say_them():
    """No leading zero, the month in full."""
    assert spoken(date(2026, 1, 5)) == "5 January 2026"


@settings(deadline=None, max_examples=150)
@given(DAYS, COUNTS.filter(bool))
def test_adding_then_counting_gives_the_same_number(start: date, count: int):
    """Whatever the start, the day that is n working days away is n working days away, and is worked."""
    end = add_working_days(start, count)
    assert is_working_day(end)
    assert working_days_between(start, end) == count


@settings(deadline=None, max_examples=100)
@given(DAYS, st.integers(0, 500), st.dates(date(2010, 1, 1), date(2026, 12, 31)))
def test_counting_agrees_with_counting_day_by_day(start: date, length: int, known: date):
    """The count is what a person gets who ticks off each day on the calendar known to them."""
    calendar = calendar_known_at(known)
    days = [start + timedelta(days=n) for n in range(1, length + 1)]
    end = start + timedelta(days=length)
    assert calendar.between(start, end) == sum(calendar.is_working_day(day) for day in days)


@settings(deadline=None, max_examples=100)
@given(DAYS, DAYS)
def test_counting_back_is_counting_forward_of_worked_days(one: date, other: date):
    """Between two worked days it is the same number both ways, with the sign turned."""
    one, other = add_working_days(one, 1), add_working_days(other, 1)
    assert working_days_between(one, other) == -working_days_between(other, one)


@settings(deadline=None, max_examples=100)
@given(DAYS, st.integers(0, 100), st.integers(0, 100))
def test_adding_twice_is_adding_once(start: date, first: int, second: int):
    """Ten working days and then five are fifteen, from a worked day."""
    start = add_working_days(start, 1)
    assert add_working_days(add_working_days(start, first), second) == add_working_days(start, first + second)
