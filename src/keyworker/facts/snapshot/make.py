"""Copy every entry of the record into Parquet, in one consistent view."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path

import polars as pl
import psycopg

from keyworker.facts.dtypes import INSTANT, schema_of
from keyworker.facts.snapshot.columns import ENTRY_COLUMNS, carried, is_keyed, select
from keyworker.facts.snapshot.manifest import Manifest
from keyworker.vocabulary import TABLES, Table
from keyworker.vocabulary.errors import KeyworkerError

BATCH = 50_000
LIFE = timedelta(days=30)

_ENTRY_TYPES: dict[str, type[pl.DataType] | pl.DataType] = {
    "entry_id": pl.Int64,
    "act_id": pl.Int64,
    "entered_at": INSTANT,
    "recorded_at": INSTANT,
    "superseded_at": INSTANT,
}


def make(
    connection: psycopg.Connection,
    home: Path,
    *,
    now: datetime,
    made_by: str,
    reason: str,
    identifying: bool = False,
    without: Collection[str] = (),
    life: timedelta = LIFE,
) -> Path:
    """Make a snapshot of the whole record, nameless unless `identifying` is asked for with a reason.

    Takes   connection as the snapshot role, outside a transaction; home, the data folder; without, identifiers of
            children of whom one with names holds no row: restricted children for whom whoever makes it is not named.
    Gives   the folder, readable by its owner only. Nothing is left behind when it fails.
    """
    if identifying and not reason.strip():
        raise KeyworkerError(
            "A snapshot with names needs a reason.",
            remedy="Say why with --reason; it is kept with the snapshot.",
        )
    name = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
    folder = home / "snapshots" / name
    folder.mkdir(parents=True, mode=0o700)
    folder.parent.chmod(0o700)
    try:
        rows, last_act = _copy(connection, folder, without if identifying else (), identifying=identifying)
        Manifest(name, now, now + life, made_by, reason, identifying, last_act, rows).write(folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def _copy(
    connection: psycopg.Connection, folder: Path, without: Collection[str], *, identifying: bool
) -> tuple[dict[str, int], int]:
    # The secret is never kept, so nobody can turn a key back or join two snapshots.
    secret = secrets.token_hex(32)
    with connection.transaction():
        connection.execute("set transaction isolation level repeatable read, read only")
        last_act = connection.execute("select coalesce(max(act_id), 0) from record.act").fetchone()
        acts = connection.execute("select act_id, source, cut_at, known_after, known_by, recorded_at from record.act")
        acts_frame = pl.DataFrame(acts.fetchall(), schema=_ACTS, orient="row")
        _write(acts_frame, folder / "act.parquet")
        rows = {
            table.name: _copy_table(connection, table, folder, secret, without, identifying=identifying)
            for table in TABLES.values()
            if not table.stays
        }
    return rows, int(last_act[0]) if last_act else 0


_ACTS: dict[str, type[pl.DataType] | pl.DataType] = {
    "act_id": pl.Int64,
    "source": pl.String,
    "cut_at": INSTANT,
    "known_after": INSTANT,
    "known_by": INSTANT,
    "recorded_at": INSTANT,
}


def _copy_table(
    connection: psycopg.Connection,
    table: Table,
    folder: Path,
    secret: str,
    without: Collection[str],
    *,
    identifying: bool,
) -> int:
    schema = _schema(table, identifying=identifying)
    parts: list[Path] = []
    total = 0
    with connection.cursor(name="snapshot") as cursor:
        cursor.itersize = BATCH
        asked = select(table, identifying=identifying, leaves_out=bool(without))
        cursor.execute(asked.encode(), {"secret": secret, "without": list(without)})
        while rows := cursor.fetchmany(BATCH):
            frame = pl.DataFrame(rows, schema=schema, orient="row")
            parts.append(folder / f"{table.name}.{len(parts)}.part")
            _write(frame, parts[-1])
            total += len(rows)
    whole = pl.concat([pl.scan_parquet(part) for part in parts]) if parts else pl.LazyFrame(schema=schema)
    target = folder / f"{table.name}.parquet"
    whole.sink_parquet(target)
    target.chmod(0o600)
    for part in parts:
        part.unlink()
    return total


def _schema(table: Table, *, identifying: bool) -> dict[str, type[pl.DataType] | pl.DataType]:
    described = schema_of(carried(table, identifying=identifying))
    keyed = {column.name: pl.String for column in carried(table, identifying=identifying) if is_keyed(column)}
    return {**{name: _ENTRY_TYPES.get(name, pl.String) for name in ENTRY_COLUMNS}, **described, **keyed}


def _write(frame: pl.DataFrame, path: Path) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        frame.write_parquet(file)
