"""The columns that the pages' server holds as a source of measures; what they do not say, the record says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from functools import cache

import polars as pl
import psycopg

from keyworker.clocks.duties import Asked
from keyworker.clocks.engine import Ground
from keyworker.clocks.pairing.duties import duties_of
from keyworker.facts.columns import Columns
from keyworker.facts.columns.told import holds
from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment
from keyworker.measures.registry import shipped
from keyworker.measures.sources.duck import DuckSource
from keyworker.measures.sources.postgres import PostgresSource


@cache
def is_held(name: str, by: tuple[str, ...]) -> bool:
    """Whether the columns hold all that a measure reads when it is parted by some groups."""
    definition = shipped().definition(name)
    tables = shipped().tables_for(name, by) | set(definition.needs)
    return holds(tables, shipped().queries_for(name, by))


class HeldSource(DuckSource):
    """The columns, and the record as the same transaction sees it for what decides how they are looked at.

    Takes   child_ids, the only children whose rows are looked at; None for everybody's.

    A question may read no more than the columns hold (`is_held`, and `facts.columns.told.is_held`).
    """

    def __init__(
        self, columns: Columns, connection: psycopg.Connection, child_ids: Iterable[str] | None = None
    ) -> None:
        super().__init__(columns.connection)
        self._columns = columns
        self._record_connection = connection
        self._record = PostgresSource(connection, child_ids)

    def lens(self, moment: Moment) -> Lens:
        """How the record is looked at from a moment."""
        return self._record.lens(moment)

    def turns(self, known_at: datetime | None, rules: Collection[str] = ()) -> Sequence[date]:
        """The days on which words, joined identifiers or precedence begin or cease to be so."""
        return self._record.turns(known_at, rules)

    def aside(self) -> None:
        """Nobody else may look at the columns as they stood after this question's act."""

    def ground(self, moment: Moment) -> Ground:
        """What readings of time limits stand on."""
        return self._record.ground(moment)

    def duties(self, asked: Asked) -> pl.DataFrame:
        """The duties of some rules, before they are counted."""
        return duties_of(self._columns, asked, self._record_connection)
