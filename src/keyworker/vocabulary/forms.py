"""Forms for what is recorded by hand: which described table, what is asked, in which words, in which order.

In: `data/forms/*.yaml`. Out: `forms`, `form`. The page, the command, the interface, the permission and the policy of an
entry all come of its form. Each is checked against the tables as it is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml

from keyworker.vocabulary.codes import codes, list_names
from keyworker.vocabulary.homes import Kept
from keyworker.vocabulary.shape import Column, Kind, Table, Type
from keyworker.vocabulary.tables import TABLES

LAST_DAY = "last_on"
"""The name under which the last day of a period is asked: the record holds the day after it."""
GROUPS = {
    "front_door": "The front door",
    "need": "Need",
    "protection": "Protection",
    "people": "People and households",
    "notes": "Case notes and consultations",
    "warnings": "Warnings for whoever visits",
}
"""The files of forms, and what each is called on a page."""
_FIELDS = frozenset({"title", "says", "thing", "home", "writes", "ends", "fixed", "signs", "of", "alone", "after"})
_FIELDS |= frozenset({"begins", "asks", "old", "changes", "where", "ahead", "too_early"})


@dataclass(frozen=True)
class Ask:
    """One question of a form.

    Takes   name, by which a page and a command know it; column, where the answer goes; choices, the answers that may be
            given by what the record holds of each, where they are a closed set; of_what_begins, whether it is asked of
            what begins in the place of what ends; long, whether it is answered in more than a line; ahead, whether it
            is a day that is still to come.
    """

    name: str
    column: Column
    words: str
    hint: str = ""
    needed: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    of_what_begins: bool = False
    long: bool = False
    ahead: bool = False


@dataclass(frozen=True)
class Of:
    """The entry to which another belongs. Takes column, which holds its number; is_open, whether it must be open."""

    table: Table
    column: str
    words: str
    needed: bool = False
    is_open: bool = False


@dataclass(frozen=True)
class Begins:
    """What begins on the day on which something else ends. Takes carries, the columns that both have alike."""

    table: Table
    carries: tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """A form.

    Takes   kind, its name; thing, the thing of the table of who may see what that opens it; table, into which it
            writes; ends, whether it ends a row of that table, and does not begin one; fixed, what every entry holds;
            signs, the columns that say who wrote it; alone, whether no other of its table may be open beside it; after,
            the tables of which whatever belongs to it must have ended first; old, whether its day may lie years back;
            group, what it is offered under; changes, whether it changes a row and ends none; where, what such a row
            must say, by column; ahead, whether its day may be to come; too_early, what is said of a row whose own day
            is still to come, with {day} in the place of that day: it is changed afterwards; empty where it need not be.
    """

    kind: str
    title: str
    says: str
    thing: str
    home: Kept
    table: Table
    asks: tuple[Ask, ...]
    ends: bool = False
    fixed: Mapping[str, str] = field(default_factory=dict)
    of: Of | None = None
    begins: Begins | None = None
    signs: tuple[str, ...] = ()
    alone: bool = False
    after: tuple[Table, ...] = ()
    old: bool = False
    group: str = ""
    changes: bool = False
    where: Mapping[str, Any] = field(default_factory=dict)
    ahead: bool = False
    too_early: str = ""

    @property
    def slug(self) -> str:
        """Its name as it stands in an address."""
        return self.kind.replace(" ", "-")

    @property
    def number(self) -> str:
        """The column that names a row."""
        return number_of(self.table)

    @property
    def day(self) -> str:
        """The name under which the day is asked on which the thing happened; of what has no day, that of its first
        question."""
        wanted = day_of(self.table, ends=self.ends)
        return next((one.name for one in self.asks if one.column.name == wanted), self.asks[0].name)

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables into which it writes."""
        return (self.table, self.begins.table) if self.begins else (self.table,)

    def is_of(self, row: Mapping[str, Any]) -> bool:
        """Whether a row of its table is one that this form wrote, or could have written."""
        return not self.ends and all(row.get(name) == value for name, value in self.fixed.items())


def number_of(table: Table) -> str:
    """The column that names a row of a table that takes forms."""
    (name,) = (name for name in table.key if name not in ("child_id", "worker_id"))
    return name


def day_of(table: Table, *, ends: bool = False) -> str:
    """The column of the day on which something of a table happened, began or ended; empty where there is none."""
    if table.kind is Kind.STATE:
        return ""
    if table.kind is Kind.EVENT:
        return "happened_on"
    return "to_on" if ends else "from_on"


@cache
def forms() -> Mapping[str, Form]:
    """Every form by its name, in the order in which they are offered."""
    read: dict[str, Form] = {}
    for name, group in GROUPS.items():
        read |= read_group(name, group)
    return MappingProxyType(read)


def form(slug: str) -> Form | None:
    """The form of a name, as it stands in an address or in words."""
    return forms().get(slug.replace("-", " "))


@cache
def tables_of_forms() -> tuple[str, ...]:
    """The tables into which some form writes."""
    return tuple(dict.fromkeys(table.name for one in forms().values() for table in one.tables))


@cache
def things_by_table() -> Mapping[str, tuple[str, ...]]:
    """For each table into which some form writes, the things of the table of who may see what that let one write."""
    found: dict[str, dict[str, None]] = {}
    for one in forms().values():
        for table in one.tables:
            found.setdefault(table.name, {})[one.thing] = None
    return MappingProxyType({name: tuple(things) for name, things in found.items()})


