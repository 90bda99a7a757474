"""Read the filled-in workbook back, as rows of `meaning`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl

from keyworker.intake.contract import BESIDE_FAULTS, FAULT, FAULT_COLUMN, FAULT_REMEDY, ROW, Batch, Opened, Scope
from keyworker.intake.hostile_workbook import Sheet, opened, phrases_in
from keyworker.intake.meaning.subjects import SUBJECTS, Subject
from keyworker.intake.meaning.workbook import ACCEPT, FROM, GUESS, SAID, TITLE, TO, as_read, heading
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.errors import FileRefused

ALWAYS = "1900-01-01"

_CODED = {
    "team_type": "team_type",
    "role_class": "role_class",
    "allocation_role": "allocation_role",
    "visit_kind": "visit_kind",
}
_COLUMNS = ("subject", "said", *(name for one in SUBJECTS for name in one.fills), "from_on", "to_on")

Row = Mapping[str, str]  # by heading
Rows = Mapping[int, Row]  # by number


class MeaningReader:
    """The workbook that `keyworker map` writes, filled in."""

    format = "meaning"

    def recognises(self, path: Path) -> bool:
        """Whether the workbook's first texts hold its title."""
        return bool(phrases_in(path, frozenset({TITLE})))

    def open(self, path: Path) -> Opened:
        """Read every sheet. Raises FileRefused when a sheet or a heading is missing."""
        book = opened(path)
        sheets = {subject: _rows(book.sheets, subject, path) for subject in SUBJECTS}
        unmapped = sum(1 for subject, rows in sheets.items() for row in rows.values() if not _columns(subject, row))
        notes = book.notes()
        notes += [f"{unmapped:,} words still have no meaning; they stay 'unmapped'."] if unmapped else []
        scope = Scope(frozenset({"meaning"}))
        return Opened(self.format, self.format, (path,), scope, None, notes, _batches(path.name, sheets))


def _rows(sheets: Sequence[Sheet], subject: Subject, path: Path) -> Rows:
    sheet = next((one for one in sheets if one.name == subject.sheet), None)
    if sheet is None:
        raise FileRefused(
            f"The sheet {subject.sheet} is missing.",
            where=path.name,
            remedy="Write the workbook again with `keyworker map` and fill that one in.",
        )
    top, *rest = sheet.rows or [[]]
    names = [name or "" for name in top]
    missing = {SAID, ACCEPT, FROM, TO, *subject.fills.values()} - set(names)
    if missing:
        raise FileRefused(
            f"The headings {', '.join(sorted(missing))} are missing.",
            where=f"{path.name}, sheet {subject.sheet}",
            remedy=f"The headings are: {', '.join(heading(subject))}.",
        )
    told = ({name: cell or "" for name, cell in zip(names, row, strict=True)} for row in rest)
    return {number: row for number, row in enumerate(told, start=2) if any(row.values())}


def _columns(subject: Subject, row: Row) -> dict[str, str]:
    written = {name: row[shown] for name, shown in subject.fills.items() if row[shown]}
    if written or row[ACCEPT].upper() not in {"Y", "YES"}:
        return written
    return as_read(subject, row.get(GUESS, ""))


def _batches(file: str, sheets: Mapping[Subject, Rows]) -> Iterator[Batch]:
    schema = {ROW: pl.Int64(), **dict.fromkeys((*_COLUMNS, *BESIDE_FAULTS), pl.String())}
    for subject, rows in sheets.items():
        given = [
            {
                ROW: number,
                "subject": subject.name,
                "said": row[SAID] or None,
                **columns,
                "from_on": row[FROM] or ALWAYS,
                "to_on": row[TO] or None,
                **_fault(subject, columns),
            }
            for number, row in rows.items()
            if (columns := _columns(subject, row))
        ]
        yield Batch("meaning", f"{file}, sheet '{subject.sheet}'", pl.DataFrame(given, schema=schema))


def _fault(subject: Subject, columns: Mapping[str, str]) -> dict[str, str]:
    for name, value in columns.items():
        if name in _CODED and value not in codes(_CODED[name]):
            known = ", ".join(codes(_CODED[name]))
            return {
                FAULT: f"{subject.fills[name]}: this word has no meaning here",
                FAULT_COLUMN: name,
                FAULT_REMEDY: f"Write one of {known}.",
            }
    return {}
