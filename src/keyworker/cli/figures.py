"""Published figures of every council, without a record."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer

from keyworker.cli.options import As, Format, Json
from keyworker.cli.saying import say
from keyworker.cli.showing import content, no_parquet_on_a_screen, printed
from keyworker.measures.published.beside import beside, others_of
from keyworker.measures.published.rows import asked_rows, frame_of, latest_rows, listed, source_lines
from keyworker.measures.published.series import Series, series
from keyworker.vocabulary.errors import KeyworkerError

LISTED = ("id", "title", "unit", "bands", "years", "reason")
LATEST = ("title", "band", "unit", "day", "value", "symbol", "england", "region", "neighbours_low", "neighbours_high")
WITH = "neighbours,region,england"


def figures(
    measure: Annotated[
        str | None, typer.Argument(help="A measure's id; every measure that has figures, if none.")
    ] = None,
    council: Annotated[
        str | None, typer.Option("--council", help="A council's code, such as 873, or its name; every area, if none.")
    ] = None,
    others: Annotated[str, typer.Option("--with", help="Whom to set beside it, with commas between.")] = WITH,
    band: Annotated[str, typer.Option("--band", help="A band of the measure, such as 2 years or more.")] = "",
    year: Annotated[int | None, typer.Option("--year", help="Only this year.")] = None,
    form: As = Format.TABLE,
    as_json: Json = False,
    out: Annotated[Path | None, typer.Option("--out", help="Write to this file, not to the screen.")] = None,
) -> None:
    """What the Department for Education has published, 2013 to 2024: a council beside its neighbours, never a ranking.

    Needs no record. Where a figure was suppressed or missing it says so; it is never shown as nought.
    """
    form = Format.JSON if as_json else form
    if measure is None:
        every = latest_rows(council) if council else listed()
        _give(pl.DataFrame(every, infer_schema_length=None), LATEST if council else LISTED, form, out)
        return
    rows = asked_rows(measure, council, band=band, others=others_of(others))
    kept = [row for row in rows if year is None or row["year"] == year]
    if not kept:
        raise KeyworkerError("There is no figure for that year.", where=f"--year {year}", remedy=_years(rows))
    if form is Format.TABLE and out is None:
        _show(series(measure), kept)
        for note in beside(measure, council, band=band, others=others_of(others)).notes if council else ():
            say(note)
    else:
        _give(frame_of(kept), (), form, out)


def _show(one: Series, rows: list[dict[str, Any]]) -> None:
    """The figures by area and year, what its symbols mean, and whence it comes."""
    say(f"{one.title} ({one.unit}, {one.period}). {one.definition}")
    printed(_by_year(rows, one.decimals))
    for symbol, why in sorted({(row["symbol"], row["why"]) for row in rows if row["symbol"] is not None}):
        say(f"{symbol}: {why}.")
    for line in source_lines(one):
        say(line)


def _years(rows: list[dict[str, Any]]) -> str:
    known = [row["year"] for row in rows]
    return f"It has figures for {min(known)} to {max(known)}." if known else "Ask for another council."


def _by_year(rows: list[dict[str, Any]], decimals: int) -> pl.DataFrame:
    """A row for each area and a column for each year; a symbol in words where there is no number."""
    years = sorted({row["year"] for row in rows})
    lines: dict[tuple[str | None, str], dict[str, str | None]] = {}
    for row in rows:
        line = lines.setdefault((row["of"], row["code"]), {"area": row["area"], "is": row["of"] or row["level"]})
        line[str(row["year"])] = row["symbol"] if row["value"] is None else f"{row['value']:,.{decimals}f}"
    columns = ("area", "is", *map(str, years))
    return pl.DataFrame([{name: line.get(name) for name in columns} for line in lines.values()])


def _give(frame: pl.DataFrame, columns: tuple[str, ...], form: Format, out: Path | None) -> None:
    if form is Format.TABLE and out is None:
        printed(frame.select(columns))
        return
    no_parquet_on_a_screen(form, out)
    if out is None:
        sys.stdout.buffer.write(content(frame, form))
    else:
        # Published figures are nobody's secret: they leave no record, so no export is listed.
        out.write_bytes(content(frame, form))


def register(app: typer.Typer) -> None:
    """Add this command to the `keyworker` command."""
    app.command()(figures)
