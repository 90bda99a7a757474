"""The record's own tables copied into DuckDB for one question, under whatever the asker may see."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

import duckdb
import psycopg
import pyarrow as pa
from psycopg.rows import dict_row

from keyworker.clocks.engine import supplied
from keyworker.facts.arrow import columns_of, schema_of
from keyworker.facts.columns.kept import ENTRY
from keyworker.measures.sources.duck import DuckSource
from keyworker.vocabulary import TABLES, Table, Type

# What decides how every other table is looked at.
GROUND = frozenset({"meaning", "identity_link", "setting", "cin_episodes", "cla_episodes", "permanence"})


@contextmanager
def extracted(connection: psycopg.Connection, tables: Collection[str]) -> Iterator[DuckSource]:
    """Every entry of some tables in DuckDB; the other tables are there and empty."""
    with duckdb.connect() as duck:
        duck.execute("set global timezone = 'UTC'; create schema record")
        for table in TABLES.values():
            types = ENTRY | {column.name: column.type for column in table.columns}
            wanted = table.name in tables or table.name in GROUND
            query = f"select {', '.join(f't.{name}' for name in types)} from record.{table.name} t"
            part = columns_of(connection, query, types) if wanted else schema_of(types).empty_table()
            _take(duck, table, part, types)
        yield DuckSource(duck, supplied(connection))


def entries(connection: psycopg.Connection) -> dict[str, list[dict[str, Any]]]:
    """Every entry of every table but those that stay, as dicts: what the plain reference looks through."""
    found = {}
    with connection.cursor(row_factory=dict_row) as cursor:
        for table in TABLES.values():
            if table.stays:
                continue
            listed = ", ".join([*ENTRY, *table.column_names])
            found[table.name] = cursor.execute(f"select {listed} from record.{table.name}".encode()).fetchall()
    return found


def _take(duck: duckdb.DuckDBPyConnection, table: Table, part: pa.Table, types: dict[str, Type]) -> None:
    listed = ", ".join(
        f'cast("{name}" as double) as "{name}"' if kind is Type.DECIMAL else f'"{name}"' for name, kind in types.items()
    )
    duck.register("part", part)
    duck.execute(f'create table record."{table.name}" as select {listed} from part')
    duck.unregister("part")
