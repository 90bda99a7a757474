"""A definition and a page that tell the same figure agree, on random histories."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from keyworker.clocks.children import children_at
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import ChildRow
from keyworker.measures.caseload import holder, sizes
from keyworker.measures.passes.asked import Asked
from keyworker.measures.passes.run import measured
from keyworker.measures.rows import MeasureRow
from keyworker.measures.sources.postgres import PostgresSource
from tests.facts.histories import MEASURED, histories, moments, write_postgresql
from tests.servers.started import Database

RANDOM = settings(
    deadline=None,
    max_examples=25,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
NEAR = ("involvements", "cin_episodes", "cp_plans", "team", "department", "appointment", "meaning", "cla_episodes")


@pytest.fixture
def superuser(database: Database) -> Iterator[psycopg.Connection]:
    with database.server.superuser(database.name) as connection:
        yield connection


def told(connection: psycopg.Connection, name: str, moment: Moment, by: str) -> dict[str | None, MeasureRow]:
    rows = measured(PostgresSource(connection), name, Asked((moment.at,), (by,), moment.known_at))
    return {row.group[by]: row for row in rows if not row.reason}


def by_place(children: Sequence[ChildRow], by: str) -> dict[str | None, list[ChildRow]]:
    found: dict[str | None, list[ChildRow]] = defaultdict(list)
    for child in children:
        place = None if child.team is None else child.team.district if by == "district" else child.team.name
        found[place].append(child)
    return found


@RANDOM
@given(data=st.data())
def test_open_children_and_caseloads_are_those_of_the_pages(superuser: psycopg.Connection, data: st.DataObject):
    history = data.draw(histories(data.draw(st.sampled_from([MEASURED, NEAR]))))
    moment, by = data.draw(moments(history)), data.draw(st.sampled_from(["district", "team"]))
    write_postgresql(superuser, history)
    places = by_place(children_at(superuser, moment), by)
    open_children = told(superuser, "open-children", moment, by)
    if open_children or not places:
        assert {place: row.numerator for place, row in open_children.items()} == Counter(
            {place: len(rows) for place, rows in places.items()}
        )
    held = {place: loads for place, rows in places.items() if (loads := sizes(_held(rows)))}
    for place, row in told(superuser, "caseload", moment, by).items():
        assert row.tail is not None
        assert (row.numerator, row.denominator) == (sum(held[place]), len(held[place]))
        assert (row.tail.median, row.tail.most) == (median(held[place]), max(held[place]))


def _held(rows: Sequence[ChildRow]) -> Counter[str]:
    """How many of some children each worker holds."""
    return Counter(worker.worker_id for row in rows if (worker := holder(row)))


@RANDOM
@given(data=st.data())
def test_changes_of_worker_are_those_of_the_childrens_rows(superuser: psycopg.Connection, data: st.DataObject):
    history = data.draw(histories(("involvements", "cin_episodes", "meaning")))
    moment = data.draw(moments(history))
    write_postgresql(superuser, history)
    children = children_at(superuser, moment)
    (row,) = measured(
        PostgresSource(superuser), "changes-of-worker-12-months", Asked((moment.at,), known_at=moment.known_at)
    )
    if not row.reason:
        assert row.denominator == len(children)
        assert row.numerator == sum(child.changes_in_12_months for child in children)
