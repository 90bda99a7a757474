"""A post's time: who was in it, when it was empty, how much of that agency workers covered; worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import psycopg
import pytest

from keyworker.facts.ground import lens_at
from keyworker.facts.moment import best_known
from keyworker.facts.posts import post_story, posts_at
from keyworker.facts.relations import render
from keyworker.facts.stories import Empty
from keyworker.facts.teams import teams_at
from keyworker.measures.evidence import question
from keyworker.record.connect import DatabaseRole
from tests.clocks.made import tell
from tests.servers.started import Database

AT = date(2026, 3, 20)
BEGAN = date(2024, 4, 1)


def post(number: str, fte: Decimal | int | None, **also: object) -> dict[str, object]:
    return {"post_id": number, "title": "Social worker", "team_id": "t1", "fte": fte, "holds_cases": True} | {
        "from_on": BEGAN,
        **also,
    }


def held(
    number: int, post_id: str, worker: str, fte: Decimal | int, from_on: date, to_on: date | None, how: str
) -> dict:
    said = {"appointment_id": f"a{number}", "worker_id": worker, "post_id": post_id, "team_id": "t1"}
    return said | {"fte": fte, "employment": how, "from_on": from_on, "to_on": to_on}


def step(post_id: str, kind: str, on: date, outcome: str | None = None) -> dict[str, object]:
    return {"post_id": post_id, "kind": kind, "happened_on": on, "outcome": outcome}


@pytest.fixture
def told(database: Database) -> Iterator[psycopg.Connection]:
    with database.connect(DatabaseRole.LOADER) as connection:
        rows = {
            "team": [{"team_id": "t1", "name": "Fenland team", "district": "Fenland", "from_on": BEGAN}],
            "post": [
                post("p1", 1),
                post("p2", Decimal("0.5")),
                post("p3", None),
                post("p4", 1, to_on=date(2025, 1, 1)),
            ],
            "appointment": [
                held(1, "p1", "ann", 1, BEGAN, date(2025, 6, 1), "permanent"),
                held(2, "p1", "bea", 1, date(2025, 9, 1), date(2025, 12, 1), "agency"),
                held(3, "p1", "cat", Decimal("0.6"), date(2026, 2, 1), None, "permanent"),
                held(4, "p2", "dee", 1, BEGAN, None, "permanent"),
                held(5, "p4", "eve", 1, date(2024, 3, 1), date(2024, 5, 1), "permanent"),
            ],
            "vacancy_step": [
                step("p1", "approved", date(2025, 7, 1)),
                step("p1", "advertised", date(2025, 8, 1), "no applicants"),
            ],
        }
        tell(connection, rows, source="pack")
        yield connection


def story(connection: psycopg.Connection, number: str, at: date = AT):
    lens = lens_at(connection, best_known(at))
    return post_story(connection, lens, teams_at(connection, lens, ended=True), number)


def test_a_post_is_empty_when_no_employee_fills_it_also_while_agency_covers_it(told: psycopg.Connection) -> None:
    found = story(told, "p1")
    assert found is not None
    assert found.empty == (
        Empty(date(2025, 6, 1), date(2025, 9, 1), 1.0, 1.0),
        Empty(date(2025, 9, 1), date(2025, 12, 1), 1.0, 0.0),
        Empty(date(2025, 12, 1), date(2026, 2, 1), 1.0, 1.0),
        Empty(date(2026, 2, 1), None, 0.4, 0.4),
    )
    assert [(one.worker.worker_id, one.agency) for one in found.people] == [
        ("ann", False),
        ("bea", True),
        ("cat", False),
    ]
    assert [(one.kind, one.outcome) for one in found.steps] == [("approved", None), ("advertised", "no applicants")]


def test_a_post_that_is_empty_in_part_says_since_when_and_how_far_filling_it_has_come(
    told: psycopg.Connection,
) -> None:
    found = story(told, "p1")
    assert found is not None and found.row is not None
    row = found.row
    assert (row.vacant, row.uncovered, row.empty_since) == (0.4, 0.4, date(2025, 6, 1))
    assert [worker.worker_id for worker in row.held_by] == ["cat"]
    assert row.last_step and (row.last_step.kind, row.last_step.on) == ("advertised", date(2025, 8, 1))


def test_more_people_than_the_post_has_hours_leave_nothing_empty_and_a_size_not_known_says_nothing(
    told: psycopg.Connection,
) -> None:
    for number in ("p2", "p3"):
        found = story(told, number)
        assert found is not None and found.row is not None
        assert (found.empty, found.row.vacant, found.row.empty_since) == ((), 0.0, None)


def test_who_was_in_post_before_the_record_reaches_cannot_be_told(told: psycopg.Connection) -> None:
    found = story(told, "p4", date(2024, 12, 1))
    assert found is not None and found.row is not None
    assert found.from_on == date(2024, 5, 1), "eve's is the first appointment that is known to have ended"
    assert found.reach == date(2024, 5, 1)
    assert found.empty == (Empty(date(2024, 5, 1), None, 1.0, 1.0),)
    assert (found.row.empty_since, found.row.since_reach) == (date(2024, 5, 1), True)


def test_a_post_that_has_ended_is_told_and_is_no_longer_on_the_establishment(told: psycopg.Connection) -> None:
    found = story(told, "p4")
    assert found is not None and found.row is None
    assert found.empty[-1].to_on == date(2025, 1, 1)
    assert story(told, "p9") is None
    assert story(told, "p1", date(2023, 1, 1)) is None


def test_posts_add_up_to_the_vacancies_of_the_service(told: psycopg.Connection) -> None:
    for at in (AT, date(2025, 10, 1), date(2024, 6, 1)):
        lens = lens_at(told, best_known(at))
        rows = posts_at(told, lens, teams_at(told, lens), team_id="t1")
        ready = render(question("vacancies"), lens)
        ((team, posts, vacant, uncovered),) = told.execute(ready.sql.encode(), ready.parameters).fetchall()
        assert team == "t1"
        assert sum(row.fte or 0 for row in rows) == float(posts)
        assert sum(row.vacant for row in rows) == float(vacant)
        assert sum(row.uncovered for row in rows) == float(uncovered)
    assert posts_at(told, lens, teams_at(told, lens), team_id="elsewhere") == []
