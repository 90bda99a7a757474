"""Run a query over named tables and give its rows."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import psycopg

from keyworker.facts.columns.everybody import Source
from keyworker.facts.columns.seen import Columns
from keyworker.facts.lens import Lens
from keyworker.facts.planning import planning_anew
from keyworker.facts.relations import PARAMETER, Rendered, render, render_once, tables_named
from keyworker.facts.remembered import remembered


def fetch(source: Source, lens: Lens, text: str, **parameters: Any) -> list[tuple[Any, ...]]:
    """The rows of a query over named tables, seen through a lens.

    Takes   source, a connection to the record, or its columns where everybody is meant.
    """
    if isinstance(source, Columns):
        return source.rows(lens, text, parameters)
    return _rows(source, lens, render(text, lens, parameters=parameters))


def fetch_of_nobody(source: Source, lens: Lens, text: str) -> list[tuple[Any, ...]]:
    """The rows of a query whose answer tells of nobody, asked again only after an act on a table that it names."""
    if isinstance(source, Columns):
        return source.rows(lens, text, {})
    everyone = lens.on_everyone
    told = [(name, lens.order_of_sources(name)) for name in sorted(lens.shared)]
    return remembered(
        source,
        f"{text} {told}",
        lens.moment,
        lambda on: _rows(on, everyone, render(text, everyone)),
        of=tables_named(text),
    )


def fetch_once(source: Source, lens: Lens, text: str, **parameters: Any) -> list[tuple[Any, ...]]:
    """The same, with each named table written once however often the query names it."""
    if isinstance(source, Columns):
        return source.rows(lens, text, parameters, once=True)
    return _rows(source, lens, render_once(text, lens, parameters=parameters))


def _rows(connection: psycopg.Connection, lens: Lens, asked: Rendered) -> list[tuple[Any, ...]]:
    # The driver takes a question of more than a page apart anew each time that it is asked, so it is given numbered.
    sql, names = _numbered(asked.sql)
    bound = [asked.parameters[name] for name in names]
    if lens.is_narrow:
        return _answer(connection, sql, bound, prepare=None)
    # A plan kept from a few children would be a bad one for many, so a wide query is planned for its very values.
    with planning_anew(connection):
        return _answer(connection, sql, bound, prepare=False)


def _answer(
    connection: psycopg.Connection, sql: bytes, bound: list[Any], *, prepare: bool | None
) -> list[tuple[Any, ...]]:
    with psycopg.RawCursor(connection) as cursor:
        cursor.execute(sql, bound, prepare=prepare, binary=True)
        return cursor.fetchall()


@lru_cache(maxsize=4_000)
def _numbered(sql: str) -> tuple[bytes, tuple[str, ...]]:
    """A question with numbers in the place of the names of its parameters, and these names in order."""
    names: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        return f"${names.setdefault(found[1], len(names) + 1)}"

    return PARAMETER.sub(number, sql).replace("%%", "%").encode(), tuple(names)
