"""A folder of Parquet for many councils: `council=XXX/<table>.parquet`, each as a snapshot holds it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import duckdb

from keyworker.facts.dtypes import DUCKDB
from keyworker.facts.snapshot.manifest import FILE, read
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
def council_in_duckdb(folder: Path, council: str, tables: Collection[str] = ()) -> Iterator[DuckSource]:
    """One council's tables in DuckDB; those that its folder lacks are there and empty.

    Takes   tables, those that will be read (none given: all).
    """
    with duckdb.connect() as duck:
        duck.execute("set timezone = 'UTC'; create schema record")
        wanted = GROUND | set(tables)
        for table in TABLES.values():
            path = folder / f"{PREFIX}{council}" / f"{table.name}.parquet"
            is_read = (not tables or table.name in wanted) and path.exists()
            duck.execute(_view(duck, table, path) if is_read else _nothing(table))
        yield DuckSource(duck)


def _columns(table: Table) -> dict[str, str]:
    return _ENTRY | {column.name: DUCKDB[column.type] for column in table.columns}


def _view(duck: duckdb.DuckDBPyConnection, table: Table, path: Path) -> str:
    file = "read_parquet('" + str(path).replace("'", "''") + "', hive_partitioning = false)"
    held = {row[0] for row in duck.execute(f"describe select * from {file}").fetchall()}
    listed = ", ".join(
        f'"{name}"' if name in held else f'cast(null as {kind}) as "{name}"' for name, kind in _columns(table).items()
    )
    return f'create view record."{table.name}" as select {listed} from {file}'


def _nothing(table: Table) -> str:
    described = ", ".join(f'"{name}" {kind}' for name, kind in _columns(table).items())
    return f'create table record."{table.name}" ({described})'
