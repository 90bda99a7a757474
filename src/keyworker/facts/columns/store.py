"""Where the columns are held: a database of this process's memory that follows the record act by act."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Lock

import duckdb
import psycopg
import pyarrow as pa

from keyworker.facts.columns.copied import Acts, acts_after, entries, number_after, superseded
from keyworker.facts.columns.kept import create, held, stored, typed
from keyworker.facts.columns.seen import Columns
from keyworker.vocabulary import TABLES, Kind, Table

MEMORY = "2GiB"
"""What the columns and the questions to them may take together. Nothing is written to a disk in its place."""

PATIENCE = 2.0
"""Seconds that a question waits while another takes something in: about as long as the record itself would take."""

_DAY = {Kind.PERIOD: "from_on", Kind.EVENT: "happened_on"}


class Store:
    """The columns of one record.

    Takes   memory, its bound, in DuckDB's words.
    """

    def __init__(self, memory: str = MEMORY) -> None:
        self._database = duckdb.connect(config={"memory_limit": memory})
        self._database.execute("set global timezone = 'UTC'; set temp_directory = ''")
        self._database.execute("attach ':memory:' as columns (compress); use columns")
        self._database.execute(create())
        self._database.execute("create table held.state as select 0::bigint as act_id")
        self._database.execute("set enable_external_access = false; set lock_configuration = true")
        self._writing = Lock()
        self._act_id = 0
        self._recorded_at = datetime.min.replace(tzinfo=UTC)

    def follow(self, connection: psycopg.Connection, *, most: int | None = None) -> bool:
        """Take in what was written since the last act held, up to the last that the connection's transaction sees.

        Takes   most, how many entries at most; where more were written, nothing is taken in and it gives False.
        """
        if not self._may_write(wait=most is None):
            return False
        try:
            acts = acts_after(connection, self._act_id)
            if acts is None:
                return True
            if most is not None and (self._act_id == 0 or _is_more_than(connection, acts, most)):
                return False
            with self._cursor() as cursor:
                cursor.execute("begin")
                for name in acts.tables:
                    self._take_in(connection, cursor, TABLES[name], acts)
                cursor.execute("update held.state set act_id = $act_id", {"act_id": acts.last}).fetchall()
                cursor.execute("commit")
            self._act_id, self._recorded_at = acts.last, acts.recorded_at
            return True
        finally:
            self._writing.release()

    @contextmanager
    def after(self, act_id: int) -> Iterator[Columns | None]:
        """The columns as they stood after an act, for as long as the question takes; None when they stand elsewhere."""
        with self._cursor() as cursor:
            cursor.execute("begin")
            state = cursor.execute("select act_id from held.state").fetchall()
            yield Columns(cursor) if state == [(act_id,)] else None

    def close(self) -> None:
        """Let go of the memory."""
        self._database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        cursor = self._database.cursor()
        try:
            cursor.execute("use columns")
            yield cursor
        finally:
            cursor.close()  # which also rolls back what was begun and not committed

    def _may_write(self, *, wait: bool) -> bool:
        """Whoever asks a question waits for a little that is being taken in, not for the whole record."""
        return self._writing.acquire(timeout=-1 if wait else PATIENCE if self._act_id else 0)

    def _take_in(
        self, connection: psycopg.Connection, cursor: duckdb.DuckDBPyConnection, table: Table, acts: Acts
    ) -> None:
        whole = self._act_id == 0 or table.name in acts.erased
        if whole:
            cursor.execute(f"delete from {stored(table)}").fetchall()
        else:
            self._supersede(connection, cursor, table, acts)
        for part in entries(connection, table, 0 if whole else acts.first_entry):
            _insert(cursor, table, part)
            if self._act_id == 0:
                _compress(cursor)

    def _supersede(
        self, connection: psycopg.Connection, cursor: duckdb.DuckDBPyConnection, table: Table, acts: Acts
    ) -> None:
        replaced = superseded(connection, table, self._recorded_at, acts.first_entry)
        if not replaced.num_rows:
            return
        cursor.register("part", replaced)
        cursor.execute(
            f"update {stored(table)} t set superseded_at = p.superseded_at from part p where t.entry_id = p.entry_id"
        ).fetchall()
        cursor.unregister("part")


def _insert(cursor: duckdb.DuckDBPyConnection, table: Table, part: pa.Table) -> None:
    # In order of days, so that a question about some days passes over whole blocks of others.
    day = _DAY.get(table.kind)
    listed = ", ".join(typed(name, kind) for name, kind in held(table).items())
    cursor.register("part", part)
    cursor.execute(
        f"insert into {stored(table)} by name select {listed} from part {f'order by {day}' if day else ''}"
    ).fetchall()
    cursor.unregister("part")


def _compress(cursor: duckdb.DuckDBPyConnection) -> None:
    """What is taken in first of all is compressed part by part; nobody sees any before the last."""
    cursor.execute("commit")
    cursor.execute("checkpoint")
    cursor.execute("begin")


def _is_more_than(connection: psycopg.Connection, acts: Acts, most: int) -> bool:
    found = 0
    for name in acts.tables:
        found += number_after(connection, TABLES[name], acts.first_entry, most + 1)
        if found > most:
            return True
    return bool(acts.erased)
