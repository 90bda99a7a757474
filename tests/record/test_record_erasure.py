"""A lawful erasure empties a row in all its history and leaves a marker under two signatures."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import NotCurrent, SetAsideRow, append, correct, erase
from keyworker.vocabulary.errors import KeyworkerError
from tests.record.made import CORRECTION, ENTRY, ERASURE, NOON, load, visit
from tests.servers.started import Database

SIGNED = ("Records Officer", "Head of Service")


def _everything(database: Database) -> str:
    """All that the record holds, as text."""
    with database.connect(DatabaseRole.OWNER) as connection:
        tables = connection.execute("select tablename from pg_tables where schemaname = 'record'").fetchall()
        rows = [connection.execute(f"select t::text from record.{name} as t").fetchall() for (name,) in tables]
    return "\n".join(text for found in rows for (text,) in found)


def _three_entries(connection: psycopg.Connection) -> tuple[int, ...]:
    one = append(connection, ENTRY, NOON, {"cin_visits": [visit(reason="nobody was in")]}).entry_ids["cin_visits"][0]
    two = correct(connection, CORRECTION, NOON, "cin_visits", one, {"seen": False}).entry_ids["cin_visits"][0]
    three = correct(connection, CORRECTION, NOON, "cin_visits", two, {"seen": True}).entry_ids["cin_visits"][0]
    return one, two, three


def test_no_content_is_left_anywhere_and_a_marker_says_who_signed(any_database: Database) -> None:
    with any_database.connect(DatabaseRole.APPLICATION) as connection:
        entries = _three_entries(connection)
        append(connection, ENTRY, NOON, {"cin_visits": [visit(2)]})
    assert {"CHILD-1", "VISIT-1", "nobody was in"} <= set(_words(any_database, "CHILD-1", "VISIT-1", "nobody was in"))
    with any_database.connect(DatabaseRole.APPLICATION) as connection:
        result = erase(connection, ERASURE, NOON, "cin_visits", entries[1:2], "a court ordered it", SIGNED)
        marker = connection.execute(
            "select act_id, table_name, entries, reason, signed_by, erased_at from record.erasure"
        ).fetchall()
        rows = connection.execute(
            "select * from record.cin_visits where entry_id = any(%s)", (list(entries),)
        ).fetchall()
        other = connection.execute("select child_id from record.cin_visits where standing = 'reported'").fetchall()
    assert _words(any_database, "CHILD-1", "VISIT-1", "nobody was in") == []
    assert marker == [
        (result.act_id, "cin_visits", 3, "a court ordered it", list(SIGNED), result.recorded_at),
    ]
    assert len(rows) == 3
    assert all(row[5] == "erased" and row[4] is None and not any(row[9:]) for row in rows)
    assert other == [("CHILD-2",)]


def _words(database: Database, *words: str) -> list[str]:
    text = _everything(database)
    return [word for word in words if word in text]


def test_a_handle_stays_while_another_entry_holds_its_identifier(database: Database) -> None:
    with database.connect(DatabaseRole.APPLICATION) as connection:
        entries = append(connection, ENTRY, NOON, {"cin_visits": [visit(1), visit(2, child_id="CHILD-1")]})
        first, second = entries.entry_ids["cin_visits"]
        erase(connection, ERASURE, NOON, "cin_visits", [first], "a court ordered it", SIGNED)
        kept = connection.execute("select id from record.handle order by id").fetchall()
        erase(connection, ERASURE, NOON, "cin_visits", [second], "a court ordered it", SIGNED)
        left = connection.execute("select id from record.handle").fetchall()
    assert kept == [("CHILD-1",), ("WORKER-1",)]
    assert left == []


@pytest.mark.parametrize(
    ("reason", "signed_by"),
    [
        ("", SIGNED),
        ("a court ordered it", ("Records Officer", "Records Officer")),
        ("a court ordered it", ("Records Officer", " ")),
        ("a court ordered it", ("Records Officer",)),
    ],
)
def test_an_erasure_needs_a_reason_and_two_people(database: Database, reason: str, signed_by: Any) -> None:
    with database.connect(DatabaseRole.APPLICATION) as connection:
        entries = _three_entries(connection)
        with pytest.raises(KeyworkerError, match="two different people"):
            erase(connection, ERASURE, NOON, "cin_visits", entries, reason, signed_by)
        assert connection.execute("select count(*) from record.erasure").fetchone() == (0,)


def test_the_database_itself_asks_for_an_act_of_erasure_and_two_signatures(database: Database) -> None:
    with database.connect(DatabaseRole.APPLICATION) as connection:
        entries = list(_three_entries(connection))
    call = "select record.erase((select max(act_id) from record.act), 'cin_visits', %s, %s, %s)"
    for kind, reason, signed_by in (
        ("entry", "why", list(SIGNED)),
        ("erasure", "why", ["One", "One"]),
        ("erasure", "why", ["One"]),
        ("erasure", " ", list(SIGNED)),
    ):
        with database.connect(DatabaseRole.APPLICATION) as connection, pytest.raises(psycopg.IntegrityError):
            connection.execute(
                "insert into record.act (kind, author, purpose, source, tables, recorded_at)"
                " values (%s, 'Records Officer', 'a test', 'keyworker', '{cin_visits}', %s)",
                (kind, NOON),
            )
            connection.execute(call, (entries, reason, signed_by))
    for role in (DatabaseRole.LOADER, DatabaseRole.SNAPSHOT):
        with database.connect(role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(call, (entries, "why", list(SIGNED)))


def test_even_the_owner_cannot_empty_a_row_without_a_marker(database: Database) -> None:
    with database.connect(DatabaseRole.APPLICATION) as connection:
        _three_entries(connection)
    with database.connect(DatabaseRole.OWNER) as connection, pytest.raises(psycopg.errors.RestrictViolation):
        connection.execute(
            "insert into record.act (kind, author, purpose, source, tables, recorded_at)"
            " values ('erasure', 'Records Officer', 'a test', 'keyworker', '{cin_visits}', %s)",
            (NOON,),
        )
        connection.execute("update record.cin_visits set standing = 'erased', digest = null, child_id = null")


def test_an_erased_row_can_be_neither_corrected_nor_loaded_again(database: Database) -> None:
    aside = SetAsideRow("visits.csv", "cin_visits", 7, "happened_on", "31/02/2026", "no such day", "mend it")
    with database.connect(DatabaseRole.LOADER) as loader, database.connect(DatabaseRole.APPLICATION) as connection:
        load(loader, [visit(1), visit(2)], set_aside=[aside])
        row = connection.execute("select entry_id from record.cin_visits where child_id = 'CHILD-1'").fetchone()
        assert row is not None
        erase(connection, ERASURE, NOON, "cin_visits", [row[0]], "a court ordered it", SIGNED)
        connection.commit()
        with pytest.raises(NotCurrent):
            correct(connection, CORRECTION, NOON, "cin_visits", row[0], {"seen": True})
        again = load(loader, [visit(1), visit(3)], changed=1, unchanged=1)
        notes = loader.execute("select notes from record.act order by act_id desc limit 1").fetchone()
    counts = again.counts["cin_visits"]
    assert (counts.read, counts.added, counts.changed, counts.unchanged, counts.set_aside) == (3, 1, 0, 1, 1)
    assert notes == (["1 rows of cin_visits were erased here and are not taken back."],)
    assert _words(database, "CHILD-1") == []


def test_what_was_set_aside_of_an_erased_row_is_emptied_too(database: Database) -> None:
    with database.connect(DatabaseRole.LOADER) as loader:
        load(loader, [visit(1)])
        row = loader.execute("select entry_id, row_key from record.cin_visits").fetchone()
        assert row is not None
        loader.commit()
        aside = SetAsideRow(
            "v.csv", "cin_visits", 7, "seen", "CHILD-1?", "not a flag", "mend", {"id": "CHILD-1"}, row[1]
        )
        load(loader, [], set_aside=[aside])
    with database.connect(DatabaseRole.APPLICATION) as connection:
        erase(connection, ERASURE, NOON, "cin_visits", [row[0]], "a court ordered it", SIGNED)
    assert _words(database, "CHILD-1") == []


def test_what_was_worked_out_from_an_erased_row_is_emptied_too(database: Database) -> None:
    with database.connect(DatabaseRole.APPLICATION) as connection:
        entries = _three_entries(connection)
    with database.connect(DatabaseRole.SERVICE) as connection:
        connection.execute(
            "insert into kept.open_duty values ('child', 'CHILD-1', 'cin-visit', '2026-01-05', 0, null, 0, null, null,"
            " null, null, false)"
        )
        connection.execute("insert into kept.open_duty_ground values (1, 'made up', '2026-01-05')")
    with database.connect(DatabaseRole.APPLICATION) as connection:
        erase(connection, ERASURE, NOON, "cin_visits", entries[:1], "a court ordered it", SIGNED)
    with database.connect(DatabaseRole.SERVICE) as connection:
        assert connection.execute("select count(*) from kept.open_duty").fetchone() == (0,)
        assert connection.execute("select count(*) from kept.open_duty_ground").fetchone() == (0,)
