"""A statutory return's flat CSV, read whole: every cell as text, every row with its number."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from keyworker.intake.contract import FAULT, FAULT_COLUMN, FAULT_REMEDY, ROW_TEXT
from keyworker.intake.gathered import MAX_FIELDS, Gathered
from keyworker.intake.quoting import MARK, PLAIN, REASON, REMEDY, Broken, rows_apart
from keyworker.intake.text_files import Heading, content, heading
from keyworker.vocabulary.errors import FileRefused

MAX_BYTES = 256 * 1024 * 1024  # a return of one council is a hundredth of this


def heading_of(path: Path) -> Heading | None:
    """The heading of a CSV, or None where the file is none. Never raises on what the bytes are."""
    try:
        return heading(path) if path.is_file() else None
    except (OSError, ValueError):
        return None


def gather_rows(path: Path, first: Heading, kind: str, into: Gathered, unsound: Gathered) -> None:
    """Keep every row of a CSV as a record of a kind.

    Takes   unsound, for the rows that do not fit their heading: each value under the name at its place, with the fault.

    Raises  FileRefused when the file is too large, or a cell never ends.
    """
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise FileRefused(
            f"The file is {size / 1e6:,.0f} MB; no such return is larger than {MAX_BYTES // 1024**2} MB.",
            where=path.name,
            remedy="Check that it is the return and not another extract.",
        )
    if len(first.names) > MAX_FIELDS:
        raise FileRefused(
            f"The heading has {len(first.names):,} names.", where=path.name, remedy="Check that it is the right file."
        )
    names = _distinct(first.names)
    into.files[kind] = unsound.files[kind] = path.name
    into.expect(kind, names)
    try:
        with rows_apart(path, first, content(path, first.encoding)) as (raw, broken):
            text = io.TextIOWrapper(raw, "utf-8", newline="")
            for number, cells in enumerate(csv.reader(text, delimiter=first.separator), 1):
                if number <= first.rows_above or not any(cell.strip() for cell in cells):
                    continue
                values = {name: cell.strip() or None for name, cell in zip(names, cells, strict=False)}
                if number in broken:
                    unsound.add(kind, values | _never_closed(broken[number], names, values), number)
                elif len(cells) != len(names):
                    unsound.add(kind, values | _of_other_width(cells, len(names), first.separator), number)
                else:
                    into.add(kind, values, number)
    except csv.Error as wrong:
        raise FileRefused(
            "A cell is longer than any value can be.", where=path.name, remedy="Export the file again as CSV."
        ) from wrong


def _distinct(names: tuple[str, ...]) -> list[str]:
    seen: dict[str, int] = {}
    distinct = []
    for at, name in enumerate(names, 1):
        shown = name or f"column {at}"
        seen[shown] = seen.get(shown, 0) + 1
        distinct.append(shown if seen[shown] == 1 else f"{shown} (again, column {at})")
    return distinct


def _never_closed(one: Broken, names: list[str], values: dict[str, str | None]) -> dict[str, str | None]:
    name = names[one.cell] if one.cell < len(names) else ""
    found = {name: (values[name] or "").replace(PLAIN.decode(), MARK.decode(), 1)} if name in values else {}
    reason = f"{REASON} (in {name})" if name else REASON
    return {**found, FAULT: reason, FAULT_COLUMN: None, FAULT_REMEDY: REMEDY, ROW_TEXT: one.line}


def _of_other_width(cells: list[str], expected: int, separator: str) -> dict[str, str | None]:
    return {
        FAULT: f"the row has {len(cells)} cells and the heading names {expected}",
        FAULT_COLUMN: None,
        FAULT_REMEDY: "Put quotation marks round a value that holds the separator, and fill every column.",
        ROW_TEXT: separator.join(cells),
    }
