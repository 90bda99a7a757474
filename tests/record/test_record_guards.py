"""The record only grows, whoever asks, on both servers."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest

from keyworker.record.connect import DatabaseRole
from keyworker.record.log import LogLine, log_reads
from keyworker.record.writer import append, correct
from tests.record.made import CORRECTION, ENTRY, NOON, visit
from tests.servers.started import Database

REFUSED = (psycopg.errors.InsufficientPrivilege, psycopg.errors.RestrictViolation)
BESIDE = ("act", "set_aside", "refused_load", "handle", "erasure", "access_log", "schema_step")


def _with_a_visit(database: Database) -> int:
    with database.connect(DatabaseRole.APPLICATION) as connection:
        result = append(connection, ENTRY, NOON, {"cin_visits": [visit()]})
        line = LogLine(NOON, "keeper", "social worker", "page", "child", "my work", "child", handles=["made-up-handle"])
        log_reads(connection, [line])
        return result.entry_ids["cin_visits"][0]


@pytest.mark.parametrize("role", list(DatabaseRole))
def test_no_role_can_update_delete_or_truncate_an_entry(any_database: Database, role: DatabaseRole) -> None:
    _with_a_visit(any_database)
    changes = (
        "update record.cin_visits set child_id = 'CHILD-2'",
        "update record.cin_visits set digest = null, standing = 'erased'",
        "update record.cin_visits set superseded_at = recorded_at",
        "delete from record.cin_visits",
        "truncate record.cin_visits",
        "truncate record.cin_visits, record.person cascade",
    )
    for change in changes:
        with any_database.connect(role) as connection, pytest.raises(REFUSED):
            connection.execute(change)
    with any_database.connect(DatabaseRole.APPLICATION) as connection:
        kept = connection.execute("select child_id, superseded_at from record.cin_visits").fetchall()
    assert kept == [("CHILD-1", None)]


@pytest.mark.parametrize("table", BESIDE)
def test_acts_logs_and_markers_only_grow(database: Database, table: str) -> None:
    _with_a_visit(database)
    with database.connect(DatabaseRole.OWNER) as connection:
        column = connection.execute(
            "select attname from pg_attribute where attrelid = %s::regclass and attnum = 2", (f"record.{table}",)
        ).fetchone()
    assert column is not None
    for change in (
        f"update record.{table} set {column[0]} = {column[0]}",
        f"delete from record.{table}",
        f"truncate record.{table} cascade",
    ):
        if table == "set_aside" and change.startswith("update"):
            continue  # it holds no row here; rows set aside have their own test
        for role in DatabaseRole:
            with database.connect(role) as connection, pytest.raises(REFUSED):
                connection.execute(change)


def test_an_entry_is_superseded_once_only(any_database: Database) -> None:
    entry_id = _with_a_visit(any_database)
    with any_database.connect(DatabaseRole.APPLICATION) as connection:
        correct(connection, CORRECTION, NOON, "cin_visits", entry_id, {"seen": True})
    for role in (DatabaseRole.APPLICATION, DatabaseRole.LOADER, DatabaseRole.OWNER):
        for value in ("null", "recorded_at", "superseded_at + interval '1 day'", "now()"):
            with any_database.connect(role) as connection, pytest.raises(REFUSED):
                connection.execute(_ACT)
                connection.execute(
                    f"update record.cin_visits set superseded_at = {value} where entry_id = %s", (entry_id,)
                )


_ACT = (
    "insert into record.act (kind, author, purpose, source, tables, recorded_at)"
    " values ('entry', 'Duty Worker', 'a test', 'keyworker', '{cin_visits}', '2026-03-02T12:00Z')"
)
_NEW = (
    "insert into record.cin_visits (act_id, source, row_key, digest, standing, recorded_at,"
    " cin_visit_id, child_id, happened_on) select act_id, 'keyworker', gen_random_uuid(), gen_random_uuid(),"
    " 'reported', recorded_at, 'V', 'C', '2026-02-03' from record.act order by act_id desc limit 1"
)


def test_an_entry_cannot_be_superseded_at_another_instant_than_its_acts(any_database: Database) -> None:
    _with_a_visit(any_database)
    with any_database.connect(DatabaseRole.APPLICATION) as connection, pytest.raises(REFUSED):
        connection.execute(_ACT)
        connection.execute("update record.cin_visits set superseded_at = '2020-01-01'")


def test_an_entry_cannot_be_superseded_without_one_that_replaces_it(any_database: Database) -> None:
    _with_a_visit(any_database)
    connection = any_database.connect(DatabaseRole.APPLICATION)
    connection.execute(_ACT)
    connection.execute("update record.cin_visits set superseded_at = (select max(recorded_at) from record.act)")
    with pytest.raises(psycopg.errors.RestrictViolation, match="disagree with their act"):
        connection.commit()


@pytest.mark.parametrize(
    "untrue",
    [
        ("select act_id", "select act_id - 1"),
        ("recorded_at, 'V'", "recorded_at - interval '1 year', 'V'"),
        ("'keyworker', gen", "'ssd', gen"),
    ],
)
def test_an_entry_cannot_lie_about_its_act_instant_or_source(database: Database, untrue: tuple[str, str]) -> None:
    _with_a_visit(database)
    for role in (DatabaseRole.APPLICATION, DatabaseRole.OWNER):
        connection = database.connect(role)
        connection.execute(_ACT)
        connection.execute(_NEW.replace(*untrue))
        with pytest.raises(psycopg.errors.RestrictViolation, match="disagree with their act"):
            connection.commit()


def test_an_honest_entry_in_plain_sql_is_taken(database: Database) -> None:
    """The same statements as above without the lie: what refuses them is the lie."""
    _with_a_visit(database)
    with database.connect(DatabaseRole.APPLICATION) as connection:
        connection.execute(_ACT)
        connection.execute(_NEW)
    with database.connect(DatabaseRole.APPLICATION) as connection:
        assert connection.execute("select count(*) from record.cin_visits").fetchone() == (2,)


def test_nothing_is_written_outside_an_act_that_names_its_table(any_database: Database) -> None:
    _with_a_visit(any_database)
    for role in (DatabaseRole.APPLICATION, DatabaseRole.LOADER, DatabaseRole.OWNER):
        with any_database.connect(role) as connection, pytest.raises(psycopg.errors.RestrictViolation, match="act"):
            connection.execute(_NEW)
        with any_database.connect(role) as connection, pytest.raises(psycopg.errors.RestrictViolation, match="act"):
            connection.execute(_ACT.replace("cin_visits", "person"))
            connection.execute(_NEW)


@pytest.mark.parametrize("blank", ["author", "purpose", "source"])
def test_the_database_refuses_an_act_without_author_purpose_or_source(database: Database, blank: str) -> None:
    words = {"author": "'Duty Worker'", "purpose": "'a test'", "source": "'keyworker'"}
    with database.connect(DatabaseRole.APPLICATION) as connection, pytest.raises(psycopg.errors.CheckViolation):
        connection.execute(_ACT.replace(words[blank], "'  '"))


def test_an_act_needs_a_view_that_sees_every_earlier_act(database: Database) -> None:
    with database.connect(DatabaseRole.APPLICATION) as connection, pytest.raises(psycopg.errors.RestrictViolation):
        connection.execute("set transaction isolation level repeatable read")
        connection.execute(_ACT)


def test_no_role_is_a_superuser_and_the_loader_alone_passes_row_level_security(any_database: Database) -> None:
    with any_database.connect(DatabaseRole.SNAPSHOT) as connection:
        rows = connection.execute(
            "select rolname from pg_roles where rolname like 'keyworker%%' and not"
            " (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)"
        ).fetchall()
    assert {name for (name,) in rows} == set(DatabaseRole) - {DatabaseRole.LOADER}


ROUND = [
    "insert into record.cin_visits (entry_id, act_id) values (1, 1)",
    "insert into record.cin_visits (superseded_at, act_id) values (now(), 1)",
    "insert into record.erasure (act_id, table_name, row_key, entries, reason, signed_by, erased_at)"
    " values (1, 'cin_visits', gen_random_uuid(), 1, 'none', '{a,b}', now())",
    "insert into record.act (act_id) overriding system value values (1)",
    "insert into record.act (first_entry, txid) values (1, '1')",
    "alter table record.cin_visits disable trigger all",
    "drop trigger cin_visits_only_grows on record.cin_visits",
    "create table record.mine (id int)",
    "set session_replication_role = replica",
    "select record.open_act_for('cin_visits')",
    "update record.index_definition set definition = 'select 1'",
]


@pytest.mark.parametrize("role", [DatabaseRole.APPLICATION, DatabaseRole.LOADER, DatabaseRole.SNAPSHOT])
def test_no_working_role_can_go_round_the_guards(database: Database, role: DatabaseRole) -> None:
    for step in ROUND:
        with database.connect(role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(step)


def test_only_the_loader_builds_stages_and_only_the_application_reads_the_access_log(database: Database) -> None:
    for role in (DatabaseRole.APPLICATION, DatabaseRole.SNAPSHOT):
        with database.connect(role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("create table stage.mine (id int)")
    for role in (DatabaseRole.LOADER, DatabaseRole.SNAPSHOT):
        with database.connect(role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("select * from record.access_log")
    with database.connect(DatabaseRole.SNAPSHOT) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("select * from record.handle")


def test_public_may_do_nothing_and_every_view_asks_as_its_reader(database: Database) -> None:
    with database.connect(DatabaseRole.OWNER) as connection:
        open_to_all = connection.execute(
            "select relname from pg_class, aclexplode(relacl)"
            " where relnamespace = 'record'::regnamespace and grantee = 0"
            " union all select proname from pg_proc,"
            " aclexplode(coalesce(proacl, acldefault('f', proowner)))"
            " where pronamespace = 'record'::regnamespace and grantee = 0"
            " union all select nspname from pg_namespace, aclexplode(nspacl)"
            " where nspname in ('record', 'stage') and grantee = 0"
        ).fetchall()
        blind_views = connection.execute(
            "select relname from pg_class where relnamespace = 'record'::regnamespace and relkind in ('v', 'm')"
            " and not coalesce(reloptions, '{}') && '{security_invoker=true,security_invoker=on}'"
        ).fetchall()
    assert (open_to_all, blind_views) == ([], [])


def test_every_definer_function_has_a_search_path_of_its_own(database: Database) -> None:
    with database.connect(DatabaseRole.OWNER) as connection:
        rows = connection.execute(
            "select proname, proconfig from pg_proc where pronamespace = 'record'::regnamespace and prosecdef"
        ).fetchall()
    assert rows
    assert all("search_path=pg_catalog, pg_temp" in config for _, config in rows)


def test_a_clock_that_goes_back_is_moved_on(database: Database) -> None:
    with database.connect(DatabaseRole.APPLICATION) as connection:
        first = append(connection, ENTRY, NOON, {"cin_visits": [visit(1)]})
        second = append(connection, ENTRY, NOON - timedelta(days=7), {"cin_visits": [visit(2)]})
        third = append(connection, ENTRY, NOON + timedelta(days=7), {"cin_visits": [visit(3)]})
    assert first.recorded_at == NOON
    assert second.recorded_at == NOON + timedelta(microseconds=1)
    assert third.recorded_at == NOON + timedelta(days=7)
