"""The four database roles. None is a superuser; the record's schema says what each may do."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from keyworker.vocabulary.errors import KeyworkerError

if TYPE_CHECKING:
    import psycopg

DATABASE = "keyworker"
LIMITS = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT"


class DatabaseRole(StrEnum):
    """Whom the database takes a piece of Keyworker for."""

    OWNER = "keyworker_owner"
    APPLICATION = "keyworker_application"
    LOADER = "keyworker_loader"
    SNAPSHOT = "keyworker_snapshot"


def role_statement(role: DatabaseRole, *, login: bool) -> str:
    """The SQL that makes one role."""
    return f"CREATE ROLE {role} {'LOGIN' if login else 'NOLOGIN'} {LIMITS}"


def database_statements(database: str) -> list[str]:
    """The SQL that opens a database to the four roles and shuts it to everyone else."""
    everyone = ", ".join(DatabaseRole)
    return [
        f'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC',
        f'GRANT CONNECT, TEMPORARY ON DATABASE "{database}" TO {everyone}',
    ]


def ensure_roles(connection: psycopg.Connection, *, login: bool = False, database: str = DATABASE) -> None:
    """Make the four roles and the database on a council's own server. Safe to repeat.

    Takes   an autocommit connection of somebody who may create roles and databases; login, whether the roles may
            sign in themselves (otherwise a sign-in of the council's is granted them).
    Raises  KeyworkerError when a role of that name is already a superuser or passes over row-level security.
    """
    found = connection.execute("SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles").fetchall()
    known: dict[str, bool] = dict(found)
    for role in DatabaseRole:
        if known.get(role):
            raise KeyworkerError(
                f"The database role {role} may do anything, so it would guard nothing.",
                remedy=f"Run: ALTER ROLE {role} {LIMITS}",
            )
        if role not in known:
            connection.execute(role_statement(role, login=login))
    own_database(connection, database)


def own_database(connection: psycopg.Connection, database: str, *, template: str | None = None) -> None:
    """Make a database that the owner role owns and only the four roles may enter. Safe to repeat."""
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,)).fetchone():
        copied = f' TEMPLATE "{template}" STRATEGY FILE_COPY' if template else ""
        connection.execute(f'CREATE DATABASE "{database}" OWNER {DatabaseRole.OWNER}{copied}')
    for statement in database_statements(database):
        connection.execute(statement)
