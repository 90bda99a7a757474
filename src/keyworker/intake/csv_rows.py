"""The rows of one CSV, a block at a time, each with its number as a person would count it."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
import polars as pl
import pyarrow as pa
from pyarrow import csv

from keyworker.intake.contract import ROW, Batch, SetAside
from keyworker.intake.headings import Known
from keyworker.intake.text_files import Content, Heading, as_utf8
from keyworker.intake.typing import MENDS
from keyworker.vocabulary.errors import FileRefused

BLOCK = 1 << 24  # bytes read at a time, and the longest that a row may be
HARMLESS = r"^'([=+\-@\t\r])"  # a mark before what a spreadsheet would run as a formula; `mending` sets it
MOST_RAGGED = 1 << 26  # characters of rows of the wrong width kept at once
NO_ROWS = ("Empty CSV file", "Could not skip initial")


def rows(path: Path, shown_as: str, heading: Heading, content: Content, known: Known) -> Iterator[Batch | SetAside]:
    """Read a CSV whose heading is understood. Rows that are empty all through are passed over.

    Takes   shown_as, the file's name as people see it.
    Raises  FileRefused when a row is longer than a block.
    """
    ragged = _Ragged()
    with as_utf8(path, content.encoding) as file:
        try:
            parts = _opened(file, heading, content, known, ragged)
            yield from _batches(parts, shown_as, heading, content, known, ragged)
        except pa.ArrowInvalid as error:
            if ragged.too_many:
                raise _too_ragged(shown_as) from error
            if not str(error).startswith(NO_ROWS):
                raise _refused(error, shown_as) from error
    yield from (_wrong_width(row, shown_as, known) for row in ragged.take())


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


def _opened(
    file: BinaryIO, heading: Heading, content: Content, known: Known, ragged: _Ragged
) -> csv.CSVStreamingReader:
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
            include_columns=names if content.odd_quotes else _positions(known.columns),
            column_types=dict.fromkeys(names, pa.string()),
            null_values=["", "NULL"],
            strings_can_be_null=True,
        ),
    )


def _positions(positions: Iterable[int]) -> list[str]:
    return [f"c{position}" for position in positions]


def _batches(
    parts: Iterable[pa.RecordBatch],
    shown_as: str,
    heading: Heading,
    content: Content,
    known: Known,
    ragged: _Ragged,
) -> Iterator[Batch | SetAside]:
    renamed = {f"c{position}": name for position, name in known.columns.items()}
    says = {name: heading.names[position] for position, name in known.columns.items()}
    above = heading.rows_above + 1
    held: pl.DataFrame | None = None
    for part in parts:
        frame = cast(pl.DataFrame, pl.from_arrow(part))
        numbers = _numbers(above, frame.height, ragged)
        above = int(numbers[-1]) + 1 if frame.height else above
        yield from (_wrong_width(row, shown_as, known) for row in ragged.take(above))
        if held is not None:
            yield _batch(held, shown_as, known, renamed, says)
        held = frame.with_columns(pl.Series(ROW, numbers))
    if held is None:
        return
    if content.odd_quotes and (lost := _never_closed(held, shown_as, known)):
        held = held.head(-1)
        yield lost
    yield _batch(held, shown_as, known, renamed, says)


def _batch(frame: pl.DataFrame, shown_as: str, known: Known, renamed: dict[str, str], says: dict[str, str]) -> Batch:
    kept = frame.select(ROW, *(pl.col(old).alias(new) for old, new in renamed.items()))
    if MENDS in kept.columns:
        kept = kept.with_columns(pl.exclude(ROW).str.replace(HARMLESS, "${1}"))
    return Batch(known.table.name, shown_as, kept.filter(~pl.all_horizontal(pl.exclude(ROW).is_null())), says)


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


def _wrong_width(row: csv.InvalidRow, shown_as: str, known: Known) -> SetAside:
    return SetAside(
        file=shown_as,
        table=known.table.name,
        row=row.number,
        column="",
        value=row.text,
        reason=f"the row has {row.actual_columns} columns and the heading has {row.expected_columns}",
        remedy="Put quotation marks round a value that holds the separator or a new line.",
    )


def _never_closed(frame: pl.DataFrame, shown_as: str, known: Known) -> SetAside | None:
    last = frame.drop(ROW).row(-1) if frame.height else ()
    text = next((value for value in last if value and "\n" in value), None)
    if text is None:
        return None
    return SetAside(
        file=shown_as,
        table=known.table.name,
        row=frame[ROW][-1],
        column="",
        value=text,
        reason=f"a quotation mark opens here and may never close: it runs over {text.count(chr(10))} lines to the end",
        remedy="Close the quotation mark, or write it twice where it is part of the text.",
    )


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
