"""Which columns of which tables a question reads, and whether the columns that are held are all of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache, lru_cache

from keyworker.facts.columns.kept import ENTRY, KEPT
from keyworker.facts.relations import DERIVED, derived_sql, tables_named
from keyworker.vocabulary import TABLES

_NAMED = re.compile(r"\{(\w+)")
_WORD = re.compile(r"\w+")

_COMMENT = re.compile(r"--[^\n]*")
_NEW_NAME = re.compile(r"\bas\s+\w+")
"""What a text only calls a column or a type: whoever reads a column of that name names it elsewhere."""

_IN_FORCE = ":in_force}"
_CARRYING = "visit"
CARRIED = {"reason", "cancelled_by", "worker_id", "entered_at", "recorded_at", "act_id", "source", "not_same_on"}
"""What a relation of all visits carries along, whoever reads it: read only where the text that names it names them."""
CARRYING = tables_named(f"{{{_CARRYING}}}")
"""The tables of which it does."""


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
def columns_read(*texts: str) -> dict[str, tuple[str, ...]]:
    """The columns that queries over named tables may read, by table.

    Each text reads no more of a table than it so much as names, and nothing of those that it does not name.
    """
    found: dict[str, set[str]] = defaultdict(set)
    seen: set[str] = set()
    for text in texts:
        _add_read(text, found, seen)
    return {
        name: tuple(one for one in (*ENTRY, *TABLES[name].column_names) if one in named or one == "entry_id")
        for name, named in sorted(found.items())
    }


def _add_read(text: str, found: dict[str, set[str]], seen: set[str]) -> None:
    plain = _COMMENT.sub("", text)
    words = set(_WORD.findall(_NEW_NAME.sub("", plain)))
    if _IN_FORCE in plain:
        words.add("to_on")
    for name in dict.fromkeys(_NAMED.findall(plain)):
        if name == _CARRYING:
            carried = words & CARRIED
            read = set(_WORD.findall(derived_sql(name))) - CARRIED | carried
            for table in CARRYING:
                found[table] |= read
        elif name in TABLES:
            found[name] |= words
        elif name in DERIVED and name not in seen:
            seen.add(name)
            _add_read(derived_sql(name), found, seen)


def _words(query: str) -> set[str]:
    return set(_WORD.findall(written_out(query)))


def written_out(query: str) -> str:
    """A query with the text of every derived relation that it names."""
    return "\n".join([query, *(derived_sql(name) for name in _derived(query) if name != _CARRYING)])


def _derived(query: str) -> set[str]:
    """The derived relations that a query names, and those that they name."""
    named = {name for name in _NAMED.findall(query) if name in DERIVED}
    return named.union(*(_derived(derived_sql(name)) for name in named))
