"""One reading of the record: every question in it sees the record as it stood at one instant, and none changes it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg
from psycopg import sql

from keyworker.facts.planning import ONCE, planning_once
from keyworker.facts.remembered import is_steady, steady


@contextmanager
def one_reading(connection: psycopg.Connection) -> Iterator[None]:
    """Read in one snapshot of the record. Takes a connection outside any transaction, or within one reading."""
    if is_steady(connection):
        yield
        return
    with connection.transaction(), steady(connection):
        connection.execute("set transaction isolation level repeatable read, read only")
        yield


@contextmanager
def same_reading(connection: psycopg.Connection, other: psycopg.Connection) -> Iterator[None]:
    """Read on one connection, outside any transaction, what another sees that is within its reading.

    Each question about a few children is planned once for a connection, and not anew for each child: a policy stands in
    each of its tables, so that planning took longer than answering. What is written is planned as ever: some of its
    questions begin at a row of any age, where it matters.
    """
    row = other.execute("select pg_export_snapshot()").fetchone()
    assert row is not None
    with connection.transaction(), steady(connection), planning_once(connection):
        connection.execute(
            sql.SQL(
                "set transaction isolation level repeatable read, read only; set transaction snapshot {snapshot}; "
                + ONCE
            ).format(snapshot=row[0])
        )
        yield


@contextmanager
def one_keeping(connection: psycopg.Connection) -> Iterator[None]:
    """Read in one snapshot of the record and keep beside it what was worked out. Takes a connection as `one_reading`.

    Where somebody else keeps or renews the same meanwhile, theirs stands and nothing is kept here: also where nothing
    was kept before, so that each finds nothing to replace, and only what may stand once tells one from the other.
    """
    with suppress(psycopg.errors.SerializationFailure, psycopg.errors.UniqueViolation), connection.transaction():
        connection.execute("set transaction isolation level repeatable read")
        yield
