"""Entries, corrections and endings by hand."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, AlreadyRecorded, NotCurrent, append, correct, end
from keyworker.record.writer.rows import RowRefused
from keyworker.vocabulary.errors import KeyworkerError
from tests.record.made import CORRECTION, ENDING, ENTRY, NOON, instants, involvement, known_then, minutes, visit
from tests.servers.started import Database


@pytest.mark.parametrize(
    "lacking",
    [
        {"author": ""},
        {"author": "  "},
        {"purpose": ""},
        {"source": ""},
        {"kind": "deletion"},
        {"cut_at": NOON.replace(tzinfo=None)},
    ],
)
def test_an_act_without_author_purpose_source_or_known_kind_cannot_be_built(lacking: dict[str, Any]) -> None:
    whole = {"kind": "entry", "author": "Duty Worker", "purpose": "a visit", "source": "keyworker"}
    with pytest.raises(ValueError, match=r"act|cut_at"):
        Act(**{**whole, **lacking})


def test_an_act_cannot_be_changed_once_built() -> None:
    with pytest.raises(FrozenInstanceError):
        ENTRY.author = "Somebody Else"  # type: ignore[misc]


def test_an_entry_is_kept_with_its_act_instant_and_handles(any_database: Database) -> None:
    with any_database.connect(DatabaseRole.APPLICATION) as connection:
        result = append(connection, ENTRY, NOON, {"cin_visits": [visit(1), visit(2)], "involvements": [involvement(1)]})
        rows = connection.execute(
            "select entry_id, act_id, standing, entered_at, recorded_at, child_id from record.cin_visits order by 1"
        ).fetchall()
        author = connection.execute("select author, purpose, tables from record.act").fetchall()
        handles = connection.execute("select kind, id, handle from record.handle order by 1, 2").fetchall()
    first, second = result.entry_ids["cin_visits"]
    assert rows == [
        (first, result.act_id, "reported", NOON, NOON, "CHILD-1"),
        (second, result.act_id, "reported", NOON, NOON, "CHILD-2"),
    ]
    assert author == [("Duty Worker", "recording a visit", ["cin_visits", "involvements"])]
    assert [(kind, of) for kind, of, _ in handles] == [
        ("child", "CHILD-1"),
        ("child", "CHILD-2"),
        ("worker", "WORKER-1"),
    ]
    assert all(handle.isalnum() and len(handle) == 22 for _, _, handle in handles)


def test_a_correction_keeps_both_and_the_day_it_was_entered(any_database: Database) -> None:
    with any_database.connect(DatabaseRole.APPLICATION) as connection:
        first = append(connection, ENTRY, NOON, {"cin_visits": [visit()]})
        later = NOON + timedelta(days=3)
        corrected = correct(
            connection,
            CORRECTION,
            later,
            "cin_visits",
            first.entry_ids["cin_visits"][0],
            {"happened_on": date(2026, 2, 4)},
        )
        rows = connection.execute(
            "select happened_on, entered_at, recorded_at, superseded_at from record.cin_visits order by entry_id"
        ).fetchall()
        kinds = connection.execute("select kind, source from record.act order by act_id").fetchall()
    assert rows == [
        (date(2026, 2, 3), NOON, NOON, later),
        (date(2026, 2, 4), NOON, corrected.recorded_at, None),
    ]
    assert kinds == [("entry", "keyworker"), ("correction", "keyworker")]


def test_a_correction_of_the_key_withdraws_the_old_row_and_begins_a_new_one(database: Database) -> None:
    with database.connect(DatabaseRole.APPLICATION) as connection:
        first = append(connection, ENTRY, NOON, {"cin_visits": [visit()]})
        correct(
            connection, CORRECTION, NOON, "cin_visits", first.entry_ids["cin_visits"][0], {"cin_visit_id": "VISIT-9"}
        )
        rows = connection.execute(
            "select cin_visit_id, standing from record.cin_visits where superseded_at is null order by 1"
        ).fetchall()
        before = known_then(connection, "cin_visits", NOON)
    assert rows == [("VISIT-1", "no longer reported"), ("VISIT-9", "reported")]
    assert [row[1] for row in before] == ["VISIT-1"]


def test_a_period_ends_once_and_not_before_it_began(database: Database) -> None:
    with database.connect(DatabaseRole.APPLICATION) as connection:
        entry = append(connection, ENTRY, NOON, {"involvements": [involvement()]}).entry_ids["involvements"][0]
        with pytest.raises(KeyworkerError, match="before it began"):
            end(connection, ENDING, NOON, "involvements", entry, date(2026, 1, 4))
        ended = end(connection, ENDING, NOON, "involvements", entry, date(2026, 2, 1)).entry_ids["involvements"][0]
        with pytest.raises(KeyworkerError, match="ended already"):
            end(connection, ENDING, NOON, "involvements", ended, date(2026, 2, 2))
        with pytest.raises(ValueError, match="does not hold periods"):
            end(connection, ENDING, NOON, "cin_visits", entry, date(2026, 2, 1))
        rows = connection.execute("select to_on from record.involvements order by entry_id").fetchall()
    assert rows == [(None,), (date(2026, 2, 1),)]


def test_what_changed_meanwhile_is_not_overwritten(database: Database) -> None:
    with database.connect(DatabaseRole.APPLICATION) as connection:
        entry = append(connection, ENTRY, NOON, {"cin_visits": [visit()]}).entry_ids["cin_visits"][0]
        correct(connection, CORRECTION, NOON, "cin_visits", entry, {"seen": True})
        with pytest.raises(NotCurrent, match="Open it again"):
            correct(connection, CORRECTION, NOON, "cin_visits", entry, {"seen": False})


def test_refusals_say_what_is_wrong_without_the_child(database: Database) -> None:
    with database.connect(DatabaseRole.APPLICATION) as connection:
        entry = append(connection, ENTRY, NOON, {"cin_visits": [visit()]}).entry_ids["cin_visits"][0]
        with pytest.raises(AlreadyRecorded) as twice:
            append(connection, ENTRY, NOON, {"cin_visits": [visit()]})
        with pytest.raises(RowRefused, match="happened_on must be given") as incomplete:
            append(connection, ENTRY, NOON, {"cin_visits": [visit(2, happened_on=None)]})
        with pytest.raises(KeyworkerError, match="Nothing would change") as same:
            correct(connection, CORRECTION, NOON, "cin_visits", entry, {"child_id": "CHILD-1"})
    for refused in (twice, incomplete, same):
        assert "CHILD" not in str(refused.value)
        assert "VISIT" not in str(refused.value)
        assert refused.value.remedy


def test_programming_mistakes_are_named(database: Database) -> None:
    with database.connect(DatabaseRole.APPLICATION) as connection:
        entry = append(connection, ENTRY, NOON, {"cin_visits": [visit()]}).entry_ids["cin_visits"][0]
        with pytest.raises(ValueError, match="no described table"):
            append(connection, ENTRY, NOON, {"act": [{}]})
        with pytest.raises(ValueError, match="no column"):
            append(connection, ENTRY, NOON, {"cin_visits": [visit(2, recorded_at=NOON)]})
        with pytest.raises(ValueError, match="time zone"):
            append(connection, ENTRY, NOON.replace(tzinfo=None), {"cin_visits": [visit(2)]})
        with pytest.raises(ValueError, match="act of kind correction"):
            append(connection, CORRECTION, NOON, {"cin_visits": [visit(2)]})
        with pytest.raises(ValueError, match="kind correction"):
            correct(connection, ENTRY, NOON, "cin_visits", entry, {"seen": True})
        with pytest.raises(ValueError, match="own source"):
            other = Act("correction", "Duty Worker", "a test", "ssd")
            correct(connection, other, NOON, "cin_visits", entry, {"seen": True})


def test_an_act_that_fails_halfway_leaves_nothing(database: Database) -> None:
    with database.connect(DatabaseRole.APPLICATION) as connection:
        with pytest.raises(RowRefused):
            append(connection, ENTRY, NOON, {"cin_visits": [visit()], "involvements": [{"child_id": "CHILD-1"}]})
        for table in ("act", "cin_visits", "handle"):
            assert connection.execute(f"select count(*) from record.{table}").fetchone() == (0,)


def test_a_callers_transaction_carries_the_act_and_can_take_it_back(database: Database) -> None:
    connection = database.connect(DatabaseRole.APPLICATION)
    append(connection, ENTRY, NOON, {"cin_visits": [visit(1)]})
    with pytest.raises(psycopg.errors.DivisionByZero), connection.transaction():
        append(connection, ENTRY, NOON, {"cin_visits": [visit(2)]})
        connection.execute("select 1 / 0")
    assert connection.execute("select cin_visit_id from record.cin_visits").fetchall() == [("VISIT-1",)]


STEPS = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from(["seen", "day", "key"]), st.integers(-30, 30)), min_size=1, max_size=12
)


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_nothing_written_later_changes_what_was_known_before(
    database: Database, steps: list[tuple[int, str, int]]
) -> None:
    """Any history of entries and corrections, by any clock: each past answer stays as it was first given."""
    with database.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        answers: dict[Any, list[tuple[Any, ...]]] = {}
        for number, what, minute in steps:
            _write(connection, number, what, minute)
            now = instants(connection)[-1]
            answers[now] = known_then(connection, "cin_visits", now)
        assert len(instants(connection)) == len(set(instants(connection)))
        assert instants(connection) == sorted(instants(connection))
        assert {instant: known_then(connection, "cin_visits", instant) for instant in answers} == answers


def _write(connection: psycopg.Connection, number: int, what: str, minute: int) -> None:
    now = NOON + minutes(minute)
    standing = connection.execute(
        "select entry_id, seen, happened_on from record.cin_visits"
        " where child_id = %s and superseded_at is null and standing = 'reported'",
        (f"CHILD-{number}",),
    ).fetchone()
    if standing is None:
        fresh = connection.execute("select count(*) from record.cin_visits").fetchone()
        append(connection, ENTRY, now, {"cin_visits": [visit(number, cin_visit_id=f"VISIT-{fresh}")]})
        return
    entry_id, seen, day = standing
    changes = {
        "seen": {"seen": not seen},
        "day": {"happened_on": day + timedelta(days=1)},
        "key": {"cin_visit_id": f"VISIT-{entry_id}"},
    }[what]
    correct(connection, CORRECTION, now, "cin_visits", entry_id, changes)
