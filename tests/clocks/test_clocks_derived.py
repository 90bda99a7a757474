"""Every derived event and span gives on PostgreSQL and on DuckDB what its plain twin gives, on random lives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import duckdb
import polars as pl
import psycopg
import pytest

from keyworker.clocks.catalogue import rulebook
from keyworker.clocks.held import held_in
from keyworker.clocks.places import Place, PlaceKind
from keyworker.clocks.plain.derived import DERIVED
from keyworker.clocks.rules import Rulebook
from keyworker.clocks.spans import event_sql, span_sql
from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment
from keyworker.facts.reference import Reference
from keyworker.facts.relations import Engine, render, tables_named
from keyworker.vocabulary import TABLES
from tests.clocks.random_lives import FIRST, SPAN, Entries, Lives, put_in_duckdb, put_in_postgresql
from tests.clocks.topics import OF_ALL, TOPICS

AT = Moment(FIRST + timedelta(days=SPAN))
MANY = 120
COLUMNS = ["subject_id", "day", "at_time", "entered_at", "recorded_at", "act_id", "entry_id"]


Ask = Callable[[str], list[tuple[Any, ...]]]


def named(folder: str) -> list[str]:
    where = files("keyworker.clocks") / "sql" / folder
    return sorted(path.name.removesuffix(".sql") for path in where.iterdir() if path.name.endswith(".sql"))


EVENTS, SPANS = named("events"), named("spans")


@cache
def lives_of(topic: str) -> tuple[Entries, ...]:
    tables, values = TOPICS[topic]
    maker = Lives(Rulebook({}), 20261128, also=tables, values=values, about_all=True)
    return tuple(maker.life(f"c{number}", f"w{number}") for number in range(MANY))


@cache
def told_of(topic: str) -> dict[str, set[tuple[Any, ...]]]:
    """What the plain twins say of a topic's lives, for each event and span that reads any of its tables."""
    found: dict[str, set[tuple[Any, ...]]] = {
        name: set()
        for name in (*EVENTS, *SPANS)
        if tables_named(event_sql(name) if name in EVENTS else span_sql(name)) & set(TOPICS[topic][0])
    }
    for life in lives_of(topic):
        facts = Reference(life, AT)
        for name in found.keys() - OF_ALL:
            found[name] |= _events(facts, name) if name in EVENTS else _spans(facts, name)
    every: Entries = defaultdict(list)
    for life in lives_of(topic):
        for table, rows in life.items():
            every[table] += rows
    for name in found.keys() & OF_ALL:
        found[name] = _spans(Reference(every, AT), name)
    return found


def _events(facts: Reference, name: str) -> set[tuple[Any, ...]]:
    return {(one.subject, one.day, one.at, one.entered_at, one.row[0]) for one in DERIVED.events[name](facts)}


def _spans(facts: Reference, name: str) -> set[tuple[Any, ...]]:
    told = DERIVED.spans[name](facts)
    return {(one.subject, one.from_on, one.to_on) for one in told if one.to_on is None or one.to_on > one.from_on}


@pytest.fixture(scope="module", params=list(TOPICS))
def topic(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module", params=["postgresql", "duckdb"])
def ask(request: pytest.FixtureRequest, topic: str) -> Iterator[Ask]:
    lens, lives = Lens(AT), lives_of(topic)
    if request.param == "postgresql":
        server = request.getfixturevalue("embedded_server")
        with server.superuser(server.fresh().name) as connection:
            put_in_postgresql(connection, lives)
            yield lambda sql: _fetch(connection, sql, lens)
        return
    connection = duckdb.connect()
    put_in_duckdb(connection, lives)

    def in_duckdb(sql: str) -> list[tuple[Any, ...]]:
        ready = render(sql, lens, Engine.DUCKDB)
        return pl.DataFrame(connection.execute(ready.sql, ready.parameters).to_arrow_table()).rows()

    yield in_duckdb


def _fetch(connection: psycopg.Connection, sql: str, lens: Lens) -> list[tuple[Any, ...]]:
    ready = render(sql, lens)
    return connection.execute(ready.sql.encode(), ready.parameters).fetchall()


def test_each_derived_event_and_span_is_what_its_plain_twin_says(ask: Ask, topic: str):
    for name, told in told_of(topic).items():
        if name in EVENTS:
            wanted = "subject_id, day, at_time, entered_at, entry_id"
            rows = ask(f"select {wanted} from ({event_sql(name)}) e where day is not null")
        else:
            rows = ask(f"select * from ({span_sql(name)}) s where to_on is null or to_on > from_on")
        assert set(rows) == told, name


def test_no_twin_is_agreed_with_only_because_nothing_of_its_kind_ever_happens():
    heard = {name for topic in TOPICS for name, told in told_of(topic).items() if told}
    assert {*EVENTS, *SPANS} - {"own_plan"} - heard == set()


def test_every_event_and_span_has_a_twin_and_a_rule_that_asks_for_it():
    places = [place for rule in rulebook() for place in rule.binding.places]
    events = {place.what for place in places if place.kind is PlaceKind.EVENT}
    spans = {place.what for place in places if place.kind in (PlaceKind.SPAN, PlaceKind.SPAN_END)}
    spans |= {rule.binding.while_in for rule in rulebook() if rule.binding.while_in}
    assert set(EVENTS) == set(DERIVED.events) == events
    assert set(SPANS) == set(DERIVED.spans) == spans | {"own_plan"}


def test_every_event_says_where_it_is_held_and_gives_its_columns():
    """What an event reads is named in its header, and is part of what its query reads."""
    connection = duckdb.connect()
    put_in_duckdb(connection, [])
    for name in EVENTS:
        places: tuple[Place, ...] = held_in(name)
        assert {place.table for place in places} <= tables_named(event_sql(name)) <= set(TABLES), name
        ready = render(event_sql(name), Lens(AT), Engine.DUCKDB)
        described = connection.execute(ready.sql, ready.parameters).description
        assert [column[0] for column in described] == COLUMNS, name
