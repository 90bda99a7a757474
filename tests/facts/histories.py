"""Random histories of a record: rows that come, change, end, vanish and are erased, told by several sources.

`histories()` and `moments()` draw them; `write_postgresql` and `write_duckdb` put the very same entries into an engine;
`keyworker.facts.reference.Reference` says what each relation must hold. Any engine can be held to that.
"""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import duckdb
import psycopg
from hypothesis import strategies as st

from keyworker.facts.dtypes import DUCKDB
from keyworker.facts.moment import Moment
from keyworker.vocabulary import TABLES, Column, Table, Type
from tests.conformance.reading import ENTRY

FIRST = date(2026, 2, 20)
SPAN = 40
BEGAN = datetime(2026, 3, 1, 9, tzinfo=UTC)
SOURCES = ("ssd", "ssd", "cin-census", "by hand")
CHILDREN = ("c1", "c1", "c2", "c3")
WORKERS = ("ann", "ann", "bea", None)
ROLES = ("Lead", "Lead", "accountable", "Co-Worker", "Duty  desk", "Mystery", None)
TEAMS = ("t1", "t2", None)
CODES = {
    "meaning": {
        "subject": ("involvement role", "involvement role", "job title", "team"),
        "said": ("Duty Desk", "mystery", "lead", "T3", "poplar"),
        "district": (None, "East"),
        "team_type": (None, "front door"),
        "allocation_role": ("none", "lead", "accountable", "co-worker", None),
    },
    "setting": {
        "name": ("source precedence", "visit interval"),
        "applies_to": ("all", "involvements", "cin_episodes", "cp", "cla", "referral"),
        "value": ("cin-census, ssd", "by hand", "ssd, cin-census", "5", "9"),
        "unit": ("working_days", "calendar_days", None),
    },
    "involvements": {
        "worker_id": WORKERS,
        "role": ROLES,
        "change_reason": ("LEFTRL", None),
        "team_id": ("t1", "t2", "t3", None),
    },
    "cin_episodes": {
        "close_reason": (None, "RC7", "RC1"),
        "referral_nfa": (None, False, True),
        "team_id": ("t2", None),
    },
    "cla_episodes": {"episode_ceased_reason": (None, "E4", "E11 - adopted"), "care_period_id": ("p1",)},
    "legal_status": {"legal_status": ("C2", "V3", "v4", None)},
    "permanence": {"permanence_order_type": (None, "Adoption", "Special guardianship"), "care_period_id": ("p1",)},
    "identity_link": {"same_as": CHILDREN, "basis": ("decision",)},
    "other_visit": {"visit_kind": (None, "assessment")},
}
FLAGS = (None, True, False)
OUTCOMES = (None, "seen alone", "Seen", "not_seen", "cancelled", "no access", "unknown")
OF_TEAMS = {
    "team": {
        "team_id": ("t1", "t2"),
        "name": ("Willow", "Poplar", None),
        "district": ("North", "South", None),
        "team_type": ("assessment", None),
    },
    "department": {"team_id": ("t1", "t2", "t3"), "name": ("Willow", "Poplar", "Duty  Desk", None)},
    "appointment": {
        "worker_id": ("ann", "bea"),
        "team_id": ("t1", "t3", None),
        "agreed_capacity": (None, Decimal(1), Decimal("1.5"), Decimal(0)),
        "role_class": (None, "Case Holder", "5", "first line manager"),
        "employment": (None, "Agency", "permanent"),
    },
    "team_succession": {"from_team_id": ("t1", "t2", "t3"), "to_team_id": ("t1", "t2", "t3")},
}
OF_PEOPLE: dict[str, dict[str, tuple[Any, ...]]] = {
    "person": {
        "sex": (None, "F", "male", "U"),
        "ethnicity": (None, "WBRI", "chne", "MOTH", "REFU", "other"),
        "birth_on": (None, FIRST, FIRST + timedelta(days=9), date(2024, 2, 29), date(2010, 2, 27), date(1979, 3, 1)),
        "expected_birth_on": (None, FIRST),
    },
    "disability": {"disability_code": ("NONE", "LD", "none", "DDA")},
    "care_leavers": {"eligibility": (None, "Relevant", "No Current Eligibility")},
}
NAMES = (*CODES, "cp_plans", "cin_visits", "cp_visits", "cla_visits", "professionals")
MEASURED = (*NAMES, *OF_TEAMS, *OF_PEOPLE, "cin_assessments")
"""Tables whose rows meet in measures and their groups."""
OF_PLANS: dict[str, dict[str, tuple[Any, ...]]] = {
    "child_plan": {"visit_every": (3, 12), "unit": ("calendar_days", "working days", "moons")},
}
LISTED = (*MEASURED, *OF_PLANS, "s47_enquiry", "cin_plans", "family")
"""Tables that matter to lists and figures, too."""
_NAMED_OTHERWISE = frozenset(
    ("meaning", "setting", "identity_link", "child_plan", "family", "person", "disability", *OF_TEAMS)
)

