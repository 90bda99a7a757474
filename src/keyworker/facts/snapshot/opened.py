"""Open a snapshot in DuckDB, under the names that the record's tables have."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb

from keyworker.facts.snapshot.manifest import Manifest, read
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.errors import KeyworkerError


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
    connection = duckdb.connect()
    connection.execute("set timezone = 'UTC'")
    connection.execute("create schema record")
    for name in ("act", *TABLES):
        path = str(folder / f"{name}.parquet").replace("'", "''")
        connection.execute(f"create view record.{name} as select * from read_parquet('{path}')")
    connection.execute("set lock_configuration = true")
    return connection, manifest
