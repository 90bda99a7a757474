"""The published figures themselves: one for each measure, part, area and year, or the symbol in its place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files

import polars as pl

from keyworker.measures.published.areas import Area, areas
from keyworker.measures.published.series import Series
from keyworker.measures.published.symbols import Symbol

KEPT = 64


@dataclass(frozen=True)
class Figure:
    """One published figure.

    Takes   value, as published, or None and then symbol says why; numerator and denominator, the published counts where
            they give the figure again to its rounding (the denominator is None where they do not).
    """

    area: Area
    year: int
    value: float | None
    symbol: Symbol | None
    numerator: int | None
    denominator: int | None
    release: str

    def said(self, decimals: int) -> str:
        """The figure with the decimal places of its release, or the symbol in words: never a nought for a symbol."""
        if self.value is None:
            return self.symbol.says.capitalize() if self.symbol is not None else NOT_PUBLISHED
        return f"{self.value:,.{decimals}f}"


NOT_PUBLISHED = "No figure for this year"


@cache
def frame() -> pl.DataFrame:
    """Every figure that ships, as a frame of its own columns."""
    with as_file(files("keyworker.measures.published").joinpath("data").joinpath("figures.parquet")) as path:
        return pl.read_parquet(path)


def figures(series: Series, band: str) -> dict[str, dict[int, Figure]]:
    """A measure's figures by area and year."""
    return _figures(series.id, band)


@lru_cache(KEPT)
def _figures(name: str, band: str) -> dict[str, dict[int, Figure]]:
    rows = frame().filter((pl.col("series") == name) & (pl.col("band") == band))
    columns = ("area", "year", "value", "symbol", "numerator", "denominator", "release")
    found: dict[str, dict[int, Figure]] = {}
    for area, year, value, symbol, top, base, release in rows.select(columns).iter_rows():
        found.setdefault(area, {})[year] = Figure(
            areas()[area], year, value, None if symbol is None else Symbol(symbol), top, base, release
        )
    return found


def years(series: Series, band: str) -> range:
    """The years that a measure is published for."""
    known = {year for by_year in figures(series, band).values() for year in by_year}
    return range(min(known), max(known) + 1)
