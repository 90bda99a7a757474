"""Every timescale's days have a place in the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from keyworker.vocabulary import TABLES, Type
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.shipped import rows
from keyworker.vocabulary.timescale_tables import Held, TimescaleTables, timescale_tables

EVERY_ENTRY = {"entered_at", "recorded_at"}


@pytest.fixture(scope="module")
def rules(shared: Path) -> list[dict[str, object]]:
    """Every rule of the catalogue of timescales."""
    return yaml.safe_load((shared / "domain" / "timescales.yaml").read_text(encoding="utf-8"))["timescales"]


def without_a_place(rules: list[dict[str, object]], held: dict[str, TimescaleTables]) -> list[str]:
    """The rules of which nobody has said where their start and their completion are held."""
    ids = [str(rule["id"]) for rule in rules]
    return [one for one in ids if one not in held or not held[one].starts or not held[one].completes]


def test_every_rule_has_a_place_for_its_start_and_its_completion(rules: list[dict[str, object]]):
    """A rule that the catalogue gains fails here until somebody says where its days are held."""
    assert len(rules) >= 136
    assert without_a_place(rules, timescale_tables()) == []
    assert set(timescale_tables()) <= {rule["id"] for rule in rules}
    assert len(rows("timescale_tables.csv")) == len(timescale_tables())


def test_a_missing_rule_is_noticed(rules: list[dict[str, object]]):
    """Taking any one rule out of the data is found by the test above."""
    held = dict(timescale_tables())
    del held["cp-visit"]
    held["icpc-15wd"] = replace(held["icpc-15wd"], completes=())
    assert without_a_place(rules, held) == ["icpc-15wd", "cp-visit"]


def is_held(place: Held) -> bool:
    """Whether a place exists in the vocabulary and can hold a day or what decides it."""
    if place.kind == "step":
        return place.what in codes("step_kind")
    if place.kind == "record":
        return place.what in EVERY_ENTRY
    if place.kind == "calendar":
        return bool(date.fromisoformat(place.what if len(place.what) > 5 else f"2024-{place.what}"))
    return place.table in TABLES and TABLES[place.table].has(place.column)


def may_hold(place: Held, name: str, value: str) -> bool:
    """Whether a column of the place's table may hold a value: a code of its list, or true or false of a flag."""
    column = TABLES[place.table].column(name)
    return value in (codes(column.codes) if column.codes else {"true", "false"} if column.type is Type.FLAG else set())


def test_every_named_place_exists():
    """No rule names a table, column or step kind that the vocabulary lacks."""
    places = [
        (one.rule, place) for one in timescale_tables().values() for place in one.starts + one.completes + one.stops
    ]
    assert [(rule, place) for rule, place in places if not is_held(place)] == []


def test_every_row_that_counts_can_exist():
    """What must be so for a row to count is a flag or a code of its column's list."""
    for one in timescale_tables().values():
        for place in one.starts + one.completes + one.stops:
            for name, values in place.only:
                assert all(may_hold(place, name, value) for value in values), (one.rule, place)


def test_only_a_visit_at_which_the_child_was_seen_resets_the_interval():
    """A visit at which the child was not seen, and a supervision that was cancelled, meet nothing."""
    held = timescale_tables()
    assert [place.only for place in held["cp-visit"].completes] == [(("seen", ("true",)),)]
    assert [place.only for place in held["sup-experienced-monthly"].completes] == [(("outcome", ("held",)),)]


def test_every_place_holds_a_day():
    """A timescale starts from, is met by and stops at a date, a step or a day of the calendar, never a flag."""
    numbers = {("asye-reduced-caseload-90pct", "appointment.agreed_capacity")}
    for one in timescale_tables().values():
        for place in one.starts + one.completes + one.stops:
            if place.kind == "column" and (one.rule, place.what) not in numbers:
                assert TABLES[place.table].column(place.column).type is Type.DATE, (one.rule, place)


def test_step_kinds_are_said_once_and_belong_to_tables():
    """A step kind stands once, says what it is, and belongs to a described table or to none."""
    kinds = rows("step_kinds.csv")
    assert len({row["kind"] for row in kinds}) == len(kinds)
    assert all(row["says"].endswith(".") for row in kinds)
    assert {row["belongs_to"] for row in kinds} - {""} <= set(TABLES)


def test_step_kinds_are_used_or_named_by_the_service():
    """No step kind lies idle: a timescale uses it, or the service records it for itself."""
    used = {
        place.what
        for one in timescale_tables().values()
        for place in one.starts + one.completes + one.stops
        if place.kind == "step"
    }
    assert set(codes("step_kind")) - used == {"allocation decision", "assessed year resumed"}
