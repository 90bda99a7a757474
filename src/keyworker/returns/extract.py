"""The extract that councils' own scripts write, and the pack of our own tables: one CSV for each table.

Source  the Standard Safeguarding Dataset's table and field names, held in the vocabulary.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl

from keyworker.returns.reconciliation import Line, Reconciliation, blanks
from keyworker.vocabulary import TABLES, Column, Kind, Table, Type

Frames = Mapping[str, pl.DataFrame]


def prefix(table: Table) -> str:
    """The four letters that begin the dataset's field names in a table, with their underscore."""
    named = next(column.ssd for column in table.columns if column.ssd)
    return named.split("_", 1)[0] + "_"


def header(table: Table, column: Column) -> str:
    """The heading of a column in an extract; ours, which the dataset lacks, take the table's prefix."""
    if not table.ssd:
        return column.name
    return column.ssd or prefix(table) + column.name


def as_text(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """A table's rows as an extract writes them.

    Gives   last days where the vocabulary holds the first day after; Y and N; a date with its time of day
            where one is known; the entry time under `<prefix>entered_at`.
    """
    columns = [_written(table, frame, column) for column in table.columns if not _is_time_of_a_date(table, column)]
    if "entered_at" in frame.columns:
        name = (prefix(table) if table.ssd else "") + "entered_at"
        columns.append(pl.col("entered_at").dt.convert_time_zone("UTC").dt.strftime("%Y-%m-%dT%H:%M:%SZ").alias(name))
    return frame.select(columns)


def _is_time_of_a_date(table: Table, column: Column) -> bool:
    return column.type is Type.TIME and table.has(column.name.removesuffix("_time") + "_on")


def _written(table: Table, frame: pl.DataFrame, column: Column) -> pl.Expr:
    name = header(table, column)
    if column.name not in frame.columns:
        return pl.lit(None, pl.String).alias(name)
    value = pl.col(column.name)
    if column.type is Type.FLAG:
        return pl.when(value).then(pl.lit("Y")).when(~value).then(pl.lit("N")).otherwise(None).alias(name)
    if column.type is Type.DATE:
        return _dated(table, frame, column).alias(name)
    return value.cast(pl.String).alias(name)


def _dated(table: Table, frame: pl.DataFrame, column: Column) -> pl.Expr:
    day = pl.col(column.name)
    if table.kind is Kind.PERIOD and column.name == "to_on":
        day = day.dt.offset_by("-1d")
    written = day.dt.strftime("%Y-%m-%d")
    time = column.name.removesuffix("_on") + "_time"
    if table.has(time) and time in frame.columns:
        clock = pl.col(time).dt.strftime("%H:%M:%S")
        return pl.when(clock.is_null()).then(written).otherwise(written + " " + clock)
    return written


def write_ssd(frames: Frames, at: date, out: Path, authority: str) -> Reconciliation:
    """Write every table of the dataset, and beside it the pack of the tables that the dataset lacks."""
    sheet = Reconciliation()
    for table in TABLES.values():
        if table.ssd:
            _write_table(table, frames, out, sheet)
    if any(table.name in frames and frames[table.name].height for table in TABLES.values() if not table.ssd):
        sheet.lines += write_pack(frames, at, out / "pack", authority).lines
    return sheet


def write_pack(frames: Frames, at: date, out: Path, authority: str) -> Reconciliation:  # noqa: ARG001
    """Write our own tables, the ones that the dataset lacks, under the vocabulary's names."""
    out.mkdir(exist_ok=True)
    sheet = Reconciliation()
    for table in TABLES.values():
        if not table.ssd and table.name in frames and frames[table.name].height:
            _write_table(table, frames, out, sheet)
    return sheet


def _write_table(table: Table, frames: Frames, out: Path, sheet: Reconciliation) -> None:
    frame = frames.get(table.name)
    if frame is None:
        return
    text = as_text(table, frame)
    text.write_csv(out / f"{table.ssd or table.name}.csv")
    sheet.lines.append(Line(table.ssd or table.name, frame.height, text.height, blanks=blanks(text)))
