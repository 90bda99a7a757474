"""Dates, days and counts are said as people say them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keyworker.web import words

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("ahead", "says"),
    [
        (0, "due today"),
        (1, "due tomorrow"),
        (4, "due in 4 days"),
        (-1, "due yesterday"),
        (-2, "2 days past"),
        (-12, "12 days past"),
    ],
)
def test_a_due_day_is_said_from_where_one_stands(ahead: int, says: str) -> None:
    assert words.due(DAY + timedelta(days=ahead), DAY) == says


@pytest.mark.parametrize(
    ("count", "says"),
    [
        (1, "1 day"),
        (20, "20 days"),
        (21, "3 weeks"),
        (89, "12 weeks"),
        (90, "3 months"),
        (730, "2 years"),
        (820, "2 years 3 months"),
    ],
)
def test_a_stretch_is_said_in_the_largest_unit_that_is_still_exact_enough(count: int, says: str) -> None:
    assert words.length(DAY - timedelta(days=count), DAY) == says


def test_an_instant_is_said_in_londons_time_in_summer_and_winter() -> None:
    assert words.spoken_instant(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "2 July 2026 at 12.30am"
    assert words.spoken_instant(datetime(2026, 1, 5, 12, 5, tzinfo=UTC)) == "5 January 2026 at 12.05pm"


def test_numbers_lose_only_noughts_that_say_nothing() -> None:
    assert [words.number(one) for one in (12.0, 7.4, 1040.0, 0.0)] == ["12", "7.4", "1,040", "0"]
    assert words.number(1200.0, 0) == "1,200"
    assert words.number(None) == "Not recorded"


def test_a_share_that_is_not_known_is_not_nought() -> None:
    assert words.percent(None) == "cannot tell yet"
    assert words.percent(0.0) == "0%"


@settings(deadline=None, max_examples=100)
@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-4000, 4000))
def test_no_way_of_saying_days_ever_shows_a_negative_number(day: date, ahead: int) -> None:
    at = day + timedelta(days=ahead)
    assert "-" not in words.days_ago(day, at) + words.due(day, at)
