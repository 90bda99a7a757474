"""Made-up acts, rows and stages for the tests of the record, and the plainest reading of what was known when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl
import psycopg
import pyarrow as pa

from keyworker.record import digest as hashing
from keyworker.record.writer import Act, ActResult, SetAsideRow, Staged, commit_load, stage_ddl, watermark
from keyworker.record.writer.packed import HASHES, packed
from keyworker.vocabulary import TABLES, Table

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ENTRY = Act("entry", "Duty Worker", "recording a visit", "keyworker")
CORRECTION = Act("correction", "Duty Worker", "the visit was on another day")
ENDING = Act("ending", "Duty Worker", "the work ended")
ERASURE = Act("erasure", "Records Officer", "a court ordered it")


def visit(number: int = 1, **given: Any) -> dict[str, Any]:
    return {
        "cin_visit_id": f"VISIT-{number}",
        "child_id": f"CHILD-{number}",
        "happened_on": date(2026, 2, 3),
        "worker_id": "WORKER-1",
        **given,
    }


def involvement(number: int = 1, **given: Any) -> dict[str, Any]:
    return {
        "involvement_id": f"INVOLVEMENT-{number}",
        "child_id": f"CHILD-{number}",
        "worker_id": "WORKER-1",
        "from_on": date(2026, 1, 5),
        **given,
    }


def load_act(cut_at: datetime | None = None) -> Act:
    return Act("load", "Performance Analyst", "the weekly extract", "ssd", cut_at=cut_at)


def load(
    connection: psycopg.Connection,
    new: Sequence[Mapping[str, Any]],
    *,
    table: str = "cin_visits",
    changed: int = 0,
    vanished: Sequence[Mapping[str, Any]] = (),
    set_aside: Sequence[SetAsideRow] = (),
    unchanged: int = 0,
    compared_with: int | None = None,
    cut_at: datetime | None = None,
    now: datetime = NOON,
    mended: Sequence[int] = (),
) -> ActResult:
    """Load rows, of which so many replace what stands, as a loader would: staged outside the lock, then committed."""
    described = TABLES[table]
    with connection.transaction():
        seen = watermark(connection, "ssd") if compared_with is None else compared_with
        connection.execute("drop table if exists pg_temp.new")
        connection.execute(stage_ddl(table, "pg_temp.new"))
        names = [column.name for column in described.columns]
        for row in new:
            connection.execute(
                f"insert into pg_temp.new values (%s, %s, %s{', %s' * len(names)})",
                (
                    hashing.row_key("ssd", described, row),
                    hashing.digest(described, row),
                    row.get("entered_at"),
                    *(row.get(name) for name in names),
                ),
            )
    read = len(new) + unchanged + len(set_aside)
    staged = Staged(
        table,
        "pg_temp.new",
        len(new) - changed,
        changed,
        unchanged,
        read,
        [hashing.row_key("ssd", described, row) for row in vanished],
    )
    return commit_load(connection, load_act(cut_at), now, [staged], set_aside, seen, mended=mended)


def texts(table: Table, rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Rows as canonical texts, a column each."""
    said = [
        {
            column.name: None if row.get(column.name) is None else hashing.canonical(column.type, row[column.name])
            for column in table.columns
        }
        for row in rows
    ]
    return pl.DataFrame(said, schema=dict.fromkeys(table.column_names, pl.String))


def packed_rows(rows: Sequence[Mapping[str, Any]], table_name: str = "cin_visits") -> pa.LargeBinaryArray:
    """Rows of a source `ssd` as the database takes them."""
    table = TABLES[table_name]
    halves = [
        [
            int.from_bytes(one.bytes[at : at + 8], "little")
            for one in (hashing.row_key("ssd", table, row), hashing.digest(table, row))
            for at in (0, 8)
        ]
        for row in rows
    ]
    hashes = pl.DataFrame(halves, schema=dict.fromkeys(HASHES, pl.UInt64), orient="row")
    return packed(table, texts(table, rows), pl.Series([None] * len(rows), dtype=pl.String), hashes)


def known_then(connection: psycopg.Connection, table: str, known_at: datetime) -> list[tuple[Any, ...]]:
    """What the record says was known at an instant, read as plainly as it can be."""
    names = ", ".join(f'"{name}"' for name in ("source", *TABLES[table].column_names))
    return connection.execute(
        f"select {names} from record.{table} where standing = 'reported' and recorded_at <= %s"
        " and (superseded_at is null or superseded_at > %s) order by row_key",
        (known_at, known_at),
    ).fetchall()


def instants(connection: psycopg.Connection) -> list[datetime]:
    rows = connection.execute("select recorded_at from record.act order by act_id").fetchall()
    return [instant for (instant,) in rows]


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)
