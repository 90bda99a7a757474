"""The rows of one CSV, a block at a time, each with its number as a person would count it."""

from __future__ import annotations

import csv as csv_module
import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
import polars as pl
import pyarrow as pa
from pyarrow import csv

from keyworker.intake.contract import BESIDE_FAULTS, ENTERED, FAULT, FAULT_COLUMN, FAULT_REMEDY, ROW, ROW_TEXT, Batch
from keyworker.intake.day_order import DayOrder, day_order
from keyworker.intake.headings import Known
from keyworker.intake.quoting import REASON, REMEDY, Broken, as_written, rows_apart
from keyworker.intake.text_files import Content, Heading
from keyworker.intake.typing import MENDS
from keyworker.vocabulary import Type
from keyworker.vocabulary.errors import FileRefused

BLOCK = 1 << 24  # bytes read at a time, and the longest that a row may be
HARMLESS = r"^'([=+\-@\t\r])"  # a mark before what a spreadsheet would run as a formula; `mending` sets it
MOST_RAGGED = 1 << 26  # characters of rows of the wrong width kept at once
AT_ONCE = 1_000
TWICE = "Keep the value that is right under that name, and take the other column out of the extract."
WIDTH_REMEDY = "Put quotation marks round a value that holds the separator or a new line."
NULLS = ["", "NULL", "(null)", "<NULL>", "[NULL]", "<NA>", "#N/A", "NaN", "NaT"]
HEADING_AGAIN = r"^(?i:{name}|-{{2,}})$"  # the heading, or the line that a query tool draws below it
MONTH_FIRST = r"^\s*(\d{1,2})/(\d{1,2})/"
NO_ROWS = ("Empty CSV file", "Could not skip initial")


@dataclass
class Source:
    """One CSV while it is read.

    Takes   shown_as, the file's name as people see it; notes, to which is added what only reading shows;
            broken, the rows in which a quotation mark never closed; headings, how often the heading stands again.
    """

    shown_as: str
    heading: Heading
    content: Content
    known: Known
    notes: list[str]
    order: DayOrder = field(default_factory=DayOrder)
    broken: Mapping[int, Broken] = field(default_factory=dict)
    headings: int = 0

    @property
    def dated(self) -> list[str]:
        """The columns that hold days."""
        of = {column.name: column.type for column in self.known.table.columns} | {ENTERED: Type.INSTANT}
        return [name for name in self.known.columns.values() if of.get(name) in (Type.DATE, Type.INSTANT)]


def rows(path: Path, source: Source) -> Iterator[Batch]:
    """Read a CSV whose heading is understood. Rows that are empty all through are passed over.

    Raises  FileRefused when a row is longer than a block.
    """
    ragged = _Ragged()
    source.order = day_order(path, source.heading, source.content)
    with rows_apart(path, source.heading, source.content) as (file, broken):
        source.broken = broken
        try:
            yield from _batches(_opened(file, source.heading, source.known, ragged), source, ragged)
        except pa.ArrowInvalid as error:
            if ragged.too_many:
                raise _too_ragged(source.shown_as) from error
            if not str(error).startswith(NO_ROWS):
                raise _refused(error, source.shown_as) from error
    yield from _of_other_width(ragged.take(), source)
    if source.headings:
        more = "1 more line" if source.headings == 1 else f"{source.headings:,} more lines"
        source.notes.append(f"{source.shown_as}: {more} of headings passed over.")
    if order := source.order.note(source.shown_as):
        source.notes.append(order)


class _Ragged:
    """Rows that are wider or narrower than the heading, until somebody takes them. Arrow reads ahead in a thread."""

    def __init__(self) -> None:
        self._rows: list[csv.InvalidRow] = []
        self._size = 0
        self._lock = threading.Lock()
        self.too_many = False

    def keep(self, row: csv.InvalidRow) -> str:
        """Keep one row, as Arrow asks: `skip` it and go on, or stop with an `error`."""
        with self._lock:
            self._rows.append(row)
            self._size += len(row.text)
            self.too_many = self._size > MOST_RAGGED
        return "error" if self.too_many else "skip"

    def numbers(self, first: int) -> np.ndarray:
        """The numbers, in order, of those kept from a row on."""
        with self._lock:
            return np.sort(np.array([row.number for row in self._rows if row.number >= first], dtype=np.int64))

    def take(self, before: int | None = None) -> list[csv.InvalidRow]:
        """Those that stand before a row, or all; they are no longer kept."""
        with self._lock:
            taken = [row for row in self._rows if before is None or row.number < before]
            self._rows = [row for row in self._rows if before is not None and row.number >= before]
            self._size = sum(len(row.text) for row in self._rows)
        return taken


