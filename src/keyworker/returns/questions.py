"""Put the described tables in front of DuckDB, so that a return can be asked for in SQL."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import duckdb
import polars as pl

from keyworker.facts.dtypes import schema_of
from keyworker.vocabulary import TABLES, Table

Frames = Mapping[str, pl.DataFrame]


def at_day(sql: str, at: date) -> str:
    """A question's text with its days put in. Only dates are put in, so nothing that a user wrote reaches the text."""
    months = {"$at": 0, "$six": 6, "$twelve": 12}
    for name, before in months.items():
        sql = sql.replace(name, f"(date '{at.isoformat()}' - interval {before} month)::date")
    return sql


def described(frames: Frames) -> duckdb.DuckDBPyConnection:
    """A private in-memory DuckDB with every described table, empty where the record has none."""
    connection = duckdb.connect()
    for table in TABLES.values():
        put(connection, table.name, whole(table, frames.get(table.name)))
    return connection


def whole(table: Table, frame: pl.DataFrame | None) -> pl.DataFrame:
    """A described table with every column in its type, empty where the record has none."""
    schema = schema_of(table.columns)
    if frame is None:
        return pl.DataFrame(schema=schema)
    present = [pl.col(name).cast(kind) for name, kind in schema.items() if name in frame.columns]
    missing = [pl.lit(None, kind).alias(name) for name, kind in schema.items() if name not in frame.columns]
    return frame.select([*present, *missing])


def put(connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    """Make a table of a frame."""
    connection.register("incoming", frame.to_arrow())
    connection.execute(f'create table "{name}" as select * from incoming')
    connection.unregister("incoming")


def ask(connection: duckdb.DuckDBPyConnection, sql: str) -> pl.DataFrame:
    """The rows that answer a question."""
    answer = pl.from_arrow(connection.sql(sql).to_arrow_table())
    if not isinstance(answer, pl.DataFrame):
        raise TypeError("a question is answered by rows")
    return answer


def count(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    """The one number that answers a question."""
    return int(ask(connection, sql).item())
