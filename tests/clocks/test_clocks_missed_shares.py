"""Shares of missed visits by district and team, and who may see them, on a small record worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pytest
from typer.testing import CliRunner

import keyworker as kw
from keyworker.access import Asker, Door, RoleHeld
from keyworker.actions import Keyworker
from keyworker.cli import app
from keyworker.clocks.missed import Coincided
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.moment import Moment
from keyworker.record.connect import DatabaseRole
from keyworker.vocabulary.errors import Refused
from tests.clocks.made import CP_SETTING, involvement, tell
from tests.servers.asking import asking
from tests.servers.started import Database

AT = date(2026, 3, 20)
MOMENT = Moment(AT)
BEGAN = date(2026, 2, 2)


@pytest.fixture
def record(as_database_url: Database) -> Database:
    """Three children on plans from 2 February 2026, none of them ever seen: each visit was due on 16 February.

    ash of Fen 1 has a worker throughout; elm of Fen 2 had none from the 6th on; dew of Marl 1 was visited in vain on
    the 12th.
    """
    team = {"ash": "t1", "elm": "t2", "dew": "t3"}
    rows: dict[str, list[dict[str, Any]]] = {
        "cin_episodes": [
            {"referral_id": f"r-{child}", "child_id": child, "from_on": date(2026, 1, 5), "team_id": at}
            for child, at in team.items()
        ],
        "cp_plans": [{"cp_plan_id": f"p-{child}", "child_id": child, "from_on": BEGAN} for child in team],
        "cp_visits": [
            {"cp_visit_id": "1", "child_id": "dew", "happened_on": date(2026, 2, 12), "outcome": "no access"}
        ],
        "involvements": [
            involvement(1, "ann", "Lead", date(2026, 1, 5), None, child_id="ash", team_id="t1"),
            involvement(2, "bea", "Lead", date(2026, 1, 5), date(2026, 2, 6), child_id="elm", team_id="t2"),
            involvement(3, "cat", "Lead", date(2026, 1, 5), None, child_id="dew", team_id="t3"),
        ],
        "team": [
            {"team_id": f"t{number}", "name": name, "district": district, "team_type": "other", "from_on": BEGAN}
            for number, (name, district) in enumerate(
                (("Fen 1", "Fenland"), ("Fen 2", "Fenland"), ("Marl 1", "Marl")), 1
            )
        ],
        "setting": [CP_SETTING],
    }
    with as_database_url.connect(DatabaseRole.LOADER) as connection:
        tell(connection, rows)
    return as_database_url


def run(*arguments: str) -> Any:
    answer = CliRunner().invoke(app, ["missed", "--at", AT.isoformat(), *arguments, "--json"], catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


def test_the_command_gives_shares_by_district_with_how_many_were_missed(record: Database) -> None:
    rows = {row["district"]: row for row in run()}
    assert {name: row["missed"] for name, row in rows.items()} == {"Fenland": 2, "Marl": 1, "all": 3}
    assert (rows["Fenland"]["no worker"], rows["Fenland"]["nothing recorded explains it"]) == (1, 1)
    assert (rows["Marl"]["no access"], rows["all"]["no access"]) == (1, 1)


def test_the_command_gives_shares_by_team_and_the_visits_themselves(record: Database) -> None:
    assert [(row["team"], row["missed"]) for row in run("--by", "team")] == [
        ("Fen 1", 1),
        ("Fen 2", 1),
        ("Marl 1", 1),
        ("all", 3),
    ]
    assert {row["child"]: row["coincided"] for row in run("--rows", "--district", "Fenland")} == {
        "ash": "nothing recorded explains it",
        "elm": "no worker",
    }
    assert [row["child"] for row in run("--rows", "--team", "t3")] == ["dew"]


def test_only_visits_that_were_due_since_the_day_are_counted(record: Database) -> None:
    assert run("--since", "2026-02-16")[-1]["missed"] == 3
    assert run("--since", "2026-02-17") == [{**run("--since", "2026-02-17")[0], "district": "all", "missed": 0}]


def test_a_place_that_is_neither_district_nor_team_is_refused_in_words(record: Database) -> None:
    shown = CliRunner().invoke(app, ["missed", "--by", "worker"])
    assert shown.exit_code != 0


def test_python_gives_the_same(record: Database) -> None:
    with kw.open(purpose="test") as opened:
        frame = opened.best_known(AT).missed(by="district")
    assert dict(zip(frame["district"], frame["missed"], strict=True)) == {"Fenland": 2, "Marl": 1, "all": 3}


@pytest.fixture
def connection(record: Database) -> Iterator[psycopg.Connection]:
    with record.connect(DatabaseRole.SERVICE, autocommit=True) as opened:
        yield opened


def asked(connection: psycopg.Connection, role: str, scope: str) -> Keyworker:
    asker = Asker("somebody", "test", Door.PAGE, (RoleHeld(role, scope),))
    return asking(asker, connection, datetime(2026, 3, 21, 9, tzinfo=UTC))


def test_a_manager_of_one_team_sees_its_share_and_nobody_elses_nor_a_total(connection: psycopg.Connection) -> None:
    manager = asked(connection, "team manager", "t2")
    by_team = manager.missed_shares(MOMENT, by="team")
    assert [(one.team.name if one.team else "", one.missed) for one in by_team.places] == [("Fen 2", 1)]
    assert (by_team.whole, by_team.withheld) == (None, 2)
    by_district = manager.missed_shares(MOMENT)
    assert (by_district.places, by_district.whole, by_district.withheld) == ((), None, 2)


def test_a_head_of_one_district_sees_it_and_its_teams(connection: psycopg.Connection) -> None:
    head = asked(connection, "head of service", "Fenland")
    assert [one.district for one in head.missed_shares(MOMENT).places] == ["Fenland"]
    teams = head.missed_shares(MOMENT, by="team")
    assert [one.team.name for one in teams.places if one.team] == ["Fen 1", "Fen 2"] and teams.whole is None


def test_a_director_sees_every_district_and_the_whole(connection: psycopg.Connection) -> None:
    found = asked(connection, "director", "all").missed_shares(MOMENT)
    assert ([one.missed for one in found.places], found.whole and found.whole.missed) == ([2, 1], 3)


def test_the_visits_behind_a_share_are_for_those_who_answer_for_the_place(connection: psycopg.Connection) -> None:
    head = asked(connection, "head of service", "Fenland")
    of = {"what": Coincided.NO_WORKER, "district": "Fenland"}
    assert [one.child.child_id for one in head.missed_visits(MOMENT, **of)] == ["elm"]
    assert [one.child.child_id for one in head.missed_visits(MOMENT, team=_team(connection, "t2"))] == ["elm"]
    for elsewhere in ({}, {"district": "Marl"}, {"team": _team(connection, "t3")}):
        with pytest.raises(Refused):
            head.missed_visits(MOMENT, **elsewhere)
    with pytest.raises(Refused):
        asked(connection, "social worker", "all").missed_visits(MOMENT, district="Fenland")


def _team(connection: psycopg.Connection, team_id: str) -> str:
    return handles_of(connection, HandleKind.TEAM, [team_id])[team_id]


def test_each_child_behind_a_share_is_in_the_access_log(record: Database, connection: psycopg.Connection) -> None:
    asked(connection, "director", "all").missed_visits(MOMENT, district="Fenland")
    with record.connect(DatabaseRole.OWNER) as owner:
        logged = owner.execute(
            "select h.id from record.access_log l join record.handle h on h.handle = any(l.handles)"
            " where l.route = 'missed' order by h.id"
        ).fetchall()
    assert logged == [("ash",), ("elm",)]
