"""Connections to the record's database, each in one of six roles."""

from __future__ import annotations

import os
import time
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict

from keyworker.record.server.binaries import refuse_old
from keyworker.record.server.cluster import SUPERUSER
from keyworker.record.server.folder import PORT
from keyworker.record.server.launch import PATIENCE, ensure_running
from keyworker.record.server.roles import DATABASE, DatabaseRole, ensure_roles
from keyworker.vocabulary.errors import KeyworkerError

__all__ = ["DatabaseRole", "connect", "conninfo", "ensure_roles", "make_missing_roles"]

SESSION = {"TimeZone": "UTC", "DateStyle": "ISO", "jit": "off", "client_min_messages": "warning"}
PAGES = {"statement_timeout": "2min", "idle_in_transaction_session_timeout": "10min"}
SESSION_OF = dict.fromkeys((DatabaseRole.APPLICATION, DatabaseRole.SERVICE, DatabaseRole.DOOR), PAGES)
PASSING = ("the database system is", "closed the connection unexpectedly", "Connection refused", "No such file")


def connect(
    role: DatabaseRole, *, home: Path | None = None, autocommit: bool = False, database: str | None = None
) -> psycopg.Connection:
    """Open a connection in a role, starting the embedded server if that is the one and it does not run.

    Takes   the role; the data folder (KEYWORKER_HOME when absent); the database, when it is not the usual one.
    Raises  KeyworkerError when no database answers, it is older than PostgreSQL 15, or it does not let this role in.
    """
    last = time.monotonic() + PATIENCE
    while True:
        try:
            connection = psycopg.connect(conninfo(role, home, database=database), autocommit=autocommit)
        except psycopg.OperationalError as error:
            if time.monotonic() > last or _url(role) or not any(word in str(error) for word in PASSING):
                raise _refused(role, error) from error
            time.sleep(0.05)
            continue
        version = connection.info.server_version // 10_000
        if version < 15:
            connection.close()
        refuse_old(version, where=_place(role))
        return connection


def conninfo(role: DatabaseRole, home: Path | None = None, *, database: str | None = None) -> str:
    """The address of the database in a role, as a URL, for ADBC, Django and the like; the embedded server then runs.

    With DATABASE_URL set, the address is that one's; DATABASE_URL_LOADER and the like give one role its own sign-in.
    It may hold a password, so it is never printed. For a data folder with a very long path it serves this process only.
    """
    url = _url(role)
    if url:
        try:
            parts = {name: str(value) for name, value in conninfo_to_dict(url).items()}
        except psycopg.ProgrammingError:
            raise KeyworkerError(
                "The address of the database cannot be read.",
                where=_place(role),
                remedy="Write it as postgresql://user:password@host:5432/database.",
            ) from None  # libpq's own words repeat the address
    else:
        # Every part is named, for libpq fills what is left out from PGPORT and the like, meant for other servers.
        host = ensure_running(home).host()
        parts = {"host": host, "port": str(PORT), "user": str(role), "dbname": DATABASE}
    if database:
        parts["dbname"] = database
    chosen = SESSION | SESSION_OF.get(role, {}) | ({"role": str(role)} if url else {})
    settings = " ".join(f"-c {name}={value}" for name, value in chosen.items())
    parts["options"] = f"{parts['options']} {settings}" if parts.get("options") else settings
    parts = {"application_name": "keyworker", "connect_timeout": "10"} | parts
    return as_url(parts)


def make_missing_roles(owner: psycopg.Connection, home: Path | None = None) -> None:
    """Make the database roles that an older Keyworker did not know.

    Takes   owner, a connection as the owner to the database that is meant.
    Raises  KeyworkerError on a council's own server, where somebody of theirs makes roles.
    """
    found = owner.execute("select rolname from pg_roles where rolname <> %s or rolbypassrls", (DatabaseRole.LOADER,))
    missing = sorted(set(DatabaseRole) - {name for (name,) in found})
    if not missing:
        return
    if _url(DatabaseRole.OWNER):
        raise KeyworkerError(
            f"The database lacks what this Keyworker needs of its roles: {', '.join(missing)}. Nothing was changed.",
            where=_place(DatabaseRole.OWNER),
            remedy="Whoever may create roles there runs ensure_roles as docs/decisions/0001 says, and grants the six "
            "roles to the sign-in.",
        )
    host = ensure_running(home).host()
    address = as_url({"user": SUPERUSER, "host": host, "port": str(PORT), "dbname": owner.info.dbname})
    with psycopg.connect(address, autocommit=True) as superuser:
        ensure_roles(superuser, login=True, database=owner.info.dbname)


def as_url(parts: dict[str, str]) -> str:
    """Write libpq's keywords as a URL."""
    rest = dict(parts)
    user, password = rest.pop("user", ""), rest.pop("password", "")
    who = quote(user, safe="") + (f":{quote(password, safe='')}" if password else "")
    name = quote(rest.pop("dbname", ""), safe="")
    return f"postgresql://{who}{'@' if who else ''}/{name}?{urlencode(rest, quote_via=quote)}"


def _url(role: DatabaseRole) -> str | None:
    return os.environ.get(f"DATABASE_URL_{role.name}") or os.environ.get("DATABASE_URL") or None


def _place(role: DatabaseRole) -> str:
    own = f"DATABASE_URL_{role.name}"
    if os.environ.get(own):
        return own
    return "DATABASE_URL" if os.environ.get("DATABASE_URL") else "the embedded server"


def _refused(role: DatabaseRole, error: psycopg.OperationalError) -> KeyworkerError:
    lines = [line for line in str(error).splitlines() if line.strip()] or ["no reason given"]
    said = next((line for line in lines if "FATAL:" in line), lines[0])
    return KeyworkerError(
        f"The database does not let {role} in: {said.rpartition('FATAL:')[2].strip()}.",
        where=_place(role),
        remedy="Check that the server runs, and that its sign-in may connect and is a member of the six roles.",
    )
