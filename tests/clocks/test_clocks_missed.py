"""What coincided with a visit that was not made in time, on small records worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg
import pytest

from keyworker.clocks.engine import readings
from keyworker.clocks.missed import Coincided, Missed, missed, shares
from keyworker.facts.moment import best_known
from keyworker.record.connect import DatabaseRole
from tests.clocks.made import involvement, tell
from tests.clocks.small_rulebook import small_rulebook
from tests.servers.started import Database

AT = date(2026, 3, 20)
BEGAN = date(2026, 2, 2)
# Ten working days after Monday 2 February 2026 is Monday 16 February.
DUE = date(2026, 2, 16)


@pytest.fixture
def record(database: Database) -> Iterator[psycopg.Connection]:
    with database.connect(DatabaseRole.LOADER) as connection:
        yield connection


def explained(record: psycopg.Connection, **rows: list[dict[str, Any]]) -> list[Missed]:
    """The missed intervals of a child on a plan from 2 February 2026 whom nobody has seen, with more rows."""
    base: dict[str, list[dict[str, Any]]] = {
        "cin_episodes": [{"referral_id": "r1", "child_id": "c1", "from_on": date(2026, 1, 5)}],
        "cp_plans": [{"cp_plan_id": "p1", "child_id": "c1", "from_on": BEGAN}],
        "cp_visits": [],
        "involvements": [involvement(1, "ann", "Lead", date(2026, 1, 5), None)],
    }
    tell(record, {**base, **rows})
    moment = best_known(AT)
    found = readings(record, moment, child_ids=["c1"], rules=["visit"], rulebook=small_rulebook())
    return missed(record, moment, found)


def kinds(found: list[Missed]) -> list[set[Coincided]]:
    return [set(one.kinds) for one in found]


def test_where_nothing_coincided_that_is_said(record: psycopg.Connection):
    (one,) = explained(record)
    assert (one.reading.due_on, one.kinds) == (DUE, {Coincided.NOTHING})
    assert [link.words for link in one.chain] == ["Nothing recorded explains it."]


def test_a_child_without_a_worker_and_a_post_that_stood_empty(record: psycopg.Connection):
    (one,) = explained(
        record,
        involvements=[involvement(1, "ann", "Lead", date(2026, 1, 5), date(2026, 2, 6))],
        post=[{"post_id": "s1", "title": "Social worker", "team_id": "t1", "from_on": date(2025, 1, 1)}],
        appointment=[
            {
                "appointment_id": "a1",
                "worker_id": "ann",
                "post_id": "s1",
                "from_on": date(2025, 1, 1),
                "to_on": date(2026, 2, 6),
            }
        ],
        vacancy_step=[{"post_id": "s1", "kind": "advertised", "happened_on": date(2026, 2, 10)}],
    )
    assert one.kinds == {Coincided.NO_WORKER, Coincided.POST_VACANT}
    first, second = (link.words for link in one.chain)
    # From Friday 6 February to Monday the 16th, both counted, are eleven days.
    assert first == "No worker held the child for 11 days of the interval."
    assert second == "The post of the worker before was vacant from 6 February 2026, at the step: advertised."


def test_an_absence_coincides_when_it_holds_the_due_day_or_half_of_the_interval(record: psycopg.Connection):
    away = {"absence_id": "1", "worker_id": "ann", "from_on": date(2026, 2, 14), "to_on": date(2026, 2, 21)}
    early = {"absence_id": "2", "worker_id": "ann", "from_on": date(2026, 1, 30), "to_on": date(2026, 2, 5)}
    (one,) = explained(record, absence=[away, early])
    assert [link.words for link in one.chain] == [
        "The worker who held the child was away from 14 February 2026 until 21 February 2026."
    ]


def test_a_change_of_hands_and_visits_that_came_to_nothing_are_links_in_order(record: psycopg.Connection):
    visits = [
        {
            "cp_visit_id": "1",
            "child_id": "c1",
            "happened_on": date(2026, 2, 9),
            "outcome": "cancelled",
            "cancelled_by": "family",
        },
        {"cp_visit_id": "2", "child_id": "c1", "happened_on": date(2026, 2, 12), "outcome": "no access"},
        {"cp_visit_id": "3", "child_id": "c1", "happened_on": date(2026, 2, 20), "outcome": "not seen"},
    ]
    (one,) = explained(
        record,
        cp_visits=visits,
        involvements=[
            involvement(1, "ann", "Lead", date(2026, 1, 5), date(2026, 2, 11)),
            involvement(2, "bea", "Lead", date(2026, 2, 11), None),
        ],
    )
    assert [link.what for link in one.chain] == [
        Coincided.CHANGED_HANDS,
        Coincided.CANCELLED,
        Coincided.NO_ACCESS,
    ], "a visit after the due day is none of the interval's"
    assert one.chain[1].words == "A visit on 9 February 2026 was cancelled by family."


def test_a_visit_in_time_was_not_missed_and_shares_say_of_how_many(record: psycopg.Connection):
    seen = [
        {"cp_visit_id": "1", "child_id": "c1", "happened_on": date(2026, 2, 12), "seen": True},
        {"cp_visit_id": "2", "child_id": "c1", "happened_on": date(2026, 3, 2), "seen": True},
    ]
    # Due 26 February after the first, seen 2 March; due 16 March after the second, and not seen.
    found = explained(record, cp_visits=seen)
    assert [(one.reading.due_on, one.reading.met_on) for one in found] == [
        (date(2026, 3, 16), None),
        (date(2026, 2, 26), date(2026, 3, 2)),
    ]
    assert shares(found)[Coincided.NOTHING] == (2, 2)
    assert shares(found)[Coincided.AWAY] == (0, 2)
