"""Due dates counted by hand from the bank holidays of England and Wales."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keyworker.clocks.counting import Method, Unit, due_day, due_instant
from keyworker.vocabulary.working_days import Calendar

WORKING, CALENDAR, MONTHS, HOURS = Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.MONTHS, Unit.HOURS


@pytest.mark.parametrize(
    ("start", "method", "due"),
    [
        (date(2026, 1, 5), Method(1, WORKING), date(2026, 1, 6)),
        (date(2026, 1, 3), Method(1, WORKING), date(2026, 1, 5)),  # a Saturday: Monday is the first day counted
        (date(2025, 12, 24), Method(1, WORKING), date(2025, 12, 29)),  # Christmas, Boxing Day, a weekend
        (date(2026, 4, 2), Method(1, WORKING), date(2026, 4, 7)),  # Good Friday and Easter Monday
        (date(2026, 1, 5), Method(2, WORKING, before=True), date(2025, 12, 31)),
        (date(2026, 1, 3), Method(1, WORKING, before=True), date(2026, 1, 2)),  # back from a Saturday
        (date(2026, 1, 5), Method(1, WORKING, day_one=True), date(2026, 1, 5)),
        (date(2026, 1, 3), Method(2, WORKING, day_one=True), date(2026, 1, 6)),
        (date(2026, 1, 5), Method(8, CALENDAR, day_one=True), date(2026, 1, 12)),
        (date(2026, 1, 5), Method(42, CALENDAR), date(2026, 2, 16)),
        (date(2026, 3, 31), Method(1, MONTHS), date(2026, 4, 30)),
        (date(2024, 2, 29), Method(12, MONTHS), date(2025, 2, 28)),
        (date(2026, 5, 31), Method(3, MONTHS, before=True), date(2026, 2, 28)),
        (date(2026, 1, 5), Method(72, HOURS), date(2026, 1, 8)),
        (date(2026, 1, 5), Method(0, CALENDAR, before=True), date(2026, 1, 5)),
    ],
)
def test_a_due_day_is_counted_as_the_conventions_say(start: date, method: Method, due: date):
    assert due_day(start, method) == due


@given(
    start=st.dates(date(2012, 1, 1), date(2027, 6, 30)),
    n=st.integers(1, 60),
    before=st.booleans(),
    known=st.sampled_from([None, date(2020, 1, 1), date(2022, 9, 8)]),
)
def test_working_days_agree_with_the_vocabularys_own_count_a_day_at_a_time(
    start: date, n: int, before: bool, known: date | None
):
    step = -n if before else n
    assert due_day(start, Method(n, WORKING, before=before), known) == Calendar(known).add(start, step)


@pytest.mark.parametrize(
    ("start", "ends"),
    [
        (date(2026, 3, 28), datetime(2026, 3, 29, 12, tzinfo=UTC)),  # noon in winter is 12.00 UTC; 24 hours later too
        (date(2026, 10, 24), datetime(2026, 10, 25, 11, tzinfo=UTC)),  # noon in summer is 11.00 UTC
        (date(2026, 1, 5), datetime(2026, 1, 6, 12, tzinfo=UTC)),
    ],
)
def test_hours_are_real_hours_when_the_clock_changes(start: date, ends: datetime):
    assert due_instant(start, time(12), 24) == ends
