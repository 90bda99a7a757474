"""Every definition, whoever wrote it: a series of dates at once says what each date says by itself, added up plainly.

It holds the passes, and it holds the definition: a span that covers a day because of what came later is found here.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from keyworker.facts.days import end_of
from keyworker.facts.moment import Moment
from keyworker.facts.relations import Engine, render
from keyworker.measures.passes.asked import Asked, chains
from keyworker.measures.passes.run import measured
from keyworker.measures.passes.statement import THE_KEY
from keyworker.measures.passes.steps import Chain
from keyworker.measures.passes.text import Text
from keyworker.measures.passes.windows import Windows
from keyworker.measures.plain.day import Day, claim, covers
from keyworker.measures.plain.run import rows_of
from keyworker.measures.registry import Definition, shipped
from keyworker.measures.rows import record
from keyworker.measures.sources.duck import DuckSource
from tests.facts.histories import FIRST, SPAN, History, meeting, write_duckdb

RANDOM = settings(
    deadline=None,
    max_examples=int(os.environ.get("KEYWORKER_HISTORIES", "1")),
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


class OneDay:
    """What a definition, its groups and links yield on DuckDB when they are looked at from one date alone."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, moment: Moment) -> None:
        self._connection = connection
        self._moment = moment
        self._source = DuckSource(connection)

    def rows(self, sql: str) -> list[dict[str, Any]]:
        text = Text(self._source, shipped().relations, Windows(self._moment.known_at), self._moment.at, self._moment)
        ready = render(
            text.statement(f"select * from ({sql}) q"),
            self._source.lens(self._moment),
            Engine.DUCKDB,
            {**text.parameters, "last": self._moment.at},
        )
        found = self._connection.execute(ready.sql, ready.parameters)
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def first(rows: list[dict[str, Any]], key: str, day: date, claims: bool) -> str | None:
    """The value of a key on a day, among a group's or a link's rows."""
    held = [row for row in rows if row["key"] == key and covers(row, day)]
    return (max(held, key=claim) if claims else held[0])["value"] if held else None


def group_of(chain: Chain, rows: dict[str, list[dict[str, Any]]], key: str | None, day: date) -> str | None:
    if chain.link is not None and key is not None:
        key = first(rows[f"link {chain.key}"], key, day, chain.link.claims)
    if key is None:
        return None
    found = first(rows[chain.group.name], key, day, chain.group.claims)
    otherwise = key if chain.group.otherwise == THE_KEY else chain.group.otherwise
    return found if found is not None else otherwise


def plainly(connection: duckdb.DuckDBPyConnection, definition: Definition, asked: Asked) -> list[dict[str, Any]]:
    """The measure, each date by itself."""
    ways = {chain.group.name: chain for chain in chains(shipped(), definition, asked.by)}
    days: list[tuple[Moment, Day | str]] = []
    for at in sorted(set(asked.at)):
        moment = Moment(at, end_of(at) if asked.on_each_day else asked.known_at)
        look = OneDay(connection, moment)
        rows = {name: look.rows(chain.group.sql) for name, chain in ways.items()}
        rows |= {f"link {chain.key}": look.rows(chain.link.sql) for chain in ways.values() if chain.link}

        def grouped(name: str, key: str, on: date, rows: dict[str, list[dict[str, Any]]] = rows) -> str | None:
            return group_of(ways[name], rows, key, on)

        day = Day(definition, at, asked.by, grouped)
        day.look_at(look.rows(definition.sql))
        days.append((moment, day))
    return [record(row) for row in rows_of(definition, asked, days)]


@st.composite
def asked_of(draw: st.DrawFn, definition: Definition) -> tuple[History, Asked]:
    about = tuple(sorted(shipped().tables_of(definition.sql) | {"involvements", "cin_episodes", "team"}))
    history = draw(meeting(about))
    places = st.tuples(st.integers(0, SPAN), st.sampled_from([0, 0, 30, 365, 400, 760]))
    days = draw(st.lists(places.map(lambda one: FIRST + timedelta(days=sum(one))), min_size=2, max_size=5))
    by = draw(st.sampled_from([(), ("district",), ("team",)])) if definition.belongs_to != "nobody" else ()
    known = draw(st.sampled_from([None, *history.instants]))
    return history, Asked(tuple(days), by, known)


@pytest.fixture(scope="module")
def duck() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


@pytest.mark.parametrize("name", sorted(shipped().definitions))
@RANDOM
@given(data=st.data())
def test_a_series_says_what_each_of_its_dates_says_by_itself(
    duck: duckdb.DuckDBPyConnection, name: str, data: st.DataObject
):
    definition = shipped().definition(name)
    history, asked = data.draw(asked_of(definition))
    write_duckdb(duck, history)
    found = [record(row) for row in measured(DuckSource(duck), name, asked)]
    if not any(row["reason"] for row in found):
        assert found == plainly(duck, definition, asked)


def test_the_columns_of_every_definition_are_those_that_its_header_promises(duck: duckdb.DuckDBPyConnection):
    write_duckdb(duck, History())
    look = OneDay(duck, Moment(date(2026, 1, 1)))
    for definition in shipped().definitions.values():
        look.rows(f"select {', '.join(definition.columns)} from ({definition.sql}) d")
