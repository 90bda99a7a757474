"""The list of children of whom nothing is recent, from the command and from Python, worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from typer.testing import CliRunner

import keyworker as kw
from keyworker.access import Asker, Door, RoleHeld
from keyworker.actions import Keyworker, nothing_recent
from keyworker.actions.measures import MeasureEngine
from keyworker.actions.reading import one_reading
from keyworker.cli import app
from keyworker.facts.columns import follow
from keyworker.facts.moment import Moment
from keyworker.measures.passes.asked import Asked
from keyworker.record.connect import DatabaseRole
from keyworker.vocabulary.errors import Refused
from tests.clocks.made import involvement, tell
from tests.servers.asking import asking
from tests.servers.started import Database

AT = date(2026, 3, 31)
MOMENT = Moment(AT)
BEGAN = date(2026, 1, 5)


@pytest.fixture
def record(as_database_url: Database) -> Database:
    """Four open children: ash and dew last visited on 2 March, bay a day later, elm in supervision on 10 March.

    On 31 March the 28 days from 2 March have passed and those from 3 March have not. Ann leads ash, bay and elm of t1;
    dew is Bea's, of t2.
    """
    holder = {"ash": ("ann", "t1"), "bay": ("ann", "t1"), "dew": ("bea", "t2"), "elm": ("ann", "t1")}
    visited = {"ash": date(2026, 3, 2), "bay": date(2026, 3, 3), "dew": date(2026, 3, 2), "elm": date(2026, 3, 2)}
    rows: dict[str, list[dict[str, Any]]] = {
        "cin_episodes": [
            {"referral_id": f"r-{child}", "child_id": child, "from_on": BEGAN, "team_id": team}
            for child, (_, team) in holder.items()
        ],
        "involvements": [
            involvement(number, worker, "Lead", BEGAN, None, child_id=child, team_id=team)
            for number, (child, (worker, team)) in enumerate(holder.items())
        ],
        "cin_visits": [
            {"cin_visit_id": f"v-{child}", "child_id": child, "happened_on": day} for child, day in visited.items()
        ],
        "case_supervision": [
            {"supervision_id": "s1", "child_id": "elm", "happened_on": date(2026, 3, 10), "outcome": "held"},
            {"supervision_id": "s2", "child_id": "ash", "happened_on": date(2026, 3, 10), "outcome": "cancelled"},
        ],
        "team": [
            {"team_id": "t1", "name": "Fen 1", "district": "Fenland", "team_type": "other", "from_on": BEGAN},
            {"team_id": "t2", "name": "Marl 1", "district": "Marl", "team_type": "other", "from_on": BEGAN},
        ],
    }
    with as_database_url.connect(DatabaseRole.LOADER) as connection:
        tell(connection, rows)
    return as_database_url


def run(*arguments: str) -> Any:
    answer = CliRunner().invoke(app, ["nothing-recent", "--at", AT.isoformat(), *arguments, "--json"])
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


@pytest.mark.parametrize(
    ("of", "found"),
    [
        ((), ["ash", "dew"]),
        (("--team", "t1"), ["ash"]),
        (("--district", "Marl"), ["dew"]),
    ],
)
def test_the_list_is_of_everybody_a_team_or_a_district(record: Database, of: tuple[str, ...], found: list[str]) -> None:
    assert sorted(row["child_id"] for row in run(*of)) == found


@pytest.mark.parametrize("command", ["nothing-recent", "due", "ahead"])
def test_no_list_is_of_another_workers_children_alone(record: Database, command: str) -> None:
    answer = CliRunner().invoke(app, [command, "--at", AT.isoformat(), "--worker", "ann"])
    said = " ".join(str(answer.exception).split())
    assert answer.exit_code != 0 and "told to that worker and their supervisor alone" in said


@pytest.mark.parametrize("command", [("clocks", "--worker", "ann"), ("first-years",)])
def test_no_file_is_made_of_the_duties_of_a_named_worker(
    record: Database, command: tuple[str, ...], tmp_path: Path
) -> None:
    for form in (("--out", str(tmp_path / "file")), ("--format", "csv"), ("--json",)):
        answer = CliRunner().invoke(app, [*command, "--at", AT.isoformat(), *form])
        assert answer.exit_code != 0 and "no file is made of them" in " ".join(str(answer.exception).split())
    assert not list(tmp_path.iterdir())


def test_each_row_says_when_the_child_was_last_heard_of_and_names_nobody(record: Database) -> None:
    ash = next(row for row in run() if row["child_id"] == "ash")
    assert (ash["last_recorded_on"], ash["last_case_supervision_on"]) == ("2026-03-02", None)
    assert "name" not in ash and "lead" not in ash


def test_python_gives_the_same(record: Database) -> None:
    with kw.open(purpose="test the list") as opened:
        frame = opened.best_known(AT).nothing_recent(district="Fenland")
    assert frame["child_id"].to_list() == ["ash"]


@pytest.fixture
def connection(record: Database) -> Iterator[psycopg.Connection]:
    with record.connect(DatabaseRole.SERVICE, autocommit=True) as opened:
        yield opened


def asked(connection: psycopg.Connection, *roles: RoleHeld, worker_id: str | None = None) -> Keyworker:
    door = Door.PAGE if roles else Door.COMMAND
    return asking(Asker("somebody", "test", door, roles, worker_id), connection, datetime(2026, 4, 1, tzinfo=UTC))


def test_the_list_of_everybody_is_as_long_as_the_measures_number(connection: psycopg.Connection) -> None:
    name = "open-without-record-or-supervision"
    (row,) = asked(connection).measure(name, Asked((AT,)), engine=MeasureEngine.DUCKDB)
    found = asked(connection).nothing_recent(MOMENT)
    assert (len(found.children), found.of) == (row.numerator, row.denominator) == (2, 4)


def test_on_a_page_a_worker_sees_their_own_and_no_district(connection: psycopg.Connection) -> None:
    mine = asked(connection, RoleHeld("social worker", "t1"), worker_id="ann")
    assert [one.child.child_id for one in mine.nothing_recent(MOMENT).children] == ["ash"]
    for of in ({"district": "Marl"}, {"whole": True}):
        with pytest.raises(Refused):
            mine.nothing_recent(MOMENT, **of)


def test_every_child_on_the_list_is_in_the_access_log(record: Database, connection: psycopg.Connection) -> None:
    asked(connection).nothing_recent(MOMENT)
    with record.connect(DatabaseRole.OWNER) as owner:
        logged = owner.execute(
            "select h.id from record.access_log l join record.handle h on h.handle = any(l.handles)"
            " where l.route = 'nothing recent' order by h.id"
        ).fetchall()
    assert logged == [("ash",), ("dew",)]


def test_what_was_typed_in_later_was_not_known_then(record: Database, connection: psycopg.Connection) -> None:
    later = {"cin_visit_id": "v9", "child_id": "ash", "happened_on": date(2026, 3, 25)}
    with record.connect(DatabaseRole.LOADER) as loader:
        tell(loader, {"cin_visits": [later]}, now=datetime(2026, 4, 2, 9, tzinfo=UTC))
    then = Moment(AT, datetime(2026, 4, 1, 9, tzinfo=UTC))
    assert {one.child.child_id for one in asked(connection).nothing_recent(then).children} == {"ash", "dew"}
    assert {one.child.child_id for one in asked(connection).nothing_recent(MOMENT).children} == {"dew"}


def _nobody(*_: object) -> None:
    raise AssertionError("the record was asked")


def test_everybodys_list_is_read_from_the_columns_where_they_are_held(
    record: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nothing_recent, "MANY", 0)
    monkeypatch.setattr(nothing_recent, "PostgresSource", _nobody)
    with record.connect(DatabaseRole.APPLICATION, autocommit=True) as connection:
        with one_reading(connection):
            follow(connection)
            assert nothing_recent.every_unheard(connection, MOMENT) == {
                "ash": date(2026, 3, 2),
                "dew": date(2026, 3, 2),
            }
        with one_reading(connection):
            known = Moment(AT, datetime(2026, 3, 1, tzinfo=UTC))
            assert nothing_recent.every_unheard(connection, known) == {}
