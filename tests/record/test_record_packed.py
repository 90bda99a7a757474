"""Rows packed for the database's binary COPY come out as the values that went in, of every kind, on each server."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keyworker.record import digest as hashing
from keyworker.record.connect import DatabaseRole
from keyworker.record.entry import quoted, sql_type
from keyworker.record.writer.packed import HASHES, copy_packed, field, packed
from keyworker.vocabulary import Type
from tests.record.made import texts
from tests.record.test_record_digest import EVERY_TYPE
from tests.servers.started import Database

KEY, DIGEST = UUID("01020304-0506-0708-090a-0b0c0d0e0f10"), UUID("ffffffff-ffff-ffff-ffff-fffffffffffe")
VALUES: dict[Type, st.SearchStrategy[Any]] = {
    Type.TEXT: st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20),
    Type.DATE: st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    Type.TIME: st.times(),
    Type.INSTANT: st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31), timezones=st.just(UTC)),
    Type.INTEGER: st.integers(-(10**18) + 1, 10**18 - 1),
    Type.DECIMAL: st.decimals(-(10**17), 10**17, allow_nan=False, places=9)
    | st.sampled_from([Decimal("0.00001"), Decimal("-0.5"), Decimal(10_000), Decimal("99999999.00010001"), Decimal(0)]),
    Type.FLAG: st.booleans(),
}
ROW = st.fixed_dictionaries({column.name: st.none() | VALUES[column.type] for column in EVERY_TYPE.columns})
NAMES = EVERY_TYPE.column_names


def frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    return texts(EVERY_TYPE, rows)


def hashes(count: int) -> pl.DataFrame:
    halves = [int.from_bytes(one.bytes[at : at + 8], "little") for one in (KEY, DIGEST) for at in (0, 8)]
    return pl.DataFrame([halves] * count, schema=dict.fromkeys(HASHES, pl.UInt64), orient="row")


def through(database: Database, blocks: list[list[dict[str, Any]]], entered_at: datetime | None = None) -> list[Any]:
    """Rows through a table of the database and back."""
    said = None if entered_at is None else hashing.canonical(Type.INSTANT, entered_at)
    head = "same_number bigint, said text, at timestamptz, row_key uuid, digest uuid, entered_at timestamptz"
    columns = ", ".join(f"{quoted(column.name)} {sql_type(column)}" for column in EVERY_TYPE.columns)
    packs = [
        packed(
            EVERY_TYPE,
            frame(rows),
            pl.Series([said] * len(rows), dtype=pl.String),
            hashes(len(rows)),
        )
        for rows in blocks
    ]
    same = {
        "same_number": field(-7),
        "said": field("ünï"),
        "at": field(datetime(1999, 12, 31, 23, 59, 59, 999999, UTC)),
    }
    with database.connect(DatabaseRole.LOADER) as connection:
        connection.execute(f"create temporary table kept (place serial, {head}, {columns})")
        assert copy_packed(connection, "pg_temp.kept", EVERY_TYPE, packs, same) == sum(map(len, blocks))
        found = connection.execute(
            f"select same_number, said, at, row_key, digest, entered_at, {', '.join(NAMES)} from kept order by place"
        ).fetchall()
        connection.rollback()
    return found


def same_in_all(entered_at: datetime | None = None) -> tuple[Any, ...]:
    return (-7, "ünï", datetime(1999, 12, 31, 23, 59, 59, 999999, UTC), KEY, DIGEST, entered_at)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(ROW, max_size=12), again=st.lists(ROW, max_size=3))
def test_whatever_goes_in_comes_out(
    database: Database, rows: list[dict[str, Any]], again: list[dict[str, Any]]
) -> None:
    """Values that repeat, columns that are empty through and through, blocks without a row."""
    blocks = [rows, [], again, rows]
    expected = [(*same_in_all(), *(row[name] for name in NAMES)) for block in blocks for row in block]
    assert through(database, blocks) == expected


def test_each_server_takes_the_same_bytes(any_database: Database) -> None:
    entered = datetime(2026, 3, 1, 9, 30, 0, 1, UTC)
    rows = [
        {
            "z_id": 'a "quoted", comma,\ttab and\nline',
            "happened_on": date(2024, 2, 29),
            "at_time": time(23, 59, 59, 999999),
            "instant": entered,
            "number": -12,
            "amount": Decimal("-1234567.8900123"),
            "flag": False,
        },
        dict.fromkeys(NAMES, None) | {"z_id": "", "flag": True, "amount": Decimal(0)},
    ]
    expected = [(*same_in_all(entered), *(row[name] for name in NAMES)) for row in rows]
    assert through(any_database, [rows], entered) == expected


@pytest.mark.parametrize("text", ["0.0001", "0.1", "1", "9999", "10000", "123456789.123456789", "-0.00000001", "0"])
def test_a_decimal_keeps_its_digits_and_its_scale(database: Database, text: str) -> None:
    row = dict.fromkeys(NAMES, None) | {"amount": Decimal(text)}
    with database.connect(DatabaseRole.LOADER) as connection:
        plain = connection.execute("select %s::numeric::text", (text,)).fetchone()
    assert plain is not None
    (found,) = through(database, [[row]])
    assert str(found[-2]) == str(Decimal(plain[0]))
