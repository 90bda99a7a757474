"""When duties are done against their day, and what will pass it at that pace: worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from keyworker.clocks.catalogue import rulebook
from keyworker.clocks.counting import Unit, units_between
from keyworker.clocks.rules import Rulebook
from keyworker.measures.pace import ENOUGH, NEAR, outlook, past_of, pasts, spread

AT = date(2024, 6, 28)
BOOK = Rulebook({"assessment-45wd": rulebook()["assessment-45wd"]})
RULE = BOOK["assessment-45wd"]
DAY = timedelta(days=1)
DUE = date(2024, 5, 15)  # a Wednesday; Monday 6 May is a bank holiday


def _row(
    *,
    started: date = date(2024, 3, 11),
    due: date = DUE,
    met: date | None = None,
    stopped: date | None = None,
    state: str = "met_in_time",
) -> dict[str, object]:
    end = met or stopped
    return {
        "rule": 0,
        "started_on": started,
        "due_on": due,
        "met_on": met,
        "stopped_on": stopped,
        "state": state,
        "passed_due": (end is None or end > due) and due < AT,
    }


def _frame(*rows: dict[str, object]) -> pl.DataFrame:
    days = {"started_on": pl.Date, "due_on": pl.Date, "met_on": pl.Date, "stopped_on": pl.Date}
    return pl.DataFrame(list(rows), schema={"rule": pl.Int32, **days, "state": pl.String, "passed_due": pl.Boolean})


def _between(one: date, other: date) -> int:
    days = (np.array([day], "datetime64[D]") for day in (one, other))
    return int(units_between(*days, Unit.WORKING_DAYS)[0])


def test_working_days_between_leave_out_a_weekend_and_a_bank_holiday_both_ways() -> None:
    assert _between(date(2024, 5, 3), date(2024, 5, 8)) == 2
    assert _between(date(2024, 5, 8), date(2024, 5, 3)) == -2
    assert _between(date(2024, 5, 4), date(2024, 5, 6)) == 0


def test_what_was_done_on_its_day_the_day_before_and_the_day_after_is_told_apart() -> None:
    done = [_row(met=day) for day in (DUE, DUE - DAY, DUE + DAY)]
    found = spread(past_of(_frame(*done), 0, RULE, AT))
    assert (found.near[NEAR], found.near[NEAR - 1], found.near[NEAR + 1]) == (1, 1, 1)
    assert (found.due, found.in_time, found.at_the_last) == (3, 2, 2)


def test_done_on_the_saturday_after_a_friday_is_after_its_day() -> None:
    friday = date(2024, 5, 17)
    found = spread(past_of(_frame(_row(due=friday, met=friday + DAY, state="met_late")), 0, RULE, AT))
    assert (found.in_time, found.near[NEAR + 1]) == (0, 1)


def test_what_ended_first_is_counted_apart_and_what_is_not_done_is_in_the_base() -> None:
    rows = [_row(stopped=DUE - DAY, state="stopped"), _row(state="overdue"), _row(met=DUE - 40 * DAY)]
    found = spread(past_of(_frame(*rows, _row(state="cannot_tell")), 0, RULE, AT))
    assert (found.due, found.ended, found.not_done, found.earlier, found.left_out) == (2, 1, 1, 1, 1)


def test_only_the_year_before_counts_and_what_is_due_today_does_not() -> None:
    days = (AT, AT - DAY, AT - timedelta(days=365), AT - timedelta(days=366))
    found = past_of(_frame(*(_row(due=day, met=day) for day in days)), 0, RULE, AT)
    assert len(found.closed) == 2


def test_the_share_that_passed_is_of_those_still_open_as_long_before_their_day() -> None:
    late = [_row(met=DUE + DAY, state="met_late")] * 10
    early = [_row(met=DUE - 2 * DAY)] * 30  # Monday: closed two working days before
    ended = [_row(stopped=DUE, state="stopped")] * 10
    begun_after = [_row(started=DUE - DAY, met=DUE + DAY, state="met_late")] * 50
    past = pasts(_frame(*late, *early, *ended, *begun_after), BOOK, AT)
    ahead = _frame(
        _row(due=date(2024, 7, 2), state="running"),  # two working days on
        _row(due=date(2024, 7, 3), state="running"),  # three
        _row(due=date(2024, 7, 13), state="running"),  # the tenth working day on is Friday 12 July
    )
    (found,) = outlook(ahead, past, BOOK, AT)
    assert [(one.left, one.of, one.passed) for one in found.days] == [(2, 20, 10), (3, 50, 10)]
    assert (found.until, found.duties, found.told) == (date(2024, 7, 12), 2, 2)
    assert found.passing == pytest.approx(0.5 + 0.2)
    assert found.low < found.passing < found.high


def test_too_few_past_duties_give_no_share() -> None:
    past = pasts(_frame(*[_row(met=DUE)] * (ENOUGH - 1)), BOOK, AT)
    (found,) = outlook(_frame(_row(due=AT, state="running")), past, BOOK, AT)
    assert (found.duties, found.told, found.passing) == (1, 0, 0)
