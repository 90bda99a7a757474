"""Stretches of who held a child and which team had them say, of every day, what a list at the end of that day says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keyworker.clocks.children import children_at
from keyworker.facts.ground import lens_at
from keyworker.facts.moment import Moment, best_known
from keyworker.facts.reach import APPOINTED, INVOLVED, reach
from keyworker.facts.remembered import _kept
from keyworker.facts.stretches import Stretch, ever_held, ever_near, stretches
from keyworker.record.connect import DatabaseRole
from tests.clocks.made import AT, NOW, involvement, service, tell
from tests.facts.histories import FIRST, History, busy_holdings, histories, moments, write_postgresql
from tests.servers.started import Database

RANDOM = settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
ABOUT = ("involvements", "cin_episodes", "cp_plans", "meaning")
EVERY_CHILD = ["c1", "c2", "c3"]


@pytest.fixture
def superuser(database: Database) -> Iterator[psycopg.Connection]:
    with database.server.superuser(database.name) as connection:
        yield connection


@pytest.fixture
def told(database: Database) -> Iterator[psycopg.Connection]:
    with database.connect(DatabaseRole.LOADER) as connection:
        tell(connection, service())
        yield connection


@st.composite
def seen(draw: st.DrawFn) -> tuple[History, Moment]:
    history = draw(histories(ABOUT) if draw(st.booleans()) else busy_holdings())
    return history, draw(moments(history))


@RANDOM
@given(seen())
def test_every_day_of_a_stretch_is_as_the_list_of_that_day(
    superuser: psycopg.Connection, drawn: tuple[History, Moment]
) -> None:
    history, moment = drawn
    write_postgresql(superuser, history)
    _kept.clear()  # another history under the same acts would be answered from memory
    found = stretches(superuser, lens_at(superuser, moment).of(EVERY_CHILD))
    for ago in range(0, (moment.at - FIRST).days + 1, 3):
        day = moment.at - timedelta(days=ago)
        listed = {
            (row.child_id, row.lead and row.lead.worker_id, row.accountable and row.accountable.worker_id)
            for row in children_at(superuser, Moment(day, moment.known_at))
        }
        assert {(one.child_id, one.lead, one.accountable) for one in found if one.on(day)} == listed, day


def test_a_child_is_with_each_worker_and_team_from_day_to_day(told: psycopg.Connection) -> None:
    lens = lens_at(told, best_known(AT))
    began = date(2026, 1, 5)
    assert sorted(stretches(told, lens.of(["c1", "c2"]))) == [
        Stretch("c1", began, date(2026, 2, 1), "ann", "cat", "t1"),
        Stretch("c1", date(2026, 2, 1), None, "bea", "cat", "t1"),
        Stretch("c2", began, None, None, None, "t1"),
    ], "touching rows of one worker are one stretch; work held by a team has a team and no worker"


def test_a_row_without_a_team_is_in_the_team_of_its_workers_appointment(told: psycopg.Connection) -> None:
    moved = {"worker_id": "bea", "appointment_id": "a2", "team_id": "t2", "from_on": date(2026, 3, 10)}
    alone = involvement(9, "bea", "Lead", date(2026, 3, 5), None, child_id="c9") | {"team_id": None}
    episode = {"referral_id": "r9", "child_id": "c9", "from_on": date(2026, 3, 5), "team_id": "t7"}
    tell(told, {"involvements": [alone], "cin_episodes": [episode], "appointment": [moved]}, source="pack", now=NOW)
    found = stretches(told, lens_at(told, best_known(AT)).of(["c9"]))
    assert [(one.from_on, one.team_id) for one in found] == [(date(2026, 3, 5), "t1"), (date(2026, 3, 10), "t2")]
    for day in (date(2026, 3, 5), date(2026, 3, 9), date(2026, 3, 10)):
        (row,) = children_at(told, best_known(day), child_ids=["c9"])
        assert row.team and row.team.team_id == next(one.team_id for one in found if one.on(day))


def test_whom_a_worker_or_a_team_ever_had_is_found_also_when_they_have_them_no_more(told: psycopg.Connection) -> None:
    lens = lens_at(told, best_known(AT))
    assert ever_held(told, lens, "ann") == ["c1"]
    assert sorted(ever_near(told, lens, ["t1"])) == ["c1", "c2"]
    assert ever_near(told, lens, ["nowhere"]) == []


def test_counts_are_whole_from_the_first_day_on_which_anything_is_known_to_have_ended(
    told: psycopg.Connection,
) -> None:
    lens = lens_at(told, best_known(AT))
    assert reach(told, lens, INVOLVED) == date(2026, 2, 1), "ann's row is the first that ended"
    assert reach(told, lens, APPOINTED) is None, "no appointment is known to have ended"
    assert reach(told, lens_at(told, best_known(date(2026, 1, 20))), INVOLVED) is None
