"""The hashes of an entry are the same wherever they are computed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keyworker.record import digest as hashing
from keyworker.record.connect import DatabaseRole
from keyworker.record.entry import sql_type
from keyworker.record.keyed import TEXTS
from keyworker.vocabulary import Column, Kind, Table, Type
from tests.servers.started import Database

EVERY_TYPE = Table(
    name="made_up",
    title="Made up",
    says="One column of each type.",
    kind=Kind.STATE,
    topic="tests",
    key=("z_id", "happened_on"),
    columns=(
        Column("z_id", Type.TEXT, "A text."),
        Column("happened_on", Type.DATE, "A day."),
        Column("at_time", Type.TIME, "A time."),
        Column("instant", Type.INSTANT, "An instant."),
        Column("number", Type.INTEGER, "A whole number."),
        Column("amount", Type.DECIMAL, "An amount."),
        Column("flag", Type.FLAG, "Yes or no."),
    ),
)
POSTGRES = {kind: text.format(f"%(value)s::{sql_type(Column('x', kind, 'A value.'))}") for kind, text in TEXTS.items()}
DUCKDB = {
    Type.TEXT: "$value::varchar",
    Type.DATE: "strftime($value::date, '%Y-%m-%d')",
    Type.TIME: "strftime(date '2000-01-01' + $value::time, '%H:%M:%S.%f')",
    Type.INSTANT: "strftime($value::timestamptz at time zone 'UTC', '%Y-%m-%dT%H:%M:%S.%fZ')",
    Type.INTEGER: "$value::bigint::varchar",
    Type.DECIMAL: "rtrim(rtrim($value::decimal(18, 6)::varchar, '0'), '.')",
    Type.FLAG: "$value::boolean::varchar",
}
VALUES: dict[Type, st.SearchStrategy[Any]] = {
    Type.TEXT: st.text(st.characters(codec="utf-8", exclude_characters="\x00\x1e\x1f"), max_size=20),
    Type.DATE: st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    Type.TIME: st.times(),
    Type.INSTANT: st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31), timezones=st.just(UTC)),
    Type.INTEGER: st.integers(-(2**63), 2**63 - 1),
    Type.DECIMAL: st.decimals(-99999, 99999, places=4),
    Type.FLAG: st.booleans(),
}
ROWS = st.fixed_dictionaries({column.name: st.none() | VALUES[column.type] for column in EVERY_TYPE.columns})


def _text(column: Column, value: Any) -> str:
    return hashing.canonical(column.type, value)


@pytest.mark.parametrize("column", EVERY_TYPE.columns, ids=lambda column: str(column.type))
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_each_type_has_one_text_in_python_postgresql_and_duckdb(
    database: Database, column: Column, data: st.DataObject
) -> None:
    value = data.draw(VALUES[column.type])
    with database.connect(DatabaseRole.SNAPSHOT) as connection:
        there = connection.execute(f"select {POSTGRES[column.type]}", {"value": value}).fetchone()
    assert there == (_text(column, value),)
    assert duckdb.execute(f"select {DUCKDB[column.type]}", {"value": value}).fetchone() == (_text(column, value),)


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(row=ROWS)
def test_a_whole_row_hashes_alike_in_sql(database: Database, row: dict[str, Any]) -> None:
    named = {name: row[name] for name in sorted(row)}
    texts = {name: None if value is None else _text(EVERY_TYPE.column(name), value) for name, value in named.items()}
    parts = ", ".join(f"'{name}' || chr(30) || %s::text" for name in texts)
    with database.connect(DatabaseRole.SNAPSHOT) as connection:
        there = connection.execute(f"select md5(concat_ws(chr(31), {parts}))::uuid", list(texts.values())).fetchone()
    assert there == (hashing.digest(EVERY_TYPE, row),)


@settings(deadline=None, max_examples=100)
@given(first=ROWS, second=ROWS)
def test_digests_are_equal_exactly_when_contents_are(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert (hashing.digest(EVERY_TYPE, first) == hashing.digest(EVERY_TYPE, second)) == (first == second)


def test_the_same_instant_and_amount_written_differently_hash_alike() -> None:
    summer = timezone(timedelta(hours=1))
    one = {"instant": datetime(2026, 7, 1, 10, tzinfo=summer), "amount": Decimal("1.50")}
    other = {"instant": datetime(2026, 7, 1, 9, tzinfo=UTC), "amount": Decimal("1.5")}
    assert hashing.digest(EVERY_TYPE, one) == hashing.digest(EVERY_TYPE, other)
    assert hashing.canonical(Type.DECIMAL, Decimal("-0.00")) == "0"
    assert hashing.canonical(Type.DECIMAL, Decimal("1E+3")) == "1000"


def test_a_value_in_another_column_and_an_empty_text_are_other_contents() -> None:
    assert hashing.digest(EVERY_TYPE, {"z_id": ""}) != hashing.digest(EVERY_TYPE, {})
    assert hashing.digest(EVERY_TYPE, {"z_id": "1"}) != hashing.digest(EVERY_TYPE, {"number": 1})


def test_a_row_key_is_the_source_and_the_key_and_nothing_else() -> None:
    """Worked by hand: md5 of the source and the named key texts, joined by U+001F."""
    row = {"z_id": "A", "happened_on": date(2026, 1, 2), "number": 7}
    assert hashing.row_key("ssd", EVERY_TYPE, row) == UUID("51162b84fe1a62e9600cbdd035150f67")
    assert hashing.row_key("ssd", EVERY_TYPE, {**row, "number": 8}) == hashing.row_key("ssd", EVERY_TYPE, row)
    assert hashing.row_key("cin-census", EVERY_TYPE, row) != hashing.row_key("ssd", EVERY_TYPE, row)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Type.DATE, datetime(2026, 1, 1)),
        (Type.INSTANT, datetime(2026, 1, 1)),
        (Type.INTEGER, True),
        (Type.DECIMAL, 1.5),
        (Type.DECIMAL, Decimal("NaN")),
        (Type.FLAG, 1),
        (Type.TEXT, 1),
        (Type.TIME, "09:30"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused_without_being_shown(kind: Type, value: Any) -> None:
    with pytest.raises(TypeError) as refused:
        hashing.canonical(kind, value)
    assert str(value) not in str(refused.value)
