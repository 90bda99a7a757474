"""The first load of a source: written as it is read, by the one writer, told at its end, and whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import polars as pl
import psycopg
import pytest

from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, Counts, FirstLoad, SetAsideRow, append, first_load, keeping
from keyworker.vocabulary.errors import FileRefused, KeyworkerError
from tests.record.made import ENTRY, NOON, instants, known_then, load, load_act, minutes, packed_rows, visit
from tests.servers.started import Database

REFUSED = (psycopg.errors.InsufficientPrivilege, psycopg.errors.RestrictViolation)
ASIDE = SetAsideRow("visits.csv", "cin_visits", 9, "seen", "perhaps", "is neither yes nor no", "Write Y or N.")
TABLES = ("cin_visits", "person")


def counts(added: int, set_aside: int = 0) -> dict[str, Counts]:
    return {"cin_visits": Counts(added + set_aside, added, 0, 0, 0, set_aside), "person": Counts(0, 0, 0, 0, 0, 0)}


def write(loading: FirstLoad | None, rows: Sequence[Mapping[str, Any]], *, gathered: bool = True) -> FirstLoad:
    assert loading is not None
    identifiers = {
        "child": pl.Series("id", sorted({row["child_id"] for row in rows})),
        "worker": pl.Series("id", ["WORKER-1"]),
    }
    halves = [packed_rows(rows[:2]), packed_rows(rows[2:])]
    loading.take("cin_visits", len(rows), halves, identifiers if gathered else None)
    return loading


@pytest.mark.parametrize("gathered", [True, False], ids=["identifiers gathered", "identifiers looked up"])
@pytest.mark.parametrize("late", [True, False], ids=["indexes after", "indexes before"])
def test_it_leaves_entries_handles_and_an_act_with_its_counts(
    any_database: Database, monkeypatch: pytest.MonkeyPatch, *, gathered: bool, late: bool
) -> None:
    monkeypatch.setattr(keeping, "INDEXES_AFTER", 3 if late else 100)
    monkeypatch.setattr(keeping, "STATISTICS_AFTER", 3)
    with any_database.connect(DatabaseRole.LOADER) as connection:
        wanted = indexes(connection)
        connection.commit()
        with first_load(connection, load_act(), NOON, TABLES) as loading:
            write(loading, [visit(1), visit(2, seen=True), visit(3)], gathered=gathered)
            assert loading is not None
            result = loading.close(counts(3, 1), [ASIDE], ["A note."])
        assert result.counts["cin_visits"].added == 3
        assert indexes(connection) == wanted
        rows = connection.execute(
            "select act_id, source, standing, recorded_at, superseded_at, child_id, seen from record.cin_visits"
            " order by entry_id"
        ).fetchall()
        same = (result.act_id, "ssd", "reported", result.recorded_at, None)
        assert rows == [(*same, "CHILD-1", None), (*same, "CHILD-2", True), (*same, "CHILD-3", None)]
        act = connection.execute("select kind, tables, notes, counts from record.act").fetchall()
        assert act == [
            (
                "load",
                ["cin_visits"],
                ["A note."],
                {
                    "cin_visits": {
                        "read": 4,
                        "added": 3,
                        "changed": 0,
                        "ended": 0,
                        "unchanged": 0,
                        "set_aside": 1,
                    },
                    "person": dict.fromkeys(("read", "added", "changed", "ended", "unchanged", "set_aside"), 0),
                },
            )
        ]
        handles = connection.execute("select kind, id from record.handle order by 1, 2").fetchall()
        assert handles == [("child", f"CHILD-{number}") for number in (1, 2, 3)] + [("worker", "WORKER-1")]
        assert connection.execute("select row_number, value from record.set_aside").fetchall() == [(9, "perhaps")]
        known = [len(known_then(connection, "cin_visits", instant)) for instant in instants(connection)]
        assert known == [3]
        connection.commit()
        load(connection, [visit(3, seen=True), visit(4)], changed=1)  # and a later load finds what it needs


def indexes(connection: psycopg.Connection) -> list[tuple[Any, ...]]:
    return connection.execute(
        "select indexname, indexdef from pg_indexes where schemaname = 'record' and tablename = 'cin_visits' order by 1"
    ).fetchall()


def test_a_source_of_which_something_is_recorded_has_no_first_load(database: Database) -> None:
    with database.connect(DatabaseRole.LOADER) as connection:
        load(connection, [], unchanged=1)
        with first_load(connection, load_act(), NOON, TABLES) as loading:
            assert loading is None
        with first_load(connection, Act("load", "a", "b", "other"), NOON, TABLES) as loading:
            assert loading is not None
            loading.close(counts(0), [], [])
        assert connection.execute("select source from record.act order by act_id").fetchall() == [("ssd",), ("other",)]


def test_nobody_else_writes_until_it_ends_and_what_comes_next_is_later(any_database: Database) -> None:
    with (
        any_database.connect(DatabaseRole.LOADER) as connection,
        any_database.connect(DatabaseRole.APPLICATION) as other,
        ThreadPoolExecutor(1) as pool,
    ):
        with first_load(connection, load_act(), NOON, TABLES) as loading:
            loading = write(loading, [visit(1), visit(2), visit(3)])
            waiting = pool.submit(append, other, ENTRY, NOON - minutes(30), {"cin_visits": [visit(9)]})
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.3)
            result = loading.close(counts(3), [], [])
        assert waiting.result(timeout=30).recorded_at > result.recorded_at


def test_one_that_fails_leaves_nothing_and_its_indexes_as_they_were(
    any_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "INDEXES_AFTER", 3)
    with any_database.connect(DatabaseRole.LOADER) as connection:
        wanted = indexes(connection)
        connection.commit()
        with (
            pytest.raises(FileRefused, match="breaks off"),
            first_load(connection, load_act(), NOON, TABLES) as loading,
        ):
            write(loading, [visit(1), visit(2), visit(3)])
            raise FileRefused("It breaks off.")
        assert left(connection) == (0, 0, 0)
        assert indexes(connection) == wanted


def test_one_that_is_killed_leaves_nothing(any_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "INDEXES_AFTER", 3)
    victim = any_database.connect(DatabaseRole.LOADER)
    with pytest.raises(psycopg.OperationalError), first_load(victim, load_act(), NOON, TABLES) as loading:
        loading = write(loading, [visit(1), visit(2), visit(3)])
        with any_database.server.superuser() as killer:
            killer.execute("select pg_terminate_backend(%s)", (victim.info.backend_pid,))
        loading.close(counts(3), [], [])
    with any_database.connect(DatabaseRole.LOADER) as connection:
        assert left(connection) == (0, 0, 0)
        connection.commit()
        load(connection, [visit(2)])


def left(connection: psycopg.Connection) -> tuple[int, ...]:
    row = connection.execute(
        "select (select count(*) from record.act), (select count(*) from record.cin_visits),"
        " (select count(*) from record.handle)"
    ).fetchone()
    assert row is not None
    return row


@pytest.mark.parametrize("late", [True, False], ids=["indexes after", "indexes before"])
def test_rows_that_do_not_fit_are_refused_without_being_shown(
    database: Database, monkeypatch: pytest.MonkeyPatch, *, late: bool
) -> None:
    monkeypatch.setattr(keeping, "INDEXES_AFTER", 2 if late else 100)
    with database.connect(DatabaseRole.LOADER) as connection:
        for rows, says in (
            ([visit(1), visit(2), visit(1)], "cin_visits_current"),
            ([visit(1), visit(2, happened_on=None)], "content_present"),
        ):
            with (
                pytest.raises(KeyworkerError, match=says) as refused,
                first_load(connection, load_act(), NOON, TABLES) as loading,
            ):
                write(loading, rows)
            assert "CHILD" not in str(refused.value)
            assert left(connection) == (0, 0, 0)
            connection.commit()


def test_counts_that_do_not_hold_stop_it(database: Database) -> None:
    with database.connect(DatabaseRole.LOADER) as connection:
        with (
            pytest.raises(ValueError, match="counted 2 added rows, the record found 3"),
            first_load(connection, load_act(), NOON, TABLES) as loading,
        ):
            assert loading is not None
            loading.take("cin_visits", 2, [packed_rows([visit(1), visit(2), visit(3)])], {})
        with (
            pytest.raises(ValueError, match="set aside"),
            first_load(connection, load_act(), NOON, TABLES) as loading,
        ):
            write(loading, [visit(1), visit(2), visit(3)]).close(counts(3, 2), [ASIDE], [])
        assert left(connection) == (0, 0, 0)


def test_a_table_that_somebody_reads_keeps_its_indexes_and_nobody_waits(
    any_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A load that waited for a reader, who then waits for another table of the load, would never end."""
    monkeypatch.setattr(keeping, "INDEXES_AFTER", 3)
    with (
        any_database.connect(DatabaseRole.LOADER) as connection,
        any_database.connect(DatabaseRole.SNAPSHOT) as reader,
    ):
        reader.execute("select count(*) from record.cin_visits")
        with first_load(connection, load_act(), NOON, TABLES) as loading:
            loading = write(loading, [visit(1), visit(2), visit(3)])
            assert reader.execute("select count(*) from record.cin_visits").fetchone() == (0,)
            loading.close(counts(3), [], [])
        assert reader.execute("select count(*) from record.cin_visits").fetchone() == (3,)


