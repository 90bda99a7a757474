"""PostgreSQL and DuckDB hold to the plain reference on random histories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Any

import duckdb
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keyworker.facts.ground import lens_at
from keyworker.facts.holds import main_workers
from keyworker.facts.involved import main_holds
from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment
from keyworker.facts.reference import Period, Reference
from keyworker.facts.relations import Engine, in_force, render
from keyworker.facts.role_words import role_words
from keyworker.vocabulary import TABLES, Kind
from tests.facts.histories import NAMES, History, busy_holdings, histories, moments, write_duckdb, write_postgresql
from tests.servers.started import Database

Ask = Callable[[str, Lens], list[tuple[Any, ...]]]
RANDOM = settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def superuser(database: Database) -> Iterator[psycopg.Connection]:
    with database.server.superuser(database.name) as connection:
        yield connection


@st.composite
def histories_seen(draw: st.DrawFn, *names: str) -> tuple[History, Moment]:
    history = draw(histories(names or NAMES))
    return history, draw(moments(history))


def in_postgresql(connection: psycopg.Connection) -> Ask:
    def ask(query: str, lens: Lens) -> list[tuple[Any, ...]]:
        ready = render(query, lens)
        return connection.execute(ready.sql.encode(), ready.parameters).fetchall()

    return ask


def in_duckdb(connection: duckdb.DuckDBPyConnection) -> Ask:
    def ask(query: str, lens: Lens) -> list[tuple[Any, ...]]:
        ready = render(query, lens, Engine.DUCKDB)
        return connection.execute(ready.sql, ready.parameters).fetchall()

    return ask


def compare(ask: Ask, lens: Lens, right: Reference, *, held: Mapping[str, Collection[str]] | None = None) -> None:
    """Hold every relation of an engine against the reference. Takes held, the columns of each table that it has."""
    for name in right.names if held is None else [name for name in right.names if name in held]:
        table = TABLES[name]
        columns = ["entry_id", *(column for column in table.column_names if held is None or column in held[name])]
        rows = ask(f"select {', '.join(columns)} from {{{name}}} t", lens)
        expected = [tuple(row[n] for n in columns) for row in right.rows(name)]
        assert sorted(rows, key=lambda row: row[0]) == sorted(expected, key=lambda row: row[0]), name
        if table.kind is Kind.PERIOD:
            running = ask(f"select entry_id from {{{name}:in_force}} t", lens)
            filtered = ask(f"select entry_id from {{{name}}} t where {in_force('t')}", lens)
            rightly = [(row["entry_id"],) for row in right.in_force(right.rows(name))]
            assert sorted(running) == sorted(filtered) == sorted(rightly), name
    holdings = ask(
        "select child_id, worker_id, role, case when role = 'unmapped' then role_said else '' end, from_on, to_on"
        " from {holding} h",
        lens,
    )
    assert Counter((c, w, r, s or "", Period(f, t)) for c, w, r, s, f, t in holdings) == Counter(
        (*key, period) for key, periods in right.holdings().items() for period in periods
    )
    held_now = ask("select child_id, worker_id, role, team_id from {held_now} h", lens)
    running = ask(f"select child_id, worker_id, role, team_id from {{holding}} h where {in_force('h')}", lens)
    assert Counter(held_now) == Counter(running)
    open_now = ask("select child_id from {open_now} o", lens)
    at = right.moment.at
    assert sorted(open_now) == sorted(
        (child,)
        for child, held in right.open_periods().items()
        if any(one.from_on <= at and (one.to_on is None or one.to_on > at) for one in held)
    )
    for name, periods in (("open_period", right.open_periods()), ("gap", right.gaps())):
        found = ask(f"select child_id, from_on, to_on from {{{name}}} p", lens)
        assert Counter((child, Period(f, t)) for child, f, t in found) == expand(periods), name
    looked_after = ask("select child_id, from_on, to_on from {status} s where kind = 'looked after'", lens)
    assert Counter((child, Period(f, t)) for child, f, t in looked_after) == expand(right.looked_after())
    short = ask("select child_id, from_on, to_on from {status} s where kind = 'short break'", lens)
    assert Counter(short) == Counter(
        (row["child_id"], row["from_on"], row["to_on"]) for row in right.care_episodes(short=True)
    )
    visits = ask("select entry_id, child_id, kind, outcome from {visit} v", lens)
    assert sorted(visits) == sorted((v["entry_id"], v["child_id"], v["kind"], v["outcome"]) for v in right.visits())


def expand(periods: dict[str, list[Period]]) -> Counter[tuple[str, Period]]:
    return Counter((child, period) for child, held in periods.items() for period in held)


@RANDOM
@given(seen=histories_seen())
def test_postgresql_gives_what_the_reference_gives(superuser: psycopg.Connection, seen: tuple[History, Moment]):
    history, moment = seen
    write_postgresql(superuser, history)
    compare(in_postgresql(superuser), lens_at(superuser, moment), Reference(history.entries, moment))


@RANDOM
@given(history=busy_holdings(), data=st.data())
def test_postgresql_merges_holdings_and_finds_gaps_and_main_workers_as_the_reference_does(
    superuser: psycopg.Connection, history: History, data: st.DataObject
):
    moment = data.draw(moments(history))
    write_postgresql(superuser, history)
    lens, right = lens_at(superuser, moment), Reference(history.entries, moment)
    compare(in_postgresql(superuser), lens, right)
    holds = main_holds(superuser, lens.of(["c1"]), role_words(superuser, lens)).get("c1", [])
    # An ending known for the day after is shown, so somebody else may be the main worker on that day already.
    became = [(from_on, worker) for from_on, _, worker in main_workers(holds) if from_on <= moment.at]
    told = [one for place, one in enumerate(became) if place == 0 or became[place - 1][1] != one[1]]
    assert told == right.main_workers().get("c1", [])


@RANDOM
@given(seen=histories_seen("identity_link", "cin_episodes", "cla_episodes", "cin_visits"))
def test_postgresql_joins_identifiers_as_the_reference_does(
    superuser: psycopg.Connection, seen: tuple[History, Moment]
):
    history, moment = seen
    write_postgresql(superuser, history)
    compare(in_postgresql(superuser), lens_at(superuser, moment), Reference(history.entries, moment))


@RANDOM
@given(seen=histories_seen(), children=st.sets(st.sampled_from(["c1", "c2", "c3"]), min_size=1))
def test_a_lens_on_some_children_shows_what_the_whole_shows_of_them(
    superuser: psycopg.Connection, seen: tuple[History, Moment], children: set[str]
):
    history, moment = seen
    write_postgresql(superuser, history)
    whole = lens_at(superuser, moment)
    some = whole.of(whole.root(child) for child in children)
    ask = in_postgresql(superuser)
    for name in ("holding", "visit", "status", "open_period", "gap", "cin_episodes", "involvements"):
        every = ask(f"select * from {{{name}}} x", whole)
        of_them = [row for row in every if set(some.child_ids or ()) & {value for value in row if value}]
        assert Counter(map(repr, ask(f"select * from {{{name}}} x", some))) == Counter(map(repr, of_them)), name


@settings(RANDOM, max_examples=15)
@given(seen=histories_seen())
def test_duckdb_gives_what_the_reference_gives(superuser: psycopg.Connection, seen: tuple[History, Moment]):
    history, moment = seen
    write_postgresql(superuser, history)
    lens = lens_at(superuser, moment)
    connection = duckdb.connect()
    write_duckdb(connection, history)
    compare(in_duckdb(connection), lens, Reference(history.entries, moment))


@RANDOM
@given(history=histories(most=4), at=st.integers(0, 40), data=st.data())
def test_what_is_learnt_later_never_changes_what_was_known_then(
    superuser: psycopg.Connection, history: History, at: int, data: st.DataObject
):
    """Erasure and adoption are the two lawful exceptions, so neither is in these histories."""
    kept = {name: rows for name, rows in history.entries.items() if name not in ("identity_link", "permanence")}
    for row in (row for rows in kept.values() for row in rows if row["standing"] == "erased"):
        row["standing"] = "reported"
    act = data.draw(st.sampled_from(history.acts))
    moment = Moment(date.fromordinal(date(2026, 2, 20).toordinal() + at), act["recorded_at"])
    until = [one for one in history.acts if one["recorded_at"] <= act["recorded_at"]]
    early = {
        name: [
            row | {"superseded_at": None} if (row["superseded_at"] or act["recorded_at"]) > act["recorded_at"] else row
            for row in rows
            if row["recorded_at"] <= act["recorded_at"]
        ]
        for name, rows in kept.items()
    }
    told = []
    for entries, acts in ((kept, history.acts), (early, until)):
        write_postgresql(superuser, History(entries, acts))
        ask, lens = in_postgresql(superuser), lens_at(superuser, moment)
        told.append(
            {
                name: Counter(map(repr, ask(f"select * from {{{name}}} x", lens)))
                for name in ("holding", "visit", "status", "open_period", "gap")
            }
        )
    assert told[0] == told[1]
