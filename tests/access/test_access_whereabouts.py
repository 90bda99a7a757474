"""Where children stand is kept once for everybody, and carried on by the children whom an act moves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest

from keyworker.actions.reading import one_keeping
from keyworker.facts import whereabouts
from keyworker.facts.moment import Moment
from keyworker.facts.whereabouts import keep_whereabouts
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, append
from tests.access.made import BEGAN, NOW, TODAY, service
from tests.access.restricting import opened
from tests.clocks.made import involvement, tell
from tests.servers.started import Database

KEPT = """select w.child_id, array_agg(s.kind || ' ' || s.id order by s.kind, s.id) from access.whereabouts w
join access.stand s on s.stand_id = any(w.stands) group by w.child_id"""
SINCE = date(2026, 3, 1)


@pytest.fixture
def record(database: Database) -> Database:
    """The made-up service."""
    with database.connect(DatabaseRole.LOADER) as loader:
        tell(loader, service())
    return database


@contextmanager
def keeping(record: Database) -> Iterator[psycopg.Connection]:
    with record.bare_connect(DatabaseRole.SERVICE, autocommit=True) as service_role:
        yield service_role


def kept(record: Database, day: date = TODAY) -> dict[str, list[str]]:
    """Where each child stands, as it is kept once it is brought up to date."""
    with keeping(record) as connection:
        with one_keeping(connection):
            keep_whereabouts(connection, Moment(day))
        return dict(connection.execute(KEPT.encode()).fetchall())


def anew(record: Database, day: date = TODAY) -> dict[str, list[str]]:
    """The same worked out of everybody, with nothing kept before."""
    with record.bare_connect(DatabaseRole.OWNER, autocommit=True) as owner:
        owner.execute("delete from access.whereabouts_ground")
    return kept(record, day)


def write(record: Database, **rows: list[dict[str, Any]]) -> None:
    with record.connect(DatabaseRole.LOADER) as loader:
        append(loader, Act("entry", "Analyst", "test", "keyworker"), NOW, rows)
        loader.commit()


def seen(record: Database, account: str) -> set[str]:
    """The children whose episodes the database gives somebody who asks it by itself."""
    with opened(record, account) as door:
        door.sources()
        return {child for (child,) in door.own.execute("select child_id from record.cin_episodes")}


def test_a_child_stands_with_those_who_hold_it_and_in_the_teams_of_its_referral(record: Database) -> None:
    assert kept(record)["all"] == ["team t3", "worker cal"]
    assert kept(record)["own"] == ["team t1", "worker pat"]


def test_a_child_whom_nobody_holds_any_more_stands_with_who_held_it_last(record: Database) -> None:
    earlier, last = SINCE, SINCE + timedelta(days=3)
    write(
        record,
        involvements=[
            involvement(20, "ann", "Lead", BEGAN, earlier, child_id="gone", team_id="t1"),
            involvement(21, "bea", "Lead", BEGAN, last, child_id="gone", team_id="t2"),
        ],
    )
    assert kept(record)["gone"] == ["team t2", "worker bea"]


def test_what_is_carried_on_over_acts_and_days_is_what_is_worked_out_anew(record: Database) -> None:
    write(record, involvements=[involvement(30, "ann", "Lead", TODAY + timedelta(days=2), None, child_id="all")])
    write(record, involvements=[involvement(31, "bea", "Co-worker", SINCE, TODAY + timedelta(days=3), child_id="own")])
    expected = {
        0: (["team t3", "worker cal"], ["team t1", "worker bea", "worker pat"]),
        2: (["team t1", "team t3", "worker ann", "worker cal"], ["team t1", "worker bea", "worker pat"]),
        3: (["team t1", "team t3", "worker ann", "worker cal"], ["team t1", "worker pat"]),
    }
    for later, (of_all, of_own) in expected.items():
        found = kept(record, TODAY + timedelta(days=later))
        assert (found["all"], found["own"]) == (of_all, of_own), later
    assert kept(record, TODAY + timedelta(days=3)) == anew(record, TODAY + timedelta(days=3))


def test_identifiers_that_are_joined_stand_where_the_child_stands_and_apart_again_after_an_adoption(
    record: Database,
) -> None:
    kept(record)
    link = {"child_id": "other", "same_as": "all", "basis": "upn", "from_on": BEGAN}
    write(record, identity_link=[link])
    joined = kept(record)
    assert joined["all"] == joined["other"] == ["team t3", "worker cal"]
    assert joined == anew(record)
    write(record, permanence=[{"permanence_id": "x", "child_id": "all", "permanence_order_type": "Adoption"}])
    parted = kept(record)
    assert "other" not in parted
    assert parted == anew(record)


def test_more_moved_children_than_are_carried_on_are_all_looked_at_anew(
    record: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(record)
    monkeypatch.setattr(whereabouts, "MOST", 1)
    moved = [involvement(40 + n, "bea", "Lead", SINCE, None, child_id=one) for n, one in enumerate(("all", "own"))]
    write(record, involvements=moved)
    assert kept(record)["all"] == ["team t1", "team t3", "worker bea", "worker cal"]


def test_whoever_is_given_a_child_sees_it_at_once_and_nothing_else_is_laid_down_anew(record: Database) -> None:
    with opened(record, "social.worker") as door, record.bare_connect(DatabaseRole.OWNER, autocommit=True) as owner:
        laid = owner.execute("select xmin, session_id from access.laid order by 2").fetchall()
        assert [one for (one,) in door.own.execute("select child_id from record.cin_episodes")] == ["own"]
        write(record, involvements=[involvement(50, "pat", "Lead", SINCE, None, child_id="all", team_id="t3")])
        # What was laid down is worth nothing until it is known again where children stand.
        assert door.own.execute("select child_id from record.cin_episodes").fetchall() == []
        door.sources()
        found = {one for (one,) in door.own.execute("select child_id from record.cin_episodes")}
        assert found == {"own", "all"}
        assert owner.execute("select xmin, session_id from access.laid order by 2").fetchall() == laid


def test_a_team_that_nobody_had_heard_of_is_in_the_sight_of_whoever_holds_a_role_over_it(record: Database) -> None:
    told = {"account": "new", "role": "team manager", "scope": "t9", "worker_id": "ann", "from_on": BEGAN}
    write(record, role_holding=[told])
    assert seen(record, "new") == {"team"}
    write(record, involvements=[involvement(60, None, "Duty", SINCE, None, child_id="district", team_id="t9")])
    assert seen(record, "new") == {"team", "district"}


def test_the_application_sees_no_more_of_where_children_stand_than_of_the_children(record: Database) -> None:
    with opened(record, "social.worker") as door:
        door.sources()
        rows = door.own.execute("select child_id from access.whereabouts").fetchall()
    assert rows == [("own",)]