@pytest.mark.parametrize(
    "change",
    [
        "tables = tables || '{family}', counts = '{}'",
        "counts = null",
        "notes = '[]'",
        "counts = '{}', author = 'Somebody Else'",
        "counts = '{}', recorded_at = recorded_at - interval '1 day'",
    ],
)
@pytest.mark.parametrize("role", [DatabaseRole.LOADER, DatabaseRole.OWNER])
def test_an_act_tells_its_counts_and_nothing_else(database: Database, role: DatabaseRole, change: str) -> None:
    with database.connect(role) as connection:
        open_act(connection, "load")
        with pytest.raises(REFUSED):
            connection.execute(f"update record.act set {change}".encode())


def test_an_act_tells_its_counts_once_in_its_own_transaction(database: Database) -> None:
    told = b"update record.act set counts = '{}'"
    with database.connect(DatabaseRole.LOADER) as connection:
        open_act(connection, "load")
        connection.execute(told)
        with pytest.raises(psycopg.errors.RestrictViolation), connection.transaction():
            connection.execute(told)
        connection.commit()
        with pytest.raises(psycopg.errors.RestrictViolation):
            connection.execute(told)
        connection.rollback()
        open_act(connection, "load")
        connection.commit()  # never told
        with pytest.raises(psycopg.errors.RestrictViolation):
            connection.execute(told + b" where counts is null")
        connection.rollback()
        open_act(connection, "entry")
        with pytest.raises(psycopg.errors.RestrictViolation):
            connection.execute(told + b" where kind = 'entry'")


def open_act(connection: psycopg.Connection, kind: str) -> None:
    connection.execute(
        "insert into record.act (kind, author, purpose, source, tables, recorded_at)"
        " values (%s, 'Performance Analyst', 'a test', 'ssd', '{cin_visits}', %s)",
        (kind, NOON),
    )


def test_only_a_described_table_puts_off_its_indexes(database: Database) -> None:
    with database.connect(DatabaseRole.LOADER) as connection:
        connection.execute(
            "insert into record.act (kind, author, purpose, source, tables, recorded_at)"
            " values ('load', 'Performance Analyst', 'a test', 'ssd', '{erasure}', %s)",
            (NOON,),
        )
        assert connection.execute("select record.postpone_indexes('erasure')").fetchone() == (False,)
        connection.rollback()
