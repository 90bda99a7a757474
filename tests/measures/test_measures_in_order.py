"""Rows laid child by child, few children at a time, subjects held at once: all of it says what the plain way says."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from unittest.mock import patch

import duckdb
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keyworker.measures.kernel import counted, ways
from keyworker.measures.kernel.ordered import AT_FIRST, Column, by_child, picked
from keyworker.measures.kernel.room import LARGE, noughts, room
from keyworker.measures.passes.asked import Asked
from keyworker.measures.passes.assemble import Collected
from keyworker.measures.passes.dates import dates
from keyworker.measures.passes.run import measured_together
from keyworker.measures.passes.windows import Windows
from keyworker.measures.registry import shipped
from keyworker.measures.sources.duck import DuckSource
from tests.facts.histories import FIRST, SPAN, histories, write_duckdb

NAMES = ["open-children", "caseload", "days-since-seen", "cp-seen-20-working-days", "changes-of-worker-12-months"]
ABOUT = ("cin_episodes", "involvements", "cp_plans", "cp_visits", "team", "appointment")
SERIES = tuple(FIRST + timedelta(days=days) for days in (0, 20, SPAN, 200, 364))
RANDOM = settings(
    deadline=None, max_examples=int(os.environ.get("KEYWORKER_HISTORIES", "4")), suppress_health_check=list(HealthCheck)
)


@pytest.fixture(scope="module")
def duck() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def whole(*numbers: int) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return np.array(numbers, np.int32)


def test_rows_are_laid_child_by_child_each_by_its_beginning_and_those_of_nobody_last():
    """Children 1 and 0 and nobody (-1); two rows of child 1 begin on day 5, and stay as they came."""
    columns = by_child(
        {
            "child_id": whole(1, -1, 1, 0, 1),
            "from_on": whole(5, 1, -3, 9, 5),
            "entry_id": np.array([10, 11, 12, 13, 14]),
        }
    )
    assert columns["child_id"].tolist() == [0, 1, 1, 1, -1]
    assert columns["from_on"].tolist() == [9, -3, 5, 5, 1]
    assert columns["entry_id"].tolist() == [13, 12, 10, 14, 11]


def test_rows_that_stand_child_by_child_stay_as_they_are():
    columns = {"child_id": whole(0, 1, 1, -1, -1), "from_on": whole(7, -2, 4, 1, 3)}
    assert by_child(columns) is columns
    assert by_child(dict(columns, from_on=whole(7, 4, -2, 1, 3)))["from_on"].tolist() == [7, -2, 4, 1, 3]


@given(st.lists(st.integers(-100_000, 100_000), max_size=60))
def test_the_rows_of_one_child_however_many_are_in_the_order_of_their_days(days: list[int]):
    columns = by_child({"child_id": np.zeros(len(days), np.int32), "from_on": whole(*days)})
    assert columns["from_on"].tolist() == sorted(days)


def test_a_column_grows_and_holds_larger_numbers_from_the_first_that_comes():
    column = Column(np.int32)
    column.add(np.arange(AT_FIRST - 1))
    column.add(np.array([2**31 - 1, -(2**31)]))
    assert (column.told().dtype, len(column.told())) == (np.int32, AT_FIRST + 1)
    column.add(np.array([2**31]))
    assert column.told()[AT_FIRST - 2 :].tolist() == [AT_FIRST - 2, 2**31 - 1, -(2**31), 2**31]


@pytest.mark.parametrize("more", [-1, 0, 1, 300])
def test_room_is_as_long_as_it_was_asked_for_and_starts_with_noughts_where_they_are_wanted(more: int):
    """Around the length from which large pages are asked for."""
    rows = LARGE // 16 + more
    bits, days = noughts((rows, 2), np.uint64), room(2 * rows, np.int64)
    assert bits.shape == (rows, 2) and not bits.any()
    bits[-1], days[-1] = 7, 9
    assert (bits.sum(), days.shape, days[-1]) == (14, (2 * rows,), 9)


def test_a_column_is_taken_when_it_is_looked_at_and_no_other():
    columns = picked({"a": whole(1, 2, 3)}, whole(2, 0), {"b": "a", "c": "there is none"})
    assert (len(columns), set(columns)) == (2, {"b", "c"})
    assert "c" in columns and {"b", "c"} <= columns.keys() and "a" not in columns
    assert columns["b"].tolist() == [3, 1]
    with pytest.raises(KeyError):
        columns["c"]


@pytest.mark.parametrize(("place", "name", "value"), [(ways, "AT_ONCE", 1), (counted, "FEW", 0)])
@RANDOM
@given(data=st.data())
def test_how_much_is_held_at_once_changes_no_number(
    duck: duckdb.DuckDBPyConnection, place: object, name: str, value: int, data: st.DataObject
):
    """One child's groups at a time; and no subject's numbers held, so that rows are laid side by side."""
    write_duckdb(duck, data.draw(histories(ABOUT)))
    for by in ((), ("district",), ("team type", "district")):
        asked = Asked(SERIES, by)
        usual = measured_together(DuckSource(duck), NAMES, asked)
        with patch.object(place, name, value):
            assert measured_together(DuckSource(duck), NAMES, asked) == usual


@given(st.integers(0, 10**18), st.integers(1, 10**18), st.sampled_from([1, 100, 10_000]))
def test_a_quotient_of_whole_numbers_is_the_float_nearest_to_it(numerator: int, denominator: int, per: int):
    definition = next(one for one in shipped().definitions.values() if one.divided and one.per == per)
    found = Collected(definition, [])
    day = dates([FIRST])
    found.take(day, None, [("numerator", numerator), ("denominator", denominator)])
    if not definition.bands:
        assert found.rows()[0].value == float(Fraction(numerator, denominator) * per)


def test_a_counting_table_in_numbers_is_the_table_in_days():
    """The window that is over the day after: from 1 January 1980, day 3,652 since 1970, on to the end of the year."""
    special = Windows(special={"past 1 days": lambda day: day + timedelta(days=1)})
    for windows in (special, Windows()):
        first, until = windows.ends("past 1 days", date(1980, 2, 3))
        assert (first, len(until), until[:2].tolist()) == (3652, 366, [3653, 3654])
