"""A sheet's rows below its heading, kept as records."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date, timedelta

from keyworker.intake.gathered import Gathered
from keyworker.intake.hostile_workbook import Sheet

HEADING_WITHIN = 10  # rows: a title may stand above the heading
_SERIAL = re.compile(r"([1-7]\d{4})(?:\.\d+)?")  # 18 May 1927 to 29 January 2119, as a spreadsheet counts days
_DAY_NAME = re.compile(r"\bdate\b")
_FIRST = date(1899, 12, 30)


def is_dated(name: str) -> bool:
    """Whether a column's name, in lower case, says that it holds days."""
    return bool(_DAY_NAME.search(name))


def day_of(cell: str | None) -> str | None:
    """A cell of a column of days: a number that a spreadsheet would show as a day is that day."""
    serial = _SERIAL.fullmatch(cell) if cell else None
    return (_FIRST + timedelta(days=int(serial[1]))).isoformat() if serial else cell


def gather_sheet(
    sheet: Sheet, heading: int, kind: str, into: Gathered, names: Sequence[str], dated: Collection[str] = ()
) -> None:
    """Keep every row below a sheet's heading as a record of a kind.

    Takes   heading, which of the sheet's rows is the heading, from 0; names, what its columns are called;
            dated, those of them that hold days, besides those whose names say so.
    """
    into.files[kind] = f"{into.file}, sheet '{sheet.name[:40]}'"
    for number, cells in enumerate(sheet.rows[heading + 1 :], heading + 2):
        values: dict[str, str | None] = {}
        for at, (name, cell) in enumerate(zip(names, cells, strict=False), 1):
            shown = name or f"column {at}"
            if name in dated or is_dated(name):
                cell = day_of(cell)
            if shown not in values:
                values[shown] = cell
            elif cell is not None:
                into.left.add(kind, f"{shown} named twice in the heading")
        if any(value is not None for value in values.values()):
            into.add(kind, values, number)
    into.expect(kind, [name or f"column {at}" for at, name in enumerate(names, 1)])
