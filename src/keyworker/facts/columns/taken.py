"""What one question reads, taken out of the record by column: the rows that it sees, and of them the columns it names.

Nothing outlives the question, so nothing need be kept in step; what identifies somebody may be read as in the record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import duckdb
import psycopg

from keyworker.facts.arrow import columns_of
from keyworker.facts.columns.kept import ENTRY, SQL
from keyworker.facts.columns.seen import Columns
from keyworker.facts.columns.told import CARRIED, columns_read
from keyworker.facts.lens import Lens
from keyworker.facts.relations import render
from keyworker.vocabulary import TABLES, Table, Type

MEMORY = "2GiB"
"""What a question and what was taken for it may hold: over twice what ten thousand open children take. None of it is
written to a disk."""


@contextmanager
def taken(connection: psycopg.Connection, lens: Lens, query: str) -> Iterator[Columns]:
    """What a query over named tables sees through a lens, to be asked through `lens.taken`.

    Raises  duckdb.OutOfMemoryException where it is more than the memory that it may hold.
    """
    # Hundreds of small steps: more threads than one wait for each other for longer than they work.
    with duckdb.connect(config={"temp_directory": "", "threads": 1, "memory_limit": MEMORY}) as found:
        found.execute("set global timezone = 'UTC'; set enable_external_access = false")
        found.execute("create schema record; create schema taken")
        for name, columns in columns_read(query).items():
            _take(connection, found, lens, TABLES[name], columns)
        yield Columns(found)


def _take(
    connection: psycopg.Connection,
    found: duckdb.DuckDBPyConnection,
    lens: Lens,
    table: Table,
    columns: Sequence[str],
) -> None:
    every = ENTRY | {column.name: column.type for column in table.columns}
    types = {name: every[name] for name in columns if name not in ("standing", "superseded_at")}
    asked = render(f"select {', '.join(f't.{name}' for name in types)} from {{{table.name}}} t", lens)
    found.register("part", columns_of(connection, asked.sql, types, asked.parameters))
    listed = ", ".join(_held(name, kind) for name, kind in types.items())
    found.execute(f'create table taken."{table.name}" as select {listed} from part')
    found.unregister("part")
    carried = (_never(name, every[name]) for name in CARRIED & every.keys() - types.keys())
    found.execute(f'create view record."{table.name}" as select {", ".join(["*", *carried])} from taken."{table.name}"')


def _held(name: str, kind: Type) -> str:
    return f'cast("{name}" as {SQL[kind]}) as "{name}"' if kind is Type.DECIMAL else f'"{name}"'


def _never(name: str, kind: Type) -> str:
    """A column that a derived relation carries along and nobody reads: whoever reads it fails."""
    never = f"case when entry_id is not null then error('{name} is not taken') end"
    return f'cast({never} as {SQL[kind]}) as "{name}"'
