"""The access log says who saw what, and only grows."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from keyworker.record.connect import DatabaseRole
from keyworker.record.log import LogLine, log_reads
from tests.record.made import NOON
from tests.servers.started import Database

READING: dict[str, Any] = {
    "at": NOON,
    "account": "demo.manager",
    "role": "team manager",
    "door": "page",
    "route": "team",
    "purpose": "weekly look at the team",
    "warrant": "management",
    "kind": "children of a team",
    "handles": ["made-up-1", "made-up-2"],
}


def test_a_reading_is_kept_with_its_purpose_and_found_by_child(any_database: Database) -> None:
    with any_database.connect(DatabaseRole.APPLICATION, account=READING["account"]) as connection:
        every = {**READING, "handles": [], "count": 9_704, "kind": "counts"}
        log_reads(connection, [LogLine(**READING), LogLine(**every)])
        kept = connection.execute(
            "select log_id, at, account, role, warrant, door, route, purpose, kind, handles, count"
            " from record.access_log order by log_id"
        ).fetchall()
        found = connection.execute("select log_id from record.access_log where handles @> '{made-up-2}'").fetchall()
    assert kept[0][1:] == (
        NOON,
        "demo.manager",
        "team manager",
        "management",
        "page",
        "team",
        "weekly look at the team",
        "children of a team",
        ["made-up-1", "made-up-2"],
        2,
    )
    assert kept[1][-2:] == ([], 9_704)
    assert found == [(kept[0][0],)]


@pytest.mark.parametrize(
    "lacking", [{"account": ""}, {"purpose": " "}, {"route": ""}, {"door": "window"}, {"count": -1}]
)
def test_a_reading_without_account_purpose_or_door_is_refused(database: Database, lacking: dict[str, Any]) -> None:
    with (
        database.connect(DatabaseRole.OWNER) as connection,
        pytest.raises(psycopg.errors.CheckViolation),
    ):
        log_reads(connection, [LogLine(**{**READING, **lacking})])


def test_a_clock_without_a_time_zone_is_refused(database: Database) -> None:
    with (
        database.connect(DatabaseRole.APPLICATION, account=READING["account"]) as connection,
        pytest.raises(ValueError, match="time zone"),
    ):
        log_reads(connection, [LogLine(**{**READING, "at": NOON.replace(tzinfo=None)})])
