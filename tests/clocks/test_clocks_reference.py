"""The engine on PostgreSQL and on DuckDB gives what the plain reference gives, on thousands of random lives."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import duckdb
import polars as pl
import psycopg
import pytest

from keyworker.clocks.due import Local
from keyworker.clocks.duties import Asked, duties_in_duckdb, duties_in_postgresql, duties_taken
from keyworker.clocks.engine import every_readings, ground_at, read, readings_in_duckdb
from keyworker.clocks.plain.duties import duties
from keyworker.clocks.plain.events import Derived, Span
from keyworker.clocks.plain.readings import reading
from keyworker.clocks.rules import Rulebook, Subject
from keyworker.facts.days import london_day
from keyworker.facts.ground import lens_at
from keyworker.facts.moment import Moment
from keyworker.facts.reference import Reference
from tests.clocks.random_lives import ACTS, FIRST, SPAN, Entries, Lives, put_in_duckdb, put_in_postgresql
from tests.clocks.small_rulebook import small_rulebook
from tests.servers.started import Database

MANY = int(os.environ.get("KEYWORKER_LIVES", "1000"))
SEED = 20261127
MOMENTS = (
    Moment(FIRST + timedelta(days=SPAN // 2)),
    Moment(FIRST + timedelta(days=SPAN + 20)),
    Moment(FIRST + timedelta(days=SPAN), ACTS[1][1]),
)
RULEBOOK = small_rulebook()
DERIVED = Derived(
    {},
    {"cp_plan": lambda facts: (Span(row["child_id"], row["from_on"], row["to_on"]) for row in facts.rows("cp_plans"))},
)


@pytest.fixture(scope="module")
def lives() -> list[Entries]:
    maker = Lives(
        RULEBOOK, SEED, values={("step", "belongs_to"): ["cin census", None], ("step", "kind"): ["return submitted"]}
    )
    return [maker.life(f"c{number}", f"w{number}") for number in range(MANY)]


@pytest.fixture(scope="module")
def record(embedded_server: Any, lives: list[Entries]) -> Iterator[psycopg.Connection]:
    made: Database = embedded_server.fresh()
    with embedded_server.superuser(made.name) as connection:
        put_in_postgresql(connection, lives)
        yield connection


def rightly(lives: list[Entries], rulebook: Rulebook, moment: Moment, derived: Derived) -> Counter[tuple[Any, ...]]:
    """What the reference gives, life by life; the council's own duties come of all lives together."""
    known = london_day(moment.known_at) if moment.known_at else None
    found: Counter[tuple[Any, ...]] = Counter()
    for life in lives:
        facts = Reference(life, moment)
        found.update(reading(one, moment.at) for one in duties(facts, rulebook, Local(known=known), derived))
    return found


def columns(frame: pl.DataFrame, rulebook: Rulebook) -> Counter[tuple[Any, ...]]:
    names = ("subject", "started_on", "due_on", "met_on", "stopped_on", "state", "passed_due", "recorded_late")
    rules = rulebook.ids
    return Counter((rules[row[0]], *row[1:]) for row in frame.select("rule", *names).iter_rows())


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("moment", MOMENTS, ids=["midway", "after", "known then"])
def test_the_engines_give_what_the_reference_gives(record: psycopg.Connection, lives: list[Entries], moment: Moment):
    rulebook = Rulebook({rule.id: rule for rule in RULEBOOK if rule.binding.subject != "council"})
    right = rightly(lives, rulebook, moment, DERIVED)
    assert {state for *_, state, _, _ in right} >= {"running", "met_in_time", "met_late", "stopped", "cannot_tell"}
    found, wanted = every_readings(record, moment, rulebook=rulebook)
    assert columns(found, wanted) - right == Counter()
    assert right - columns(found, wanted) == Counter()
    connection = duckdb.connect()
    put_in_duckdb(connection, lives)
    found, wanted = readings_in_duckdb(connection, moment, rulebook=rulebook)
    assert columns(found, wanted) == right
    is_open = pl.col("met_on").is_null() & pl.col("stopped_on").is_null()
    asked, ground = Asked(wanted, lens_at(record, moment), is_open=True), ground_at(record, moment, rulebook)
    for duties_of_engine in (
        duties_in_postgresql(record, asked),
        duties_in_duckdb(connection, asked),
        duties_taken(record, asked),
        pl.concat(duties_taken(record, replace(asked, about=(subject,))) for subject in Subject),
    ):
        still_open = read(duties_of_engine, wanted, ground, moment.at).filter(is_open)
        assert columns(still_open, wanted) == columns(found.filter(is_open), wanted)
        assert len(still_open) > MANY


@pytest.mark.parametrize("moment", MOMENTS, ids=["midway", "after", "known then"])
def test_what_was_due_since_a_day_is_read_as_from_the_whole(record: psycopg.Connection, moment: Moment):
    rulebook = Rulebook({rule.id: rule for rule in RULEBOOK if rule.binding.subject != "council"})
    since = moment.at - timedelta(days=8)
    fell = pl.col("due_on") >= since
    every, wanted = every_readings(record, moment, rulebook=rulebook)
    late, _ = every_readings(record, moment, rulebook=rulebook, due_since=since)
    assert len(late) < len(every)
    assert columns(late.filter(fell), wanted) == columns(every.filter(fell), wanted)
