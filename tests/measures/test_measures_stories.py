"""A worker's and a team's time, month by month, on a small service worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import psycopg
import pytest

from keyworker.clocks.children import children_at
from keyworker.clocks.workers import workers_at
from keyworker.facts.ground import lens_at
from keyworker.facts.moment import best_known
from keyworker.facts.stories import Count, TeamStory, WorkerStory
from keyworker.facts.teams import teams_at
from keyworker.measures.over_time import Level, counted, days_above, days_within, months, summed
from keyworker.measures.team_story import team_story
from keyworker.measures.worker import worker_story
from keyworker.record.connect import DatabaseRole
from tests.clocks.made import tell
from tests.servers.started import Database

AT = date(2026, 3, 20)
BEGAN = date(2025, 12, 1)


def test_spans_are_counted_from_their_first_day_to_the_day_before_their_last() -> None:
    level = counted([(date(2026, 1, 5), date(2026, 1, 8)), (date(2026, 1, 7), None)])
    assert [level.on(date(2026, 1, day)) for day in range(4, 10)] == [0, 1, 1, 2, 1, 1]
    assert level.most(date(2026, 1, 1), date(2026, 2, 1)) == 2
    assert counted([(date(2026, 1, 5), date(2026, 1, 6)), (date(2026, 1, 6), None)]).counts == (
        Count(date(2026, 1, 5), 1),
    ), "one that follows another on the same day leaves the count as it was"


def test_amounts_add_up_and_are_not_known_where_none_is() -> None:
    level = summed([(date(2026, 1, 1), date(2026, 2, 1), 10.0), (date(2026, 1, 15), None, None)])
    assert [level.on(day) for day in (date(2025, 12, 31), date(2026, 1, 20), date(2026, 2, 1))] == [None, 10.0, None]


def test_days_above_a_limit_are_counted_only_where_the_limit_is_known() -> None:
    held = counted([(date(2026, 1, 1), date(2026, 1, 11)), (date(2026, 1, 5), date(2026, 1, 8))])
    agreed = Level((Count(date(2026, 1, 6), 1.0),), before=None)
    assert days_above(held, agreed, date(2026, 1, 1), date(2026, 2, 1)) == 2, "the 6th and the 7th"
    assert days_above(held, agreed, date(2026, 1, 1), date(2026, 1, 6)) is None


def test_days_covered_twice_count_once() -> None:
    spans = [(date(2026, 1, 1), date(2026, 1, 4)), (date(2026, 1, 3), date(2026, 1, 6)), (date(2026, 1, 30), None)]
    assert days_within(spans, date(2026, 1, 2), date(2026, 2, 1)) == 6, "2 to 5 January, 30 and 31 January"


def test_months_end_with_their_last_day_and_the_last_with_the_day_looked_at() -> None:
    assert months(date(2026, 1, 20), date(2026, 3, 2)) == [
        (date(2026, 1, 20), date(2026, 2, 1)),
        (date(2026, 2, 1), date(2026, 3, 1)),
        (date(2026, 3, 1), date(2026, 3, 3)),
    ]


def hold(number: int, child: str, worker: str, from_on: date, to_on: date | None, role: str = "Lead", team: str = "t1"):
    said = {"involvement_id": f"i{number}", "child_id": child, "worker_id": worker, "role": role, "team_id": team}
    return said | {"from_on": from_on, "to_on": to_on}


def team(number: str, name: str, from_on: date, to_on: date | None = None, manager: str | None = None):
    said = {"team_id": number, "name": name, "district": "Fenland", "team_type": "assessment", "manager_id": manager}
    return said | {"from_on": from_on, "to_on": to_on}


def followed(before: str, after: str, how: str, on: date):
    return {"from_team_id": before, "to_team_id": after, "how": how, "happened_on": on}


ROWS = {
    "cin_episodes": [
        {"referral_id": f"r{n}", "child_id": f"c{n}", "from_on": BEGAN, "to_on": date(2026, 3, 1) if n == 3 else None}
        for n in (1, 2, 3)
    ]
    + [{"referral_id": "r9", "child_id": "c9", "from_on": date(2025, 10, 1), "to_on": date(2025, 11, 1)}],
    "involvements": [
        hold(1, "c1", "bea", BEGAN, None),
        hold(2, "c2", "bea", date(2026, 1, 15), date(2026, 2, 10)),
        hold(3, "c2", "ann", date(2026, 2, 10), None, "Accountable"),
        hold(4, "c3", "bea", date(2026, 2, 1), date(2026, 3, 1), "Accountable"),
        hold(5, "c3", "ann", date(2026, 2, 20), date(2026, 3, 1)),
        hold(6, "c9", "zoe", date(2025, 10, 1), date(2025, 11, 1)),
    ],
    "team": [
        team("t0", "Fenland unit", date(2025, 1, 1), date(2026, 1, 1), "eve"),
        team("t1", "Fenland team", date(2026, 1, 1)),
        team("t5", "Marsh team", date(2025, 1, 1)),
        team("t6", "Fenland north", date(2026, 4, 1)),
    ],
    "team_succession": [
        followed("t0", "t1", "merged", date(2026, 1, 1)),
        followed("t1", "t6", "split", date(2026, 4, 1)),
        followed("t5", "t6", "merged", date(2026, 4, 1)),
    ],
    "appointment": [
        {
            "appointment_id": "a1",
            "worker_id": "bea",
            "post_id": "p1",
            "team_id": "t1",
            "fte": 1,
            "hours_per_week": 37,
            "agreed_capacity": 2,
            "first_year": True,
            "from_on": BEGAN,
        }
    ],
    "absence": [
        {
            "absence_id": "x1",
            "worker_id": "bea",
            "reason_class": "SIC",
            "from_on": date(2026, 1, 30),
            "to_on": date(2026, 2, 3),
            "expected_return_on": date(2026, 2, 3),
        },
        {
            "absence_id": "x2",
            "worker_id": "bea",
            "reason_class": "SIC",
            "from_on": date(2026, 3, 18),
            "expected_return_on": date(2026, 4, 1),
        },
    ],
    "setting": [
        {
            "name": "protected time",
            "applies_to": "first year",
            "value": "10",
            "unit": "percent",
            "written_in": "Early careers policy (example)",
            "from_on": date(2025, 1, 1),
        }
    ],
    "step": [
        {
            "step_id": "s1",
            "kind": "assessed year ended",
            "worker_id": "bea",
            "happened_on": date(2026, 3, 1),
        }
    ],
    "personal_supervision": [
        {"supervision_id": "u1", "worker_id": "bea", "happened_on": date(2026, 1, 9), "outcome": "held"},
        {"supervision_id": "u2", "worker_id": "bea", "happened_on": date(2026, 2, 9), "outcome": "cancelled"},
    ],
}


@pytest.fixture
def told(database: Database) -> Iterator[psycopg.Connection]:
    with database.connect(DatabaseRole.LOADER) as connection:
        tell(connection, ROWS)
        yield connection


def worker(connection: psycopg.Connection, worker_id: str, at: date = AT) -> WorkerStory:
    moment = best_known(at)
    lens = lens_at(connection, moment)
    children = children_at(connection, moment, worker_id=worker_id)
    rows = {row.worker.worker_id: row for row in workers_at(connection, moment, children=children)}
    teams = teams_at(connection, lens, ended=True)
    found = worker_story(connection, lens, teams, worker_id, rows.get(worker_id), children)
    assert found is not None
    return found


def of_team(connection: psycopg.Connection, team_id: str, at: date = AT) -> TeamStory:
    lens = lens_at(connection, best_known(at))
    found = team_story(connection, lens, teams_at(connection, lens, ended=True), team_id)
    assert found is not None
    return found


def test_a_worker_holds_whom_they_lead_and_whom_they_answer_for_while_nobody_leads(told: psycopg.Connection) -> None:
    found = worker(told, "bea")
    assert found.held == (
        Count(BEGAN, 1),
        Count(date(2026, 1, 15), 2),
        Count(date(2026, 2, 1), 3),
        Count(date(2026, 2, 10), 2),
        Count(date(2026, 2, 20), 1),
    ), "c2 went to ann on 10 February; c3 was bea's to answer for until ann led on 20 February"


def test_a_workers_month_says_what_was_held_agreed_and_kept_free(told: psycopg.Connection) -> None:
    rows = [
        (m.on, m.children, m.most, m.above_days, m.away_days, m.protected_hours, m.supervisions_held)
        for m in worker(told, "bea").months
    ]
    assert rows == [
        (date(2025, 12, 31), 1, 1, 0, 0, 3.7, 0),
        (date(2026, 1, 31), 2, 2, 0, 2, 3.7, 1),
        (date(2026, 2, 28), 1, 3, 9, 2, 3.7, 0),
        (date(2026, 3, 20), 1, 1, 0, 3, None, 0),
    ], "above agreed on 1 to 9 February; 10% of 37 hours until the first year ended; away 18 to 20 March"


def test_a_months_last_count_is_the_count_of_every_list(told: psycopg.Connection) -> None:
    for at in (date(2026, 1, 31), date(2026, 2, 15), AT):
        found = worker(told, "bea", at)
        assert found.row is not None
        assert found.months[-1].children == found.row.children == len(found.children_now)


def test_an_absence_says_until_when_and_never_why(told: psycopg.Connection) -> None:
    found = worker(told, "bea")
    assert [(one.from_on, one.to_on, one.expected_on) for one in found.absences] == [
        (date(2026, 1, 30), date(2026, 2, 3), None),
        (date(2026, 3, 18), None, date(2026, 4, 1)),
    ]
    assert "SIC" not in repr(found)


def test_a_first_year_without_a_setting_has_no_share_and_no_hours(told: psycopg.Connection) -> None:
    assert [(one.share, one.to_on) for one in worker(told, "bea").protected] == [(0.1, date(2026, 3, 1))]
    tell(told, {"setting": [{**ROWS["setting"][0], "unit": "hours"}]}, source="other")
    tell(told, {"setting": [{**ROWS["setting"][0], "unit": "hours", "from_on": date(2025, 6, 1)}]}, source="later")
    found = worker(told, "bea")
    assert [one.share for one in found.protected] == [None], "a share that is not in percent cannot be read"
    assert {month.protected_hours for month in found.months} == {None}


def test_somebody_who_left_is_shown_to_their_last_day(told: psycopg.Connection) -> None:
    found = worker(told, "zoe")
    assert (found.row, found.until) == (None, date(2025, 11, 1))
    assert [(month.on, month.children) for month in found.months] == [(date(2025, 10, 31), 1)]


def test_a_team_is_shown_with_what_it_came_of_and_what_came_of_it_and_no_other_kin(told: psycopg.Connection) -> None:
    found = of_team(told, "t1", date(2026, 4, 10))
    assert [one.team_id for one in found.lineage] == ["t0", "t1", "t6"], "the Marsh team is no kin of it"
    assert [(one.before.team_id, one.how, one.after.name) for one in found.followed] == [
        ("t0", "merged", "Fenland team"),
        ("t1", "split", "Fenland north"),
    ]
    assert [one.team_id for one in of_team(told, "t1").lineage] == ["t0", "t1"], "the split has not happened yet"
    managers = [(one.team.team_id, one.manager and one.manager.worker_id) for one in found.spans]
    assert managers == [("t0", "eve"), ("t1", None), ("t6", None)]


def test_a_teams_month_counts_its_children_and_its_workers_as_its_page_does(told: psycopg.Connection) -> None:
    found = of_team(told, "t1")
    mine = [
        (month.on, month.children, month.unallocated, month.holding, month.appointed)
        for month in found.months
        if month.team.team_id == "t1"
    ]
    assert mine == [
        (date(2025, 11, 30), 0, 0, 0, 0),
        (date(2025, 12, 31), 1, 0, 1, 1),
        (date(2026, 1, 31), 2, 0, 1, 1),
        (date(2026, 2, 28), 3, 0, 2, 1),
        (date(2026, 3, 20), 2, 0, 2, 1),
    ], "the case system put children in it before its first day; ann holds, and has no appointment"
    for month in found.months:
        rows = children_at(told, best_known(month.on), team_id=month.team.team_id)
        assert len(rows) == month.children


def test_nothing_is_told_of_a_team_or_a_worker_whom_nobody_knows(told: psycopg.Connection) -> None:
    lens = lens_at(told, best_known(AT))
    teams = teams_at(told, lens, ended=True)
    assert team_story(told, lens, teams, "t77") is None
    assert worker_story(told, lens, teams, "nobody", None, []) is None
