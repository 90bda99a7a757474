"""The shipped rulebook on random lives: PostgreSQL and DuckDB give what the plain reference gives, rule by rule."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import duckdb
import polars as pl
import psycopg
import pytest

from keyworker.clocks.catalogue import rulebook
from keyworker.clocks.due import Local
from keyworker.clocks.duties import duties_of_people, duties_taken
from keyworker.clocks.duty import Asked
from keyworker.clocks.engine import every_readings, ground_at, open_readings, read, readings_in_duckdb
from keyworker.clocks.pairing.duties import duties_of
from keyworker.clocks.plain.derived import DERIVED
from keyworker.clocks.plain.duties import duties
from keyworker.clocks.plain.readings import reading
from keyworker.clocks.rules import Rulebook, Subject
from keyworker.clocks.stored import People, keep_all, kept_open
from keyworker.facts.columns.store import Store
from keyworker.facts.ground import lens_at
from keyworker.facts.moment import Moment
from keyworker.facts.reference import Reference
from tests.clocks.random_lives import ACTS, FIRST, SPAN, Entries, Lives, put_in_duckdb, put_in_postgresql
from tests.clocks.topics import OF_ALL, TOPICS

FULL, SPARSE = 120, int(os.environ.get("KEYWORKER_LIVES", "500"))
AT = Moment(FIRST + timedelta(days=SPAN))
NAMES = ("subject", "started_on", "due_on", "met_on", "stopped_on", "state", "passed_due", "recorded_late")
# The council's duties, and those that ask when the record began to speak of something, are no one life's.
OF_ONE_LIFE = Rulebook(
    {
        rule.id: rule
        for rule in rulebook()
        if rule.binding.subject is not Subject.COUNCIL and rule.binding.while_in not in OF_ALL
    }
)


def lives() -> list[Entries]:
    """Lives with something of everything, and lives about a few things at a time."""
    tables = {name for names, _ in TOPICS.values() for name in names}
    values: dict[tuple[str, str], list[Any]] = {}
    for _, said in TOPICS.values():
        for key, given in said.items():
            if key != ("step", "kind"):
                values.setdefault(key, []).extend(given)
    full = Lives(OF_ONE_LIFE, 20261129, also=tables, values=values, about_all=True)
    sparse = Lives(OF_ONE_LIFE, 20261130, also=tables, values=values)
    found = [full.life(f"c{number}", f"w{number}") for number in range(FULL)]
    found += [sparse.life(f"c{number}", f"w{number}") for number in range(FULL, FULL + SPARSE)]
    for number, entry in enumerate((row for life in found for rows in life.values() for row in rows), start=1):
        entry["entry_id"] = number
    return found


def plainly(made: Iterable[Entries], unheld: set[str]) -> Counter[tuple[Any, ...]]:
    found: Counter[tuple[Any, ...]] = Counter()
    for life in made:
        facts = Reference(life, AT)
        found.update(reading(one, AT.at, unheld) for one in duties(facts, OF_ONE_LIFE, Local(), DERIVED))
    return found


def counted(frame: pl.DataFrame, rules: Rulebook) -> Counter[tuple[Any, ...]]:
    return Counter((rules.ids[row[0]], *row[1:]) for row in frame.select("rule", *NAMES).iter_rows())


def assert_some_are_read_as_all_are(record: psycopg.Connection) -> None:
    """Children asked for by name, in several pieces, and workers beside them have the open duties they have anyway."""
    every, rules = every_readings(record, AT)
    is_open = pl.col("met_on").is_null() & pl.col("stopped_on").is_null()
    kinds = {number: rule.binding.subject for number, rule in enumerate(rules)}
    wanted = [number for number, kind in kinds.items() if kind in (Subject.CHILD, Subject.WORKER)]
    right = counted(every.filter(is_open & pl.col("rule").is_in(wanted)), rules)
    numbers = range(FULL + SPARSE)
    some, of_some = open_readings(
        record, AT, child_ids=[f"c{number}" for number in numbers], worker_ids=[f"w{number}" for number in numbers]
    )
    assert {kinds[rules.ids.index(one[0])] for one in right} == {Subject.CHILD, Subject.WORKER}
    assert counted(some, of_some) == right
    assert counted(beside_each_other(record, rules), rules) == right
    people = People([f"c{number}" for number in numbers], [f"w{number}" for number in numbers])
    keep_all(record, AT.at, people)
    kept = kept_open(record, AT.at, people)
    assert kept is not None
    assert counted(*kept) == counted(some, of_some)


def beside_each_other(record: psycopg.Connection, rules: Rulebook) -> pl.DataFrame:
    """What is open of all children, taken out of the record, and of all workers, of whom it is asked meanwhile."""
    numbers, lens = range(FULL + SPARSE), lens_at(record, AT)
    children, workers = lens.of(f"c{number}" for number in numbers), tuple(f"w{number}" for number in numbers)
    found = duties_of_people(
        record,
        Asked(rules, children, is_open=True, about=(Subject.CHILD,)),
        Asked(rules, lens.on_workers, workers, is_open=True, about=(Subject.WORKER,)),
    )
    return read(found, rules, ground_at(record, AT), AT.at)


def by_column(record: psycopg.Connection) -> tuple[pl.DataFrame, Rulebook]:
    """Every reading, of the columns and, for what they do not hold, of the record."""
    ground = ground_at(record, AT, OF_ONE_LIFE)
    asked = Asked(ground.rulebook, lens_at(record, AT))
    with Store() as store:
        store.follow(record)
        with store.after(ACTS[-1][0]) as columns:
            assert columns is not None
            return read(duties_of(columns, asked, record), ground.rulebook, ground, AT.at), ground.rulebook


def taken_out(record: psycopg.Connection, *, is_open: bool = False) -> tuple[pl.DataFrame, Rulebook]:
    """Every reading, or those that nothing has met or stopped, of what is taken out of the record for them."""
    ground = ground_at(record, AT, OF_ONE_LIFE)
    lens = lens_at(record, AT)
    asked = [Asked(ground.rulebook, lens)]
    if is_open:  # of one kind of subject, what is over by its last day is not even taken out
        asked = [Asked(ground.rulebook, lens, is_open=True, about=(subject,)) for subject in Subject]
    duties_found = pl.concat(duties_taken(record, one) for one in asked)
    found = read(duties_found, ground.rulebook, ground, AT.at)
    # What a row meets by its own entry, and what was met without a day, is told apart only when it is read.
    is_open_still = pl.col("met_on").is_null() & pl.col("stopped_on").is_null()
    return found.filter(is_open_still) if is_open else found, ground.rulebook


@pytest.mark.timeout(1200)
def test_the_engines_read_the_shipped_rulebook_as_the_plain_reference_does(embedded_server: Any):
    made = lives()
    connection = duckdb.connect()
    put_in_duckdb(connection, made)
    frame, rules = readings_in_duckdb(connection, AT, rulebook=OF_ONE_LIFE)
    unheld = {rules.ids[number] for number in frame.filter(pl.col("why") == "not held")["rule"].unique()}
    right = plainly(made, unheld)
    assert len({one[0] for one in right}) > 110 and len(unheld) < 6
    assert counted(frame, rules) == right
    with embedded_server.superuser(embedded_server.fresh().name) as record:
        put_in_postgresql(record, made)
        frame, rules = every_readings(record, AT, rulebook=OF_ONE_LIFE)
        assert counted(frame, rules) == right
        assert_some_are_read_as_all_are(record)
        frame, rules = by_column(record)
        assert counted(frame, rules) == right
        assert counted(*taken_out(record)) == right
        every = frame.filter(pl.col("met_on").is_null() & pl.col("stopped_on").is_null())
        assert counted(*taken_out(record, is_open=True)) == counted(every, rules)
