"""The rows of one CSV, a block at a time, each with its number as a person would count it."""

from __future__ import annotations

import csv as csv_module
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
import polars as pl
import pyarrow as pa
from pyarrow import csv

from keyworker.intake.contract import BESIDE_FAULTS, FAULT, FAULT_COLUMN, FAULT_REMEDY, ROW, ROW_TEXT, Batch
from keyworker.intake.headings import Known
from keyworker.intake.quoting import REASON, REMEDY, Broken, as_written, rows_apart
from keyworker.intake.text_files import Content, Heading
from keyworker.intake.typing import MENDS
from keyworker.vocabulary.errors import FileRefused

BLOCK = 1 << 24  # bytes read at a time, and the longest that a row may be
HARMLESS = r"^'([=+\-@\t\r])"  # a mark before what a spreadsheet would run as a formula; `mending` sets it
MOST_RAGGED = 1 << 26  # characters of rows of the wrong width kept at once
AT_ONCE = 1_000
WIDTH_REMEDY = "Put quotation marks round a value that holds the separator or a new line."
NO_ROWS = ("Empty CSV file", "Could not skip initial")


@dataclass(frozen=True)
class _Source:
    """One CSV while it is read.

    Takes   shown_as, the file's name as people see it; broken, the rows in which a quotation mark never closed.
    """

    shown_as: str
    heading: Heading
    known: Known
    broken: Mapping[int, Broken]


def rows(path: Path, shown_as: str, heading: Heading, content: Content, known: Known) -> Iterator[Batch]:
    """Read a CSV whose heading is understood. Rows that are empty all through are passed over.

    Takes   shown_as, the file's name as people see it.
    Raises  FileRefused when a row is longer than a block.
    """
    ragged = _Ragged()
    with rows_apart(path, heading, content) as (file, broken):
        source = _Source(shown_as, heading, known, broken)
        try:
            yield from _batches(_opened(file, heading, known, ragged), source, ragged)
        except pa.ArrowInvalid as error:
            if ragged.too_many:
                raise _too_ragged(shown_as) from error
            if not str(error).startswith(NO_ROWS):
                raise _refused(error, shown_as) from error
    yield from _of_other_width(ragged.take(), source)


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
            include_columns=_positions(known.columns),
            column_types=dict.fromkeys(names, pa.string()),
            null_values=["", "NULL"],
            strings_can_be_null=True,
        ),
    )


def _positions(positions: Iterable[int]) -> list[str]:
    return [f"c{position}" for position in positions]


def _batches(parts: Iterable[pa.RecordBatch], source: _Source, ragged: _Ragged) -> Iterator[Batch]:
    above = source.heading.rows_above + 1
    for part in parts:
        frame = cast(pl.DataFrame, pl.from_arrow(part))
        numbers = _numbers(above, frame.height, ragged)
        above = int(numbers[-1]) + 1 if frame.height else above
        yield from _of_other_width(ragged.take(above), source)
        yield _batch(frame.with_columns(pl.Series(ROW, numbers)), source)


def _batch(frame: pl.DataFrame, source: _Source) -> Batch:
    known = source.known
    kept = frame.select(ROW, *(pl.col(f"c{position}").alias(name) for position, name in known.columns.items()))
    if MENDS in kept.columns:
        kept = kept.with_columns(pl.exclude(ROW).str.replace(HARMLESS, "${1}"))
    kept = kept.filter(~pl.all_horizontal(pl.exclude(ROW).is_null()))
    if source.broken and kept[ROW].is_in(list(source.broken)).any():
        kept = _with_faults(kept, source)
    says = {name: source.heading.names[position] for position, name in known.columns.items()}
    return Batch(known.table.name, source.shown_as, kept, says)


def _with_faults(frame: pl.DataFrame, source: _Source) -> pl.DataFrame:
    rows = [
        (number, REASON, source.known.columns.get(one.cell, ""), REMEDY, one.line)
        for number, one in source.broken.items()
    ]
    schema = {ROW: pl.Int64(), **dict.fromkeys(BESIDE_FAULTS, pl.String())}
    frame = frame.join(pl.DataFrame(rows, schema, orient="row"), on=ROW, how="left", maintain_order="left")
    return frame.with_columns(
        pl.when(pl.col(FAULT_COLUMN) == name).then(as_written(pl.col(name))).otherwise(name).alias(name)
        for name in source.known.columns.values()
    )


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


def _of_other_width(found: Sequence[csv.InvalidRow], source: _Source) -> Iterator[Batch]:
    """Rows wider or narrower than the heading, each value under the name at its place: a guess, for who mends it."""
    for begin in range(0, len(found), AT_ONCE):
        rows = [_wrong_width(row, source) for row in found[begin : begin + AT_ONCE]]
        texts = [*source.known.columns.values(), *BESIDE_FAULTS]
        frame = pl.DataFrame(rows, schema={ROW: pl.Int64(), **dict.fromkeys(texts, pl.String())})
        yield Batch(source.known.table.name, source.shown_as, frame)


def _wrong_width(row: csv.InvalidRow, source: _Source) -> dict[str, str | int | None]:
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
