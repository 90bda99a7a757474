"""Measures added up in memory: words as whole numbers, bits of dates, and the same answers as the SQL passes give."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import duckdb
import numba
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keyworker.facts.compiled import compiled
from keyworker.measures.kernel.compiled import lowest, span_bits
from keyworker.measures.kernel.rows import Grid
from keyworker.measures.kernel.words import Words
from keyworker.measures.passes.asked import Asked
from keyworker.measures.passes.dates import dates
from keyworker.measures.passes.run import measured, measured_together
from keyworker.measures.passes.source import Columnar
from keyworker.measures.registry import shipped
from keyworker.measures.rows import record
from keyworker.measures.sources.duck import DuckSource
from tests.facts.histories import FIRST, SPAN, histories, meeting, write_duckdb
from tests.measures.duck_sql import DuckSql


def test_a_word_keeps_its_ordinal_however_long_it_is_and_however_many_others_come():
    known = Words()
    first = known.ordinals(pa.array(["KC0000001", None, "", "KC0000002", "a word of many letters", "KC0000001"]))
    assert first.tolist() == [0, -1, 1, 2, 3, 0]
    known.ordinals(pa.array([f"another {number}" for number in range(20_000)]))
    again = known.ordinals(pa.array(["a word of many letters", "KC0000002", "", "another 19999"]))
    assert again.tolist() == [3, 2, 1, 4 + 19_999]
    assert [known.word(one) for one in (0, 1, 3, -1)] == ["KC0000001", "", "a word of many letters", None]


@pytest.mark.parametrize("length", [8, 11, 12, 40])
def test_words_that_differ_in_one_letter_or_only_in_length_are_two(length: int):
    word = "x" * length
    known = Words().ordinals(pa.array([word, word[:-1] + "y", word[:-1], word + "x", "\x00" + word[1:], word]))
    assert known.tolist() == [0, 1, 2, 3, 4, 0]


def test_a_part_of_an_arrow_column_is_read_from_where_it_begins():
    assert Words().ordinals(pa.array(["a", "b", "c", "b"]).slice(1, 3)).tolist() == [0, 1, 0]


@pytest.mark.parametrize("place", range(64))
def test_the_lowest_bit_that_is_set_is_found(place: int):
    assert lowest(np.uint64(1 << place)) == place
    assert lowest(np.uint64(((1 << 64) - 1) & ~((1 << place) - 1))) == place


def test_the_bits_of_a_span_are_the_dates_from_its_first_day_to_the_day_before_its_end():
    """70 dates, each tenth day: from the 64th on they stand in a second word."""
    grid = Grid(dates([date(2025, 1, 1) + timedelta(days=10 * count) for count in range(70)]))
    starts = grid.days[[0, 63, 5]].astype(np.int32)
    ends = np.array([grid.days[1], grid.days[65] + 1, grid.days[5]], np.int32)
    bits = span_bits(starts, ends, grid.place, grid.first, grid.wide)
    assert bits.tolist() == [[0b1, 0], [1 << 63, 0b11], [0, 0]]


def test_duckdb_gives_columns_and_its_own_sql_does_not():
    with duckdb.connect() as connection:
        assert isinstance(DuckSource(connection), Columnar)
        assert not isinstance(DuckSql(connection), Columnar)


@pytest.fixture(scope="module")
def duck() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def rows(source: DuckSource, name: str, asked: Asked) -> list[dict[str, Any]]:
    return [record(row) for row in measured(source, name, asked)]


@pytest.mark.parametrize("name", sorted(shipped().definitions))
@settings(
    deadline=None, max_examples=int(os.environ.get("KEYWORKER_HISTORIES", "1")), suppress_health_check=list(HealthCheck)
)
@given(data=st.data())
def test_a_series_of_more_dates_than_a_word_has_bits_is_as_the_sql_has_it(
    duck: duckdb.DuckDBPyConnection, name: str, data: st.DataObject
):
    definition = shipped().definition(name)
    tables = shipped().tables_of(definition.sql) | {"involvements", "cin_episodes", "team", "appointment"}
    history = data.draw(meeting(tuple(sorted(tables))))
    by = data.draw(st.sampled_from([(), ("district",), ("team type", "district")]))
    every = data.draw(st.sampled_from([1, 3, 7]))
    days = tuple(FIRST + timedelta(days=count) for count in range(-130 * every // 4, 130 * every + SPAN, every))
    asked = Asked(days, by if definition.belongs_to != "nobody" else ())
    write_duckdb(duck, history)
    assert rows(DuckSource(duck), name, asked) == rows(DuckSql(duck), name, asked)


@settings(deadline=None, max_examples=10, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_measures_asked_together_say_what_each_says_alone(duck: duckdb.DuckDBPyConnection, data: st.DataObject):
    names = ["open-children", "caseload", "cp-seen-20-working-days", "changes-of-worker-12-months"]
    write_duckdb(duck, data.draw(histories(("cin_episodes", "involvements", "cp_plans", "cp_visits", "team"))))
    asked = Asked((FIRST, FIRST + timedelta(days=SPAN), FIRST + timedelta(days=364)), ("district",))
    together = measured_together(DuckSource(duck), names, asked)
    assert {name: [record(row) for row in found] for name, found in together.items()} == {
        name: rows(DuckSource(duck), name, asked) for name in names
    }


def test_where_nothing_can_be_kept_functions_are_compiled_all_the_same(monkeypatch: pytest.MonkeyPatch):
    given = numba.njit

    def refuses_to_keep(**options: object) -> object:
        if options.get("cache"):
            raise RuntimeError("cannot cache function: no locator available")
        return given(**options)

    monkeypatch.setattr(numba, "njit", refuses_to_keep)
    assert compiled(_twice)(21) == 42


def _twice(number: int) -> int:
    return number * 2
