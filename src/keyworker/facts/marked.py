"""What is marked of a child as not to be told: to whom, why, by whose word, and every value that is marked with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.relations import history
from keyworker.facts.rows import fetch
from keyworker.vocabulary import TABLES

ANYONE_OUTSIDE, NAMED_PERSON = "anyone outside", "named person"

NOT_SAID = "the reason is not told here"

_SAID = """select m.marker_id, m.child_id, m.kind, m.in_table, m.in_row, m.value, m.told_to, m.relation, m.person,
    m.why, m.said_by, m.from_on, m.to_on, written.author, written.recorded_at, m.entry_id,
    case when m.to_on <= m.from_on then last.author end, last.recorded_at, m.withdrawn_why,
    m.asked_by, m.asked_why, m.kept_why
from {not_to_be_told} m
join record.act last on last.act_id = m.act_id
join lateral (
    select a.author, a.recorded_at from record.not_to_be_told e join record.act a on a.act_id = e.act_id
    where e.marker_id = m.marker_id order by e.entry_id limit 1
) written on true"""
_LATEST_FIRST = "\norder by m.from_on desc, m.entry_id desc"
_ASKED = "\nwhere m.asked_by is not null and (m.to_on is null or m.to_on > m.from_on)"

VALUES = {"address": ("address_id", ("json", "postcode")), "cla_placement": ("placement_id", ("urn", "postcode"))}
"""The tables whose rows can be marked: the column that names a row, and those that hold what is marked with it."""
KINDS = {"address": "address", "cla_placement": "placement"}


@dataclass(frozen=True, slots=True)
class Marker:
    """One thing about a child that must not be told.

    Takes   kind, told_to, relation, why, codes of the vocabulary; values, everything that it marks, as recorded and as
            typed; on, the first day of the row in which it stands; withdrawn, by whom, when and why; asked, who asks to
            withdraw it and why: until a second person agrees it holds; kept_why, why it was left standing.
    """

    marker_id: str
    child_id: str
    kind: str
    in_table: str | None
    in_row: str | None
    value: str | None
    told_to: str
    relation: str | None
    person: str | None
    why: str
    said_by: str
    from_on: date
    to_on: date | None
    written_by: str
    written_at: datetime
    entry_id: int
    withdrawn: tuple[str, datetime, str] | None = None
    values: tuple[str, ...] = ()
    on: date | None = None
    asked: tuple[str, str] | None = None
    kept_why: str = ""

    @property
    def without_values(self) -> Marker:
        """The same for whoever is to be warned, without what is marked."""
        return replace(self, value=None, values=())

    @property
    def of_somebody_unseen(self) -> Marker:
        """The same for whoever is not to learn of whom it is marked: what must stay behind, from anybody outside."""
        outside = replace(self, told_to=ANYONE_OUTSIDE, relation=None, person=None, in_table=None, in_row=None, on=None)
        return replace(outside, child_id="", why=NOT_SAID, said_by="", written_by="", asked=None, kept_why="")

    @property
    def is_of_somebody_unseen(self) -> bool:
        """Whether whoever asks is not to learn of whom it is marked."""
        return not self.child_id

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day; its last day counts."""
        return self.withdrawn is None and self.from_on <= day and (self.to_on is None or self.to_on > day)


@dataclass(frozen=True, slots=True)
class Markable:
    """A row of the record that can be marked: its table, its own number, what kind of thing, its values, its days."""

    in_table: str
    in_row: str
    kind: str
    values: tuple[str, ...]
    from_on: date
    to_on: date | None


def markers(connection: psycopg.Connection, lens: Lens, *, only_asked: bool = False) -> list[Marker]:
    """What is marked of the lens's children, also what was withdrawn or has ended, the latest first.

    Takes   only_asked, whether only what somebody asks to withdraw is wanted.
    """
    found = [_marker(row) for row in fetch(connection, lens, f"{_SAID}{_ASKED if only_asked else ''}{_LATEST_FIRST}")]
    return [_with_values(one, _histories(connection, lens, found)) for one in found] if found else []


def markables(connection: psycopg.Connection, lens: Lens) -> list[Markable]:
    """The rows of the lens's one child that can be marked, the latest first."""
    rows = []
    for table, (key, columns) in VALUES.items():
        query = f"select {key}, {', '.join(columns)}, from_on, to_on from {{{table}}} t order by from_on desc, {key}"
        for number, *values, from_on, to_on in fetch(connection, lens, query):
            said = tuple(one for one in values if one)
            if said:
                rows.append(Markable(table, number, KINDS[table], said, from_on, to_on))
    return rows


def _marker(row: tuple[Any, ...]) -> Marker:
    by, at, why, asked_by, asked_why, kept_why = row[16:]
    withdrawn = None if by is None else (by, at, why or "")
    asked = (asked_by, asked_why or "") if asked_by and by is None else None
    return replace(Marker(*(*row[:16], withdrawn)), asked=asked, kept_why=kept_why or "")


_History = dict[tuple[str, str], tuple[tuple[str, ...], date]]


def _histories(connection: psycopg.Connection, lens: Lens, found: Iterable[Marker]) -> _History:
    """Every value that the marked rows ever had, known or replaced, and their first day."""
    wanted = {one.in_table for one in found if one.in_table in VALUES}
    told: _History = {}
    for table in sorted(wanted):
        key, columns = VALUES[table]
        names = ", ".join(f"h.{name}" for name in columns)
        query = f"select h.{key}, h.from_on, {names} from {history(TABLES[table], lens)} h order by h.entry_id"
        for number, from_on, *values in fetch(connection, lens, query):
            before, _ = told.get((table, number), ((), from_on))
            told[table, number] = (tuple(dict.fromkeys((*before, *(one for one in values if one)))), from_on)
    return told


def _with_values(one: Marker, told: _History) -> Marker:
    values, on = told.get((one.in_table or "", one.in_row or ""), ((), None))
    typed = (one.value,) if one.value else ()
    return replace(one, values=(*typed, *values), on=on)
