"""Ofsted's Annex A: a workbook of eleven child-level lists, each sheet known by its heading."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import polars as pl

from keyworker.intake.carry import batches, left_over
from keyworker.intake.contract import Opened, Scope
from keyworker.intake.formats.annex_a_lists import linked
from keyworker.intake.formats.annex_a_map import CARRIES, CHILD
from keyworker.intake.formats.annex_a_values import day
from keyworker.intake.gathered import Gathered
from keyworker.intake.header_said import day_said
from keyworker.intake.hostile_workbook import Sheet, Workbook, opened, phrases_in
from keyworker.intake.sheet_table import HEADING_WITHIN, gather_sheet
from keyworker.vocabulary.errors import FileRefused

FORMAT = "annex-a"
LOOK_BACK_MONTHS = 6

# A list is known by a column that no other list has.
LISTS: dict[str, str] = {
    "list 1": "date of contact",
    "list 2": "assessment start date",
    "list 3": "date of referral",
    "list 4": "continuous assessment start date",
    "list 5": "strategy discussion initiating section 47 enquiry start date",
    "list 6": "cin start date",
    "list 7": "child protection plan start date",
    "list 8": "date started to be looked after",
    "list 9": "eligibility category",
    "list 10": "date of decision that child should be placed for adoption",
    "list 11": "individual adopter identifier",
}
_PHRASES = frozenset({"Child Unique ID", "Individual adopter identifier"})
_SEND = frozenset({"SEN primary need", "Pupil Premium"})

# Tables of which the lists hold every row of the look-back, and the lists that this needs. Others hold the latest
# row of each child only, or give no end, so that what is not repeated cannot be told from what is over.
_IN_FULL: dict[str, set[str]] = {
    "contacts": {"list 1"},
    "early_help_episodes": {"list 2"},
    "cin_assessments": {"list 4"},
    "cp_plans": {"list 7"},
    "cla_episodes": {"list 8"},
    "involvements": {"list 6", "list 7", "list 8", "list 9"},
}

# Columns whose newest day is no later than the day of the lists.
_PAST: dict[str, tuple[str, ...]] = {
    "list 1": ("date of contact",),
    "list 2": ("assessment start date", "assessment completion date"),
    "list 3": ("date of referral",),
    "list 4": ("continuous assessment start date", "continuous assessment date of authorisation"),
    "list 5": ("strategy discussion initiating section 47 enquiry start date",),
    "list 6": ("cin start date", "date child was last seen", "cin closure date"),
    "list 7": ("child protection plan start date", "date of the last statutory visit"),
    "list 8": ("date started to be looked after", "date of last social work visit", "date ceased to be looked after"),
    "list 9": ("latest date of contact",),
}


class AnnexA:
    """Reads an Annex A workbook."""

    format = FORMAT

    def recognises(self, path: Path) -> bool:
        """Whether the workbook's first texts are those of an Annex A."""
        found = phrases_in(path, _PHRASES | _SEND)
        return bool(found & _PHRASES) or found >= _SEND

    def open(self, path: Path) -> Opened:
        """Read every list. Raises FileRefused when no sheet is a list, or they are those of another inspection."""
        if phrases_in(path, _SEND) >= _SEND:
            raise FileRefused(
                "This is the Annex A of an inspection of special educational needs and disability, not of children's "
                "services. Its lists speak of plans without the requests and assessments that the record ties them to.",
                where=path.name,
                remedy="Load the education tables of the Standard Safeguarding Dataset extract instead.",
            )
        book = opened(path)
        gathered = Gathered(path.name)
        notes = book.notes() + _gather(book, gathered, path)
        frames = gathered.frames()
        as_at = _as_at(book, frames, notes)
        frames = linked(frames, as_at)
        for kind in frames:
            gathered.files.setdefault(kind, path.name)
        left_over(frames, CARRIES, gathered.left, elsewhere=(CHILD,))
        return Opened(
            format=FORMAT,
            source=FORMAT,
            paths=(path,),
            scope=_scope(frames, as_at),
            cut_at=None,
            notes=notes + gathered.left.notes(),
            batches=batches(frames, CARRIES, gathered),
        )


def plain(name: str) -> str:
    """A column's name as one would compare it, whatever its capitals, quotation marks and brackets."""
    bare = re.sub(r"[’'‘`]", "", name.lower())
    words = re.sub(r"[^a-z0-9]+", " ", bare).strip().removeprefix("sum of ")
    return "age of child years" if words == "age" else words


def list_of(names: list[str]) -> str | None:
    """Which list a heading is."""
    known = set(names)
    if "child unique id" not in known and LISTS["list 11"] not in known:
        return None
    return next((kind for kind, needed in LISTS.items() if needed in known), None)


def _gather(book: Workbook, gathered: Gathered, path: Path) -> list[str]:
    notes: list[str] = []
    for sheet in book.sheets:
        kind, heading, names = _heading(sheet)
        if kind and kind in gathered.files:
            raise FileRefused(
                f"Two sheets are {kind.capitalize()}.", where=path.name, remedy="Keep one of them in the workbook."
            )
        if kind:
            gather_sheet(sheet, heading, kind, gathered, names)
        elif sheet.rows:
            filled = sum(cell is not None for row in sheet.rows for cell in row)
            notes.append(f"Sheet '{sheet.name[:40]}' is none of the lists: {filled:,} cells were left out.")
    if not gathered.files:
        raise FileRefused(
            "No sheet has the heading of an Annex A list.", where=path.name, remedy="Keep the lists' own headings."
        )
    absent = [kind.removeprefix("list ") for kind in LISTS if kind not in gathered.files]
    if absent:
        notes.append(f"Lists that are not here: {', '.join(absent)}.")
    return notes


def _heading(sheet: Sheet) -> tuple[str | None, int, list[str]]:
    for at, row in enumerate(sheet.rows[:HEADING_WITHIN]):
        names = [plain(cell or "") for cell in row]
        kind = list_of(names)
        if kind:
            return kind, at, names
    return None, 0, []


def _as_at(book: Workbook, frames: dict[str, pl.DataFrame], notes: list[str]) -> date | None:
    """The day of the lists: as some sheet says, or the newest day on which anything in them happened."""
    for sheet in book.sheets:
        for row in sheet.rows[:HEADING_WITHIN]:
            for cell in row:
                said = re.search(r"\bas at (\d\d/\d\d/\d{4})", cell or "", re.IGNORECASE)
                if said and (told := day_said(said.group(1))):
                    return told
    days = [
        frames[kind].select(day(name).max()).item()
        for kind, names in _PAST.items()
        for name in names
        if kind in frames and name in frames[kind].columns
    ]
    newest: date | None = max(filter(None, days), default=None)
    if newest is None:
        notes.append("Nothing says the day of the lists, so nothing is taken to have gone because it is not here.")
    else:
        notes.append(
            f"The lists do not say their day: {newest:%-d %B %Y}, the newest day on which anything in them happened, "
            "was taken for it."
        )
    return newest


def _scope(frames: dict[str, pl.DataFrame], as_at: date | None) -> Scope:
    tables = frozenset(table for table, needed in _IN_FULL.items() if needed <= set(frames))
    if as_at is None:
        return Scope(tables, whole=False)
    since, until = pl.select(
        pl.lit(as_at).dt.offset_by(f"-{LOOK_BACK_MONTHS}mo").alias("since"),
        pl.lit(as_at).dt.offset_by("1d").alias("until"),
    ).row(0)
    return Scope(tables, since, until)


READERS = (AnnexA(),)
