"""Cases as data: one file for each rule, read into small worlds of entries and the readings that they must give.

A case gives rows by table and says what the rule must read. Its keys:

    says, worked   what it shows, and how the day was counted by hand from the bank holidays of England and Wales
    given          rows by table; a case's child is c1 and its worker w1 where a row does not say; the number that names
                   a row is made where it does not say; a `to_on` is the first day on which a period is over, as in the
                   record; `entered_at` and `recorded_at` are instants; a row is known from 2000 on where none is said
    started_on     the start of the duty that `unmet` and `done` ask about; with due_on, its due day
    unmet          by day of looking: the state while nothing more has happened
    done           rows (`by`) with the word `day` for the day on which the thing is done and `after` for the day after,
                   and by that day (`days`) the state, as read long after
    expect         every reading of the rule at the end of day `at` (long after, where none is said), oldest first; only
                   what is named is compared
    known_at       only what was recorded by then
    alone          a world of its own, for the council's duties and for settings, which are everybody's
"""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from keyworker.vocabulary import TABLES, Column, Table, Type
from tests.clocks.random_lives import Entries

FOLDER = Path(__file__).parent
KNOWN = datetime(2000, 1, 1, tzinfo=UTC)
LONG_AFTER = date(2029, 1, 2)
KEYS = {"says", "worked", "given", "started_on", "due_on", "unmet", "done", "expect", "at", "known_at", "alone"}
_numbers = itertools.count(1)
Rows = Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Look:
    """One look at a world: at a day, with what is to be read of a rule.

    Takes   world, the rows; started_on, the one duty to look at (None: all of the rule); expected, its readings.
    """

    name: str
    rule: str
    world_name: str
    world: Entries = field(repr=False)
    at: date
    expected: list[dict[str, Any]]
    started_on: date | None = None
    known_at: datetime | None = None
    is_alone: bool = False


@cache
def looks() -> tuple[Look, ...]:
    """Every look of every case, in order of rule."""
    return tuple(look for path in sorted(FOLDER.glob("*/*.yaml")) for look in _of_file(path))


def _of_file(path: Path) -> Iterator[Look]:
    rule = path.parent.name
    for number, one in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), start=1):
        unknown = set(one) - KEYS
        if unknown:
            raise ValueError(f"{path.name}, case {number}: unknown keys {sorted(unknown)}")
        yield from _looks(rule, f"{rule} {number}", one)


def _looks(rule: str, name: str, one: dict[str, Any]) -> Iterator[Look]:
    given: dict[str, list[dict[str, Any]]] = one.get("given") or {}
    more: dict[str, Any] = {"is_alone": bool(one.get("alone")), "known_at": one.get("known_at")}
    due = {"due_on": one["due_on"]} if "due_on" in one else {}
    start = one.get("started_on")

    def look(part: str, world: Entries, at: date, expected: list[dict[str, Any]], start: date | None = None) -> Look:
        return Look(f"{name} {part} {at}", rule, f"{name} {part}", world, at, expected, start, **more)

    unmet = _world(f"{name} unmet", given)

    for at, state in (one.get("unmet") or {}).items():
        expected = [{"state": state, "met_on": None, "passed_due": state == "overdue", **due}]
        yield look("unmet", unmet, at, expected, start)
    late = {"met_late": True, "cannot_tell": None}
    done = one.get("done") or {}
    for day, state in (done.get("days") or {}).items():
        rows = _joined(given, _dated(done["by"], day))
        expected = [{"state": state, "met_on": day, "passed_due": late.get(state, False), **due}]
        yield look(f"done {day}", _world(f"{name} done {day}", rows), LONG_AFTER, expected, start)
    if "expect" in one:
        yield look("expect", _world(f"{name} expect", given), one.get("at", LONG_AFTER), one["expect"])


def _joined(given: Rows, done: Rows) -> dict[str, list[dict[str, Any]]]:
    return {table: [*given.get(table, []), *done.get(table, [])] for table in {**given, **done}}


def _dated(by: Rows, day: date) -> dict[str, list[dict[str, Any]]]:
    words = {"day": day, "after": date.fromordinal(day.toordinal() + 1)}
    return {
        table: [
            {name: words.get(value, value) if isinstance(value, str) else value for name, value in row.items()}
            for row in rows
        ]
        for table, rows in by.items()
    }


def _world(mark: str, given: Rows) -> Entries:
    """The entries of a world, under identifiers of its own, so that many worlds can stand in one record."""
    return {
        table: [_entry(TABLES[table], row, mark, n) for n, row in enumerate(rows, start=1)]
        for table, rows in given.items()
    }


def _entry(table: Table, row: dict[str, Any], mark: str, number: int) -> dict[str, Any]:
    unknown = set(row) - set(table.column_names) - {"entered_at", "recorded_at"}
    if unknown:
        raise ValueError(f"{mark}: table {table.name} has no column {sorted(unknown)}")
    said = {column.name: _value(column, row.get(column.name)) for column in table.columns}
    for key in table.key:
        if said[key] is None:
            said[key] = f"{table.name} {number}"
    if table.has("child_id") and "child_id" not in row and table.name != "step":
        said["child_id"] = "c1"
    if table.name == "step" and not {"child_id", "worker_id"} & set(row):
        said["child_id"] = "c1"
    if table.has("worker_id") and "worker_id" not in row and not table.has("child_id"):
        said["worker_id"] = "w1"
    for column in table.columns:
        is_key = (
            column.name in table.key and column.type is Type.TEXT and column.name not in ("name", "applies_to", "kind")
        )
        names = is_key or bool(column.refers) or column.name in ("care_period_id", "belongs_to_id")
        if names and said[column.name] is not None and table.name != "setting":
            said[column.name] = f"{mark} {said[column.name]}"
    return {
        "entry_id": next(_numbers),
        "act_id": 1,
        "source": "ssd",
        "row_key": uuid.uuid5(uuid.NAMESPACE_OID, f"{mark} {table.name} {number}"),
        "digest": uuid.UUID(int=0),
        "standing": "reported",
        "entered_at": row.get("entered_at"),
        "recorded_at": row.get("recorded_at", KNOWN),
        "superseded_at": None,
        **said,
    }


def _value(column: Column, said: Any) -> Any:
    """A value as the record holds it: YAML reads a time of day such as 14:30 as a number of minutes."""
    if said is None:
        return None
    if column.type is Type.TIME:
        return time.fromisoformat(said) if isinstance(said, str) else time(said // 60, said % 60)
    return str(said) if column.type is Type.TEXT else said
