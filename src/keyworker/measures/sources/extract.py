"""The record's own tables copied into DuckDB for one question, under whatever the asker may see."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

import duckdb
import polars as pl
import psycopg
from psycopg.rows import dict_row

from keyworker.clocks.engine import supplied
from keyworker.facts.columns.kept import ENTRY
from keyworker.facts.dtypes import read_types, typed, written
from keyworker.facts.frames import frame_of
from keyworker.facts.lens import FAR, Lens
from keyworker.facts.moment import Moment
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
            frame = _frame(connection, table, types) if wanted else _empty(types)
            duck.register("frame", frame.to_arrow())
            duck.execute(f'create table record."{table.name}" as select * from frame')
            duck.unregister("frame")
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


def _frame(connection: psycopg.Connection, table: Table, types: dict[str, Type]) -> pl.DataFrame:
    listed = ", ".join(written(name, kind) for name, kind in types.items())
    query = f"select {listed} from record.{table.name} t"
    read = frame_of(connection, Lens(Moment(FAR)), query, read_types(types))
    return typed(read, types)


def _empty(types: dict[str, Type]) -> pl.DataFrame:
    return typed(pl.DataFrame(schema=read_types(types)), types)
