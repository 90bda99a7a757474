"""What every load does to the record, however its rows came: indexes late, handles, rows set aside, statistics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import polars as pl
import psycopg
from psycopg.pq import TransactionStatus
from psycopg.types.json import Jsonb

from keyworker.record.entry import handle_columns, quoted
from keyworker.record.writer.act import ActResult
from keyworker.vocabulary import Table
from keyworker.vocabulary.errors import KeyworkerError

INDEXES_AFTER = 50_000  # rows from which it pays to build the indexes of an empty table after its rows
STATISTICS_AFTER = 1_000  # rows from which fresh statistics are worth their tenth of a second


@dataclass(frozen=True)
class SetAsideRow:
    """One row that could not be trusted, kept whole so that it can be mended.

    Takes   raw, the row as the source wrote it; row_key where its key could be read, so that an erasure finds it.
    """

    file: str
    table: str
    row: int
    column: str
    value: str | None
    reason: str
    remedy: str
    raw: Mapping[str, Any] | None = None
    row_key: UUID | None = None


@contextmanager
def whole(connection: psycopg.Connection) -> Iterator[None]:
    """One transaction that a load has for itself: committed when it ends, or nothing of it stays."""
    if connection.info.transaction_status != TransactionStatus.IDLE:
        raise ValueError("a load commits by itself: give it a connection outside any transaction")
    try:
        with connection.transaction():
            yield
    except psycopg.IntegrityError as error:
        # The database's own words would show the row.
        raise KeyworkerError(
            "The load was refused whole: its rows do not fit the record.",
            where=f"{error.diag.table_name}, {error.diag.constraint_name}",
            remedy="This is a fault in the program: report it with the name of the file's format.",
        ) from None


def postpone_indexes(connection: psycopg.Connection, table: str) -> bool:
    """Put off the indexes of a table that is empty and that nobody reads just now. Gives whether they are."""
    row = connection.execute("select record.postpone_indexes(%s)", (table,)).fetchone()
    return bool(row and row[0])


def build_indexes(connection: psycopg.Connection, table: str) -> None:
    """Build the indexes that were put off."""
    connection.execute("select record.build_indexes(%s)", (table,))


def analyse(connection: psycopg.Connection, table: str) -> None:
    """Gather fresh statistics of a table, without which its first questions would be planned badly."""
    connection.execute("select record.analyse(%s)", (table,))


def agree(table: str, what: str, said: int, found: int) -> None:
    """Stop a load whose counts are not those of the record."""
    if said != found:
        raise ValueError(f"{table}: the loader counted {said} {what} rows, the record found {found}")


def give_handles(connection: psycopg.Connection, table: Table, stage: str) -> None:
    """Give a handle to every identifier in a stage that has none."""
    for name, kind in handle_columns(table):
        connection.execute(
            f"insert into record.handle (kind, id) select '{kind}', id"
            f" from (select distinct {quoted(name)} as id from {stage} where {quoted(name)} is not null) as new"
            f" where not exists (select 1 from record.handle as old where old.kind = '{kind}' and old.id = new.id)"
            " on conflict do nothing".encode()
        )


def give_handles_to(connection: psycopg.Connection, kind: str, identifiers: pl.Series) -> None:
    """Give a handle to each of these identifiers, each given once, that has none."""
    content = identifiers.sort().to_frame().write_csv(include_header=False, quote_style="always").encode()
    connection.execute('create temporary table if not exists identifier (id text collate "C") on commit drop')
    connection.execute("delete from pg_temp.identifier")
    with connection.cursor() as cursor, cursor.copy("copy pg_temp.identifier from stdin (format csv)") as copy:
        copy.write(content)
    connection.execute(
        "insert into record.handle (kind, id) select %s, id from pg_temp.identifier as new where not exists"
        " (select 1 from record.handle as old where old.kind = %s and old.id = new.id) on conflict do nothing",
        (kind, kind),
    )


def keep_set_aside(
    connection: psycopg.Connection, result: ActResult, set_aside: Iterable[SetAsideRow], left_out: Mapping[str, int]
) -> None:
    """Keep the rows that could not be trusted. Raises ValueError where they are not as many as the counts say."""
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "copy record.set_aside (act_id, file, table_name, row_number, column_name, value, reason, remedy, raw,"
            " row_key) from stdin"
        ) as copy,
    ):
        for row in set_aside:
            raw = Jsonb(dict(row.raw)) if row.raw is not None else None
            where = (result.act_id, row.file, row.table, row.row, row.column)
            copy.write_row((*where, row.value, row.reason, row.remedy, raw, row.row_key))
    kept: dict[str, int] = dict(
        connection.execute(
            "select table_name, count(*) from record.set_aside where act_id = %s group by 1",
            (result.act_id,),
        ).fetchall()
    )
    for table, counts in result.counts.items():
        agree(table, "set aside", counts.set_aside - left_out[table], kept.pop(table, 0))
    if kept:
        raise ValueError(f"rows were set aside for tables that the load does not count: {sorted(kept)}")
