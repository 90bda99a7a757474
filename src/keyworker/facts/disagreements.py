"""Where two sources say different things of one fact about a child. The source that speaks first is the one shown."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.pictures import Disagreement
from keyworker.facts.rows import fetch
from keyworker.vocabulary import TABLES, Table


def disagreements(connection: psycopg.Connection, lens: Lens) -> tuple[Disagreement, ...]:
    """Every difference between sources on the lens's one child. Empty, and free, where each table has one source."""
    found: list[Disagreement] = []
    for name in sorted(lens.shared):
        table = TABLES[name]
        if table.has("child_id"):
            found += _in_table(connection, lens, table)
    return tuple(found)


def _in_table(connection: psycopg.Connection, lens: Lens, table: Table) -> list[Disagreement]:
    every_source = replace(lens, shared=frozenset())
    names = table.column_names
    rows = fetch(
        connection, every_source, f"select source, {', '.join(names)} from {{{table.name}}} t order by entry_id"
    )
    facts: dict[tuple[Any, ...], list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for source, *values in rows:
        said = dict(zip(names, values, strict=True))
        match = tuple(said[name] for name in table.match)
        if all(value is not None for value in match):
            facts[match].append((source, said))
    order = lens.order_of_sources(table.name)
    return [one for told in facts.values() for one in _differences(table, told, order)]


def _differences(table: Table, told: list[tuple[str, dict[str, Any]]], order: tuple[str, ...]) -> list[Disagreement]:
    """Compared only where each source tells the fact once: two rows of one source are two things that happened."""
    by_source = dict(told)
    if len(by_source) < 2 or len(by_source) != len(told):
        return []
    first, *others = sorted(by_source, key=lambda source: order.index(source) if source in order else len(order))
    shown = by_source[first]
    return [
        Disagreement(table.name, name, str(shown[name]), first, str(by_source[other][name]), other)
        for other in others
        for name in table.column_names
        if name not in table.key and None not in (shown[name], by_source[other][name])
        if shown[name] != by_source[other][name]
    ]
