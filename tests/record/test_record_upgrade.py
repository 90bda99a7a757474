"""An older record comes to the program's shape without losing an entry, or stays as it was."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest

from keyworker.record import digest as hashing
from keyworker.record import entry as entries
from keyworker.record import schema, upgrade
from keyworker.record.connect import DatabaseRole
from keyworker.record.upgrade import RecordIsNewer, Step, bring_up_to_date
from keyworker.record.writer import append, correct, erase
from keyworker.record.writer.rows import RowRefused
from keyworker.vocabulary import TABLES, Column, Type
from tests.record.made import CORRECTION, ENTRY, ERASURE, NOON, instants, load, minutes, visit
from tests.servers.started import Database

PREVIOUS = Path(__file__).with_name("previous_schema.sql")
OLD_COLUMNS = {
    "cin_visits": "cin_visit_id, child_id, happened_on, seen, reason",
    "involvements": "involvement_id, role, from_on, to_on, child_id",
    "person": "child_id, forename, birth_on",
}
ENTRY_COLUMNS = "entry_id, act_id, source, row_key, digest, standing, entered_at, recorded_at, superseded_at"
LATER = NOON + minutes(10_000)


@pytest.fixture
def previous(bare_database: Database) -> Database:
    """A record as the first version of its schema left it, with data in it."""
    return _restored(bare_database)


def _restored(database: Database) -> Database:
    with database.connect(DatabaseRole.OWNER) as connection:
        connection.execute(PREVIOUS.read_bytes())
    return database


def _upgrade(database: Database) -> list[str]:
    with database.connect(DatabaseRole.OWNER) as connection:
        return bring_up_to_date(connection)


def _entries(connection: psycopg.Connection) -> dict[str, Any]:
    """Every row of the previous schema, and what was known at each instant, in the previous schema's columns."""
    rows: dict[str, Any] = {
        table: connection.execute(f"select {ENTRY_COLUMNS}, {columns} from record.{table} order by 1").fetchall()
        for table, columns in OLD_COLUMNS.items()
    }
    for table in ("act", "erasure", "handle", "set_aside"):
        rows[table] = connection.execute(f"select t::text from record.{table} as t order by 1").fetchall()
    for instant in instants(connection):
        for table, columns in OLD_COLUMNS.items():
            rows[f"{table} known at {instant}"] = connection.execute(
                f"select {columns} from record.{table} where standing = 'reported' and recorded_at <= %s"
                " and (superseded_at is null or superseded_at > %s) order by row_key",
                (instant, instant),
            ).fetchall()
    return rows


def test_every_entry_and_every_past_answer_survives(previous: Database) -> None:
    with previous.connect(DatabaseRole.OWNER) as connection:
        before = _entries(connection)
    done = _upgrade(previous)
    with previous.connect(DatabaseRole.OWNER) as connection:
        after = _entries(connection)
        added = connection.execute("select count(worker_id) from record.cin_visits").fetchone()
        steps = connection.execute("select what from record.schema_step order by step_id").fetchall()
    assert len(before["cin_visits"]) == 10
    assert len(before) == 3 + 4 + 7 * 3
    assert after == before
    assert added == (0,)
    assert "Column cin_visits.worker_id is added." in done
    assert "Table cp_visits is added." in done
    assert [("The record is made.",), *((what,) for what in done)] == steps


def test_an_upgraded_record_is_made_like_a_new_one(previous: Database) -> None:
    """Tables, columns, types, indexes, triggers, functions and rights: what differs needs a numbered step."""
    _upgrade(previous)
    made = previous.server.fresh()
    with previous.connect(DatabaseRole.OWNER) as upgraded, made.connect(DatabaseRole.OWNER) as new:
        for query in _CATALOGUE:
            assert upgraded.execute(query).fetchall() == new.execute(query).fetchall()
    previous.server.drop(made)


