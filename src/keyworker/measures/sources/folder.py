"""A folder of Parquet for many councils: `council=XXX/<table>.parquet`, each as a snapshot holds it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import duckdb
from pyarrow.parquet import read_schema

from keyworker.facts.dtypes import DUCKDB
from keyworker.facts.heap import GIVES_BACK, one_heap
from keyworker.facts.snapshot.manifest import FILE, read
from keyworker.measures.passes.councils import Opening
from keyworker.measures.sources.duck import DuckSource
from keyworker.measures.sources.extract import GROUND
from keyworker.vocabulary import TABLES, Table
from keyworker.vocabulary.errors import KeyworkerError

PREFIX = "council="
_ENTRY = dict.fromkeys(("source", "standing"), "varchar") | dict.fromkeys(("entry_id", "act_id"), "bigint")
_ENTRY |= dict.fromkeys(("entered_at", "recorded_at", "superseded_at"), "timestamptz")


def councils_of(folder: Path, now: datetime) -> list[str]:
    """The codes of the councils that a folder holds, in order; none where it is no folder of councils.

    Raises  KeyworkerError when a council's snapshot has expired.
    """
    found = sorted(one.name.removeprefix(PREFIX) for one in folder.glob(f"{PREFIX}*") if one.is_dir())
    for council in found:
        place = folder / f"{PREFIX}{council}"
        if (place / FILE).exists() and read(place).expires_at <= now:
            raise KeyworkerError(
                "A council's snapshot has expired.", where=str(place), remedy="Ask that council for a new one."
            )
    return found


@contextmanager
def councils_in_duckdb(folder: Path) -> Iterator[Opening]:
    """Gives what opens one council's tables in DuckDB, one council at a time; those that its folder lacks are empty.

    All of them use one DuckDB: to make every described table for each council anew took longer than many a question.
    """
    one_heap()
    with duckdb.connect() as duck:
        duck.execute(f"{GIVES_BACK}; set global timezone = 'UTC'; create schema record; create schema nothing")
        duck.execute(";".join(_empty(table) for table in TABLES.values()))
        duck.execute(";".join(_nothing(table) for table in TABLES.values()))

        @contextmanager
        def opening(council: str, tables: Collection[str]) -> Iterator[DuckSource]:
            wanted = GROUND | set(tables)
            place = folder / f"{PREFIX}{council}"
            files = {table: place / f"{table.name}.parquet" for table in TABLES.values() if table.name in wanted}
            held = {table: path for table, path in files.items() if path.exists()}
            duck.execute(";".join(_view(table, path) for table, path in held.items()))
            try:
                yield DuckSource(duck)
            finally:
                duck.execute(";".join(_nothing(table) for table in held))

        yield opening


def _columns(table: Table) -> dict[str, str]:
    return _ENTRY | {column.name: DUCKDB[column.type] for column in table.columns}


def _view(table: Table, path: Path) -> str:
    file = "read_parquet('" + str(path).replace("'", "''") + "', hive_partitioning = false)"
    held = set(read_schema(path).names)
    listed = ", ".join(
        f'"{name}"' if name in held else f'cast(null as {kind}) as "{name}"' for name, kind in _columns(table).items()
    )
    return f'create or replace view record."{table.name}" as select {listed} from {file}'


def _empty(table: Table) -> str:
    described = ", ".join(f'"{name}" {kind}' for name, kind in _columns(table).items())
    return f'create table nothing."{table.name}" ({described})'


def _nothing(table: Table) -> str:
    return f'create or replace view record."{table.name}" as from nothing."{table.name}"'
