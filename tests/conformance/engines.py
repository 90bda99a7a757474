"""The engines that the suite runs on, each holding a case's entries."""

from __future__ import annotations

from typing import Any

import duckdb
import psycopg

from keyworker.vocabulary import TABLES, Type
from tests.conformance.reading import ENTRY

SQL = {
    Type.TEXT: "text",
    Type.DATE: "date",
    Type.TIME: "time",
    Type.INSTANT: "timestamptz",
    Type.INTEGER: "bigint",
    Type.DECIMAL: "double",
    Type.FLAG: "boolean",
}
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


def filled_duckdb(entries: Entries) -> duckdb.DuckDBPyConnection:
    """Entries in DuckDB as a snapshot holds them."""
    connection = duckdb.connect()
    connection.execute("set timezone = 'UTC'; create schema record")
    for table in TABLES.values():
        columns = ENTRY | {column.name: SQL[column.type] for column in table.columns}
        described = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
        connection.execute(f'create table record."{table.name}" ({described})')
        for row in entries.get(table.name, []):
            places = ", ".join(["?"] * len(columns))
            connection.execute(f'insert into record."{table.name}" values ({places})', [row[name] for name in columns])
    return connection
