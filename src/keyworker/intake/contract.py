"""What a reader gives and what the loader expects of it.

A reader turns one kind of file into batches of text columns named as the vocabulary names them.
It never types, judges or writes; typing, setting aside, comparing and writing are the same for every format.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

import polars as pl

ROW = "_row"  # the row or element number in the file, from 1, as a person would count it
ENTERED = "_entered_at"  # when the source says that the row was typed in; absent or null when it does not say
FAULT = "_fault"  # why the reader itself does not trust the row; null, or no such column, where it does
FAULT_COLUMN = "_fault_column"  # the table's column that is at fault; empty or null where it is the row's shape
FAULT_REMEDY = "_fault_remedy"
ROW_TEXT = "_row_text"  # the row as the file has it, where its shape is at fault: its columns are as far as they go
BESIDE_FAULTS = (FAULT, FAULT_COLUMN, FAULT_REMEDY, ROW_TEXT)


@dataclass(frozen=True)
class Batch:
    """Some rows of one described table, as text.

    Takes   table, a name in `vocabulary.TABLES`; file, shown to people when a row is set aside;
            frame, String columns named by the table's columns, plus `_row` (Int64) and perhaps `_entered_at`,
            and, where the reader itself does not trust some of the rows, `_fault` and the columns beside it.
            A PERIOD table's `to_on` holds the source's own last day here; the loader adds the day.
            says maps a column of the frame to the name that the file gave it.
    """

    table: str
    file: str
    frame: pl.DataFrame
    says: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Scope:
    """What a file speaks for, so that what it no longer holds can be told from what it never could hold.

    Takes   tables, those that are present in full; from_on and to_on, the period that it covers
            (None: everything); whole, whether a row missing inside that scope has vanished.
    """

    tables: frozenset[str]
    from_on: date | None = None
    to_on: date | None = None
    whole: bool = True


@dataclass
class Opened:
    """A recognised source, ready to be read once.

    Takes   format, such as `ssd`, `cin-census`, `annex-a`, `ssda903`, `workforce-census`, `dfe-api`, `pack`;
            source, the name under which its entries are kept (the format unless the user names another);
            cut_at, when the extract was cut, if the file says; notes, what a person should know
            (columns that nobody knows, optional tables that are missing); by_table, whether all that it gives of one
            table comes before anything of another.
    """

    format: str
    source: str
    paths: tuple[Path, ...]
    scope: Scope
    cut_at: datetime | None
    notes: list[str]
    batches: Iterator[Batch]
    by_table: bool = False


class Reader(Protocol):
    """One file format."""

    format: str

    def recognises(self, path: Path) -> bool:
        """Whether this reader knows the file or folder by its content. Cheap, bounded, never raises on bad bytes."""

    def open(self, path: Path) -> Opened:
        """Check what can be checked before reading. Raises FileRefused when the file cannot be trusted at all."""