def _opened(file: BinaryIO, heading: Heading, known: Known, ragged: _Ragged) -> csv.CSVStreamingReader:
    names = _positions(range(len(heading.names)))
    return csv.open_csv(
        file,
        read_options=csv.ReadOptions(
            use_threads=False, block_size=BLOCK, column_names=names, skip_rows=heading.rows_above
        ),
        parse_options=csv.ParseOptions(
            delimiter=heading.separator,
            newlines_in_values=True,
            ignore_empty_lines=False,
            invalid_row_handler=ragged.keep,
        ),
        convert_options=csv.ConvertOptions(
            include_columns=_positions([*known.columns, *known.twice]),
            column_types=dict.fromkeys(names, pa.string()),
            null_values=NULLS,
            strings_can_be_null=True,
        ),
    )


def _positions(positions: Iterable[int]) -> list[str]:
    return [f"c{position}" for position in positions]


def _batches(parts: Iterable[pa.RecordBatch], source: Source, ragged: _Ragged) -> Iterator[Batch]:
    above = source.heading.rows_above + 1
    for part in parts:
        frame = cast(pl.DataFrame, pl.from_arrow(part))
        numbers = _numbers(above, frame.height, ragged)
        above = int(numbers[-1]) + 1 if frame.height else above
        yield from _of_other_width(ragged.take(above), source)
        yield _batch(frame.with_columns(pl.Series(ROW, numbers)), source)


def _batch(frame: pl.DataFrame, source: Source) -> Batch:
    known = source.known
    kept = frame.select(ROW, *(pl.col(f"c{position}").alias(name) for position, name in known.columns.items()))
    if MENDS in kept.columns:
        kept = kept.with_columns(pl.exclude(ROW).str.replace(HARMLESS, "${1}"))
    if source.order.is_month_first:
        kept = kept.with_columns(pl.col(source.dated).str.replace(MONTH_FIRST, "${2}/${1}/"))
    for position, name in known.twice.items():
        kept = _said_twice(kept, name, frame[f"c{position}"])
    kept = _without_headings(kept.filter(~pl.all_horizontal(pl.col(list(known.columns.values())).is_null())), source)
    if source.broken and kept[ROW].is_in(list(source.broken)).any():
        kept = _with_broken(kept, source)
    says = {name: source.heading.names[position] for position, name in known.columns.items()}
    return Batch(known.table.name, source.shown_as, kept, says)


def _said_twice(frame: pl.DataFrame, name: str, again: pl.Series) -> pl.DataFrame:
    """A column that the heading names twice: what either says, and a fault where they differ."""
    differ = (frame[name].str.strip_chars() != again.str.strip_chars()).fill_null(False)
    reason = f"the heading names {name} twice, and the two differ"
    found = zip(frame[ROW].filter(differ), frame[name].filter(differ), again.filter(differ), strict=True)
    faults = [(row, reason, name, TWICE, f"{one} | {other}") for row, one, other in found]
    return _with_faults(frame.with_columns(pl.coalesce(name, pl.lit(again)).alias(name)), faults)


def _without_headings(frame: pl.DataFrame, source: Source) -> pl.DataFrame:
    """Leave out lines that repeat the heading, as files put one after the other hold them."""
    names = {name: source.heading.names[position] for position, name in source.known.columns.items()}
    first, said = next(iter(names.items()))
    column = pl.col(first)
    perhaps = column.is_null() | (column.str.len_bytes() == len(said.encode())) | column.str.starts_with("--")
    if not frame.select(perhaps.any()).item():
        return frame
    likes = [
        pl.col(name).is_null() | pl.col(name).str.contains(HEADING_AGAIN.format(name=re.escape(said)))
        for name, said in names.items()
    ]
    again = frame.select(pl.all_horizontal(likes)).to_series()
    source.headings += int(again.sum())
    return frame.filter(~again)


