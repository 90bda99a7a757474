"""The six roles and their database, the same on the embedded server and on Debian's."""

from __future__ import annotations

import adbc_driver_postgresql.dbapi
import psycopg
import pytest

from keyworker.record.connect import DatabaseRole, connect, ensure_roles
from keyworker.vocabulary.errors import KeyworkerError
from tests.servers.started import Database, Server


@pytest.mark.parametrize("role", DatabaseRole)
def test_code_connects_as_a_role_that_is_no_superuser(bare_database: Database, role: DatabaseRole) -> None:
    with bare_database.connect(role) as connection:
        found = connection.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles"
            " WHERE rolname = current_user"
        ).fetchone()
    assert found == (role.value, False, role is DatabaseRole.LOADER, False, False)


def test_the_only_superuser_is_the_one_that_made_the_cluster(servers: Server) -> None:
    with servers.superuser() as connection:
        assert connection.execute("SELECT rolname FROM pg_roles WHERE rolsuper").fetchall() == [("postgres",)]


def test_the_owner_role_owns_the_database_and_alone_makes_schemas(bare_database: Database) -> None:
    with bare_database.connect(DatabaseRole.OWNER) as connection:
        connection.execute("CREATE SCHEMA record")
        connection.execute("CREATE EXTENSION btree_gist")
    for role in set(DatabaseRole) - {DatabaseRole.OWNER}:
        for forbidden in ("CREATE SCHEMA elsewhere", "CREATE TABLE public.anything (one int)"):
            with bare_database.connect(role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(forbidden)


def test_a_sign_in_outside_the_six_roles_cannot_enter(servers: Server) -> None:
    with servers.superuser() as connection:
        connection.execute("CREATE ROLE stranger LOGIN")
    try:
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(servers.url("stranger", "keyworker"))
    finally:
        with servers.superuser() as connection:
            connection.execute("DROP ROLE stranger")


def test_sessions_read_instants_in_utc(bare_database: Database) -> None:
    with bare_database.connect(DatabaseRole.SNAPSHOT) as connection:
        said = connection.execute("SELECT '2026-07-01 12:00+01'::timestamptz::text").fetchone()
    assert said == ("2026-07-01 11:00:00+00",)


def test_database_url_leads_to_the_councils_server_in_the_role_asked_for(
    bare_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", bare_database.url)
    with connect(DatabaseRole.LOADER) as connection:
        found = connection.execute("SELECT current_user, session_user, current_database()").fetchone()
    assert found == ("keyworker_loader", "council_sign_in", bare_database.name)


def test_whole_tables_travel_by_the_same_address(bare_database: Database) -> None:
    address = bare_database.conninfo(DatabaseRole.SNAPSHOT)
    with adbc_driver_postgresql.dbapi.connect(address) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT current_user::text, current_setting('TimeZone')")
        assert cursor.fetchall() == [("keyworker_snapshot", "UTC")]


def test_a_role_may_have_an_address_of_its_own(bare_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    server = bare_database.server
    monkeypatch.setenv("DATABASE_URL", bare_database.url)
    monkeypatch.setenv("DATABASE_URL_LOADER", server.url("keyworker_loader", bare_database.name))
    with connect(DatabaseRole.LOADER) as connection:
        assert connection.execute("SELECT session_user").fetchone() == ("keyworker_loader",)
    with connect(DatabaseRole.OWNER) as connection:
        assert connection.execute("SELECT session_user").fetchone() == ("council_sign_in",)


def test_a_sign_in_that_is_no_member_is_refused_in_words(
    bare_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = bare_database.server.url("keyworker_snapshot", bare_database.name)
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(KeyworkerError, match="does not let keyworker_owner in: permission denied") as refused:
        connect(DatabaseRole.OWNER)
    assert refused.value.where == "DATABASE_URL"


def test_roles_can_be_ensured_twice(servers: Server) -> None:
    with servers.superuser() as connection:
        ensure_roles(connection)
        ensure_roles(connection)
        owner = connection.execute(
            "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'keyworker'"
        ).fetchone()
    assert owner == ("keyworker_owner",)


def test_a_role_that_may_do_anything_is_refused(servers: Server) -> None:
    with servers.superuser() as connection:
        connection.execute("ALTER ROLE keyworker_snapshot BYPASSRLS")
        try:
            with pytest.raises(KeyworkerError, match="keyworker_snapshot may do anything"):
                ensure_roles(connection)
        finally:
            connection.execute("ALTER ROLE keyworker_snapshot NOBYPASSRLS")
