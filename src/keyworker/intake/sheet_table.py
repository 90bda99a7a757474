"""A sheet's rows below its heading, kept as records."""

from __future__ import annotations

from collections.abc import Sequence

from keyworker.intake.gathered import Gathered
from keyworker.intake.hostile_workbook import Sheet


def gather_sheet(sheet: Sheet, heading: int, kind: str, into: Gathered, names: Sequence[str]) -> None:
    """Keep every row below a sheet's heading as a record of a kind.

    Takes   heading, which of the sheet's rows is the heading, from 0; names, what its columns are called.
    """
    into.files[kind] = f"{into.file}, sheet '{sheet.name[:40]}'"
    for number, cells in enumerate(sheet.rows[heading + 1 :], heading + 2):
        values: dict[str, str | None] = {}
        for at, (name, cell) in enumerate(zip(names, cells, strict=False), 1):
            shown = name or f"column {at}"
            if shown not in values:
                values[shown] = cell
            elif cell is not None:
                into.left.add(kind, f"{shown} named twice in the heading")
        if any(value is not None for value in values.values()):
            into.add(kind, values, number)
    into.expect(kind, [name or f"column {at}" for at, name in enumerate(names, 1)])
