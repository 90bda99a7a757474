"""Changes of worker, by hand-worked lives."""

import itertools
from datetime import date, timedelta
from typing import NamedTuple

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keyworker.facts.holds import Held, main_workers, merged
from keyworker.measures.changes import HOLDS, Moved, in_order, moved, rate_figure

SINCE, UNTIL = date(2025, 1, 1), date(2026, 1, 1)


class Hold(NamedTuple):
    worker_id: str
    role: str
    from_on: date
    to_on: date | None
    team_id: str | None
    cause: str | None


def hold(
    worker: str, from_on: date, to_on: date | None = None, cause: str | None = None, role: str = "lead", team: str = "T"
) -> Hold:
    return Hold(worker, role, from_on, to_on, team, cause)


def one(*holds: Hold) -> Moved:
    rows = [("c1", *held, number) for number, held in enumerate(holds)]
    return moved(pl.DataFrame(rows, schema=HOLDS, orient="row"), SINCE, UNTIL)


@st.composite
def lives(draw: st.DrawFn) -> list[Hold]:
    days = st.integers(0, 500).map(lambda after: date(2024, 9, 1) + timedelta(days=after))
    found = []
    for _ in range(draw(st.integers(1, 6))):
        from_on, length = draw(days), draw(st.none() | st.integers(1, 200))
        to_on = from_on + timedelta(days=length) if length else None
        role = draw(st.sampled_from(["lead", "accountable"]))
        found.append(hold(draw(st.sampled_from("abc")), from_on, to_on, role=role))
    return found


@settings(deadline=None, max_examples=150)
@given(lives())
def test_changes_by_the_column_are_those_that_a_childs_own_row_counts(holds: list[Hold]):
    stretches = main_workers(merged(Held(*held[:4]) for held in holds))
    days = [after[0] for before, after in itertools.pairwise(stretches) if before[2] != after[2]]
    held = sum(max(0, (min(to_on or UNTIL, UNTIL) - max(from_on, SINCE)).days) for from_on, to_on, _ in stretches)
    found = one(*holds)
    assert [change.on for change in found.changes] == [day for day in days if SINCE <= day < UNTIL]
    assert sum(found.held_days.values()) == held


def test_touching_rows_of_one_worker_are_one_hold_with_the_cause_of_its_last_row():
    found = one(
        hold("ann", date(2025, 1, 1), date(2025, 2, 1), "LEFTRL", team="North"),
        hold("ann", date(2025, 2, 1), date(2025, 3, 1), "TSPROC", team="South"),
        hold("bea", date(2025, 3, 1)),
    )
    assert [(change.cause, change.team_id) for change in found.changes] == [("TSPROC", "South")]
    assert found.held_days == {"South": 59, "T": 306}


def test_a_first_worker_is_no_change_and_each_later_one_is():
    found = one(
        hold("ann", date(2025, 1, 5), date(2025, 3, 1), "LEFTRL"),
        hold("bea", date(2025, 3, 1), date(2025, 6, 1)),
        hold("ann", date(2025, 6, 1)),
    )
    assert [change.on for change in found.changes] == [date(2025, 3, 1), date(2025, 6, 1)]
    assert found.causes() == [("T", "LEFTRL", 1), ("T", "not recorded", 1)]


def test_the_same_worker_after_a_pause_is_no_change_and_the_pause_is_not_held():
    found = one(hold("ann", date(2025, 1, 1), date(2025, 2, 1)), hold("ann", date(2025, 4, 1), date(2025, 5, 1)))
    assert found.changes == []
    assert found.held_days == {"T": 31 + 30}


def test_an_accountable_worker_who_stays_while_leads_come_and_go_is_not_the_main_worker():
    found = one(
        hold("boss", date(2024, 1, 1), role="accountable"),
        hold("ann", date(2025, 1, 1), date(2025, 3, 1)),
        hold("bea", date(2025, 3, 1)),
    )
    assert [change.on for change in found.changes] == [date(2025, 1, 1), date(2025, 3, 1)]


@pytest.mark.parametrize(("on", "counted"), [(date(2024, 12, 31), 0), (SINCE, 1), (date(2025, 12, 31), 1), (UNTIL, 0)])
def test_a_change_counts_from_the_first_day_of_the_period_up_to_but_not_on_its_end(on: date, counted: int):
    assert len(one(hold("ann", date(2024, 1, 1), on), hold("bea", on)).changes) == counted


def test_a_change_and_its_days_fall_to_the_team_that_the_child_left():
    found = one(
        hold("ann", date(2024, 7, 1), date(2025, 1, 11), "TSPROC", team="North"),
        hold("bea", date(2025, 1, 11), team="South"),
    )
    assert [(change.team_id, change.cause) for change in found.changes] == [("North", "TSPROC")]
    assert found.held_days == {"North": 10, "South": 355}


def test_a_rate_with_no_months_behind_it_has_no_value():
    assert rate_figure(0, 0, "2025").share is None


def test_a_rate_is_changes_for_each_month_of_childrens_lives():
    figure = rate_figure(2, 487, "2025")
    assert (figure.numerator, figure.denominator) == (2, 16.0)
    assert figure.share == 0.125


def test_causes_stand_with_the_most_frequent_first():
    assert in_order({"TSPROC": 1, "LEFTRL": 3, "ABSENC": 1}) == (("LEFTRL", 3), ("ABSENC", 1), ("TSPROC", 1))
