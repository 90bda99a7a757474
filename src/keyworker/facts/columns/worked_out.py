"""Columns that one question has to itself, so that what it reads more than once is worked out once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import duckdb
import polars as pl

from keyworker.facts.columns.seen import Columns
from keyworker.facts.lens import Lens
from keyworker.facts.relations import DERIVED, Engine, derived_sql, render

_NAMED = re.compile(r"\{(\w+)\}")
_CARRYING = frozenset({"visit"})
"""Relations that carry along columns which were not taken: they are read where they are named, column by column."""


class WorkedOut(Columns):
    """The same, with derived relations, and whatever else is asked for by name, held as tables once they were read.

    Planning many small questions costs a third of planning one that names everything, and nothing is worked out twice.
    Takes   connection, to a database that ends with the question.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        super().__init__(connection)
        self._held: dict[str, str] = {}

    def frame(self, lens: Lens, text: str, parameters: Mapping[str, Any], *, once: bool = False) -> pl.DataFrame:
        """The rows of a query over named tables. Takes once, whether what it names may be held for the next."""
        return super().frame(lens, self._with_held(lens, text) if once else text, parameters)

    def hold(self, lens: Lens, name: str, text: str) -> str:
        """Hold the rows of a query under a name. Gives what reads them: a name to be written after `from`."""
        if name not in self._held:
            ready = render(self._with_held(lens, text), lens, Engine.DUCKDB)
            table = f'taken."held {name}"'
            self.connection.execute(f"create table {table} as {ready.sql}", ready.parameters)
            self._held[name] = table
        return self._held[name]

    def _with_held(self, lens: Lens, text: str) -> str:
        def held(found: re.Match[str]) -> str:
            name = found.group(1)
            if name not in DERIVED or name in _CARRYING:
                return found.group(0)
            return self.hold(lens, name, derived_sql(name))

        return _NAMED.sub(held, text)
