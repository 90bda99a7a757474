"""What the tests of the readers share: read a source to its end and look at what it gave."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from keyworker.intake.contract import BESIDE_FAULTS, FAULT, FAULT_REMEDY, ROW, ROW_TEXT, Batch, Opened, Reader
from keyworker.vocabulary import TABLES


@dataclass(frozen=True)
class Aside:
    """One row that the reader itself did not trust."""

    table: str
    file: str
    row: int
    reason: str
    remedy: str
    text: str | None
    values: dict[str, str | None]


@dataclass
class Read:
    """Everything that one source gave: rows that the reader trusts, and those that it does not."""

    opened: Opened
    batches: list[Batch]
    aside: list[Aside]

    @property
    def tables(self) -> dict[str, pl.DataFrame]:
        """All rows of each table."""
        by_table = defaultdict(list)
        for batch in self.batches:
            by_table[batch.table].append(batch.frame)
        return {table: pl.concat(frames, how="diagonal") for table, frames in by_table.items()}

    def filled(self, table: str, column: str) -> int:
        """How many rows of a table hold something in a column."""
        frame = self.tables.get(table)
        return 0 if frame is None or column not in frame.columns else frame.height - frame[column].null_count()

    def left(self, where: str, what: str) -> int:
        """How many values of a name the notes say were left out."""
        begins = f"{where}: {what} has no place in the record; "
        said = [note for note in self.opened.notes if note.startswith(begins)]
        return sum(int(re.search(r"; ([\d,]+) value", note)[1].replace(",", "")) for note in said)

    @property
    def left_in_all(self) -> int:
        """How many values the notes say were left out, of any name."""
        found = [re.search(r"no place in the record; ([\d,]+) value", note) for note in self.opened.notes]
        return sum(int(match[1].replace(",", "")) for match in found if match)

    @property
    def said(self) -> str:
        """All notes."""
        return "\n".join(self.opened.notes)


def read(reader: Reader, path: Path) -> Read:
    """Read a source to its end, holding it to the contract."""
    assert reader.recognises(path), f"{path} is not recognised"
    opened = reader.open(path)
    batches: list[Batch] = []
    aside: list[Aside] = []
    for given in opened.batches:
        _hold_to_contract(given)
        aside += asides(given)
        batches.append(trusted(given))
    return Read(opened, batches, aside)


def trusted(batch: Batch) -> Batch:
    """The rows of a batch that its reader trusts."""
    if FAULT not in batch.frame.columns:
        return batch
    return replace(batch, frame=batch.frame.filter(pl.col(FAULT).is_null()).drop(BESIDE_FAULTS))


def asides(batch: Batch) -> list[Aside]:
    """The rows of a batch that its reader does not trust."""
    if FAULT not in batch.frame.columns:
        return []
    rows = batch.frame.filter(pl.col(FAULT).is_not_null()).iter_rows(named=True)
    return [
        Aside(
            batch.table,
            batch.file,
            row[ROW],
            row[FAULT],
            row[FAULT_REMEDY],
            row[ROW_TEXT],
            {name: value for name, value in row.items() if name not in {ROW, *BESIDE_FAULTS}},
        )
        for row in rows
    ]


def _hold_to_contract(batch: Batch) -> None:
    table = TABLES[batch.table]
    assert batch.frame.height <= 50_000
    assert batch.frame.schema[ROW] == pl.Int64
    columns = [name for name in batch.frame.columns if name not in {ROW, *BESIDE_FAULTS}]
    assert all(table.has(name) for name in columns), f"{batch.table} has no {columns}"
    assert all(batch.frame.schema[name] == pl.String for name in columns)
    assert set(table.key) <= set(columns) or batch.frame[FAULT].null_count() == 0
    faults = [name for name in batch.frame.columns if name in BESIDE_FAULTS]
    assert faults in ([], list(BESIDE_FAULTS))
    assert set(batch.says) <= set(columns)
