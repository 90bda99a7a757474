"""The kinds of step that are held are those that a look through all steps finds, whatever was looked at before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest

from keyworker.clocks.steps import kinds_held
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, append, erase
from tests.clocks.made import NOW
from tests.record.test_record_erasure import SIGNED
from tests.servers.started import Database

ENTRY = Act("entry", "A worker", "made up", "ssd")
ERASURE = Act("erasure", "A manager", "made up")


@pytest.fixture
def record(database: Database) -> Iterator[psycopg.Connection]:
    with database.connect(DatabaseRole.LOADER) as connection:
        append(connection, ENTRY, NOW, {"step": [_step(1, "conference report")]})
        connection.commit()
        yield connection


def _step(number: int, kind: str) -> dict[str, Any]:
    return {"step_id": f"s{number}", "child_id": "c1", "kind": kind, "happened_on": date(2026, 3, 2)}


def _later(minutes: int) -> Any:
    return NOW + timedelta(minutes=minutes)


def test_a_kind_of_step_is_held_from_the_act_that_first_writes_one(record: psycopg.Connection) -> None:
    assert kinds_held(record) == {"conference report"}
    append(record, ENTRY, _later(1), {"step": [_step(2, "review papers"), _step(3, "conference report")]})
    assert kinds_held(record) == {"conference report", "review papers"}
    visit = {"cp_visit_id": "v1", "child_id": "c1", "happened_on": date(2026, 3, 2), "seen": True}
    append(record, ENTRY, _later(2), {"cp_visits": [visit]})
    assert kinds_held(record) == {"conference report", "review papers"}


def test_a_transaction_that_does_not_see_the_newest_act_is_told_what_it_sees(
    record: psycopg.Connection, database: Database
) -> None:
    with database.connect(DatabaseRole.LOADER) as earlier:
        earlier.execute("set transaction isolation level repeatable read")
        assert kinds_held(earlier) == {"conference report"}
        append(record, ENTRY, _later(1), {"step": [_step(2, "review papers")]})
        record.commit()
        assert kinds_held(record) == {"conference report", "review papers"}
        assert kinds_held(earlier) == {"conference report"}
        assert kinds_held(record) == {"conference report", "review papers"}


def test_a_kind_of_which_the_only_step_is_erased_is_no_longer_held(
    record: psycopg.Connection, database: Database
) -> None:
    written = append(record, ENTRY, _later(1), {"step": [_step(2, "review papers")]})
    assert kinds_held(record) == {"conference report", "review papers"}
    record.commit()
    with database.connect(DatabaseRole.APPLICATION) as application:
        entries = list(written.entry_ids["step"])
        erase(application, ERASURE, _later(2), "step", entries, "a court ordered it", SIGNED)
    assert kinds_held(record) == {"conference report"}
