"""What a pass needs of a place that holds facts: PostgreSQL, DuckDB, Spark."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from keyworker.clocks.duties import Asked
from keyworker.clocks.engine import Ground
from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment

Rows = Sequence[tuple[Any, ...]]


class Source(Protocol):
    """The record, a snapshot or a folder of many councils, on one engine."""

    def lens(self, moment: Moment) -> Lens:
        """How the tables are looked at from a moment."""

    def turns(self, known_at: datetime | None, rules: Collection[str] = ()) -> Sequence[date]:
        """The days on which words, joined identifiers or precedence begin or cease to be so, in order.

        Takes   rules, time limits whose readings are asked about: also the days on which exceptions from them do.
        """

    def table(
        self, name: str, columns: Mapping[str, Sequence[Any]], types: Mapping[str, type] | None = None
    ) -> tuple[str, dict[str, Any]]:
        """A small table of dates, numbers and words as SQL, and the parameters that the SQL uses.

        Takes   name, safe in SQL and different for different columns; types, of columns that may hold nothing (`date`,
                `int` or `str`), where the first value does not say.
        """

    def fetch(self, query: str, lens: Lens, parameters: Mapping[str, Any]) -> Rows:
        """The rows of a query over `{named}` tables."""

    def ground(self, moment: Moment) -> Ground:
        """What readings of time limits stand on: the rules as the council has them, and what its sources hold."""

    def duties(self, asked: Asked) -> pl.DataFrame:
        """The duties of some rules, before they are counted."""


@runtime_checkable
class Columnar(Source, Protocol):
    """A source that also gives a query's rows as columns, so that they are added up in memory and not in its SQL."""

    def batches(self, query: str, lens: Lens, parameters: Mapping[str, Any]) -> pa.RecordBatchReader:
        """The rows of a query over `{named}` tables, some at a time."""

    def memory(self, lens: Lens) -> dict[str, Any]:
        """What whoever counts keeps beside the source while it looks through one lens; empty for another."""

    def kept(self, name: str, lens: Lens, written: Callable[[], tuple[str, Mapping[str, Any]]]) -> str:
        """The SQL of a relation's rows through a lens, worked out once and then kept for whoever asks next.

        Takes   written, which gives its query over `{named}` tables and the parameters.
        """

    def marked(self, column: str, numbers: npt.NDArray[np.int32]) -> str:
        """The SQL of a join that keeps the rows in which a column holds one of some whole numbers, each told once.

        It is a join with a small table and no test: the engine looks a number up by its own value.
        """

    def aside(self) -> Columnar | None:
        """The same tables for another thread to ask at the same time; None where there is no second way to them."""

    def forget(self) -> None:
        """Let go of what was kept, unless the source is to stay warm for the next question."""