_IN_RECORD = "relnamespace = 'record'::regnamespace"
_CATALOGUE = (
    "select relname, attname, format_type(atttypid, atttypmod), attcollation::regcollation::text, attnotnull"
    f" from pg_attribute join pg_class on attrelid = pg_class.oid where {_IN_RECORD} and relkind = 'r'"
    " and attnum > 0 order by 1, 2",
    f"select relname, pg_get_indexdef(pg_class.oid) from pg_class where {_IN_RECORD} and relkind = 'i' order by 1",
    "select index_name, table_name, definition from record.index_definition order by 1",
    "select table_name, column_name, kind from record.handle_column order by 1, 2",
    "select tgname, pg_get_triggerdef(pg_trigger.oid) from pg_trigger join pg_class on tgrelid = pg_class.oid"
    f" where {_IN_RECORD} and not tgisinternal order by 1",
    "select proname, prosrc, proconfig, prosecdef, proacl::text from pg_proc"
    " where pronamespace = 'record'::regnamespace order by 1",
    f"select relname, (aclexplode(relacl)).grantee::regrole::text, (aclexplode(relacl)).privilege_type from pg_class"
    f" where {_IN_RECORD} order by 1, 2, 3",
    "select relname, attname, (aclexplode(attacl)).grantee::regrole::text, (aclexplode(attacl)).privilege_type"
    f" from pg_attribute join pg_class on attrelid = pg_class.oid where {_IN_RECORD} order by 1, 2, 3, 4",
)


def test_work_goes_on_in_an_upgraded_record(previous: Database) -> None:
    _upgrade(previous)
    with previous.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        row = connection.execute(
            "select entry_id from record.cin_visits where child_id = 'CHILD-1' and superseded_at is null"
        ).fetchone()
        assert row is not None
        corrected = correct(connection, CORRECTION, LATER, "cin_visits", row[0], {"worker_id": "WORKER-7"})
        append(connection, ENTRY, LATER, {"cin_visits": [visit(70, outcome="seen")], "cp_visits": []})
        erase(connection, ERASURE, LATER, "cin_visits", corrected.entry_ids["cin_visits"], "ordered", ("One", "Two"))
        left = connection.execute("select count(worker_id) from record.cin_visits").fetchone()
    assert left == (1,)
    with previous.connect(DatabaseRole.LOADER) as connection:
        counts = load(connection, [visit(71)], vanished=[{"cin_visit_id": "VISIT-4"}], now=LATER).counts["cin_visits"]
    assert (counts.added, counts.ended) == (1, 1)
    with previous.connect(DatabaseRole.OWNER) as connection, pytest.raises(psycopg.errors.RestrictViolation):
        connection.execute("update record.cin_visits set worker_id = 'WORKER-8'")


def test_an_unchanged_row_keeps_its_digest_when_its_table_gains_columns(previous: Database) -> None:
    """Else the first load after an upgrade would write the whole extract again."""
    _upgrade(previous)
    with previous.connect(DatabaseRole.OWNER) as connection:
        row = connection.execute("select digest from record.cin_visits where cin_visit_id = 'VISIT-5'").fetchone()
    same = {"cin_visit_id": "VISIT-5", "child_id": "CHILD-5", "happened_on": date(2026, 2, 3)}
    assert row == (hashing.digest(TABLES["cin_visits"], same),)


def test_upgrading_twice_does_nothing(previous: Database) -> None:
    assert _upgrade(previous)
    assert _upgrade(previous) == []


def test_an_empty_database_gets_a_record(bare_database: Database) -> None:
    assert _upgrade(bare_database) == ["The record is made."]
    assert _upgrade(bare_database) == []


def test_several_programs_at_once_upgrade_once(previous: Database) -> None:
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda _: _upgrade(previous), range(4)))
    assert sorted(map(bool, outcomes)) == [False, False, False, True]


@pytest.mark.parametrize(
    "newer",
    [
        "insert into record.schema_step (number, what, shape) values (999, 'a later step', 'another')",
        "alter table record.cin_visits add column from_a_later_program text;"
        " insert into record.schema_step (what, shape) values ('a later column', 'another')",
        "drop trigger cin_visits_unchanged on record.cin_visits;"
        " alter table record.cin_visits alter column seen type text;"
        " insert into record.schema_step (what, shape) values ('a later type', 'another')",
    ],
)
def test_a_record_newer_than_the_program_is_refused_and_left_alone(previous: Database, newer: str) -> None:
    with previous.connect(DatabaseRole.OWNER) as connection:
        connection.execute(newer.encode())
        steps = connection.execute("select count(*) from record.schema_step").fetchone()
    with pytest.raises(RecordIsNewer) as refused:
        _upgrade(previous)
    assert "Nothing was changed" in refused.value.remedy
    with previous.connect(DatabaseRole.OWNER) as connection:
        assert connection.execute("select count(*) from record.schema_step").fetchone() == steps
        assert connection.execute("select to_regclass('record.cp_visits')").fetchone() == (None,)


