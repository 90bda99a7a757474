"""A statutory return's flat CSV, read whole: every cell as text, every row with its number."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from keyworker.intake.contract import SetAside
from keyworker.intake.gathered import MAX_FIELDS, Gathered
from keyworker.intake.text_files import Heading, as_utf8, content, heading
from keyworker.vocabulary.errors import FileRefused

MAX_BYTES = 256 * 1024 * 1024  # a return of one council is a hundredth of this


def heading_of(path: Path) -> Heading | None:
    """The heading of a CSV, or None where the file is none. Never raises on what the bytes are."""
    try:
        return heading(path) if path.is_file() else None
    except (OSError, ValueError):
        return None


def gather_rows(path: Path, first: Heading, kind: str, into: Gathered, table: str) -> Iterator[SetAside]:
    """Keep every row of a CSV as a record of a kind; give the rows that do not fit their heading.

    Takes   table, the described table that such a row would have gone to.

    Raises  FileRefused when the file is too large, or a cell or quotation mark never ends.
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
    into.files[kind] = path.name
    into.expect(kind, names)
    try:
        with as_utf8(path, content(path, first.encoding).encoding) as raw:
            text = io.TextIOWrapper(raw, "utf-8", newline="")
            for number, cells in enumerate(csv.reader(text, delimiter=first.separator), 1):
                if number <= first.rows_above or not any(cell.strip() for cell in cells):
                    continue
                if len(cells) != len(names):
                    yield _wrong_width(path.name, table, number, cells, len(names))
                    continue
                values = {name: cell.strip() or None for name, cell in zip(names, cells, strict=True)}
                into.add(kind, values, number)
    except csv.Error as wrong:
        raise FileRefused(
            "A cell is longer than any value can be, or a quotation mark opens and never closes.",
            where=path.name,
            remedy="Export the file again as CSV.",
        ) from wrong


def _distinct(names: tuple[str, ...]) -> list[str]:
    seen: dict[str, int] = {}
    distinct = []
    for at, name in enumerate(names, 1):
        shown = name or f"column {at}"
        seen[shown] = seen.get(shown, 0) + 1
        distinct.append(shown if seen[shown] == 1 else f"{shown} (again, column {at})")
    return distinct


def _wrong_width(file: str, table: str, number: int, cells: list[str], expected: int) -> SetAside:
    return SetAside(
        file=file,
        table=table,
        row=number,
        column="",
        value=",".join(cells)[:200],
        reason=f"the row has {len(cells)} cells and the heading names {expected}",
        remedy="Put quotation marks round a value that holds a comma, and give every row each cell of the heading.",
    )
