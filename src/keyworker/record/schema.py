"""The record's schema in PostgreSQL, made from the vocabulary's own description of its tables."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib import resources

import psycopg

from keyworker.record import described, policies
from keyworker.record.entry import handle_columns
from keyworker.vocabulary import TABLES

VERSION = 6
"""The number of the last hand-written step; a database with a higher one is newer than this program."""


def create(connection: psycopg.Connection) -> None:
    """Make the record in an empty database. Safe to repeat: a record that is there is left as it is.

    Takes   a connection as the owner. All or nothing.
    """
    with connection.transaction():
        lock(connection)
        if exists(connection):
            return
        connection.execute(";\n".join(statements()).encode())
        fill_handle_columns(connection)
        note_step(connection, "The record is made.", VERSION)


def exists(connection: psycopg.Connection) -> bool:
    """Whether the database holds a record."""
    found = connection.execute("select to_regclass('record.schema_step') is not null").fetchone()
    return bool(found and found[0])


def lock(connection: psycopg.Connection) -> None:
    """Wait to be the only one who changes the schema, until this transaction ends."""
    connection.execute("select pg_advisory_xact_lock(hashtextextended('keyworker schema', 0))")


def statements() -> Iterator[str]:
    """The whole schema as SQL, in order."""
    yield script("base")
    yield script("refused")
    yield script("attached")
    yield script("functions")
    yield script("guards")
    for table in TABLES.values():
        yield from described.statements(table)
    yield from renewed()


def renewed() -> Iterator[str]:
    """What a record is given anew whenever its shape changes: rights, what is kept beside it, who sees which row."""
    for name in ("grants", "kept", "access", "drafts"):
        yield script(name)
    for table in TABLES.values():
        yield from policies.statements(table)
    yield from policies.beside()


def shape() -> str:
    """A short name for exactly this schema: another program with the same tables and guards has the same."""
    return hashlib.sha256(";\n".join(statements()).encode()).hexdigest()


def script(name: str) -> str:
    """One of the SQL files that stand beside this module."""
    return resources.files("keyworker.record").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def fill_handle_columns(connection: psycopg.Connection) -> list[tuple[str, str, str]]:
    """Say in the database which columns hold identifiers with handles. Gives table, column and kind of new ones."""
    wanted = [(table.name, column, kind) for table in TABLES.values() for column, kind in handle_columns(table)]
    known = set(connection.execute("select table_name, column_name, kind from record.handle_column").fetchall())
    new = [row for row in wanted if row not in known]
    with connection.cursor() as cursor:
        cursor.executemany("insert into record.handle_column values (%s, %s, %s)", new)
    return new


def note_step(connection: psycopg.Connection, what: str, number: int | None = None) -> None:
    """Keep what was done to the schema."""
    connection.execute(
        "insert into record.schema_step (number, what, shape) values (%s, %s, %s)", (number, what, shape())
    )