def test_a_numbered_step_runs_once_and_one_that_fails_leaves_everything(
    previous: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    next_one = schema.VERSION + 1
    step = Step(next_one, "A made-up step.", "create table record.made_up (id int)")
    wrong = Step(next_one + 1, "A wrong step.", "select 1 / 0")
    monkeypatch.setattr(schema, "VERSION", next_one)
    monkeypatch.setattr(upgrade, "STEPS", (*upgrade.STEPS, step, wrong))
    with pytest.raises(psycopg.errors.DivisionByZero):
        _upgrade(previous)
    with previous.connect(DatabaseRole.OWNER) as connection:
        assert connection.execute("select to_regclass('record.made_up')").fetchone() == (None,)
        assert connection.execute("select count(*) from record.schema_step").fetchone() == (1,)
    monkeypatch.setattr(upgrade, "STEPS", upgrade.STEPS[:-1])
    assert "A made-up step." in _upgrade(previous)
    assert _upgrade(previous) == []
    with previous.connect(DatabaseRole.OWNER) as connection:
        run = connection.execute("select count(*) from record.schema_step where number = %s", (next_one,)).fetchone()
    assert run == (1,)


def test_a_column_newly_required_is_asked_of_new_entries_only(
    previous: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    _upgrade(previous)
    wider = (*TABLES["person"].columns, Column("made_up", Type.TEXT, "A new column.", required=True))
    monkeypatch.setitem(TABLES, "person", replace(TABLES["person"], columns=wider))
    assert _upgrade(previous) == ["Column person.made_up is added."]
    with previous.connect(DatabaseRole.APPLICATION) as connection:
        with pytest.raises(RowRefused, match="made_up must be given"):
            append(connection, ENTRY, LATER, {"person": [{"child_id": "CHILD-7"}]})
        row = connection.execute("select entry_id from record.person").fetchone()
        assert row is not None
        correct(connection, CORRECTION, LATER, "person", row[0], {"made_up": "now given"})
        kept = connection.execute("select forename, made_up from record.person order by entry_id").fetchall()
    assert kept == [("Madeup", None), ("Madeup", "now given")]
    connection = previous.connect(DatabaseRole.LOADER)
    with pytest.raises(psycopg.errors.CheckViolation, match="made_up_required"):
        connection.execute(
            "insert into record.act (kind, author, purpose, source, tables, recorded_at)"
            " values ('load', 'Analyst', 'a test', 'ssd', '{person}', now());"
            " insert into record.person (act_id, source, row_key, digest, standing, recorded_at, child_id)"
            " select act_id, 'ssd', gen_random_uuid(), gen_random_uuid(), 'reported', recorded_at, 'CHILD-8'"
            " from record.act order by act_id desc limit 1"
        )
    connection.close()


def test_posts_of_an_older_record_get_handles(bare_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    post = {"post_id": "POST-1", "title": "Social worker", "from_on": date(2026, 1, 5)}
    with monkeypatch.context() as before:
        before.setattr(entries, "_BY_NAME", {k: v for k, v in entries._BY_NAME.items() if v != "post"})
        before.setattr(schema, "VERSION", 1)
        _upgrade(bare_database)
        with bare_database.connect(DatabaseRole.OWNER) as connection:
            connection.execute(
                "alter table record.handle drop constraint handle_kind_check; alter table record.handle"
                " add constraint handle_kind_check check (kind in ('child', 'worker', 'team'));"
                " insert into record.schema_step (what, shape) values ('as it was', 'older')"
            )
        with bare_database.connect(DatabaseRole.APPLICATION) as connection:
            append(connection, ENTRY, LATER, {"post": [post]})
    monkeypatch.setattr(schema, "VERSION", 2)
    monkeypatch.setattr(upgrade, "STEPS", upgrade.STEPS[:1])
    assert "Posts may have handles." in _upgrade(bare_database)
    with bare_database.connect(DatabaseRole.OWNER) as connection:
        found = connection.execute("select id, length(handle) from record.handle where kind = 'post'").fetchall()
    assert found == [("POST-1", 22)]
