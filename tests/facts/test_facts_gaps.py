"""A day of which no extract tells who held a child is not a day on which nobody did."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import psycopg
import pytest

from keyworker.actions.tables import child_record
from keyworker.clocks.children import children_at
from keyworker.clocks.story import story_at
from keyworker.facts.moment import best_known
from keyworker.facts.pictures import Gap
from keyworker.facts.reach import holders_told_from
from keyworker.record.connect import DatabaseRole
from tests.clocks.made import AT, involvement, tell
from tests.servers.started import Database

OPENED, REACH, ALLOCATED = date(2026, 1, 5), date(2026, 2, 1), date(2026, 2, 10)


@pytest.fixture
def connection(database: Database) -> Iterator[psycopg.Connection]:
    with database.connect(DatabaseRole.LOADER) as connection:
        yield connection


def referred(*involved: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    return {
        "cin_episodes": [{"referral_id": "r1", "child_id": "c1", "from_on": OPENED}],
        "involvements": list(involved),
    }


FIRST_TO_END = involvement(1, "ann", "Lead", date(2025, 1, 1), REACH, child_id="c9")


def test_days_before_the_first_involvement_known_to_have_ended_are_not_told(connection: psycopg.Connection) -> None:
    tell(connection, referred(FIRST_TO_END, involvement(2, "bea", "Lead", ALLOCATED, None)))
    story = story_at(connection, best_known(AT), "c1")
    assert story is not None
    assert (story.untold, story.gaps) == ((Gap(OPENED, REACH),), (Gap(REACH, ALLOCATED),))


def test_a_child_whom_nobody_is_known_to_have_held_has_had_nobody_since_that_day(
    connection: psycopg.Connection,
) -> None:
    tell(connection, referred(FIRST_TO_END))
    story = story_at(connection, best_known(AT), "c1")
    assert story is not None
    assert (story.untold, story.gaps) == ((Gap(OPENED, REACH),), (Gap(REACH, None),))


def test_a_worker_who_held_on_past_that_day_leaves_nothing_untold(connection: psycopg.Connection) -> None:
    tell(connection, referred(FIRST_TO_END, involvement(2, "bea", "Lead", OPENED, None)))
    story = story_at(connection, best_known(AT), "c1")
    assert story is not None
    assert (story.untold, story.gaps) == ((), ())


def test_how_far_back_holders_are_told_is_known_whatever_day_is_looked_at(connection: psycopg.Connection) -> None:
    tell(connection, referred(FIRST_TO_END, involvement(2, "bea", "Lead", ALLOCATED, date(2026, 3, 1))))
    assert holders_told_from(connection, best_known(AT)) == REACH
    assert holders_told_from(connection, best_known(OPENED)) == REACH, "a day before the first known ending"


def test_a_record_in_which_no_involvement_has_ended_does_not_say_how_far_back_it_goes(
    connection: psycopg.Connection,
) -> None:
    tell(connection, referred(involvement(2, "bea", "Lead", ALLOCATED, None)))
    assert holders_told_from(connection, best_known(AT)) is None
    story = story_at(connection, best_known(AT), "c1")
    assert story is not None and (story.untold, story.gaps) == ((), (Gap(OPENED, ALLOCATED),))


def waiting(connection: psycopg.Connection, at: date = AT) -> tuple[date | None, bool | None]:
    """Since when the one open child has had nobody, and whether perhaps before, as an export has it."""
    (row,) = (child_record(one) for one in children_at(connection, best_known(at)) if one.child_id == "c1")
    return row["unallocated_since"], row["perhaps_unallocated_before"]


def test_a_child_open_before_the_extracts_begin_has_had_nobody_at_least_since_they_do(
    connection: psycopg.Connection,
) -> None:
    tell(connection, referred(FIRST_TO_END))
    assert waiting(connection) == (REACH, True)
    assert waiting(connection, REACH) == (REACH, True)
    assert waiting(connection, OPENED) == (None, True), "on a day before them it cannot be told since when"


@pytest.mark.parametrize(
    ("involved", "since"),
    [
        pytest.param(
            [FIRST_TO_END, involvement(2, "bea", "Lead", OPENED, date(2026, 3, 1))], date(2026, 3, 1), id="let go"
        ),
        pytest.param([involvement(2, "bea", "Lead", OPENED, REACH)], REACH, id="let go on the first day that is told"),
        pytest.param([], OPENED, id="nothing says how far back the extracts go"),
    ],
)
def test_where_the_extracts_tell_since_when_a_child_has_had_nobody_the_day_is_given_as_it_is(
    connection: psycopg.Connection, involved: list[dict[str, Any]], since: date
) -> None:
    tell(connection, referred(*involved))
    assert waiting(connection) == (since, False)


def test_of_a_child_who_has_a_worker_nothing_is_said_of_waiting(connection: psycopg.Connection) -> None:
    tell(connection, referred(FIRST_TO_END, involvement(2, "bea", "Lead", ALLOCATED, None)))
    assert waiting(connection) == (None, None)