_numbers = itertools.count(1)
Entry = dict[str, Any]


@dataclass
class History:
    """Every entry ever written, by table, and the acts that wrote them."""

    entries: dict[str, list[Entry]] = field(default_factory=dict)
    acts: list[dict[str, Any]] = field(default_factory=list)

    @property
    def instants(self) -> list[datetime]:
        """When each act was recorded."""
        return [act["recorded_at"] for act in self.acts]


@st.composite
def days(draw: st.DrawFn) -> date:
    """One of few days in the short span in which everything happens, so that things touch, overlap and collide."""
    return FIRST + timedelta(days=4 * draw(st.integers(0, SPAN // 4)) + draw(st.sampled_from([0, 0, 0, 1])))


@st.composite
def moments(draw: st.DrawFn, history: History) -> Moment:
    """A day, with all that is known or what was known at, just before or just after some act."""
    at = FIRST + timedelta(days=draw(st.sampled_from([SPAN // 2, SPAN - 8, SPAN, SPAN // 3])))
    if not history.acts or draw(st.booleans()):
        return Moment(at)
    nudge = timedelta(microseconds=draw(st.sampled_from([-1, 0, 1])))
    return Moment(at, draw(st.sampled_from(history.instants)) + nudge)


@st.composite
def histories(draw: st.DrawFn, names: tuple[str, ...] = NAMES, most: int = 5) -> History:
    """A record's whole life in a few acts, about few tables, so that their rows meet."""
    history = History()
    current: dict[tuple[str, str, int], Entry] = {}
    about = sorted(draw(st.sets(st.sampled_from(names), min_size=1, max_size=4)))
    for number in range(draw(st.integers(2, most))):
        source = draw(st.sampled_from(SOURCES))
        instant = BEGAN + timedelta(days=3 * number, microseconds=number)
        act_id = next(_numbers)
        touched: set[str] = set()
        for _ in range(draw(st.integers(5, 12))):
            name, row = draw(st.sampled_from(about)), draw(st.integers(1, 8))
            touched.add(name)
            _write(draw, history, current, name, (name, source, row), act_id, instant)
        history.acts.append({"act_id": act_id, "source": source, "tables": sorted(touched), "recorded_at": instant})
    return history


def meeting(names: tuple[str, ...] = NAMES, most: int = 5) -> st.SearchStrategy[History]:
    """Histories in which rows of more than one table meet: not the simplest of all, with which every search begins."""
    return histories(names, most).filter(lambda one: len(one.entries) > 1)


@st.composite
def busy_holdings(draw: st.DrawFn) -> History:
    """One child whose workers' rows touch, overlap and leave gaps, inside one open referral."""
    workers, roles = st.sampled_from(["ann", "ann", "bea"]), st.sampled_from(["Lead", "Accountable"])
    periods = st.tuples(workers, roles, days(), st.integers(0, 3))
    rows = draw(st.lists(periods, min_size=2, max_size=7))
    act_id, entries = next(_numbers), []
    for number, (worker, role, from_on, fours) in enumerate(rows):
        to_on = from_on + timedelta(days=4 * fours) if fours else None
        said = {"involvement_id": f"i{number}", "child_id": "c1", "worker_id": worker, "role": role}
        entries.append(entry_of("involvements", act_id, said | {"from_on": from_on, "to_on": to_on}))
    episode = entry_of("cin_episodes", act_id, {"referral_id": "r1", "child_id": "c1", "from_on": FIRST})
    act = {"act_id": act_id, "source": "ssd", "tables": ["cin_episodes", "involvements"], "recorded_at": BEGAN}
    return History({"involvements": entries, "cin_episodes": [episode]}, [act])


@st.composite
def busy_service(draw: st.DrawFn) -> History:
    """A few open children of whom much is told: statuses and intervals, visits of every kind, workers, teams, plans."""
    act_id, numbers = next(_numbers), itertools.count(1)
    entries: dict[str, list[Entry]] = {}

    def tell(table: str, **said: Any) -> None:
        key = TABLES[table].key[0]
        named = {} if key in said else {key: f"{table} {next(numbers)}"}
        entries.setdefault(table, []).append(entry_of(table, act_id, {**named, **said}))

    def maybe(*of: Any) -> Any:
        return draw(st.sampled_from(of))

    for status in ("referral", "cp", "cla", "assessment"):
        if maybe(True, False):
            interval = {"name": "visit interval", "applies_to": status, "value": maybe("4", "8", "16", "soon")}
            tell("setting", **interval, unit=maybe("working_days", "calendar_days"), from_on=FIRST)
    for worker in ("ann", "bea"):
        if maybe(True, False):
            tell("appointment", worker_id=worker, team_id=maybe("t3", "t4", None), from_on=FIRST)
    for child in ("c1", "c2", "c3"):
        tell("cin_episodes", child_id=child, from_on=draw(days()), team_id=maybe(*TEAMS))
        if maybe(True, False):
            tell("cp_plans", child_id=child, from_on=draw(days()))
        if maybe(True, False):
            began, moved = sorted([draw(days()), draw(days())])
            tell("cla_episodes", child_id=child, from_on=began, to_on=moved)
            tell("cla_episodes", child_id=child, from_on=moved)
            if maybe(True, False):
                status = {"legal_status": maybe("V3", "V4", "C2"), "to_on": maybe(None, moved)}
                tell("legal_status", child_id=child, from_on=began, **status)
        if maybe(True, False, False):
            plan = {"visit_every": maybe(4, 16), "unit": maybe("calendar_days", "moons")}
            tell("child_plan", child_id=child, from_on=draw(days()), **plan)
        for _ in range(draw(st.integers(0, 4))):
            said = {"seen": maybe(*FLAGS), "outcome": maybe(None, None, "seen", "not seen", "cancelled")}
            tell(maybe("cin_visits", "cp_visits"), child_id=child, happened_on=draw(days()), **said)
        for _ in range(draw(st.integers(0, 4))):
            held = {"worker_id": maybe(*WORKERS), "role": maybe(*ROLES), "team_id": maybe(*TEAMS)}
            tell("involvements", child_id=child, from_on=draw(days()), to_on=draw(st.none() | days()), **held)
    act = {"act_id": act_id, "source": "ssd", "tables": sorted(entries), "recorded_at": BEGAN}
    return History(entries, [act])


def entry_of(name: str, act_id: int, said: Entry) -> Entry:
    """An entry of a table that stands, told by the extract unless it says otherwise."""
    return {
        **dict.fromkeys([*ENTRY, *TABLES[name].column_names]),
        "entry_id": next(_numbers),
        "act_id": act_id,
        "source": "ssd",
        "row_key": uuid.uuid4(),
        "digest": uuid.UUID(int=0),
        "standing": "reported",
        "recorded_at": BEGAN,
        **said,
    }


def _write(
    draw: st.DrawFn,
    history: History,
    current: dict[tuple[str, str, int], Entry],
    name: str,
    key: tuple[str, str, int],
    act_id: int,
    instant: datetime,
) -> None:
    standing = current.get(key)
    if standing is not None and standing["act_id"] == act_id:
        return
    what = draw(st.sampled_from(["tell"] * 14 + ["vanish", "erase"]))
    if what == "erase" and standing is not None:
        standing["standing"] = "erased"
        return
    entry = {
        "entry_id": next(_numbers),
        "act_id": act_id,
        "source": key[1],
        "row_key": uuid.uuid5(uuid.NAMESPACE_OID, repr(key)),
        "digest": uuid.UUID(int=0),
        "standing": "no longer reported" if what == "vanish" else "reported",
        "entered_at": draw(st.sampled_from([None, instant - timedelta(days=1)])),
        "recorded_at": instant,
        "superseded_at": None,
        **(_row(draw, TABLES[name], key) if standing is None else _changed(draw, TABLES[name], standing)),
    }
    if standing is not None:
        standing["superseded_at"] = instant
    current[key] = entry
    history.entries.setdefault(name, []).append(entry)


def _changed(draw: st.DrawFn, table: Table, standing: Entry) -> Entry:
    """The row again, perhaps ended, begun on another day, or said of somebody else."""
    row = {name: standing[name] for name in table.column_names}
    return row | draw(st.fixed_dictionaries({}, optional={name: _value(table, name) for name in _movable(table)}))


def _movable(table: Table) -> list[str]:
    return [name for name in table.column_names if name not in table.key or name in ("child_id", "from_on")]


def _row(draw: st.DrawFn, table: Table, key: tuple[str, str, int]) -> Entry:
    row = {column.name: draw(_value(table, column.name)) for column in table.columns}
    if table.name in ("professionals",):
        row["worker_id"] = draw(st.sampled_from(["ann", "bea"]))
    elif table.name not in _NAMED_OTHERWISE:
        row[table.key[0]] = f"{key[1]} {key[2]}"
    return row


def _value(table: Table, name: str) -> st.SearchStrategy[Any]:
    column = table.column(name)
    given = (CODES | OF_TEAMS | OF_PLANS | OF_PEOPLE).get(table.name, {}).get(name)
    if given is not None:
        return st.sampled_from(given)
    if name == "child_id":
        return st.sampled_from(CHILDREN)
    if name in ("from_on", "happened_on"):
        return days() if column.required or name == "from_on" else st.none() | days()
    if name == "to_on":
        return st.sampled_from([None]) | days() | days()
    if column.type is Type.FLAG:
        return st.sampled_from(FLAGS)
    if name == "outcome":
        return st.sampled_from(OUTCOMES)
    return st.just("x") if column.required and column.type is Type.TEXT else st.none()


def write_postgresql(connection: psycopg.Connection, history: History) -> None:
    """Put a history into a record as it stands, guards set aside. Takes a superuser's connection; empties it first."""
    with connection.transaction():
        connection.execute("set local session_replication_role = replica")
        connection.execute("".join(f'delete from record."{name}";' for name in ("act", *TABLES)).encode())
        for act in history.acts:
            connection.execute(
                """insert into record.act
                (act_id, kind, author, purpose, source, tables, recorded_at, first_entry, txid)
                overriding system value
                values (%(act_id)s, 'load', 'test', 'test', %(source)s, %(tables)s, %(recorded_at)s, 0, '1')""",
                act,
            )
        for name, entries in history.entries.items():
            _insert(connection, TABLES[name], entries)


def _insert(connection: psycopg.Connection, table: Table, entries: list[Entry]) -> None:
    names = [*ENTRY, *table.column_names]
    # An erased entry keeps nothing of what it said.
    rows = [[entry[n] if n in ENTRY or entry["standing"] != "erased" else None for n in names] for entry in entries]
    places = ", ".join(["%s"] * len(names))
    listed = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        cursor.executemany(f'insert into record."{table.name}" ({listed}) values ({places})', rows)


def write_duckdb(connection: duckdb.DuckDBPyConnection, history: History) -> None:
    """Put a history into DuckDB as a snapshot would: the same tables under the same names, every one of them."""
    if not connection.execute("select 1 from duckdb_schemas() where schema_name = 'record'").fetchall():
        connection.execute("set timezone = 'UTC'; create schema record")
        connection.execute("create table record.act (act_id bigint, source text, recorded_at timestamptz)")
        for table in TABLES.values():
            described = ", ".join(f'"{name}" {kind}' for name, kind in _columns(table).items())
            connection.execute(f'create table record."{table.name}" ({described})')
    connection.execute("".join(f'delete from record."{name}";' for name in ("act", *TABLES)))
    for act in history.acts:
        connection.execute("insert into record.act values ($act_id, $source, $recorded_at)", {k: act[k] for k in _ACT})
    for name, entries in history.entries.items():
        _fill_duckdb(connection, TABLES[name], entries)


_ACT = ("act_id", "source", "recorded_at")


def _columns(table: Table) -> Mapping[str, str]:
    return ENTRY | {column.name: _type(column) for column in table.columns}


def _fill_duckdb(connection: duckdb.DuckDBPyConnection, table: Table, entries: list[Entry]) -> None:
    columns = _columns(table)
    places = ", ".join(["?"] * len(columns))
    for entry in entries:
        kept = [entry[n] if n in ENTRY or entry["standing"] != "erased" else None for n in columns]
        connection.execute(f'insert into record."{table.name}" values ({places})', kept)


def _type(column: Column) -> str:
    return DUCKDB[column.type]