def _with_broken(frame: pl.DataFrame, source: Source) -> pl.DataFrame:
    columns = source.known.columns
    frame = _with_faults(
        frame, [(row, REASON, columns.get(one.cell, ""), REMEDY, one.line) for row, one in source.broken.items()]
    )
    mark = pl.col(FAULT) == REASON
    return frame.with_columns(
        pl.when(mark & (pl.col(FAULT_COLUMN) == name)).then(as_written(pl.col(name))).otherwise(name).alias(name)
        for name in columns.values()
    )


def _with_faults(frame: pl.DataFrame, faults: Sequence[tuple[int, str, str, str, str | None]]) -> pl.DataFrame:
    """Say which rows are not to be trusted: number, reason, column, remedy, text. The last word about a row counts."""
    if not faults:
        return frame
    schema = {ROW: pl.Int64(), **dict.fromkeys(BESIDE_FAULTS, pl.String())}
    more = pl.DataFrame(faults, schema, orient="row")
    if FAULT in frame.columns:
        return frame.update(more, on=ROW)
    return frame.join(more, on=ROW, how="left", maintain_order="left")


def _numbers(first: int, count: int, ragged: _Ragged) -> np.ndarray:
    """The numbers of the next `count` rows that were kept, passing over those that were not."""
    wrong = ragged.numbers(first)
    passed = 0
    while True:
        last = first + count + passed - 1
        now = int(np.searchsorted(wrong, last, side="right"))
        if now == passed:
            break
        passed = now
    return np.setdiff1d(np.arange(first, last + 1, dtype=np.int64), wrong[:passed], assume_unique=True)


def _of_other_width(found: Sequence[csv.InvalidRow], source: Source) -> Iterator[Batch]:
    """Rows wider or narrower than the heading, each value under the name at its place: a guess, for who mends it."""
    for begin in range(0, len(found), AT_ONCE):
        rows = [_wrong_width(row, source) for row in found[begin : begin + AT_ONCE]]
        texts = [*source.known.columns.values(), *BESIDE_FAULTS]
        frame = pl.DataFrame(rows, schema={ROW: pl.Int64(), **dict.fromkeys(texts, pl.String())})
        yield Batch(source.known.table.name, source.shown_as, frame)


def _wrong_width(row: csv.InvalidRow, source: Source) -> dict[str, str | int | None]:
    broken = source.broken.get(row.number)
    cells = _cells(row.text, source.heading.separator)
    named = {name: cells[at] or None for at, name in source.known.columns.items() if at < len(cells)}
    return {
        ROW: row.number,
        **named,
        FAULT: REASON if broken else _width_reason(row),
        FAULT_COLUMN: source.known.columns.get(broken.cell, "") if broken else "",
        FAULT_REMEDY: REMEDY if broken else WIDTH_REMEDY,
        ROW_TEXT: broken.line if broken else row.text,
    }


def _cells(text: str, separator: str) -> list[str]:
    try:
        return next(csv_module.reader([text], delimiter=separator), [])
    except csv_module.Error:
        return []  # a value too long for any column


def _width_reason(row: csv.InvalidRow) -> str:
    return f"the row has {row.actual_columns} columns and the heading has {row.expected_columns}"


def _too_ragged(shown_as: str) -> FileRefused:
    return FileRefused(
        "Too many rows are wider or narrower than the heading.",
        where=shown_as,
        remedy="Check the separator and the quotation marks, and export it again.",
    )


def _refused(error: pa.ArrowInvalid, shown_as: str) -> FileRefused:
    if "straddling" in str(error):
        return FileRefused(
            f"A row is longer than {BLOCK:,} bytes, or a quotation mark opens and never closes.",
            where=shown_as,
            remedy="Close the quotation mark, or leave the long column out of the extract.",
        )
    return FileRefused("The file cannot be read as rows and columns.", where=shown_as, remedy="Export it again as CSV.")
