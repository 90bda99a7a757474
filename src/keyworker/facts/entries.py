"""Every entry about a few children that is known at a moment: few enough to be thought about in Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any

import psycopg

from keyworker.facts.lens import Lens
from keyworker.vocabulary import TABLES, Table, Type

Entry = dict[str, Any]
ENTRY_COLUMNS = ("entry_id", "act_id", "source", "entered_at", "recorded_at", "superseded_at", "standing")

_READ: Mapping[Type, Callable[[Any], Any]] = {
    Type.DATE: date.fromisoformat,
    Type.TIME: time.fromisoformat,
    Type.INSTANT: datetime.fromisoformat,
    Type.DECIMAL: lambda value: Decimal(str(value)),
}


def entries(connection: psycopg.Connection, lens: Lens, tables: Iterable[str]) -> dict[str, list[Entry]]:
    """The entries about the lens's children in some tables, each under the identifier that stands for its child.

    Takes   lens on a few children; tables, whose rows name a child, or name a row of one that does.
    Gives   by table; nothing where a table has no such row. A plain reader takes them from there.
    """
    asked, bound = question(lens, tables)
    found: dict[str, list[Entry]] = {}
    with connection.cursor(binary=True) as cursor:
        cursor.execute(asked.encode(), bound, prepare=True)
        for name, said in cursor:
            found.setdefault(name, []).append(_entry(TABLES[name], said, lens))
    return found


def question(lens: Lens, tables: Iterable[str]) -> tuple[str, dict[str, Any]]:
    """The one question for the entries about the lens's children in some tables, and what it is bound to."""
    identifiers = [*lens.parameters()["child_ids"]]
    is_one = len(identifiers) == 1
    asked = _query(tuple(sorted(tables)), is_known_then=lens.moment.is_known_then, is_one=is_one)
    return asked, {"child_ids": identifiers[0] if is_one else identifiers, "known_at": lens.moment.known_at}


def _entry(table: Table, said: Entry, lens: Lens) -> Entry:
    """An entry as values, under the identifier that stands for its child."""
    entry: Entry = {
        name: said[name] if read is None or said[name] is None else read(said[name])
        for name, read in _readers(table.name)
    }
    if entry.get("child_id") is not None:
        entry["child_id"] = lens.root(entry["child_id"])
    return entry


@cache
def _readers(table: str) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    """Each column of a table's entries, with what makes a value of what was said."""
    described = TABLES[table]
    instants = {name: datetime.fromisoformat if name.endswith("_at") else None for name in ENTRY_COLUMNS}
    return (*instants.items(), *((column.name, _READ.get(column.type)) for column in described.columns))


@cache
def _query(tables: tuple[str, ...], *, is_known_then: bool, is_one: bool) -> str:
    # One child is asked about by an equals sign: a list in its place may have any length, and PostgreSQL, which cannot
    # tell how long the next will be, plans the question anew for each child, which takes longer than answering it.
    children = "= %(child_ids)s" if is_one else "= any(%(child_ids)s::text[])"
    known = _known("t", is_known_then=is_known_then)
    return "\nunion all\n".join(
        f"select '{name}' as name, to_jsonb(t) as said from record.{name} t"
        f" where {known} and {_whose(TABLES[name], children, is_known_then=is_known_then)}"
        for name in tables
    )


def _known(alias: str, *, is_known_then: bool) -> str:
    known = f"{alias}.superseded_at is null"
    if is_known_then:
        known = (
            f"{alias}.recorded_at <= %(known_at)s"
            f" and ({alias}.superseded_at is null or {alias}.superseded_at > %(known_at)s)"
        )
    return f"{known} and {alias}.standing = 'reported'"


def _whose(table: Table, children: str, *, is_known_then: bool, alias: str = "t") -> str:
    """That a row is about one of the children, or belongs to a row that is.

    Raises  KeyError for a table that no reference leads from to a child.
    """
    if table.has("child_id"):
        return f"{alias}.child_id {children}"
    for link in (column for column in table.columns if column.refers):
        parent, _, key = link.refers.partition(".")
        above = f"{alias}u"
        try:
            whose = _whose(TABLES[parent], children, is_known_then=is_known_then, alias=above)
        except KeyError:
            continue
        known = _known(above, is_known_then=is_known_then)
        return f"{alias}.{link.name} in (select {above}.{key} from record.{parent} {above} where {known} and {whose})"
    raise KeyError(f"{table.name}: nothing leads to a child")
