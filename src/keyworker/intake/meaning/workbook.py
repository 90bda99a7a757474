"""The workbook that an analyst fills in: every word found, how often, a guess, and room for its meaning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from keyworker.access import INSIDE_ONLY
from keyworker.intake.meaning.found import Found, Meaning
from keyworker.intake.meaning.guess import Guess, guess
from keyworker.intake.meaning.subjects import SUBJECTS, Subject
from keyworker.vocabulary.late import Late

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet
else:
    xlsxwriter = Late("xlsxwriter")

TITLE = "Keyworker: what our words mean"
SAID, NAME, COUNT, FIRST, LAST, GUESS, ACCEPT = (
    "Word",
    "Name",
    "Found",
    "First",
    "Last",
    "Our guess",
    "Accept the guess (Y)",
)
FROM, TO = "From", "Last day"
DAY = timedelta(days=1)

_NOTES = (
    "Fill in the white columns, or write Y under 'Accept the guess'.",
    "Leave a row empty while nobody knows: its word stays 'unmapped', by name, on every page.",
    "A meaning counts from its first day to its last. 'From' empty: always. 'Last day' empty: it goes on.",
    "If a word changes its meaning, copy its row and give each row its days. Then: keyworker load THIS-FILE",
)


def heading(subject: Subject) -> list[str]:
    """The headings of a subject's sheet, in order."""
    return [SAID, NAME, f"{COUNT}: {subject.counts}", FIRST, LAST, GUESS, ACCEPT, *subject.fills.values(), FROM, TO]


def as_shown(subject: Subject, offered: Guess) -> str:
    """A guess in words that can be read back: what is accepted is what was shown."""
    return "; ".join(f"{subject.fills[name]} = {value}" for name, value in offered.items())


def as_read(subject: Subject, shown: str) -> Guess:
    """The guess that was shown."""
    headings = {shown_as: name for name, shown_as in subject.fills.items()}
    parts = (part.partition(" = ") for part in shown.split("; "))
    return {headings[head]: value for head, _, value in parts if head in headings and value}


def write_workbook(path: Path, words: Sequence[Found], districts: Sequence[str], at: date) -> None:
    """Write the workbook, readable by its owner only."""
    path.touch(mode=0o600)
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), safe) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        quiet = book.add_format({"font_color": "#505a5f", "bg_color": "#f3f2f1"})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        first = book.add_worksheet("Read me")
        first.set_column(0, 0, 120)
        for number, line in enumerate((TITLE, INSIDE_ONLY, f"Words found up to {at:%d/%m/%Y}.", *_NOTES)):
            first.write_string(number, 0, line, bold if number == 0 else None)
        for subject in SUBJECTS:
            page = book.add_worksheet(subject.sheet)
            page.write_row(0, 0, heading(subject), bold)
            page.freeze_panes(1, 1)
            page.set_column(0, len(heading(subject)), 22)
            _fill(page, subject, [word for word in words if word.subject == subject.name], districts, quiet, day)


def _fill(
    page: Worksheet, subject: Subject, words: Sequence[Found], districts: Sequence[str], quiet: Format, day: Format
) -> None:
    row = 0
    for word in words:
        for meaning in word.meanings or (None,):
            row += 1
            offered = guess(subject.name, word.said, districts)
            if subject.name == "team" and word.name:
                offered = guess(subject.name, word.name, districts)
            shown = as_shown(subject, offered)
            known = [word.said, word.name or "", word.count, word.first_on, word.last_on, shown]
            for column, value in enumerate(known):
                _write(page, row, column, value, quiet if column else None, day)
            _write_meaning(page, row, len(known) + 1, subject, meaning, day)


def _write_meaning(
    page: Worksheet, row: int, column: int, subject: Subject, meaning: Meaning | None, day: Format
) -> None:
    if meaning is None:
        return
    values: list[Any] = [meaning.columns.get(name, "") for name in subject.fills]
    values += [meaning.from_on, meaning.to_on - DAY if meaning.to_on else None]
    for offset, value in enumerate(values):
        _write(page, row, column + offset, value, None, day)


def _write(page: Worksheet, row: int, column: int, value: Any, form: Format | None, day: Format) -> None:
    if isinstance(value, date):
        page.write_datetime(row, column, value, day)
    elif value is not None and value != "":
        page.write(row, column, value, form)
