"""Open a snapshot in DuckDB, under the names that the record's tables have."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb

from keyworker.facts.dtypes import DUCKDB
from keyworker.facts.heap import GIVES_BACK, one_heap
from keyworker.facts.snapshot.columns import carried
from keyworker.facts.snapshot.manifest import Manifest, read
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.errors import KeyworkerError


def _file(folder: Path, name: str) -> str:
    path = str(folder / f"{name}.parquet").replace("'", "''")
    return f"read_parquet('{path}')"


def open_snapshot(folder: Path, *, now: datetime) -> tuple[duckdb.DuckDBPyConnection, Manifest]:
    """Open a snapshot for reading: `record.<table>` holds the same entries as the record's table.

    Raises  KeyworkerError when the folder is no snapshot, or its time is over.
    """
    manifest = read(folder)
    if manifest.expires_at <= now:
        raise KeyworkerError(
            "This snapshot has expired.",
            where=str(folder),
            remedy="Make a new one with `keyworker snapshot`.",
        )
    one_heap()
    connection = duckdb.connect()
    connection.execute(f"{GIVES_BACK}; set global timezone = 'UTC'")
    connection.execute("create schema record")
    connection.execute(f"create view record.act as select * from {_file(folder, 'act')}")
    for table in TABLES.values():
        if table.stays:
            continue
        # A query names every column; those that a nameless snapshot left behind are there, and empty.
        held = {column.name for column in carried(table, identifying=manifest.identifying)}
        empty = [f"null::{DUCKDB[column.type]} as {column.name}" for column in table.columns if column.name not in held]
        columns = ", ".join(["*", *empty])
        connection.execute(f"create view record.{table.name} as select {columns} from {_file(folder, table.name)}")
    connection.execute("set lock_configuration = true")
    return connection, manifest
