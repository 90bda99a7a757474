"""A load: everything that an extract brings, compared outside the lock, written within it, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

import psycopg

from keyworker.record.entry import (
    ERASED,
    GIVEN,
    NO_LONGER_REPORTED,
    REPORTED,
    listed,
    quoted,
    sql_type,
    target,
)
from keyworker.record.writer import keeping
from keyworker.record.writer.act import Act, ActResult, Counts, lock, opened, watermark
from keyworker.record.writer.keeping import SetAsideRow, agree
from keyworker.record.writer.rows import described
from keyworker.vocabulary import Table
from keyworker.vocabulary.errors import KeyworkerError


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


def commit_load(
    connection: psycopg.Connection,
    act: Act,
    now: datetime,
    staged: Sequence[Staged],
    set_aside: Iterable[SetAsideRow],
    compared_with: int,
    *,
    mended: Sequence[int] = (),
    progress: Callable[[str, int], None] | None = None,
    beside: Callable[[psycopg.Connection, ActResult], object] | None = None,
) -> ActResult:
    """Take a compared extract into the record in one act; all or nothing, and committed when this returns.

    Takes   compared_with, the watermark as read before comparing; mended, the numbers of rows set aside earlier that
            this load mends; progress, told of each table with the number of its new entries; beside, what is to be
            done in the same transaction once all is written.
    Gives   the act with its counts by table.
    Raises  StaleComparison when the comparison no longer holds: compare again. Nothing was written then.
    """
    if act.kind != "load":
        raise ValueError(f"this needs an act of kind load, not {act.kind}")
    with keeping.whole(connection):
        result = _write(connection, act, now, staged, set_aside, compared_with, mended, progress)
        if beside is not None:
            beside(connection, result)
    for table, count in result.counts.items():
        if count.added + count.changed >= keeping.STATISTICS_AFTER:
            with connection.transaction():
                keeping.analyse(connection, table)
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
    keeping.keep_set_aside(connection, result, set_aside, left_out)
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
        agree(one.table, "changed", counts.changed, changed)
    postponed = counts.added >= keeping.INDEXES_AFTER and keeping.postpone_indexes(connection, one.table)
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
    agree(one.table, "added and changed", counts.added + counts.changed, written)
    if postponed:
        keeping.build_indexes(connection, one.table)
    keeping.give_handles(connection, table, one.stage)


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
    agree(table.name, "vanished", len(vanished), ended)
