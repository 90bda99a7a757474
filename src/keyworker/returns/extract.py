"""The extract that councils' own scripts write, and the pack of our own tables: one CSV for each table.

Source  the Standard Safeguarding Dataset's table and field names, held in the vocabulary.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl

from keyworker.facts.lens import DEFAULT_PRECEDENCE
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
    """A table's rows as an extract writes them, in the order of their key.

    Gives   last days where the vocabulary holds the first day after; Y and N; times of day in columns of their own,
            because midnight beside a date would be read as no time at all; the entry time under `<prefix>entered_at`.
    """
    frame = frame.sort(table.key, maintain_order=True)
    columns = [_written(table, frame, column) for column in table.columns]
    if "entered_at" in frame.columns:
        name = (prefix(table) if table.ssd else "") + "entered_at"
        columns.append(_instant(pl.col("entered_at")).alias(name))
    return frame.select(columns)


def _written(table: Table, frame: pl.DataFrame, column: Column) -> pl.Expr:
    name = header(table, column)
    if column.name not in frame.columns:
        return pl.lit(None, pl.String).alias(name)
    value = pl.col(column.name)
    match column.type:
        case Type.FLAG:
            value = pl.when(value).then(pl.lit("Y")).when(~value).then(pl.lit("N"))
        case Type.DATE if table.kind is Kind.PERIOD and column.name == "to_on":
            value = value - pl.duration(days=1)
        case Type.TIME:
            value = value.dt.strftime("%H:%M:%S%.f")
        case Type.INSTANT:
            value = _instant(value)
        case Type.DECIMAL:
            value = pl.lit(_decimal(frame[column.name]))
    return value.cast(pl.String).alias(name)


def _instant(value: pl.Expr) -> pl.Expr:
    return value.dt.convert_time_zone("UTC").dt.strftime("%Y-%m-%dT%H:%M:%S%.fZ")


def _decimal(numbers: pl.Series) -> pl.Series:
    """Numbers in plain digits: what would be written with an exponent is written out."""
    text = numbers.cast(pl.String)
    odd = text.str.contains("e", literal=True).fill_null(value=False)
    if not odd.any():
        return text
    plain = [format(Decimal(repr(number)), "f") for number in numbers.filter(odd)]
    return text.scatter(odd.arg_true(), plain)


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
    one = _one_row_each(table, frame)
    text = as_text(table, one)
    text.write_csv(out / f"{table.ssd or table.name}.csv")
    again = {"another source, or another number of the same child, has the row": frame.height - one.height}
    sheet.lines.append(
        Line(
            table.ssd or table.name,
            frame.height,
            text.height,
            {why: rows for why, rows in again.items() if rows},
            blanks(text),
        )
    )


def _one_row_each(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    """One row for each key. A file with two would be read as doubtful, and both would be set aside."""
    distinct = frame.select(pl.struct(table.key).n_unique() if len(table.key) > 1 else pl.col(*table.key).n_unique())
    return frame if distinct.item() == frame.height else _by_precedence(table, frame)


def _by_precedence(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    ranks = {source: rank for rank, source in enumerate(DEFAULT_PRECEDENCE)}
    rank = pl.col("source").replace_strict(ranks, default=len(ranks), return_dtype=pl.Int64)
    ordered = frame.sort(rank, maintain_order=True) if "source" in frame.columns else frame
    return ordered.unique(table.key, keep="first", maintain_order=True)
