"""On random histories PostgreSQL and DuckDB give every measure as the plain reference does, whole series at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import duckdb
import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from keyworker.measures.passes.asked import Asked
from keyworker.measures.passes.run import measured
from keyworker.measures.plain.lives import SPANS
from keyworker.measures.plain.run import plainly_measured
from keyworker.measures.registry import shipped
from keyworker.measures.rows import MeasureRow, record
from keyworker.measures.sources.duck import DuckSource
from keyworker.measures.sources.postgres import PostgresSource
from tests.facts.histories import (
    FIRST,
    MEASURED,
    OF_PEOPLE,
    SPAN,
    History,
    busy_holdings,
    histories,
    write_duckdb,
    write_postgresql,
)
from tests.measures.duck_sql import DuckSql
from tests.servers.started import Database

RANDOM = settings(
    deadline=None,
    max_examples=12,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
FEW = settings(RANDOM, max_examples=4)
WITH_FEW = ("re-referrals-12-months", "same-face-at-next-visit")
"""Measures of which cases worked out by hand hold the borders: a few histories say whether the engines go together."""
ABOUT = {
    "open-children": ("cin_episodes", "cp_plans", "cla_episodes", "involvements"),
    "caseload": ("cin_episodes", "involvements", "appointment", "meaning"),
    "cp-seen-20-working-days": ("cp_plans", "cp_visits", "cin_visits", "other_visit"),
    "changes-of-worker-12-months": ("cin_episodes", "involvements", "meaning"),
    "cpp-reviewed-in-time": ("cp_plans", "cp_reviews", "timescale_exception"),
    "same-face-at-next-visit": ("cp_visits", "cin_visits", "cla_visits", "other_visit"),
    "re-referrals-12-months": ("cin_episodes",),
    "assessments-45-working-days": ("cin_assessments", "involvements"),
}
GROUPS = (
    ("district",),
    ("team",),
    ("team type", "district"),
    ("age band",),
    ("sex", "status"),
    ("ethnic group",),
    ("disability",),
    ("team today", "district today"),
    ("worker role", "employment"),
    ("tenure",),
    ("working hours",),
)
GROUND = (
    *OF_PEOPLE,
    "team_succession",
    "professionals",
    "team",
    "department",
    "appointment",
    "meaning",
    "involvements",
    "identity_link",
)
LATER = (0, 0, 0, 60, 363, 364, 365, 366, 380)


@pytest.fixture
def superuser(database: Database) -> Iterator[psycopg.Connection]:
    with database.server.superuser(database.name) as connection:
        yield connection


@st.composite
def questions(draw: st.DrawFn, history: History) -> Asked:
    """A series of dates, near the history or a year after it, with some knowledge, by some groups."""
    places = st.tuples(st.integers(0, SPAN), st.sampled_from(LATER))
    days = draw(st.lists(places.map(lambda one: FIRST + timedelta(days=sum(one))), min_size=1, max_size=5))
    by = draw(st.sampled_from([(), *GROUPS]))
    known = draw(st.sampled_from([None, None, *history.instants]))
    return Asked(tuple(days), by, known, on_each_day=known is None and draw(st.booleans()) and draw(st.booleans()))


@st.composite
def asked_of_histories(draw: st.DrawFn, name: str) -> tuple[History, Asked]:
    some = draw(st.sets(st.sampled_from(GROUND), max_size=3))
    history = draw(histories(tuple(dict.fromkeys((*ABOUT[name], *some))))) if draw(st.booleans()) else None
    if history is None:
        history = draw(histories(MEASURED))
    return history, draw(questions(history))


def plain(rows: list[MeasureRow]) -> list[dict[str, Any]]:
    return [record(row) for row in rows]


def compare(superuser: psycopg.Connection, history: History, asked: Asked, name: str) -> None:
    definition = shipped().definition(name)
    right = plain(plainly_measured(history.entries, definition, asked))
    write_postgresql(superuser, history)
    assert plain(measured(PostgresSource(superuser), name, asked)) == right
    with duckdb.connect() as connection:
        write_duckdb(connection, history)
        assert plain(measured(DuckSource(connection), name, asked)) == right
        assert plain(measured(DuckSql(connection), name, asked)) == right


@pytest.mark.parametrize("name", sorted(set(SPANS) - set(WITH_FEW)))
@RANDOM
@given(data=st.data())
def test_every_engine_gives_what_the_plain_reference_gives(
    superuser: psycopg.Connection, name: str, data: st.DataObject
):
    history, asked = data.draw(asked_of_histories(name))
    compare(superuser, history, asked, name)


@pytest.mark.parametrize("name", WITH_FEW)
@FEW
@given(data=st.data())
def test_every_engine_gives_what_the_plain_reference_gives_of_visits_and_referrals(
    superuser: psycopg.Connection, name: str, data: st.DataObject
):
    history, asked = data.draw(asked_of_histories(name))
    compare(superuser, history, asked, name)


@pytest.mark.parametrize("name", ["caseload", "changes-of-worker-12-months"])
@RANDOM
@given(data=st.data())
def test_every_engine_follows_busy_holdings(superuser: psycopg.Connection, name: str, data: st.DataObject):
    history = data.draw(busy_holdings())
    compare(superuser, history, data.draw(questions(history)), name)


def test_the_random_histories_reach_every_measure_that_is_told_plainly():
    assert set(ABOUT) == set(SPANS)


def test_a_date_before_everything_is_nought_and_not_unknown():
    asked = Asked((date(2020, 1, 1),))
    history = History({"cin_episodes": []})
    (row,) = plainly_measured(history.entries, shipped().definition("open-children"), asked)
    assert row.numerator is None and row.reason
