"""A snapshot on DuckDB."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa

from keyworker.clocks.duties import Asked, duties_in_duckdb
from keyworker.clocks.engine import Ground, every_rule, filled, ground_told
from keyworker.facts.ground import lens_of
from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment
from keyworker.facts.relations import Engine, render
from keyworker.measures.passes.source import Rows
from keyworker.measures.sources.turns import turns
from keyworker.vocabulary import TABLES

ARROW = {date: pa.date32(), int: pa.int64(), str: pa.string()}


class DuckSource:
    """A snapshot, or any tables of its shape, through a connection that has them as `record.<table>`.

    Takes   supplied, the tables that some source supplies even if empty (None: those in which anything stands).
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, supplied: Collection[str] | None = None) -> None:
        self._connection = connection
        self._supplied = supplied

    def lens(self, moment: Moment) -> Lens:
        """How the snapshot is looked at from a moment."""
        return lens_of(self._ask, self._sources, moment)

    def turns(self, known_at: datetime | None, rules: Collection[str] = ()) -> Sequence[date]:
        """The days on which words, joined identifiers or precedence begin or cease to be so."""
        return turns(self._ask, known_at, rules)

    def table(
        self, name: str, columns: Mapping[str, Sequence[Any]], types: Mapping[str, type] | None = None
    ) -> tuple[str, dict[str, Any]]:
        """A small table, put beside the snapshot's own."""
        kinds = types or {column: type(values[0]) for column, values in columns.items()}
        arrays = {column: pa.array(values, ARROW[kinds[column]]) for column, values in columns.items()}
        self._connection.register(f"small_{name}", pa.table(arrays))
        return f"small_{name}", {}

    def fetch(self, query: str, lens: Lens, parameters: Mapping[str, Any]) -> Rows:
        """The rows of a query over named tables."""
        asked = render(query, lens, Engine.DUCKDB, dict(parameters))
        return self._connection.execute(asked.sql, asked.parameters).fetchall()

    def ground(self, moment: Moment) -> Ground:
        """What readings of time limits stand on."""
        lens = self.lens(moment)
        supplied = filled(self._connection) if self._supplied is None else self._supplied
        return ground_told(every_rule(), moment, lambda query: self.fetch(query, lens, {}), supplied)

    def duties(self, asked: Asked) -> pl.DataFrame:
        """The duties of some rules, before they are counted."""
        return duties_in_duckdb(self._connection, asked)

    def _ask(self, query: str, lens: Lens) -> Rows:
        return self.fetch(query, lens, {})

    def _sources(self) -> dict[str, set[str]]:
        """The sources of each table that several may tell."""
        query = " union all ".join(
            f"select distinct '{name}', source from record.{name}" for name, table in TABLES.items() if table.match
        )
        found: dict[str, set[str]] = {}
        for name, source in self._connection.execute(query).fetchall():
            found.setdefault(name, set()).add(source)
        return found
