"""The engines that the suite runs on, each holding a case's entries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import duckdb
import psycopg

from keyworker.facts.dtypes import DUCKDB
from keyworker.vocabulary import TABLES
from tests.conformance.reading import ENTRY

Entries = dict[str, list[dict[str, Any]]]


def fill_postgresql(connection: psycopg.Connection, entries: Entries) -> None:
    """Put entries into a fresh record, guards set aside. Takes a superuser's connection."""
    sources = sorted({row["source"] for rows in entries.values() for row in rows})
    with connection.transaction():
        connection.execute("set local session_replication_role = replica")
        for source in sources:
            connection.execute(
                """insert into record.act (kind, author, purpose, source, tables, recorded_at, first_entry, txid)
                values ('load', 'test', 'test', %s, %s, '2020-01-01', 0, '1')""",
                [source, [name for name, rows in entries.items() if any(row["source"] == source for row in rows)]],
            )
        for name, rows in entries.items():
            for row in rows:
                listed = ", ".join(f'"{column}"' for column in row)
                places = ", ".join(["%s"] * len(row))
                connection.execute(
                    f'insert into record."{name}" ({listed}) values ({places})'.encode(), list(row.values())
                )


@contextmanager
def filled_duckdb(entries: Entries) -> Iterator[duckdb.DuckDBPyConnection]:
    """Entries in DuckDB as a snapshot holds them, in tables that the next case finds empty again."""
    connection = _empty_tables()
    try:
        for name, rows in entries.items():
            for row in rows:
                places = ", ".join(["?"] * len(row))
                listed = ", ".join(f'"{column}"' for column in row)
                connection.execute(f'insert into record."{name}" ({listed}) values ({places})', list(row.values()))
        yield connection
    finally:
        for name in entries:
            connection.execute(f'delete from record."{name}"')


@cache
def _empty_tables() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("set timezone = 'UTC'; create schema record")
    for table in TABLES.values():
        columns = ENTRY | {column.name: DUCKDB[column.type] for column in table.columns}
        described = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
        connection.execute(f'create table record."{table.name}" ({described})')
    return connection
