"""Of which questions the columns hold all that they read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache

from keyworker.facts.columns.kept import KEPT
from keyworker.facts.relations import DERIVED, derived_sql, tables_named
from keyworker.vocabulary import TABLES

_NAMED = re.compile(r"\{(\w+)")
_WORD = re.compile(r"\w+")

_CARRYING = "visit"
"""A relation that carries a free text along which no question about everybody reads."""


@cache
def is_held(query: str) -> bool:
    """Whether the columns hold all that a query over named tables reads.

    Whatever so much as names what identifies somebody is taken to read it: the record is asked in its place.
    """
    return holds(tables_named(query), [query])


def holds(tables: Collection[str], queries: Iterable[str]) -> bool:
    """Whether the columns hold some tables, and queries that read no others read nothing that identifies."""
    identifying = {column.name for name in tables for column in TABLES[name].columns if column.identifying}
    said = {word for query in queries for word in _WORD.findall(_whole(query))}
    return set(tables) <= set(KEPT) and not identifying & said


def _whole(query: str) -> str:
    """A query with the text of every derived relation that it names."""
    named = [name for name in _NAMED.findall(query) if name in DERIVED and name != _CARRYING]
    return "\n".join([query, *(_whole(derived_sql(name)) for name in named)])
