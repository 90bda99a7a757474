"""The record's schema in PostgreSQL, made from the vocabulary's own description of its tables."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

import psycopg

from keyworker.record import described
from keyworker.record.entry import handle_columns
from keyworker.vocabulary import TABLES

VERSION = 1
"""The number of the last hand-written step; a database with a higher one is newer than this program."""


def create(connection: psycopg.Connection) -> None:
    """Make the record in an empty database. Safe to repeat: a record that is there is left as it is.

    Takes   a connection as the owner. All or nothing.
    """
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock(hashtextextended('keyworker schema', 0))")
        if exists(connection):
            return
        connection.execute(";\n".join(_statements()).encode())
        fill_handle_columns(connection)
        connection.execute(
            "insert into record.schema_step (number, what) values (%s, %s)", (VERSION, "The record is made.")
        )


def exists(connection: psycopg.Connection) -> bool:
    """Whether the database holds a record."""
    found = connection.execute("select to_regclass('record.schema_step') is not null").fetchone()
    return bool(found and found[0])


def script(name: str) -> str:
    """One of the SQL files that stand beside this module."""
    return resources.files("keyworker.record").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def fill_handle_columns(connection: psycopg.Connection) -> None:
    """Say in the database which columns hold the identifiers that have handles."""
    rows = [(table.name, column, kind) for table in TABLES.values() for column, kind in handle_columns(table)]
    with connection.cursor() as cursor:
        cursor.executemany("insert into record.handle_column values (%s, %s, %s) on conflict do nothing", rows)


def _statements() -> Iterator[str]:
    yield script("base")
    yield script("functions")
    yield script("guards")
    for table in TABLES.values():
        yield from described.statements(table)
    yield script("grants")
