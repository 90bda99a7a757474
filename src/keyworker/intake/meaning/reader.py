"""Read the filled-in workbook back, as rows of `meaning`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import is_zipfile

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook

from keyworker.intake.contract import ROW, Batch, Opened, Scope, SetAside
from keyworker.intake.meaning.subjects import SUBJECTS, Subject
from keyworker.intake.meaning.workbook import ACCEPT, FROM, GUESS, SAID, TITLE, TO, as_read, heading
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.errors import FileRefused

ALWAYS = "1900-01-01"
LARGEST = 50_000_000

_CODED = {
    "team_type": "team_type",
    "role_class": "role_class",
    "allocation_role": "allocation_role",
    "visit_kind": "visit_kind",
}


class MeaningReader:
    """The workbook that `keyworker map` writes, filled in."""

    format = "meaning"

    def recognises(self, path: Path) -> bool:
        """Whether the first sheet's first cell holds the workbook's title."""
        if not path.is_file() or path.stat().st_size > LARGEST or not is_zipfile(path):
            return False
        try:
            book = CalamineWorkbook.from_path(str(path))
            rows = book.get_sheet_by_index(0).to_python(nrows=1) if book.sheet_names[:1] == ["Read me"] else []
        except (CalamineError, OSError, ValueError):
            return False
        return bool(rows and rows[0] and rows[0][0] == TITLE)

    def open(self, path: Path) -> Opened:
        """Read every sheet. Raises FileRefused when a sheet or a heading is missing."""
        book = CalamineWorkbook.from_path(str(path))
        sheets = {subject: _rows(book, subject, path) for subject in SUBJECTS}
        unmapped = sum(1 for subject, rows in sheets.items() for row in rows if not _columns(subject, row))
        notes = [f"{unmapped:,} words still have no meaning; they stay 'unmapped'."] if unmapped else []
        scope = Scope(frozenset({"meaning"}))
        return Opened(self.format, self.format, (path,), scope, None, notes, _batches(path.name, sheets))


Row = dict[str, Any]


def _rows(book: CalamineWorkbook, subject: Subject, path: Path) -> list[Row]:
    if subject.sheet not in book.sheet_names:
        raise FileRefused(
            f"The sheet {subject.sheet} is missing.",
            where=path.name,
            remedy="Write the workbook again with `keyworker map` and fill that one in.",
        )
    top, *rest = book.get_sheet_by_name(subject.sheet).to_python(skip_empty_area=False) or [[]]
    missing = {SAID, ACCEPT, FROM, TO, *subject.fills.values()} - {_text(name) for name in top}
    if missing:
        raise FileRefused(
            f"The headings {', '.join(sorted(missing))} are missing.",
            where=f"{path.name}, sheet {subject.sheet}",
            remedy=f"The headings are: {', '.join(heading(subject))}.",
        )
    names = [_text(name) for name in top]
    return [{**dict(zip(names, row, strict=True)), ROW: number} for number, row in enumerate(rest, start=2) if any(row)]


def _columns(subject: Subject, row: Row) -> dict[str, str]:
    written = {name: _text(row[shown]) for name, shown in subject.fills.items() if _text(row[shown])}
    if written or _text(row[ACCEPT]).upper() not in {"Y", "YES"}:
        return written
    return as_read(subject, _text(row.get(GUESS, "")))


def _batches(file: str, sheets: dict[Subject, list[Row]]) -> Iterator[Batch | SetAside]:
    good: list[dict[str, Any]] = []
    for subject, rows in sheets.items():
        for row in rows:
            columns = _columns(subject, row)
            wrong = _wrong(file, subject, row, columns)
            if wrong is not None:
                yield wrong
            elif columns:
                dates = {"from_on": _text(row[FROM]) or ALWAYS, "to_on": _text(row[TO]) or None}
                good.append({ROW: row[ROW], "subject": subject.name, "said": _text(row[SAID]), **columns, **dates})
    names = ("subject", "said", *(name for one in SUBJECTS for name in one.fills), "from_on", "to_on")
    schema = {ROW: pl.Int64, **dict.fromkeys(names, pl.String)}
    yield Batch("meaning", file, pl.DataFrame(good, schema=schema))


def _wrong(file: str, subject: Subject, row: Row, columns: dict[str, str]) -> SetAside | None:
    for name, value in columns.items():
        if name in _CODED and value not in codes(_CODED[name]):
            known = ", ".join(codes(_CODED[name]))
            where = f"{subject.sheet}: {subject.fills[name]}"
            return SetAside(
                file, "meaning", row[ROW], where, value, "This word has no meaning here.", f"Write one of {known}."
            )
    return None


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()
