"""The Standard Safeguarding Dataset as councils' scripts write it, and the CSV pack of our own tables.

Both are a folder of CSVs, one or more for each table. They differ only in the names that their headings use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from keyworker.intake.contract import Batch, Opened, Scope
from keyworker.intake.csv_rows import Source, rows
from keyworker.intake.headings import Known, of_dataset, of_pack
from keyworker.intake.text_files import SPOKEN, Content, Heading, content, heading
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.errors import FileRefused

Understand = Callable[[tuple[str, ...], str], Known | None]
MOST_FILES = 2_000
NAMED = 40
ENDINGS = {".csv", ".txt", ".tsv", ".psv", ".dat", ""}


@dataclass(frozen=True)
class Found:
    """One CSV of a source: where it is, its heading, the table that it holds."""

    path: Path
    shown_as: str
    heading: Heading
    known: Known


@dataclass(frozen=True)
class CsvReader:
    """Reads a folder of CSVs, or one of them, whose headings it understands."""

    format: str
    understand: Understand

    def recognises(self, path: Path) -> bool:
        """Whether at least one CSV here has a heading of this format."""
        return any(True for _ in self._found(path))

    def open(self, path: Path) -> Opened:
        """Check every heading before a row is read. Raises FileRefused where a table lacks a needed column."""
        found = list(self._found(path))
        for one in found:
            _refuse_unusable(one)
        present = frozenset(one.known.table.name for one in found)
        read = {one.path: content(one.path, one.heading.encoding) for one in found}
        notes = [note for one in found for note in _notes(one, read[one.path])]
        if path.is_dir():
            notes += self._missing(present)
        return Opened(
            format=self.format,
            source=self.format,
            paths=tuple(one.path for one in found),
            scope=Scope(tables=present),
            cut_at=None,
            notes=notes,
            batches=_batches(found, read, notes),
            by_table=True,
        )

    def _found(self, path: Path) -> Iterator[Found]:
        for file in _files(path):
            first = heading(file)
            known = self.understand(first.names, file.name) if first else None
            if first and known:
                yield Found(file, file.relative_to(path).as_posix() if file != path else file.name, first, known)

    def _missing(self, present: frozenset[str]) -> list[str]:
        if self.format != "ssd":
            return []
        absent = [table.name for table in TABLES.values() if table.ssd and table.name not in present]
        return [f"Not in this extract: {', '.join(absent)}."] if absent else []


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    files = sorted(file for file in path.rglob("*") if file.suffix.lower() in ENDINGS and file.is_file())
    if len(files) > MOST_FILES:
        raise FileRefused(
            f"The folder holds {len(files):,} files.", where=path.name, remedy="Name the extract's own folder."
        )
    return [file for file in files if not file.name.startswith(".")]


def _refuse_unusable(found: Found) -> None:
    known = found.known
    if known.missing:
        missing = ", ".join(_as_written(known, name) for name in known.missing)
        raise FileRefused(
            f"The table {known.table.name} has no column {missing}, so its rows cannot be trusted.",
            where=found.shown_as,
            remedy="Add the column to the extract, or leave this file out.",
        )


def _as_written(known: Known, name: str) -> str:
    return known.table.column(name).ssd or name


def _notes(found: Found, read: Content) -> Iterator[str]:
    if found.known.unknown:
        many = len(found.known.unknown)
        named = ", ".join(name[:80] for name in found.known.unknown[:NAMED])
        more = f" and {many - NAMED:,} more" if many > NAMED else ""
        yield f"{found.shown_as}: {many:,} unknown column{'s' * (many > 1)} left out: {named}{more}."
    if found.known.taken:
        key = _as_written(found.known, found.known.table.key[0])
        yield f"{found.shown_as}: it has no {key}; {found.known.taken} was taken for it."
    for position in found.known.twice:
        name = found.heading.names[position]
        yield f"{found.shown_as}: the heading names {name} more than once; rows in which they differ are set aside."
    if read.encoding != "utf-8":
        yield f"{found.shown_as} was read as {SPOKEN[read.encoding]}."
    if read.unreadable:
        lost = "1 byte stands" if read.unreadable == 1 else f"{read.unreadable:,} bytes stand"
        yield f"{found.shown_as}: {lost} for no character; each was replaced by \ufffd."


def _batches(found: list[Found], read: dict[Path, Content], notes: list[str]) -> Iterator[Batch]:
    for one in sorted(found, key=lambda one: one.known.table.name):
        yield from rows(one.path, Source(one.shown_as, one.heading, read[one.path], one.known, notes))


READERS = (CsvReader("ssd", of_dataset), CsvReader("pack", of_pack))
