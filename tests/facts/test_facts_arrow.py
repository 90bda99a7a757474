"""Columns that PostgreSQL sends in its binary form hold what the rows hold, of every type, with gaps and without."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time

import psycopg
import pyarrow as pa
import pytest

from keyworker.facts.arrow import Question, columns_of, columns_of_each
from keyworker.record.connect import DatabaseRole
from keyworker.vocabulary import Type
from tests.servers.started import Database

QUERY = """select said, on_day, at_time, at_instant, number, share, flag from (values
    (1, 'a'::text, date '2026-11-27', time '09:30', timestamptz '2026-11-27 09:30:00.000001+00', 1::bigint,
        0.333333333333::numeric, true),
    (2, 'é, "o"', date '1969-12-31', time '23:59:59.999999', timestamptz '1969-12-31 23:00+00', -2, -1.50, false),
    (3, '', date '0001-01-01', time '00:00', timestamptz '2000-01-01 00:00+00', 9007199254740993, 0, true),
    (4, null, null, null, null, null, null, null)
) v(row_no, said, on_day, at_time, at_instant, number, share, flag)"""
TYPES = {
    "said": Type.TEXT,
    "on_day": Type.DATE,
    "at_time": Type.TIME,
    "at_instant": Type.INSTANT,
    "number": Type.INTEGER,
    "share": Type.DECIMAL,
    "flag": Type.FLAG,
}
WRITTEN = {
    "said": ["a", 'é, "o"', "", None],
    "on_day": [date(2026, 11, 27), date(1969, 12, 31), date(1, 1, 1), None],
    "at_time": [time(9, 30), time(23, 59, 59, 999_999), time(0, 0), None],
    "at_instant": [
        datetime(2026, 11, 27, 9, 30, 0, 1, UTC),
        datetime(1969, 12, 31, 23, tzinfo=UTC),
        datetime(2000, 1, 1, tzinfo=UTC),
        None,
    ],
    "number": [1, -2, 9_007_199_254_740_993, None],
    "share": ["0.333333333333", "-1.50", "0", None],
    "flag": [True, False, True, None],
}


@pytest.fixture
def record(database: Database) -> Iterator[psycopg.Connection]:
    with database.connect(DatabaseRole.SERVICE) as connection:
        yield connection


def test_every_type_comes_as_it_was_written_with_a_gap_and_without(record: psycopg.Connection):
    assert columns_of(record, f"{QUERY} order by row_no", TYPES).to_pydict() == WRITTEN
    without = columns_of(record, f"{QUERY} where row_no < 4 order by row_no", TYPES)
    assert without.to_pydict() == {name: values[:3] for name, values in WRITTEN.items()}
    assert all(column.null_count == 0 for column in without.columns)


def test_no_row_is_an_empty_column_of_the_same_type(record: psycopg.Connection):
    none = columns_of(record, f"{QUERY} where row_no > %(last)s", TYPES, {"last": 4})
    assert none.num_rows == 0
    assert none.schema == columns_of(record, QUERY, TYPES).schema
    assert none.schema.field("at_instant").type == pa.timestamp("us", "UTC")


def test_a_column_of_nothing_has_as_many_rows_as_the_others(record: psycopg.Connection):
    found = columns_of(
        record,
        "select n::bigint as number, null::text as said from generate_series(1, 70) n",
        {"number": Type.INTEGER, "said": Type.TEXT},
    )
    assert found.column("said").to_pylist() == [None] * 70
    assert sorted(found.column("number").to_pylist()) == list(range(1, 71))


def test_a_day_that_no_calendar_has_is_refused_and_not_made_into_another(record: psycopg.Connection):
    with pytest.raises(pa.ArrowInvalid):
        columns_of(record, "select date 'infinity' as on_day", {"on_day": Type.DATE})


def test_several_queries_are_told_each_in_its_turn(record: psycopg.Connection):
    asked = [
        Question("select generate_series(1, %(most)s)::bigint as number", {"number": Type.INTEGER}, {"most": most})
        for most in (3, 0, 70_000, 1, 2)
    ]
    assert [len(rows) for rows in columns_of_each(record, asked)] == [3, 0, 70_000, 1, 2]


def test_what_is_asked_after_the_last_query_is_asked_when_all_were_read_and_its_failure_is_told(
    record: psycopg.Connection,
):
    one = Question("select 1::bigint as number", {"number": Type.INTEGER})
    heard: list[int] = []

    def ask(query: str) -> None:
        heard.extend(record.execute(query.encode()).fetchone() or ())

    rows = columns_of_each(record, [one] * 20, lambda: ask("select 3"))
    assert [next(rows).num_rows, heard] == [1, []]  # the last is not even asked for
    assert [len(list(rows)), heard] == [19, [3]]
    with record.transaction(force_rollback=True), pytest.raises(psycopg.errors.DivisionByZero):
        list(columns_of_each(record, [one], lambda: ask("select 1 / 0")))


def test_after_a_query_that_fails_or_is_not_waited_for_the_connection_answers_again(record: psycopg.Connection):
    whole, broken = (Question(f"select 1::bigint / {by} as number", {"number": Type.INTEGER}) for by in (1, 0))
    with record.transaction(force_rollback=True), pytest.raises(psycopg.errors.DivisionByZero):
        list(columns_of_each(record, [whole, broken]))
    with closing(columns_of_each(record, [whole] * 5)) as read:
        assert next(read).to_pydict() == {"number": [1]}
    assert record.execute("select 2").fetchone() == (2,)
