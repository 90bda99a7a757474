"""What a child or a parent says of the record, and beside which entries it stands that they do not agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache

import psycopg

from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.lens import Lens
from keyworker.facts.relations import history
from keyworker.facts.rows import fetch
from keyworker.vocabulary import TABLES, Kind, Table

WORDS, TRUSTED, NOT_AGREED = "words", "trusted", "not agreed"
_ASIDE = frozenset({"identity_link", "visit_note", "planned_visit", "case_supervision_note", "practitioner_role"})
"""Tables that stand beside another, whose entry is the one that is meant."""
_OF_STATUS = {
    "referral": "cin_episodes",
    "assessment": "cin_assessments",
    "section 47": "s47_enquiry",
    "cin": "cin_plans",
    "cp": "cp_plans",
    "looked after": "cla_episodes",
    "short break": "cla_episodes",
    "care leaver": "care_leavers",
}

_SAID = """select o.words_id, o.child_id, o.happened_on, o.kind, o.said_by, o.person, o.words, o.trusts, o.in_table,
    o.row_number, o.entry_on, o.worker_id, o.taken_back_on, o.taken_back_words, written.author, written.recorded_at,
    case when o.taken_back_on is not null then last.recorded_at end, o.entry_id
from {own_words} o
join record.act last on last.act_id = o.act_id
join lateral (
    select a.author, a.recorded_at from record.own_words e join record.act a on a.act_id = e.act_id
    where e.words_id = o.words_id order by e.entry_id limit 1
) written on true
order by o.happened_on desc, o.entry_id desc"""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a child, or somebody of the family, said.

    Takes   kind and said_by, codes of the vocabulary; in_table, row_number and entry_on, the entry with which they do
            not agree; written_at, the instant at which it was written down; taken_back_at, the same of their taking it
            back; entry_id, the entry that stands.
    """

    words_id: str
    child_id: str
    happened_on: date
    kind: str
    said_by: str
    person: str | None
    words: str | None
    trusts: str | None
    in_table: str | None
    row_number: str | None
    entry_on: date | None
    worker_id: str | None
    taken_back_on: date | None
    taken_back_words: str | None
    written_by: str
    written_at: datetime
    taken_back_at: datetime | None
    entry_id: int

    @property
    def stands(self) -> bool:
        """Whether they have not taken it back."""
        return self.taken_back_on is None


@dataclass(frozen=True, slots=True)
class EntryOf:
    """An entry about a child, with which somebody may not agree. Takes title, what it is, in words."""

    entry_id: int
    in_table: str
    row_number: str
    on: date | None
    title: str


@dataclass(frozen=True)
class Beside:
    """Beside which entries it stands that somebody does not agree, also where they took it back.

    Takes   by_entry, by the number of any entry that the row ever had; by_row, by table and first day, with the handle
            of the row's worker where it names one.
    """

    by_entry: Mapping[int, tuple[OwnWords, ...]] = field(default_factory=dict)
    by_row: tuple[tuple[str, date, str, OwnWords], ...] = ()

    def entry(self, entry_id: int | None) -> tuple[OwnWords, ...]:
        """What stands beside an entry."""
        return self.by_entry.get(entry_id, ()) if entry_id is not None else ()

    def status(self, kind: str, from_on: date, to_on: date | None) -> tuple[OwnWords, ...]:
        """What stands beside a status: beside any entry that began within it."""
        return self._within(_OF_STATUS.get(kind, ""), from_on, to_on, None)

    def hold(self, worker: str, from_on: date, to_on: date | None) -> tuple[OwnWords, ...]:
        """What stands beside a worker's hold of the child. Takes worker, the worker's handle."""
        return self._within("involvements", from_on, to_on, worker)

    def _within(self, table: str, from_on: date, to_on: date | None, worker: str | None) -> tuple[OwnWords, ...]:
        return tuple(
            one
            for name, on, who, one in self.by_row
            if name == table and on >= from_on and (to_on is None or on < to_on) and worker in (None, who)
        )


def own_words(connection: psycopg.Connection, lens: Lens) -> list[OwnWords]:
    """What was said of the lens's children, also what was taken back, the latest first."""
    return [OwnWords(*row) for row in fetch(connection, lens, _SAID)]


def entries_of(connection: psycopg.Connection, lens: Lens) -> list[EntryOf]:
    """Every entry about the lens's one child with which somebody may not agree, the latest day first."""
    rows = fetch(connection, lens, " union all ".join(map(_entries, disputable())))
    found = [EntryOf(entry_id, table, number, on, TABLES[table].title) for entry_id, table, number, on in rows]
    return sorted(found, key=lambda one: (one.on or date.min, one.entry_id), reverse=True)


def beside(connection: psycopg.Connection, lens: Lens, said: Iterable[OwnWords]) -> Beside:
    """Beside which entries of the lens's one child it stands that somebody does not agree."""
    told = [one for one in said if one.kind == NOT_AGREED and one.in_table in TABLES]
    by_entry: dict[int, tuple[OwnWords, ...]] = {}
    by_row: list[tuple[str, date, str, OwnWords]] = []
    for name in dict.fromkeys(one.in_table or "" for one in told):
        table = TABLES[name]
        worker = "h.worker_id" if table.has("worker_id") else "cast(null as text)"
        query = f"select h.entry_id, {_number(table, 'h')}, {worker} from {history(table, lens)} h"
        rows = fetch(connection, lens, query)
        handles = handles_of(connection, HandleKind.WORKER, {row[2] for row in rows if row[2]})
        for one in (one for one in told if one.in_table == name):
            theirs = [row for row in rows if row[1] == one.row_number]
            for entry_id, *_ in theirs:
                by_entry[entry_id] = (*by_entry.get(entry_id, ()), one)
            whose = handles.get(theirs[-1][2] or "", "") if theirs else ""
            by_row += [(name, one.entry_on, whose, one)] if one.entry_on else []
    return Beside(by_entry, tuple(by_row))


@cache
def disputable() -> tuple[str, ...]:
    """The tables with whose entries a child or a parent may not agree: all that are about the child."""
    return tuple(
        name for name, table in TABLES.items() if table.about == "child_id" and not table.stays and name not in _ASIDE
    )


def _entries(name: str) -> str:
    table = TABLES[name]
    day = {Kind.EVENT: "t.happened_on", Kind.PERIOD: "t.from_on"}.get(table.kind, "cast(null as date)")
    return f"select t.entry_id, '{name}', {_number(table, 't')}, {day} from {{{name}}} t"


def _number(table: Table, alias: str) -> str:
    """What names a row among those of one child: its key, without the child; nothing where there is one row."""
    names: Sequence[str] = [name for name in table.key if name != "child_id"]
    return " || ' ' || ".join(f"cast({alias}.{name} as text)" for name in names) or "cast('' as text)"
