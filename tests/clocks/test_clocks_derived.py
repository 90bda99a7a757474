"""Every derived event and span gives on PostgreSQL and on DuckDB what its plain twin gives, on random lives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import duckdb
import polars as pl
import psycopg
import pytest

from keyworker.clocks.catalogue import rulebook
from keyworker.clocks.held import held_in, tables_named
from keyworker.clocks.places import Place, PlaceKind
from keyworker.clocks.plain.derived import DERIVED
from keyworker.clocks.rules import Rulebook
from keyworker.clocks.spans import event_sql, span_sql
from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment
from keyworker.facts.reference import Reference
from keyworker.facts.relations import Engine, render
from keyworker.vocabulary import TABLES
from tests.clocks.random_lives import FIRST, SPAN, Entries, Lives, put_in_duckdb, put_in_postgresql

AT = Moment(FIRST + timedelta(days=SPAN))
MANY = 120
COLUMNS = ["subject_id", "day", "at_time", "entered_at", "recorded_at", "act_id", "entry_id"]


def _ago(years: int, days: int = 0) -> date:
    return FIRST.replace(year=FIRST.year - years) + timedelta(days=days)


NEAR = [FIRST + timedelta(days=day) for day in (0, 1, 7, 20, 21, 40, 59)]
LAST_YEAR = [_ago(1, day) for day in (-40, -20, 0, 5, 30, 31, 50)]
BIRTHS: list[date | None] = [None, *(_ago(years, day) for years in (3, 4, 5, 14, 16, 17, 18) for day in (-1, 15, 40))]
CONFERENCE = ['{"CP_CONFERENCE_FLAG": "Y"}', '{"CP_CONFERENCE_FLAG":"N"}', '{"NFA_FLAG": "Y"}', None]


def _steps(*kinds: str, outcomes: tuple[str | None, ...] = (None,)) -> dict[tuple[str, str], list[Any]]:
    return {("step", "kind"): list(kinds), ("step", "outcome"): list(outcomes), ("step", "belongs_to_id"): [None]}


# Of what each set of lives is: the tables that meet in it, and what their columns may hold.
TOPICS: dict[str, tuple[tuple[str, ...], dict[tuple[str, str], list[Any]]]] = {
    "front door": (
        ("contacts", "cin_episodes", "initial_cp_conference", "step"),
        {
            ("contacts", "outcome_json"): ["{}", None],
            ("cin_episodes", "referral_outcome_json"): ["{}", "", None],
            **_steps("contact decision", "referral decision", "move-in notice"),
        },
    ),
    "need": (
        ("cin_assessments", "s47_enquiry", "initial_cp_conference", "cp_plans", "cla_episodes", "legal_status"),
        {("s47_enquiry", "outcome_json"): CONFERENCE},
    ),
    "plans": (("cin_plans", "cin_episodes", "cp_plans", "cla_episodes", "early_help_episodes", "family_help_plan"), {}),
    "enquiries": (
        ("s47_enquiry", "initial_cp_conference", "step", "cp_visits"),
        {
            ("s47_enquiry", "outcome_json"): CONFERENCE,
            **_steps("strategy discussion", outcomes=("enquiry", "no enquiry", None)),
        },
    ),
    "orders": (
        ("legal_status", "step"),
        {
            ("legal_status", "legal_status"): ["L1", "l2", "L2", "C1", None],
            **_steps("police protection", "protection order extended", "secure order", "secure placement ended"),
        },
    ),
    "secure": (("step",), _steps("secure order", "secure placement ended", "secure placement", "accommodation ended")),
    "arrangements": (
        ("cla_placement", "legal_status", "step", "cla_reviews", "cla_episodes"),
        {
            ("cla_placement", "type"): ["P1", "P1 ", "P1", "U1", "u4", "U6", "R5", "T1", "A5", None],
            ("cla_placement", "from_on"): [*NEAR, *LAST_YEAR],
            ("legal_status", "legal_status"): ["C1", "C2", "V2", "V2", "V3", "v4", None],
            ("cla_reviews", "care_period_id"): ["{child} p1", None],
            ("cla_episodes", "care_period_id"): ["{child} p1", None],
            ("step", "kind"): [
                *["temporary approval", "placed before assessment"] * 2,
                "carer decision",
                "placed before assessment",
                "parent assessment",
                "placement to last",
                "long-term foster care agreed",
            ],
            ("step", "belongs_to_id"): [None, None, "x"],
        },
    ),
    "placements": (
        ("cla_placement", "step", "cla_care_plan", "cla_episodes"),
        {
            ("cla_placement", "type"): ["U6", "T1", None],
            **_steps("placement plan", "placement notice", "placement ending notice"),
        },
    ),
    "care": (
        ("cla_episodes", "legal_status", "cla_reviews", "cla_health", "person"),
        {
            ("person", "birth_on"): BIRTHS,
            ("cla_episodes", "from_on"): [*NEAR, *LAST_YEAR],
            ("cla_episodes", "care_period_id"): ["{child} p1", None],
            ("cla_reviews", "care_period_id"): ["{child} p1", "{child} p2"],
            ("cla_reviews", "happened_on"): [*NEAR, None, None],
            ("legal_status", "legal_status"): ["V3", "V4", "V4", "C2", None],
            ("legal_status", "from_on"): [*NEAR, *LAST_YEAR],
            ("cla_health", "type"): ["Health assessment", "HEALTH", "IHA", "Dental check", "Teeth", "Optician", None],
            ("cla_health", "status"): ["Completed", "1", "Planned", "Refused", None],
        },
    ),
    "adoption": (
        ("permanence", "step", "cla_reviews", "cla_episodes", "legal_status"),
        {
            ("cla_episodes", "care_period_id"): ["{child} p1"],
            ("cla_reviews", "care_period_id"): ["{child} p1"],
            ("legal_status", "legal_status"): ["E1", "C2", None],
            **_steps("adoption review", "consent to place"),
        },
    ),
    "after care": (
        ("missing", "private_fostering", "care_leavers", "person", "step"),
        {
            ("missing", "rhi_offered"): ["Y", "no", "yes", None],
            ("private_fostering", "from_on"): [*NEAR, *LAST_YEAR],
            ("care_leavers", "eligibility"): ["Relevant", "Qualifying", "c", "No Current Eligibility", None],
            ("person", "birth_on"): [None, _ago(16, 20), _ago(24), _ago(25, 20), _ago(26)],
            **_steps("return home interview", "accommodation provided", "accommodation ended"),
        },
    ),
    "work": (
        ("appointment", "professionals", "personal_supervision", "absence", "step"),
        {
            ("appointment", "role_class"): ["case holder", None],
            ("appointment", "employment"): ["permanent", "Agency", "fixed term", None],
            ("appointment", "leaving_reason"): ["2", "8", None],
            ("appointment", "from_on"): [*NEAR, *LAST_YEAR, _ago(0, -130)],
            ("professionals", "registration_no"): ["SW1", "", None],
            ("personal_supervision", "outcome"): ["held", "cancelled"],
            ("personal_supervision", "minutes"): [60, 90, 120, None],
            ("step", "happened_on"): [*NEAR, date(2025, 11, 30), date(2025, 12, 1), date(2025, 9, 1)],
            **_steps(
                "assessed year began",
                "assessed year ended",
                "assessed year paused",
                "assessed year resumed",
            ),
        },
    ),
    "register": (
        ("appointment", "step"),
        {
            ("appointment", "employment"): ["permanent", "Agency", "fixed term", None],
            ("appointment", "leaving_reason"): ["2", "8", None],
            ("appointment", "role_class"): ["case holder", None],
            ("step", "belongs_to"): ["cin_census", "workforce_census", "agency_return", None],
            ("step", "happened_on"): [*NEAR, date(2025, 11, 30), date(2025, 12, 1), date(2025, 9, 1)],
            **_steps(
                "registration renewed",
                "return submitted",
                "learning recorded",
                "learning recorded",
                "notice given",
                "direct experience began",
                outcomes=("with peer reflection", "alone", None),
            ),
        },
    ),
}
# These ask when the record began to speak of something, whoever it was about, so that lives are no worlds of their own.
OF_ALL = {
    "registrations_recorded",
    "learning_recorded",
    "agency_returns_recorded",
    "workforce_censuses_recorded",
    "cin_censuses_recorded",
}
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
