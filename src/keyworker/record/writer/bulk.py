"""A load: everything that an extract brings, compared outside the lock, written within it, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.types.json import Jsonb

from keyworker.record.entry import (
    ERASED,
    GIVEN,
    NO_LONGER_REPORTED,
    REPORTED,
    handle_columns,
    listed,
    quoted,
    sql_type,
    target,
)
from keyworker.record.writer.act import Act, ActResult, Counts, lock, opened
from keyworker.record.writer.rows import described
from keyworker.vocabulary import Table
from keyworker.vocabulary.errors import KeyworkerError

INDEXES_AFTER = 50_000  # rows from which it pays to build the indexes of an empty table after its rows
STATISTICS_AFTER = 1_000  # rows from which fresh statistics are worth their tenth of a second


class StaleComparison(KeyworkerError):
    """Something of this source was written after the loader compared; it has to compare again."""


@dataclass(frozen=True)
class Staged:
    """What a load brings for one table.

    Takes   stage, a table made by `stage_ddl` that holds the new and the changed rows (empty: there are none);
            added and changed, how many of each; unchanged and read, counted by the loader;
            vanished, the row keys that the extract no longer holds though it should.
    """

    table: str
    stage: str = ""
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    read: int = 0
    vanished: Sequence[UUID] = ()


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


def stage_ddl(table_name: str, stage: str) -> str:
    """The SQL that makes a stage for a table: a name in schema `stage`, or `pg_temp.name`, gone with its connection."""
    table = described(table_name)
    schema, _, name = stage.rpartition(".")
    if not name.isidentifier() or schema not in ("stage", "pg_temp"):
        raise ValueError(f"a stage is called stage.name or pg_temp.name, not {stage!r}")
    kind = "unlogged" if schema == "stage" else "temporary"
    columns = [f"{quoted(column.name)} {sql_type(column)}" for column in table.columns]
    head = "row_key uuid not null, digest uuid not null, entered_at timestamptz"
    return f"create {kind} table {stage} ({', '.join([head, *columns])})"


def current(table_name: str) -> str:
    """The SQL with which a loader compares: `row_key`, `digest`, `standing` of what stands now from source `%s`.

    A row that is no longer reported, or is erased, has no digest here, so it differs from anything a file holds.
    """
    return (
        f"select row_key, case when standing = '{REPORTED}' then digest end as digest, standing "
        f"from {target(described(table_name))} where source = %s and superseded_at is null"
    )


def watermark(connection: psycopg.Connection, source: str) -> int:
    """The last act of a source, to be read before comparing; 0 when it has none."""
    row = connection.execute("select coalesce(max(act_id), 0) from record.act where source = %s", (source,)).fetchone()
    return int(row[0]) if row else 0


def commit_load(
    connection: psycopg.Connection,
    act: Act,
    now: datetime,
    staged: Sequence[Staged],
    set_aside: Iterable[SetAsideRow],
    watermark: int,
    *,
    mended: Sequence[int] = (),
    progress: Callable[[str, int], None] | None = None,
) -> ActResult:
    """Take a compared extract into the record in one act; all or nothing, and committed when this returns.

    Takes   watermark, as read before comparing; mended, the numbers of rows set aside earlier that this load mends;
            progress, told of each table with the number of its new entries.
    Gives   the act with its counts by table.
    Raises  StaleComparison when the comparison no longer holds: compare again. Nothing was written then.
    """
    if act.kind != "load":
        raise ValueError(f"this needs an act of kind load, not {act.kind}")
    if connection.info.transaction_status != TransactionStatus.IDLE:
        raise ValueError("a load commits by itself: give it a connection outside any transaction")
    try:
        with connection.transaction():
            result = _write(connection, act, now, staged, set_aside, watermark, mended, progress)
    except psycopg.IntegrityError as error:
        # The database's own words would show the row.
        raise KeyworkerError(
            "The load was refused whole: its rows do not fit the record.",
            where=f"{error.diag.table_name}, {error.diag.constraint_name}",
            remedy="This is a fault in the program: report it with the name of the file's format.",
        ) from None
    for table, count in result.counts.items():
        if count.added + count.changed >= STATISTICS_AFTER:
            with connection.transaction():
                connection.execute("select record.analyse(%s)", (table,))
    return result


def _write(
    connection: psycopg.Connection,
    act: Act,
    now: datetime,
    staged: Sequence[Staged],
    set_aside: Iterable[SetAsideRow],
    compared_with: int,
    mended: Sequence[int],
    progress: Callable[[str, int], None] | None,
) -> ActResult:
    lock(connection)
    if watermark(connection, act.source) != compared_with:
        raise StaleComparison(
            "Something else of this source was recorded while this load was being compared.",
            where=f"source {act.source}",
            remedy="Compare again, and load.",
        )
    left_out = {one.table: _leave_out_erased(connection, one) for one in staged}
    # Vanished rows that another act has ended meanwhile cannot be: the watermark holds. So they are counted as given.
    counts = {one.table: _counts(one, left_out[one.table]) for one in staged}
    notes = act.notes + tuple(
        f"{number} rows of {table} were erased here and are not taken back."
        for table, number in left_out.items()
        if number
    )
    written = [table for table, count in counts.items() if count.added or count.changed or count.ended]
    result = opened(connection, replace(act, notes=notes), now, written, counts)
    for one in staged:
        _write_table(connection, result, act.source, one, counts[one.table])
        if progress:
            progress(one.table, counts[one.table].added + counts[one.table].changed)
    _keep_set_aside(connection, result, set_aside, left_out)
    if mended:
        connection.execute(
            "update record.set_aside set mended_by = %s where set_aside_id = any(%s) and mended_by is null",
            (result.act_id, list(mended)),
        )
    return result


def _counts(one: Staged, left_out: int) -> Counts:
    set_aside = one.read - one.added - one.changed - one.unchanged
    if set_aside < 0:
        raise ValueError(f"{one.table}: more rows were staged and unchanged than read")
    return Counts(one.read, one.added, one.changed - left_out, len(one.vanished), one.unchanged, set_aside + left_out)


def _leave_out_erased(connection: psycopg.Connection, one: Staged) -> int:
    """Take rows that were lawfully erased back out of the stage; a loader counts them as changed."""
    if not one.stage or not _any(connection, "select 1 from record.erasure where table_name = %s", (one.table,)):
        return 0
    table = described(one.table)
    return connection.execute(
        f"delete from {one.stage} as new using {target(table)} as old where old.row_key = new.row_key"
        f" and old.superseded_at is null and old.standing = '{ERASED}'".encode()
    ).rowcount


def _any(connection: psycopg.Connection, query: LiteralString, values: tuple[Any, ...]) -> bool:
    return connection.execute(query + " limit 1", values).fetchone() is not None


def _write_table(connection: psycopg.Connection, result: ActResult, source: str, one: Staged, counts: Counts) -> None:
    table = described(one.table)
    if one.vanished:
        _end_vanished(connection, result, table, one.vanished)
    if not counts.added and not counts.changed:
        return
    if counts.changed:
        connection.execute(f"analyze {one.stage}".encode())
        changed = connection.execute(
            f"update {target(table)} as old set superseded_at = %s from {one.stage} as new"
            " where old.row_key = new.row_key and old.superseded_at is null".encode(),
            (result.recorded_at,),
        ).rowcount
        _agree(one.table, "changed", counts.changed, changed)
    postponed = counts.added >= INDEXES_AFTER and _postpone(connection, one.table)
    given = {
        "act_id": "%(act_id)s",
        "source": "%(source)s",
        "standing": f"'{REPORTED}'",
        "recorded_at": "%(recorded_at)s",
    }
    columns = [*GIVEN, *table.column_names]
    written = connection.execute(
        f"insert into {target(table)} ({listed(columns)})"
        f" select {', '.join(given.get(name, quoted(name)) for name in columns)} from {one.stage}".encode(),
        {"act_id": result.act_id, "source": source, "recorded_at": result.recorded_at},
    ).rowcount
    _agree(one.table, "added and changed", counts.added + counts.changed, written)
    if postponed:
        connection.execute("select record.build_indexes(%s)", (one.table,))
    _give_handles(connection, table, one.stage)


def _postpone(connection: psycopg.Connection, table: str) -> bool:
    row = connection.execute("select record.postpone_indexes(%s)", (table,)).fetchone()
    return bool(row and row[0])


def _agree(table: str, what: str, said: int, found: int) -> None:
    if said != found:
        raise ValueError(f"{table}: the loader counted {said} {what} rows, the record found {found}")


def _end_vanished(connection: psycopg.Connection, result: ActResult, table: Table, vanished: Sequence[UUID]) -> None:
    columns = [*GIVEN, *table.column_names]
    given = {"act_id": "%(act_id)s", "standing": f"'{NO_LONGER_REPORTED}'", "recorded_at": "%(recorded_at)s"}
    ended = connection.execute(
        f"with closed as (update {target(table)} set superseded_at = %(recorded_at)s where row_key = any(%(keys)s)"
        f" and superseded_at is null and standing = '{REPORTED}' returning *)"
        f" insert into {target(table)} ({listed(columns)})"
        f" select {', '.join(given.get(name, quoted(name)) for name in columns)} from closed".encode(),
        {"act_id": result.act_id, "recorded_at": result.recorded_at, "keys": list(vanished)},
    ).rowcount
    _agree(table.name, "vanished", len(vanished), ended)


def _give_handles(connection: psycopg.Connection, table: Table, stage: str) -> None:
    for name, kind in handle_columns(table):
        connection.execute(
            f"insert into record.handle (kind, id) select '{kind}', id"
            f" from (select distinct {quoted(name)} as id from {stage} where {quoted(name)} is not null) as new"
            f" where not exists (select 1 from record.handle as old where old.kind = '{kind}' and old.id = new.id)"
            " on conflict do nothing".encode()
        )


def _keep_set_aside(
    connection: psycopg.Connection, result: ActResult, set_aside: Iterable[SetAsideRow], left_out: Mapping[str, int]
) -> None:
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
            "select table_name, count(distinct (file, row_number)) from record.set_aside where act_id = %s group by 1",
            (result.act_id,),
        ).fetchall()
    )
    for table, counts in result.counts.items():
        _agree(table, "set aside", counts.set_aside - left_out[table], kept.pop(table, 0))
    if kept:
        raise ValueError(f"rows were set aside for tables that the load does not count: {sorted(kept)}")
