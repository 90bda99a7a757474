"""Every rule's worked cases, on the plain reference, on PostgreSQL and on DuckDB."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import duckdb
import polars as pl
import psycopg
import pytest

from keyworker.clocks.due import Exempted, Local
from keyworker.clocks.engine import every_readings, every_rule, readings, readings_in_duckdb
from keyworker.clocks.plain.agreed import with_agreed
from keyworker.clocks.plain.derived import DERIVED
from keyworker.clocks.plain.duties import duties
from keyworker.clocks.plain.readings import reading
from keyworker.clocks.readings import State
from keyworker.clocks.rules import Rulebook, Subject
from keyworker.facts.days import london_day
from keyworker.facts.moment import Moment, best_known
from keyworker.facts.reference import Reference
from keyworker.record.connect import DatabaseRole
from tests.cases.told import Look, looks
from tests.clocks.random_lives import Entries, put_in_duckdb, put_in_postgresql
from tests.servers.started import Database

RULEBOOK = every_rule()
RULES = [rule for rule in RULEBOOK.ids if rule != "visit-own-plan"]
NAMES = ("started_on", "due_on", "met_on", "stopped_on", "state", "passed_due", "recorded_late")
Told = dict[str, Any]
Key = tuple[date, datetime | None]
Engine = Callable[[Look], list[Told]]
World = Callable[[Moment, Rulebook], tuple[pl.DataFrame, Rulebook]]
Put = Callable[[Collection[Entries]], World]


def compare(engine: Engine, wanted_looks: Collection[Look]) -> None:
    """Hold each look against what its case expects."""
    assert wanted_looks
    for look in wanted_looks:
        told = engine(look)
        if look.started_on is not None:
            met = look.expected[0]["met_on"]
            told = [one for one in told if one["started_on"] == look.started_on and one["met_on"] == met]
        named = [
            {name: one[name] for name in wanted if name in one}
            for one, wanted in zip(told, look.expected, strict=False)
        ]
        assert (len(told), named) == (len(look.expected), look.expected), look.name


def in_order(told: Collection[Told]) -> list[Told]:
    return sorted(told, key=lambda one: (one["started_on"], one["met_on"] or date.max, one["due_on"] or date.max))


class Sql:
    """An engine over all worlds in one record, asked once for each moment about every rule that is looked at then."""

    def __init__(self, put: Put) -> None:
        self._put = put
        self._alone: dict[str, World] = {}
        self._together = put(list({look.world_name: look.world for look in looks() if not look.is_alone}.values()))
        self._wanted: dict[Key, set[str]] = defaultdict(set)
        for look in looks():
            if not look.is_alone:
                self._wanted[look.at, look.known_at].add(look.rule)
        self._found: dict[Key, dict[tuple[str, str], list[Told]]] = {}

    def __call__(self, look: Look) -> list[Told]:
        """The readings of the look's rule in its world."""
        if look.is_alone:
            if look.world_name not in self._alone:
                self._alone[look.world_name] = self._put([look.world])
            world = self._alone[look.world_name]
            found = _by_world(*world(Moment(look.at, look.known_at), RULEBOOK.only({look.rule})))
            return in_order([one for told in found.values() for one in told])
        key = (look.at, look.known_at)
        if key not in self._found:
            self._found[key] = _by_world(*self._together(Moment(*key), RULEBOOK.only(self._wanted[key])))
        return in_order(self._found[key].get((look.rule, look.world_name), []))


def _by_world(frame: pl.DataFrame, rulebook: Rulebook) -> dict[tuple[str, str], list[Told]]:
    """Readings by rule and world: every identifier begins with its world's name."""
    found: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for row in frame.select("rule", "subject", *NAMES).iter_rows(named=True):
        found[rulebook.ids[row["rule"]], row["subject"].rpartition(" ")[0]].append(row)
    return found


def plainly(look: Look) -> list[Told]:
    """The readings of a look's rule, worked out day by day."""
    facts = Reference(look.world, Moment(look.at, look.known_at))
    known = london_day(look.known_at) if look.known_at else None
    local = Local(terms=_terms(look.world), exceptions=_exceptions(facts), known=known)
    found = with_agreed(duties(facts, RULEBOOK.only({look.rule}), local, DERIVED), local)
    told = [reading(duty, look.at) for duty in found]
    return in_order([dict(zip(NAMES, row[2:], strict=True)) for row in told])


