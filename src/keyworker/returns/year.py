"""The census year: what of a record lies in it, and which is the newest that has ended."""

from __future__ import annotations

from datetime import date

import polars as pl

from keyworker.facts.collection_year import CollectionYear
from keyworker.returns.gathering import DAY


class Year(CollectionYear):
    """A census year, and what of a record it holds."""

    def held(self, on: date | None) -> date | None:
        """A day if it lies in or before the year; what comes after the year is not yet known to it."""
        return on if on and on <= self.last else None

    def overlapped(self) -> pl.Expr:
        """Whether a period touches the year."""
        begun = pl.col("from_on") <= self.last
        return begun & (pl.col("to_on").is_null() | (pl.col("to_on") > self.first))

    def has(self, column: str) -> pl.Expr:
        """Whether a day lies in the year."""
        return pl.col(column).is_between(self.first, self.last).fill_null(value=False)


def census_year(at: date) -> Year:
    """The newest census year that has ended by a day."""
    return Year(at.year if at >= date(at.year, 4, 1) - DAY else at.year - 1)
