"""Whom supervisors supervise, and since when somebody has been in a role, worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pytest
from typer.testing import CliRunner

from keyworker.access import Asker, Door
from keyworker.actions import Keyworker
from keyworker.actions.whole import whole_at
from keyworker.cli import app
from keyworker.facts.moment import Moment
from keyworker.facts.supervisors import role_begun
from keyworker.record.connect import DatabaseRole
from tests.clocks.made import AT, service, tell
from tests.servers.asking import asking
from tests.servers.started import Database

MOMENT = Moment(AT)


def test_touching_appointments_of_one_role_are_one_time_in_it():
    appointed = [
        ("case holder", date(2026, 1, 5), None),
        ("case holder", date(2025, 3, 1), date(2026, 1, 5)),
        ("case holder", date(2020, 1, 6), date(2024, 12, 31)),
    ]
    # The third ended two months before the second began, so the time in the role is broken there.
    assert role_begun(appointed, AT) == date(2025, 3, 1)


def test_another_role_ends_the_time_in_the_one_before():
    appointed = [
        ("first line manager", date(2026, 1, 5), None),
        ("case holder", date(2020, 1, 6), date(2026, 1, 5)),
    ]
    assert role_begun(appointed, AT) == date(2026, 1, 5)


def test_who_is_no_longer_in_post_has_no_time_in_a_role():
    assert role_begun([("case holder", date(2020, 1, 6), AT)], AT) is None
    # The last day counts: `to_on` is the first day on which it was no longer so.
    assert role_begun([("case holder", date(2020, 1, 6), date(2026, 3, 21))], AT) == date(2020, 1, 6)


@pytest.fixture
def record(as_database_url: Database) -> Database:
    """Eve, of another team, supervises Bea of t1 and Fay of t2; Eve leads one child and was supervised on 1 March."""
    rows: dict[str, list[dict[str, Any]]] = service()
    began = date(2024, 4, 1)
    rows["appointment"] += [
        {"appointment_id": "a2", "worker_id": "eve", "team_id": "t2", "job_title": "Manager", "from_on": began},
        {"appointment_id": "a3", "worker_id": "fay", "team_id": "t2", "job_title": "Social worker", "from_on": began},
    ]
    rows["supervision_line"].append({"worker_id": "fay", "supervisor_id": "eve", "from_on": began})
    rows["personal_supervision"].append(
        {"supervision_id": "s3", "worker_id": "eve", "happened_on": date(2026, 3, 1), "outcome": "held"}
    )
    with as_database_url.connect(DatabaseRole.LOADER) as connection:
        tell(connection, rows)
    return as_database_url


@pytest.fixture
def connection(record: Database) -> Iterator[psycopg.Connection]:
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as opened:
        yield opened


def asked(connection: psycopg.Connection) -> Keyworker:
    return asking(Asker("analyst", "test", Door.COMMAND), connection, datetime(2026, 3, 21, 9, tzinfo=UTC))


def test_a_team_shows_whoever_supervises_it_from_another_team_with_their_whole_span(connection: psycopg.Connection):
    picture = asked(connection).team("t1", MOMENT)
    (eve,) = picture.supervisors
    assert (eve.worker.worker_id, eve.days_since_supervised, eve.children) == ("eve", 19, 0)
    assert picture.spans == {"eve": 2}
    assert picture.in_role_since == {"eve": date(2024, 4, 1), "bea": date(2026, 1, 5)}


def test_the_same_supervisors_are_shown_when_the_whole_service_is_at_hand(connection: psycopg.Connection):
    alone = asked(connection).team("t1", MOMENT)
    whole_at(connection, MOMENT)
    assert asked(connection).team("t1", MOMENT).supervisors == alone.supervisors


def test_the_command_gives_supervisors_beside_their_team_and_says_who_is_of_it(record: Database):
    answer = CliRunner().invoke(app, ["team", "t1", "--at", AT.isoformat(), "--json"], catch_exceptions=False)
    rows = {row["worker_id"]: row for row in json.loads(answer.stdout)}
    assert (rows["eve"]["of_the_team"], rows["eve"]["supervises"], rows["eve"]["supervises_here"]) == (False, 2, 1)
    assert (rows["eve"]["in_role_since"], rows["eve"]["days_since_supervised"]) == ("2024-04-01", 19)
    assert (rows["bea"]["of_the_team"], rows["bea"]["supervises"]) == (True, 0)


def test_whoever_is_named_on_a_teams_page_is_in_the_access_log(connection: psycopg.Connection, record: Database):
    asked(connection).team("t1", MOMENT)
    with record.connect(DatabaseRole.OWNER) as owner:
        (count,) = owner.execute(
            "select count(*) from record.access_log l, record.handle h"
            " where l.route = 'team' and l.kind = 'worker' and h.id = 'eve' and h.handle = any(l.handles)"
        ).fetchone() or (0,)
    assert count == 1


def test_a_worker_sees_of_themselves_what_the_team_page_shows_of_them(connection: psycopg.Connection):
    story = asked(connection).worker("eve", MOMENT)
    assert (story.supervises, story.in_role_since) == (2, date(2024, 4, 1))
