"""Counting tables: when a window is over, and in which band of time a day lies."""

from datetime import UTC, date, datetime

import duckdb
import polars as pl
import pytest

from keyworker.measures.passes.bands import bands_sql, is_bands
from keyworker.measures.passes.dates import dates
from keyworker.measures.passes.windows import FIRST, Windows, is_window, months_later
from keyworker.vocabulary.working_days import add_working_days

LAST = date(2026, 12, 31)


def until(name: str, day: date, known_at: datetime | None = None) -> date:
    days, over = Windows(known_at).table(name, LAST)
    assert days[0] == FIRST and days[-1] == LAST
    return over[days.index(day)]


@pytest.mark.parametrize(
    ("name", "day", "over"),
    [
        ("within 20 working days", date(2026, 1, 5), date(2026, 2, 3)),
        ("within 1 working days", date(2026, 4, 2), date(2026, 4, 8)),  # Thursday before Easter: Tuesday is in time
        ("within 15 working days", date(2026, 12, 31), date(2027, 1, 23)),  # 1 January is a bank holiday
        ("within 28 days", date(2026, 1, 1), date(2026, 1, 30)),
        ("past 28 days", date(2026, 1, 1), date(2026, 1, 29)),
        ("past 12 months", date(2025, 3, 10), date(2026, 3, 10)),
        ("past 12 months", date(2024, 2, 29), date(2025, 3, 1)),
        ("past 12 months", date(2023, 2, 28), date(2024, 2, 28)),
        ("past 1 months", date(2026, 1, 31), date(2026, 3, 1)),
        ("within 3 months", date(2026, 11, 30), date(2027, 3, 2)),
        ("past 2 years", date(2024, 2, 29), date(2026, 3, 1)),
    ],
)
def test_a_window_is_over_on_the_day_worked_out_by_hand(name: str, day: date, over: date):
    assert until(name, day) == over


def test_every_day_counts_the_working_days_that_the_calendar_counts():
    days, over = Windows().table("within 45 working days", LAST)
    for place in range(0, len(days), 97):
        assert over[place].toordinal() - 1 == add_working_days(days[place], 45).toordinal()


def test_working_days_are_those_that_were_known_then():
    # The bank holiday of 8 May 2023, for the coronation, was announced on 6 November 2022.
    before, after = datetime(2022, 11, 5, tzinfo=UTC), datetime(2022, 11, 8, tzinfo=UTC)
    assert until("within 1 working days", date(2023, 5, 5), before) == date(2023, 5, 9)
    assert until("within 1 working days", date(2023, 5, 5), after) == date(2023, 5, 10)


def test_months_later_never_falls_short_of_a_month():
    assert months_later(date(2025, 12, 31), 2) == date(2026, 3, 1)
    assert months_later(date(2025, 12, 1), 12) == date(2026, 12, 1)


def test_only_windows_are_windows():
    assert is_window("within 20 working days")
    assert not is_window("within a while")
    assert not is_window("past 12 fortnights")


def test_a_day_stands_for_the_first_date_on_or_after_it():
    table = dates([date(2026, 1, 31), date(2026, 1, 3), date(2026, 1, 31)]).table()
    powers = dict(zip(table["day"], table["up0"], strict=True))
    assert powers[date(2026, 1, 3)] == 1
    assert powers[date(2026, 1, 4)] == powers[date(2026, 1, 31)] == 2
    assert powers[date(2026, 2, 1)] == 4


def test_beyond_sixty_dates_a_second_number_goes_on():
    table = dates([date.fromordinal(date(2026, 1, 1).toordinal() + n) for n in range(70)]).table()
    assert table["up0"][59] == 1 << 59 and table["up0"][60] == table["up0"][70] == 1 << 60
    assert table["up1"][60] == 1 and table["up1"][61] == 2 and table["up1"][70] == 1 << 10


def test_a_band_begins_where_the_window_before_it_is_over_and_the_last_goes_on():
    text = bands_sql("bands 'up to 3 months' within 3 months 'over 3 to 6 months' past 6 months\n  '6 months or more'")
    connection = duckdb.connect()
    for name in ("within 3 months", "past 6 months"):
        days, over = Windows().table(name, LAST)
        connection.register(name.replace(" ", "_"), pl.DataFrame({"day": days, "until": over}).to_arrow())
        text = text.replace(f"{{{name}}}", name.replace(" ", "_"))
    found = connection.sql(
        f"select band, from_on, to_on from ({text}) b where day = date '2025-11-30' order by from_on"
    )
    # Three months after 30 November 2025 is 1 March 2026, there being no 30 February, and that day is within them.
    assert found.fetchall() == [
        ("up to 3 months", date(2025, 11, 30), date(2026, 3, 2)),
        ("over 3 to 6 months", date(2026, 3, 2), date(2026, 5, 30)),
        ("6 months or more", date(2026, 5, 30), None),
    ]


@pytest.mark.parametrize(
    ("name", "is_so"),
    [
        ("bands 'young' past 5 years 'old'", True),
        ("bands 'young'", False),
        ("bands 'young' past 5 years", False),
        ("bands 'young' past a while 'old'", False),
        ("past 5 years", False),
    ],
)
def test_bands_name_each_band_and_between_two_the_window_that_parts_them(name: str, is_so: bool):
    assert is_bands(name) is is_so
