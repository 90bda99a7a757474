"""The published figures themselves: one for each measure, part, area and year, or the symbol in its place."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files

import polars as pl

from keyworker.measures.published.areas import Area, areas
from keyworker.measures.published.series import Series
from keyworker.measures.published.symbols import Symbol

KEPT = 16


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


Held = dict[str, dict[int, Figure]]
"""Figures by area and year."""


def figures(series: Series, band: str) -> Held:
    """A measure's figures by area and year."""
    return _figures(series.id, band)


@lru_cache(KEPT)
def _figures(name: str, band: str) -> Held:
    return _by_measure(frame().filter((pl.col("series") == name) & (pl.col("band") == band))).get((name, band), {})


def figures_of(codes: Collection[str]) -> Mapping[tuple[str, str], Held]:
    """Every measure's figures of a few areas, by measure and band, then by area and year."""
    return _by_measure(frame().filter(pl.col("area").cast(pl.String).is_in(list(codes))))


def _by_measure(rows: pl.DataFrame) -> dict[tuple[str, str], Held]:
    columns = ("series", "band", "area", "year", "value", "symbol", "numerator", "denominator", "release")
    found: dict[tuple[str, str], Held] = {}
    for name, band, area, year, value, symbol, top, base, release in rows.select(columns).iter_rows():
        why = None if symbol is None else Symbol(symbol)
        figure = Figure(areas()[area], year, value, why, top, base, release)
        found.setdefault((name, band), {}).setdefault(area, {})[year] = figure
    return found


@cache
def _years() -> dict[tuple[str, str], range]:
    held = frame().group_by("series", "band").agg(first=pl.col("year").min(), last=pl.col("year").max())
    return {(name, band): range(first, last + 1) for name, band, first, last in held.iter_rows()}


def years(series: Series, band: str) -> range:
    """The years that a measure is published for."""
    return _years()[series.id, band]
