"""A snapshot on DuckDB."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from itertools import count
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
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

BATCH = 1 << 16
_PLACES = count()
_BOUND = re.compile(r"\$(\w+)")
ARROW = {date: pa.date32(), int: pa.int64(), str: pa.string()}


class DuckSource:
    """A snapshot, or any tables of its shape, through a connection that has them as `record.<table>`.

    Takes   supplied, the tables that some source supplies even if empty (None: those in which anything stands);
            warm, whether what was worked out for one question is kept for the next, while the tables stay as they are.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        supplied: Collection[str] | None = None,
        *,
        warm: bool = False,
    ) -> None:
        self._connection = connection
        self._supplied = supplied
        self._warm = warm
        self._marks: list[str] = []
        self._others: list[DuckSource] = []
        self._kept: dict[str, str] = {}
        self._memory: dict[str, Any] = {}
        self._kept_for: Lens | None = None
        self._told: dict[str, set[str]] | None = None
        self._lenses: dict[Moment, Lens] = {}
        self._turns: dict[tuple[datetime | None, frozenset[str]], Sequence[date]] = {}

    def lens(self, moment: Moment) -> Lens:
        """How the snapshot is looked at from a moment."""
        if moment not in self._lenses:
            self._lenses[moment] = lens_of(self._ask, self._sources, moment)
        return self._lenses[moment]

    def turns(self, known_at: datetime | None, rules: Collection[str] = ()) -> Sequence[date]:
        """The days on which words, joined identifiers or precedence begin or cease to be so."""
        asked = known_at, frozenset(rules)
        if asked not in self._turns:
            self._turns[asked] = turns(self._ask, known_at, rules)
        return self._turns[asked]

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

    def batches(self, query: str, lens: Lens, parameters: Mapping[str, Any]) -> pa.RecordBatchReader:
        """The same rows as columns, some at a time."""
        sql, left = _whole(query, parameters, lens)
        return self._connection.sql(sql, params=left or None).to_arrow_reader(BATCH)

    def memory(self, lens: Lens) -> dict[str, Any]:
        """What whoever counts keeps beside the source while it is looked at through one lens."""
        if lens != self._kept_for:
            self._let_go()
            self._kept_for = lens
        return self._memory

    def kept(self, name: str, lens: Lens, written: Callable[[], tuple[str, Mapping[str, Any]]]) -> str:
        """The SQL of a relation's rows through a lens, worked out once and then kept for whoever asks next."""
        self.memory(lens)
        if name not in self._kept:
            sql, left = _whole(*written(), lens)
            table = f"kept_{next(_PLACES)}_{name}"
            self._connection.execute(f"create temp table {table} as {sql}", left or None)
            self._kept[name] = table
        return self._kept[name]

    def marked(self, column: str, numbers: npt.NDArray[np.int32]) -> str:
        """The SQL of a join that keeps the rows in which a column holds one of some whole numbers, each told once."""
        name = f"marked_{next(_PLACES)}"
        self._connection.register(f"told_{name}", pa.table({"marked_number": numbers}))
        self._connection.execute(f"create temp table {name} as select * from told_{name}")
        self._connection.unregister(f"told_{name}")
        self._marks.append(name)
        return f"join {name} on {name}.marked_number = try_cast({column} as integer)"

    def aside(self) -> DuckSource | None:
        """The same tables through a connection of its own, for another thread to ask at the same time.

        None where a second connection would read instants in another time zone.
        """
        other = self._connection.cursor()
        zones = [one.execute("select current_setting('timezone')").fetchall() for one in (self._connection, other)]
        if zones[0] != zones[1]:
            other.close()
            return None
        self._others.append(DuckSource(other, self._supplied))
        return self._others[-1]

    def forget(self) -> None:
        """Let go of what was kept, unless the source is to stay warm for the next question."""
        while self._others:
            self._others.pop()._connection.close()
        while self._marks:
            self._connection.execute(f"drop table {self._marks.pop()}")
        if not self._warm:
            self._let_go()
            self._lenses.clear()
            self._turns.clear()

    def _let_go(self) -> None:
        for table in self._kept.values():
            self._connection.execute(f"drop table {table}")
        self._kept.clear()
        self._memory = {}
        self._kept_for = None

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
        if self._told is None:
            # The least and the greatest are written in the head of a Parquet file; only where they differ is it read.
            ends = _each("select '{0}', min(source), max(source) from record.{0}")
            told = self._connection.execute(ends).fetchall()
            several = [name for name, least, greatest in told if least != greatest]
            self._told = {name: {least} for name, least, greatest in told if least == greatest is not None}
            for name in several:
                rows = self._connection.execute(f"select distinct source from record.{name}").fetchall()
                self._told[name] = {source for (source,) in rows}
        return self._told


def _each(query: str) -> str:
    return " union all ".join(query.format(name) for name, table in TABLES.items() if table.match)


def _whole(query: str, parameters: Mapping[str, Any], lens: Lens) -> tuple[str, dict[str, Any]]:
    """A query over named tables as DuckDB runs it, and the parameters that are left.

    A query with parameters is kept whole in memory before its first row is given, so days are written into it.
    """
    asked = render(query, lens, Engine.DUCKDB, dict(parameters))
    days = {name: _written(said) for name, said in asked.parameters.items() if isinstance(said, date)}
    sql = _BOUND.sub(lambda found: days.get(found.group(1), found.group(0)), asked.sql)
    return sql, {name: said for name, said in asked.parameters.items() if name not in days}


def _written(day: date) -> str:
    """A day or an instant as SQL."""
    return f"{'timestamptz' if isinstance(day, datetime) else 'date'} '{day.isoformat()}'"