def read_group(name: str, group: str, about: str = "child_id") -> dict[str, Form]:
    """The forms of one file. Takes about, the column that says whom they are of."""
    text = files("keyworker.vocabulary").joinpath("data", "forms", f"{name}.yaml").read_text(encoding="utf-8")
    return read_forms(yaml.load(text, yaml.CSafeLoader), group, about)


def read_forms(said: Mapping[str, Mapping[str, Any]], group: str = "", about: str = "child_id") -> dict[str, Form]:
    """Forms from their text. Takes about, whom they are of. Raises ValueError for one at odds with the tables."""
    return {kind: _form(kind, one, group, about) for kind, one in said.items()}


def _form(kind: str, said: Mapping[str, Any], group: str, about: str) -> Form:
    _require(kind, set(said) <= _FIELDS, f"unknown words {sorted(set(said) - _FIELDS)}")
    (does,) = {"writes", "ends", "changes"} & set(said) or ("",)
    _require(kind, bool(does), "it writes a row, ends one or changes one")
    ends = does != "writes"
    table = _table(kind, said[does])
    begins = None
    if "begins" in said:
        begins = Begins(_table(kind, said["begins"]["table"]), tuple(said["begins"]["carries"]))
    found = Form(
        kind,
        said["title"],
        said["says"],
        said["thing"],
        Kept(said["home"]),
        table,
        tuple(_ask(kind, table, begins, one) for one in said["asks"]),
        ends,
        MappingProxyType(dict(said.get("fixed", {}))),
        _of(kind, table, said["of"]) if "of" in said else None,
        begins,
        tuple(said.get("signs", ())),
        bool(said.get("alone")),
        tuple(_table(kind, name) for name in said.get("after", ())),
        bool(said.get("old")),
        group,
        does == "changes",
        MappingProxyType(dict(said.get("where", {}))),
        bool(said.get("ahead")),
        said.get("too_early", ""),
    )
    _check(found, about)
    return found


def _check(one: Form, about: str) -> None:
    names = [ask.name for ask in one.asks]
    _require(one.kind, len(set(names)) == len(names), "it asks one thing twice")
    _require(one.kind, "-" not in one.kind, "its name stands in addresses, where a line is a space")
    _require(one.kind, one.table.has(about), f"its entries have no {about}")
    days = [ask for ask in one.asks if ask.column.name == day_of(one.table, ends=one.ends)]
    has_day = len(days) == 1 and days[0].needed
    _require(one.kind, has_day or one.table.kind is Kind.STATE or one.changes, "it must ask for its day")
    for name, value in one.fixed.items():
        _require(one.kind, one.table.has(name), f"{one.table.name} has no column {name}")
        listed = one.table.column(name).codes
        _require(one.kind, not listed or value in codes(listed), f"{value} is no {listed}")
    if not one.ends:
        given = {one.number, about, *one.fixed, *(ask.column.name for ask in one.asks)}
        given |= {one.of.column} if one.of is not None and one.of.needed else set()
        needed = {column.name for column in one.table.columns if column.required}
        _require(one.kind, needed <= given, f"it leaves out {sorted(needed - given)}")
    _require(one.kind, all(map(one.table.has, one.where)), f"{one.table.name} lacks a column of {list(one.where)}")
    _require(one.kind, not one.too_early or (one.changes and "{day}" in one.too_early), "what is too early names a day")
    signed = [name for name in one.signs if not one.table.has(name)]
    _require(one.kind, not signed, f"{one.table.name} has no column {signed}")
    for name in one.begins.carries if one.begins else ():
        both = one.table.has(name) and one.begins is not None and one.begins.table.has(name)
        _require(one.kind, both, f"{name} is not in both tables")


def _ask(kind: str, table: Table, begins: Begins | None, said: Mapping[str, Any]) -> Ask:
    of_what_begins = bool(said.get("of_what_begins"))
    if of_what_begins and begins is not None:
        table = begins.table
    _require(kind, table.has(said["column"]), f"{table.name} has no column {said['column']}")
    column = table.column(said["column"])
    name = LAST_DAY if column.name == "to_on" else column.name
    choices: Mapping[str, str] = {}
    if "choices" in said:
        choices = {one: one[:1].upper() + one[1:] for one in said["choices"]}
    elif column.codes:
        _require(kind, column.codes in list_names(), f"there is no list {column.codes}")
        choices = codes(column.codes, said.get("codes_of"))
    elif column.type is Type.FLAG:
        choices = {"yes": "Yes", "no": "No"}
    needed, long, ahead = (bool(said.get(one)) for one in ("needed", "long", "ahead"))
    return Ask(name, column, said["words"], said.get("hint", ""), needed, choices, of_what_begins, long, ahead)


def _of(kind: str, table: Table, said: Mapping[str, Any]) -> Of:
    _require(kind, table.has(said["column"]), f"{table.name} has no column {said['column']}")
    is_open = bool(said.get("is_open"))
    return Of(_table(kind, said["table"]), said["column"], said["words"], bool(said.get("needed")), is_open)


def _table(kind: str, name: str) -> Table:
    _require(kind, name in TABLES, f"there is no table {name}")
    return TABLES[name]


def _require(kind: str, holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(f"the form '{kind}': {otherwise}")
