"""Which columns of which tables a question reads, and whether the columns that are held are all of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache, lru_cache

from keyworker.facts.columns.kept import ENTRY, KEPT
from keyworker.facts.relations import DERIVED, derived_sql, tables_named
from keyworker.vocabulary import TABLES

_NAMED = re.compile(r"\{(\w+)")
_WORD = re.compile(r"\w+")

_IN_FORCE = ":in_force}"
_CARRYING = "visit"
CARRIED = {"reason", "cancelled_by"}
"""A relation that carries free texts along which no question about everybody reads."""


@cache
def is_held(query: str) -> bool:
    """Whether the columns hold all that a query over named tables reads.

    Whatever so much as names what identifies somebody is taken to read it: the record is asked in its place.
    """
    return holds(tables_named(query), [query])


def holds(tables: Collection[str], queries: Iterable[str]) -> bool:
    """Whether the columns hold some tables, and queries that read no others read nothing that identifies."""
    identifying = {column.name for name in tables for column in TABLES[name].columns if column.identifying}
    return set(tables) <= set(KEPT) and not identifying & {word for query in queries for word in _words(query)}


@lru_cache(maxsize=64)
def columns_read(query: str) -> dict[str, tuple[str, ...]]:
    """The columns that a query over named tables may read, by table: those that it so much as names anywhere."""
    named = _words(query)
    if _CARRYING in _derived(query):
        named |= set(_WORD.findall(derived_sql(_CARRYING))) - CARRIED
    if _IN_FORCE in _whole(query):
        named.add("to_on")
    return {
        name: tuple(one for one in (*ENTRY, *TABLES[name].column_names) if one in named or one == "entry_id")
        for name in sorted(tables_named(query))
    }


def _words(query: str) -> set[str]:
    return set(_WORD.findall(_whole(query)))


def _whole(query: str) -> str:
    """A query with the text of every derived relation that it names."""
    return "\n".join([query, *(derived_sql(name) for name in _derived(query) if name != _CARRYING)])


def _derived(query: str) -> set[str]:
    """The derived relations that a query names, and those that they name."""
    named = {name for name in _NAMED.findall(query) if name in DERIVED}
    return named.union(*(_derived(derived_sql(name)) for name in named))
