"""A real PostgreSQL for the tests, in a folder of its own, and fresh databases on it in a few milliseconds."""

from __future__ import annotations

import importlib
import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import psycopg
import pytest

from keyworker.access import Thing
from keyworker.record import connect as door
from keyworker.record import sessions
from keyworker.record.connect import DatabaseRole
from keyworker.record.server.cluster import SUPERUSER
from keyworker.record.server.folder import PORT
from keyworker.record.server.launch import ensure_running, release, stop
from keyworker.record.server.roles import own_database

LOGIN = "council_sign_in"
TEMPLATE = "keyworker_template"
FOR_GOOD = 2**63 - 1
"""As if laid down after an act that is still to come: what a test writes does not put its own light out."""
EVERYTHING = sessions.LaidSight(date.min, frozenset(Thing), frozenset(Thing))


@dataclass(frozen=True)
class Database:
    """A database that one test has to itself.

    `url` is what a council would put in DATABASE_URL: its sign-in is none of the six roles, only a member of them.
    """

    server: Server
    name: str

    def connect(self, role: DatabaseRole, *, autocommit: bool = False, account: str = "keeper") -> psycopg.Connection:
        """A connection in a role. The application's is of the machine's keeper, who sees everybody."""
        connection = self.bare_connect(role, autocommit=autocommit)
        if role is DatabaseRole.APPLICATION:
            self.keep(connection, account)
        return connection

    def bare_connect(self, role: DatabaseRole, *, autocommit: bool = False) -> psycopg.Connection:
        """A connection in a role on which no session's secret is shown."""
        return door.connect(role, home=self.server.home, autocommit=autocommit, database=self.name)

    def keep(self, connection: psycopg.Connection, account: str = "keeper") -> None:
        """Show on a connection a keeper's session, that sees everybody whatever is recorded."""
        with self.bare_connect(DatabaseRole.OWNER, autocommit=True) as owner:
            if not owner.execute("select to_regclass('access.laid')").fetchone()[0]:  # type: ignore[index]
                return
            token = sessions.open_session(owner, account, "command", keeper=True)
            sessions.lay(owner, token, FOR_GOOD, EVERYTHING)
        with connection.transaction():
            sessions.show(connection, token)

    def conninfo(self, role: DatabaseRole) -> str:
        return door.conninfo(role, self.server.home, database=self.name)

    @property
    def url(self) -> str:
        return self.server.url(LOGIN, self.name)


@dataclass
class Server:
    """One running PostgreSQL: the embedded one, or Debian's under the same launcher."""

    name: str
    home: Path
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _template_made: bool = False

    def url(self, user: str, database: str) -> str:
        return door.as_url(
            {"user": user, "host": ensure_running(self.home).host(), "port": str(PORT), "dbname": database}
        )

    def superuser(self, database: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(self.url(SUPERUSER, database), autocommit=True)

    def bare(self) -> Database:
        """A database as the launcher leaves it: owned, shut to others, and empty."""
        return self._new(None)

    def fresh(self) -> Database:
        """A database with the record's schema in it."""
        if not self._template_made:
            self._make_template()
        return self._new(TEMPLATE)

    def drop(self, database: Database) -> None:
        with self.superuser() as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{database.name}" WITH (FORCE)')

    def _new(self, template: str | None) -> Database:
        name = f"test_{next(self._numbers)}"
        with self.superuser() as connection:
            own_database(connection, name, template=template)
        return Database(self, name)

    def _make_template(self) -> None:
        with self.superuser() as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{TEMPLATE}" WITH (FORCE)')
            own_database(connection, TEMPLATE)
        with Database(self, TEMPLATE).connect(DatabaseRole.OWNER) as connection:
            importlib.import_module("keyworker.record.schema").create(connection)
        self._template_made = True


@contextmanager
def started(name: str, home: Path, binaries: Path | None = None) -> Iterator[Server]:
    """Start a server without fsync; stop it and remove its folder at the end. It also ends if the tests are killed."""
    server = Server(name, home)
    try:
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("KEYWORKER_DATABASE_FSYNC", "off")
            environment.setenv("KEYWORKER_DATABASE_LINGER", "1")
            if binaries:
                environment.setenv("KEYWORKER_POSTGRES_BINARIES", str(binaries))
            ensure_running(home)
        with server.superuser() as connection:
            connection.execute(f"CREATE ROLE {LOGIN} LOGIN IN ROLE {', '.join(DatabaseRole)}")
        yield server
    finally:
        release(home)
        stop(home)
        shutil.rmtree(home)


def debian_binaries() -> Path:
    """Debian's newest PostgreSQL on this machine."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if not found:
        pytest.fail("Debian's PostgreSQL is not installed: run `make .venv/debian` (package postgresql-15).")
    return found[-1].parent
