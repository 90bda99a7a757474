"""The six database roles. None is a superuser; the record's schema says what each may do."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from keyworker.vocabulary.errors import KeyworkerError

if TYPE_CHECKING:
    import psycopg

DATABASE = "keyworker"
LIMITS = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOINHERIT"


class DatabaseRole(StrEnum):
    """Whom the database takes a piece of Keyworker for.

    The application reads as a signed-in person, and sees what that person may; the door signs people in and reads no
    record; the service answers what hangs on nobody.
    """

    OWNER = "keyworker_owner"
    APPLICATION = "keyworker_application"
    DOOR = "keyworker_door"
    SERVICE = "keyworker_service"
    LOADER = "keyworker_loader"
    SNAPSHOT = "keyworker_snapshot"


def limits(role: DatabaseRole) -> str:
    """What a role may not do. The loader alone passes over the policies: whole tables are copied in under no other."""
    return f"{LIMITS} {'BYPASSRLS' if role is DatabaseRole.LOADER else 'NOBYPASSRLS'}"


def role_statement(role: DatabaseRole, *, login: bool) -> str:
    """The SQL that makes one role."""
    return f"CREATE ROLE {role} {'LOGIN' if login else 'NOLOGIN'} {limits(role)}"


def database_statements(database: str) -> list[str]:
    """The SQL that opens a database to the six roles and shuts it to everyone else."""
    everyone = ", ".join(DatabaseRole)
    # Whoever may make temporary tables may make functions too, so those who read for people may make neither.
    working = ", ".join((DatabaseRole.OWNER, DatabaseRole.LOADER, DatabaseRole.SNAPSHOT))
    return [
        f'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC, {everyone}',
        f'GRANT CONNECT ON DATABASE "{database}" TO {everyone}',
        f'GRANT CREATE, TEMPORARY ON DATABASE "{database}" TO {DatabaseRole.OWNER}',
        f'GRANT TEMPORARY ON DATABASE "{database}" TO {working}',
    ]


def ensure_roles(connection: psycopg.Connection, *, login: bool = False, database: str = DATABASE) -> None:
    """Make the six roles and the database on a council's own server. Safe to repeat.

    Takes   an autocommit connection of somebody who may create roles and databases; login, whether the roles may
            sign in themselves (otherwise a sign-in of the council's is granted them).
    Raises  KeyworkerError when a role of that name is already a superuser, or passes over the policies and should not.
    """
    found = connection.execute("SELECT rolname, rolsuper, rolbypassrls FROM pg_roles").fetchall()
    known: dict[str, tuple[bool, bool]] = {name: (is_super, passes) for name, is_super, passes in found}
    for role in DatabaseRole:
        is_super, passes = known.get(role, (False, False))
        if is_super or (passes and role is not DatabaseRole.LOADER):
            raise KeyworkerError(
                f"The database role {role} may do anything, so it would guard nothing.",
                remedy=f"Run: ALTER ROLE {role} {limits(role)}",
            )
        if role not in known:
            connection.execute(role_statement(role, login=login))
        elif role is DatabaseRole.LOADER and not passes:
            connection.execute(f"ALTER ROLE {role} BYPASSRLS")
    own_database(connection, database)


def own_database(connection: psycopg.Connection, database: str, *, template: str | None = None) -> None:
    """Make a database that the owner role owns and only the six roles may enter. Safe to repeat."""
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,)).fetchone():
        copied = f' TEMPLATE "{template}" STRATEGY FILE_COPY' if template else ""
        connection.execute(f'CREATE DATABASE "{database}" OWNER {DatabaseRole.OWNER}{copied}')
    for statement in database_statements(database):
        connection.execute(statement)