def _terms(world: Entries) -> tuple[tuple[date, date], ...]:
    rows = [row for row in world.get("setting", []) if row["name"] == "school term"]
    return tuple(sorted((row["from_on"], row["to_on"] - timedelta(days=1)) for row in rows))


def _exceptions(facts: Reference) -> dict[tuple[str, str], tuple[Exempted, ...]]:
    found: dict[tuple[str, str], tuple[Exempted, ...]] = {}
    for row in facts.rows("timescale_exception"):
        key = (row["child_id"] or row["worker_id"], row["rule"])
        days = (row["from_on"], row["to_on"], row["new_due_on"])
        found[key] = (*found.get(key, ()), Exempted(*key, *days, row["granted_by"]))
    return found


@pytest.fixture(scope="module")
def in_postgresql(embedded_server: Any) -> Iterator[Engine]:
    made: list[psycopg.Connection] = []

    def put(worlds: Collection[Entries]) -> World:
        connection = embedded_server.superuser(embedded_server.fresh().name)
        made.append(connection)
        put_in_postgresql(connection, worlds)
        return lambda moment, rules: every_readings(connection, moment, rulebook=rules)

    yield Sql(put)
    for connection in made:
        connection.close()


@pytest.fixture(scope="module")
def in_duckdb() -> Engine:
    def put(worlds: Collection[Entries]) -> World:
        connection = duckdb.connect()
        put_in_duckdb(connection, worlds)
        return lambda moment, rules: readings_in_duckdb(connection, moment, rulebook=rules)

    return Sql(put)


def is_local(look: Look) -> bool:
    """Whether a look rests on a local interval, which the plain reference leaves to the engines."""
    return bool({row["name"] for row in look.world.get("setting", [])} - {"school term"})


@pytest.mark.parametrize("rule", RULES)
def test_the_plain_reference_reads_each_case_as_it_was_worked_by_hand(rule: str):
    compare(plainly, [look for look in looks() if look.rule == rule and not is_local(look)])


@pytest.mark.xdist_group("cases in postgresql")
@pytest.mark.parametrize("rule", RULES)
def test_postgresql_reads_each_case_as_it_was_worked_by_hand(in_postgresql: Engine, rule: str):
    compare(in_postgresql, [look for look in looks() if look.rule == rule])


@pytest.mark.xdist_group("cases in duckdb")
@pytest.mark.parametrize("rule", RULES)
def test_duckdb_reads_each_case_as_it_was_worked_by_hand(in_duckdb: Engine, rule: str):
    compare(in_duckdb, [look for look in looks() if look.rule == rule])


def test_every_rule_has_cases_around_its_due_day():
    """The day before, the day and the day after: of looking while nothing was done, or of doing it."""
    seen: dict[str, set[int]] = defaultdict(set)
    for look in looks():
        for one in look.expected:
            if one.get("due_on"):
                seen[look.rule].add(((one.get("met_on") or look.at) - one["due_on"]).days)
    assert set(RULES) == {look.rule for look in looks()}
    for rule in (RULEBOOK[rule_id] for rule_id in RULES):
        # Where another event sets the due day, there is none before it.
        days = {0} if rule.binding.due_at else {-1, 0, 1}
        if rule.binding.due_at or any(one.first is not None or one.unit for one in rule.editions):
            assert days - seen[rule.id] == set(), rule.id


def test_an_empty_record_says_of_every_rule_what_it_needs(database: Database):
    """No rule is dropped because nothing is known: each reads what the record would have to hold."""
    with database.connect(DatabaseRole.LOADER) as connection:
        told = readings(connection, best_known(date(2026, 6, 1)), child_ids=["c1"], worker_ids=["w1"])
    of_people = {rule.id for rule in RULEBOOK if rule.binding.subject is not Subject.COUNCIL}
    assert {one.rule for one in told} == of_people
    for one in told:
        assert one.state is State.CANNOT_TELL and one.reason.startswith("Cannot tell: needs "), one.rule
