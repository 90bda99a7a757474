"""Columns that one question has to itself, so that what it reads more than once is worked out once."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import duckdb
import polars as pl

from keyworker.facts.columns.seen import Columns
from keyworker.facts.lens import Lens
from keyworker.facts.relations import DERIVED, Engine, derived_sql, render, tables_named

_NAMED = re.compile(r"\{(\w+)\}")
_OF_VISITS = ("child_id", "kind", "happened_on", "outcome", "entry_id")
"""What the relation of all visits tells of each beside what it only carries along."""


class WorkedOut(Columns):
    """The same, with derived relations, and whatever else is asked for by name, held as tables once they were read.

    Planning many small questions costs a third of planning one that names everything, and nothing is worked out twice.
    Takes   connection, to a database that ends with the question; carried, the columns that are there of those which
            the relation of all visits carries along; until, which waits until some tables are there; children, of
            whom `child_id` is the place of one, None where it is the identifier itself.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        carried: Sequence[str],
        until: Callable[[Collection[str]], None],
        children: pl.Series | None = None,
    ) -> None:
        super().__init__(connection)
        self.children = children
        self._carried, self._until = carried, until
        self._held: dict[str, str] = {}

    def frame(self, lens: Lens, text: str, parameters: Mapping[str, Any], *, once: bool = False) -> pl.DataFrame:
        """The rows of a query over named tables. Takes once, whether what it names may be held for the next."""
        self._until(tables_named(text))
        return super().frame(lens, self._with_held(lens, text) if once else text, parameters)

    def hold(self, lens: Lens, name: str, text: str) -> str:
        """Hold the rows of a query under a name. Gives what reads them: a name to be written after `from`."""
        if name not in self._held:
            self._until(tables_named(text))
            ready = render(self._with_held(lens, text), lens, Engine.DUCKDB)
            table = f'taken."held {name}"'
            self.connection.execute(f"create table {table} as {ready.sql}", ready.parameters)
            self._held[name] = table
        return self._held[name]

    def _with_held(self, lens: Lens, text: str) -> str:
        def held(found: re.Match[str]) -> str:
            name = found.group(1)
            if name not in DERIVED:
                return found.group(0)
            text = derived_sql(name)
            if name == "visit":
                text = f"select {', '.join([*_OF_VISITS, *self._carried])} from (\n{text}\n) v"
            return self.hold(lens, name, text)

        return _NAMED.sub(held, text)
