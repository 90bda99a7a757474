"""Published figures as flat rows: what a command, a download and a data frame all hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import polars as pl

from keyworker.measures.catalogue import published
from keyworker.measures.published.areas import areas
from keyworker.measures.published.beside import ALL, Beside, Line, Others, beside, every_beside
from keyworker.measures.published.figures import Figure, figures, years
from keyworker.measures.published.series import Series, every, licence, releases, series, without

COUNCIL, NEIGHBOUR = "council", "neighbour"
COLUMNS: dict[str, Any] = {
    "measure": pl.String,
    "band": pl.String,
    "code": pl.String,
    "area": pl.String,
    "level": pl.String,
    "of": pl.String,
    "close": pl.String,
    "year": pl.Int64,
    "day": pl.Date,
    "value": pl.Float64,
    "symbol": pl.String,
    "why": pl.String,
    "numerator": pl.Int64,
    "denominator": pl.Int64,
    "unit": pl.String,
    "worked_out": pl.Boolean,
    "release": pl.String,
}


def listed() -> list[dict[str, Any]]:
    """Every measure that figures are shipped of, and every official statistic that none are, with the reason."""
    found = []
    for name, said in published().items():
        if name in every():
            one = every()[name]
            held = years(one, one.band(""))
            found.append(
                {
                    "id": name,
                    "title": one.title,
                    "domain": one.domain,
                    "unit": one.unit,
                    "period": one.period,
                    "bands": len(one.bands) or None,
                    "years": f"{held[0]} to {held[-1]}" if len(held) > 1 else str(held[0]),
                    "source": one.releases[0].title,
                    "reason": None,
                }
            )
        elif name in without():
            found.append(
                {
                    "id": name,
                    "title": said["title"],
                    "domain": said["domain"],
                    "unit": said["unit"],
                    "period": said["period"],
                    "bands": None,
                    "years": None,
                    "source": None,
                    "reason": without()[name],
                }
            )
    return found


def latest_rows(council: str) -> list[dict[str, Any]]:
    """A council's last figure of every measure beside England's, its region's and where its neighbours lie."""
    found = []
    for shown in every_beside(council):
        year, near = shown.latest, shown.spread(shown.latest)
        figure = shown.council.by_year.get(year)
        found.append(
            {
                "id": shown.series.id,
                "title": shown.series.title,
                "band": shown.band or None,
                "unit": shown.series.unit,
                "day": shown.series.day(year),
                "area": shown.council.name,
                "value": shown.council.value(year),
                "symbol": None if figure is None or figure.symbol is None else str(figure.symbol),
                "england": shown.england.value(year) if shown.england else None,
                "region": shown.region.value(year) if shown.region else None,
                "neighbours_low": near.low if near else None,
                "neighbours_mean": None if near is None else round(near.mean, shown.series.decimals + 1),
                "neighbours_high": near.high if near else None,
                "neighbours_known": near.known if near else None,
            }
        )
    return found


def rows_of(shown: Beside) -> list[dict[str, Any]]:
    """A council's figures and those of others, year by year: the council, England, its region, neighbours by name."""
    return [
        _row(shown.series, shown.band, line.by_year[year], of=_of(line), line=line)
        for line in shown.lines
        for year in shown.years
        if year in line.by_year
    ]


def _of(line: Line) -> str:
    return COUNCIL if line.of is None else NEIGHBOUR if line.of is Others.NEIGHBOURS else str(line.of)


def rows_of_everybody(one: Series, band: str) -> list[dict[str, Any]]:
    """Every area's figures of a measure: England, regions and councils by name, each year by year."""
    held = figures(one, band)
    order = [area for area in areas().values() if area.code in held]
    return [_row(one, band, held[area.code][year]) for area in order for year in sorted(held[area.code])]


def _row(one: Series, band: str, figure: Figure, *, of: str | None = None, line: Line | None = None) -> dict[str, Any]:
    return {
        "measure": one.id,
        "band": band or None,
        "code": figure.area.code,
        "area": figure.area.name,
        "level": str(figure.area.level),
        "of": of,
        "close": (line.close if line else "") or None,
        "year": figure.year,
        "day": one.day(figure.year),
        "value": figure.value,
        "symbol": None if figure.symbol is None else str(figure.symbol),
        "why": None if figure.symbol is None else figure.symbol.says,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "unit": one.unit,
        "worked_out": one.worked_out and figure.value is not None,
        "release": releases()[figure.release].title,
    }


def frame_of(rows: Iterable[dict[str, Any]]) -> pl.DataFrame:
    """Rows as a data frame."""
    return pl.DataFrame(list(rows), schema=COLUMNS)


def asked_rows(
    measure: str, council: str | None = None, *, band: str = "", others: Collection[Others] = ()
) -> list[dict[str, Any]]:
    """The rows that a command or Python asks for: one council's and whomever it is set beside, or everybody's."""
    if council is None:
        one = series(measure)
        return rows_of_everybody(one, one.band(band))
    return rows_of(beside(measure, council, band=band, others=others))


def python_figures(
    measure: str | None = None,
    *,
    council: str | None = None,
    band: str = "",
    beside: Collection[str] = ALL,
) -> pl.DataFrame:
    """Published figures as a data frame; the list of measures that have them, where none is named.

    Takes   measure, an id of the catalogue; council, its code or name (every area's figures when absent); band, a part
            of the measure; beside, any of neighbours, region, england.
    """
    if measure is None:
        return pl.DataFrame(listed(), infer_schema_length=None)
    return frame_of(asked_rows(measure, council, band=band, others=[Others(one) for one in beside]))


def source_lines(one: Series) -> list[str]:
    """Where a measure's figures come from, in sentences: releases, licence, rounding."""
    publisher, terms, _ = licence()
    found = [f"{release.title} ({publisher}), published {release.published}." for release in one.releases]
    found.append(f"Contains public sector information licensed under the {terms}.")
    places = "whole numbers" if not one.decimals else f"{one.decimals} decimal place{'s' if one.decimals > 1 else ''}"
    found.append(
        f"Worked out here from published counts, and shown to {places}."
        if one.worked_out
        else f"Published to {places}, and shown so: a difference smaller than that cannot be seen."
    )
    return found
