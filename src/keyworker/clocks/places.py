"""Places: where the record holds the events that start, meet and stop a timescale, written once and parsed once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from keyworker.vocabulary import TABLES, Type
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.errors import KeyworkerError

_WRITTEN = re.compile(r"^(?P<head>[^\[\]]+?)(\[(?P<only>[^\[\]]*)\])?$")
VISITS = {
    "made": ("seen alone", "seen", "not recorded"),
    "seen": ("seen alone", "seen"),
    "alone": ("seen alone",),
    "unsaid": ("not recorded",),
    "attempted": ("seen alone", "seen", "not seen", "no access", "not recorded"),
}


class PlaceKind(StrEnum):
    """What kind of place holds an event."""

    COLUMN = "column"
    STEP = "step"
    VISIT = "visit"
    EVENT = "event"
    SPAN = "span"
    SPAN_END = "span end"
    CALENDAR = "calendar"
    ENTERED = "entered"


_VISITS = frozenset({"cin_visits", "cp_visits", "cla_visits", "other_visit"})


@dataclass(frozen=True)
class Place:
    """Where events of one sort are held.

    Takes   written, as the bindings write it; what, the table, step kind, visit kind, file or date;
            column, the date column, or for a visit what must have come of it;
            only, the columns that must hold one of the values beside them; an empty value stands for empty.
    """

    written: str
    kind: PlaceKind
    what: str
    column: str = ""
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __hash__(self) -> int:
        # Every event that is read looks its place up.
        return hash(self.written)

    @property
    def is_visit(self) -> bool:
        """Whether what happens there is a visit to a child."""
        return self.kind is PlaceKind.VISIT or self.table in _VISITS

    @property
    def table(self) -> str:
        """The described table that holds it, or nothing."""
        if self.kind is PlaceKind.COLUMN:
            return self.what
        return "step" if self.kind is PlaceKind.STEP else ""

    @property
    def is_ending(self) -> bool:
        """Whether it is the end of a period, whose event falls on the last day: the day before `to_on`."""
        return self.kind is PlaceKind.COLUMN and self.column == "to_on"

    @property
    def slot(self) -> str:
        """What tells two events of one row apart: the column that holds the day."""
        return self.column if self.kind is PlaceKind.COLUMN else self.kind.value


class UnknownPlace(KeyworkerError):
    """A binding names a place that the vocabulary does not have."""


@lru_cache(maxsize=2_000)
def place(written: str) -> Place:
    """The place that a binding writes.

    Raises  UnknownPlace, with what the vocabulary does have, when there is none such.
    """
    found = _WRITTEN.match(written.strip())
    if not found:
        raise _unknown(written, "it is not written as table.column[column=value] or kind:name")
    head, only = found["head"].strip(), _only(found["only"])
    word, colon, what = head.partition(":")
    if not colon:
        return _column(written, head, only)
    if word == "step":
        return _step(written, what, only)
    if word == "visit":
        kind, _, outcome = what.rpartition(":")
        if not kind or outcome not in VISITS:
            raise _unknown(written, f"a visit ends in one of {', '.join(VISITS)}")
        return Place(written, PlaceKind.VISIT, kind, outcome, only)
    if word == "calendar":
        date.fromisoformat(what if len(what) > len("12-31") else f"2024-{what}")
        return Place(written, PlaceKind.CALENDAR, what)
    kinds = {"event": PlaceKind.EVENT, "span": PlaceKind.SPAN, "span_end": PlaceKind.SPAN_END}
    if word not in kinds:
        raise _unknown(written, f"'{word}' is no kind of place")
    return Place(written, kinds[word], what)


def _only(text: str | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    pairs = (one.partition("=") for one in (text or "").split(",") if one.strip())
    return tuple((name.strip(), tuple(value.strip() for value in values.split("/"))) for name, _, values in pairs)


def _column(written: str, head: str, only: tuple[tuple[str, tuple[str, ...]], ...]) -> Place:
    if head == "entered":
        return Place(written, PlaceKind.ENTERED, head)
    table, _, column = head.partition(".")
    described = TABLES.get(table)
    if described is None:
        raise _unknown(written, f"no table is called '{table}'")
    missing = [name for name in (column, *(name for name, _ in only)) if not described.has(name)]
    if missing:
        raise _unknown(written, f"table {table} has no column {', '.join(missing)}")
    if described.column(column).type is not Type.DATE:
        raise _unknown(written, f"{head} holds no date")
    return Place(written, PlaceKind.COLUMN, table, column, only)


def _step(written: str, what: str, only: tuple[tuple[str, tuple[str, ...]], ...]) -> Place:
    if what not in codes("step_kind"):
        raise _unknown(written, f"no step is called '{what}'")
    missing = [name for name, _ in only if not TABLES["step"].has(name)]
    if missing:
        raise _unknown(written, f"a step has no column {', '.join(missing)}")
    return Place(written, PlaceKind.STEP, what, "happened_on", only)


def _unknown(written: str, why: str) -> UnknownPlace:
    return UnknownPlace(
        f"The place '{written}' cannot be read: {why}.",
        where="the bindings of timescales",
        remedy="Write it as docs/reference/tables.md names the table and its columns.",
    )
