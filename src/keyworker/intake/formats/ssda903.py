"""The looked after children return (SSDA903): a set of CSVs, one XML, or one workbook with a sheet for each table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import polars as pl

from keyworker.facts.collection_year import CollectionYear, year_of
from keyworker.intake.carry import batches, left_over, unsound_batches
from keyworker.intake.contract import Opened, Scope
from keyworker.intake.formats.ssda903_linked import linked
from keyworker.intake.formats.ssda903_map import HOLDS, carries
from keyworker.intake.formats.ssda903_xml import gather_message, is_message
from keyworker.intake.gathered import Gathered
from keyworker.intake.header_said import day_said
from keyworker.intake.hostile_workbook import Sheet, phrases_in
from keyworker.intake.hostile_workbook import opened as opened_workbook
from keyworker.intake.sheet_table import HEADING_WITHIN, gather_sheet
from keyworker.intake.text_table import gather_rows, heading_of
from keyworker.vocabulary.errors import FileRefused

FORMAT = "ssda903"
MOST_YEARS = 15

# A table of the return is known by names that it must have.
TABLES_OF_RETURN: dict[str, frozenset[str]] = {
    "episodes": frozenset({"CHILD", "DECOM", "RNE", "LS"}),
    "sw_episodes": frozenset({"CHILD", "SW_ID", "SW_DECOM"}),
    "reviews": frozenset({"CHILD", "REVIEW", "REVIEW_CODE"}),
    "missing": frozenset({"CHILD", "MISSING", "MIS_START"}),
    "oc2": frozenset({"CHILD", "CONVICTED", "HEALTH_CHECK"}),
    "oc3": frozenset({"CHILD", "IN_TOUCH", "ACTIV"}),
    "ad1": frozenset({"CHILD", "DATE_INT", "DATE_MATCH"}),
    "placed_for_adoption": frozenset({"CHILD", "DATE_PLACED"}),
    "previous_permanence": frozenset({"CHILD", "PREV_PERM"}),
    "uasc": frozenset({"CHILD", "DUC"}),
    "header": frozenset({"CHILD", "SEX", "DOB", "ETHNIC"}),
}
_DATED = frozenset(
    {"DOB", "MC_DOB", "DECOM", "DEC", "SW_DECOM", "SW_DEC", "REVIEW", "MIS_START", "MIS_END", "DUC"}
    | {"DATE_PERM", "DATE_INT", "DATE_MATCH", "DATE_PLACED", "DATE_PLACED_CEASED"}
)
_TAKES = {kind: tables[0] for kind, tables in HOLDS.items()}
_PHRASES = frozenset(name for names in TABLES_OF_RETURN.values() for name in names)
_YEAR_IN_NAME = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")


@dataclass(frozen=True)
class Ssda903:
    """Reads one year's return.

    Takes   place, which of the years that a folder holds, from the oldest. A folder of several years is several
            sources, and the reader of each place opens one of them.
    """

    place: int = 0
    format: str = FORMAT

    def recognises(self, path: Path) -> bool:
        """Whether the file is a table, message or workbook of the return, or the folder has a year in this place."""
        if path.is_dir():
            return len(_years(path)) > self.place
        if self.place:
            return False
        return table_of(_names(path)) is not None or is_message(path) or _is_workbook(path)

    def open(self, path: Path) -> Opened:
        """Read one year's return whole. Raises FileRefused when it is no sound return."""
        gathered = Gathered(path.name)
        notes: list[str] = []
        unsound = Gathered(path.name)
        files, named = [path], _year_in_name(path)
        if path.is_dir():
            named, files = _year_here(path, self.place)
            notes += _others(path, files)
        if path.is_dir() or table_of(_names(path)):
            _gather_tables(files, gathered, unsound)
        elif is_message(path):
            gather_message(path, gathered)
        else:
            notes += _gather_workbook(path, gathered)
        return _opened(files, gathered, _collection_year(gathered, files, named, notes), notes, unsound)


def _opened(
    files: list[Path],
    gathered: Gathered,
    year: tuple[CollectionYear | None, bool],
    notes: list[str],
    unsound: Gathered,
) -> Opened:
    collection, sure = year
    frames = linked(gathered.frames(), collection)
    chosen = carries(collection)
    left_over(frames, chosen, gathered.left)
    _name_made_kinds(gathered.files)
    notes += gathered.left.notes()
    present = frozenset(table for kind in frames for table in HOLDS.get(kind, ()))
    scope = Scope(present, whole=False)
    if collection and sure:
        scope = Scope(present, collection.first, collection.after)
    return Opened(
        format=FORMAT,
        source=FORMAT,
        paths=tuple(files),
        scope=scope,
        cut_at=None,
        notes=notes,
        batches=chain(
            unsound_batches(unsound, linked(unsound.frames(), collection), chosen, _TAKES),
            batches(frames, chosen, gathered),
        ),
    )


def _name_made_kinds(files: dict[str, str]) -> None:
    adoption = [files[kind] for kind in ("ad1", "placed_for_adoption") if kind in files]
    if adoption:
        files["adoptions"] = " and ".join(adoption)
    if "sw_episodes" in files:
        files["workers"] = files["sw_episodes"]


def table_of(names: Iterable[str]) -> str | None:
    """Which table of the return a heading is."""
    said = {name.strip().upper() for name in names}
    return next((table for table, needed in TABLES_OF_RETURN.items() if needed <= said), None)


def _names(path: Path) -> tuple[str, ...]:
    first = heading_of(path)
    return first.names if first else ()


def _is_workbook(path: Path) -> bool:
    found = phrases_in(path, _PHRASES)
    return any(needed <= found for needed in TABLES_OF_RETURN.values())


def _year_in_name(path: Path) -> int | None:
    found = _YEAR_IN_NAME.findall(path.stem)
    return int(found[0]) if len(set(found)) == 1 else None


def _years(folder: Path) -> dict[int | None, list[Path]]:
    """The folder's tables of the return, by the year in their names, oldest first; those without a year together."""
    found: dict[int | None, list[Path]] = defaultdict(list)
    for file in sorted(folder.iterdir()):
        if file.is_file() and table_of(_names(file)):
            found[_year_in_name(file)].append(file)
    return dict(sorted(found.items(), key=lambda item: item[0] or 0))


def _year_here(folder: Path, place: int) -> tuple[int | None, list[Path]]:
    years = list(_years(folder).items())
    if len(years) > MOST_YEARS:
        raise FileRefused(
            f"The folder holds {len(years)} years of returns.",
            where=folder.name,
            remedy=f"Load at most {MOST_YEARS} years at a time, the oldest first.",
        )
    named, files = years[place]
    kinds = [table_of(_names(file)) for file in files]
    twice = {kind for kind in kinds if kinds.count(kind) > 1}
    if twice:
        raise FileRefused(
            f"Two files of one year hold the table {', '.join(sorted(filter(None, twice)))}.",
            where=folder.name,
            remedy="Keep the newer one of the two in the folder.",
        )
    return named or (_year_in_name(folder) if len(years) == 1 else None), files


def _others(folder: Path, files: list[Path]) -> list[str]:
    """What else in the folder is of the return: the same year as a message or a workbook, most likely."""
    known = {file for year in _years(folder).values() for file in year} | set(files)
    others = (file for file in sorted(folder.iterdir()) if file.is_file() and file not in known)
    rest = [file.name for file in others if is_message(file) or _is_workbook(file)]
    return [f"Not read with this folder's tables: {', '.join(rest[:20])}. Load each by itself."] if rest else []


def _gather_tables(files: list[Path], gathered: Gathered, unsound: Gathered) -> None:
    for file in files:
        first = heading_of(file)
        kind = table_of(first.names) if first else None
        if first and kind:
            upper = type(first)(
                tuple(name.upper() for name in first.names), first.separator, first.encoding, first.rows_above
            )
            gather_rows(file, upper, kind, gathered, unsound)


def _gather_workbook(path: Path, gathered: Gathered) -> list[str]:
    book = opened_workbook(path)
    notes = book.notes()
    for sheet in book.sheets:
        kind, at = _heading(sheet)
        if kind and kind in gathered.files:
            raise FileRefused(
                f"Two sheets hold the table {kind}.", where=path.name, remedy="Keep one of them in the workbook."
            )
        if kind:
            names = [(name or "").strip().upper() for name in sheet.rows[at]]
            gather_sheet(sheet, at, kind, gathered, names, _DATED)
        elif sheet.rows:
            filled = sum(cell is not None for row in sheet.rows for cell in row)
            notes.append(f"Sheet '{sheet.name[:40]}' is no table of the return: {filled:,} cells were left out.")
    if not gathered.files:
        raise FileRefused(
            "No sheet has the heading of a table of the return.",
            where=path.name,
            remedy="Keep the return's own headings.",
        )
    return notes


def _heading(sheet: Sheet) -> tuple[str | None, int]:
    for at, row in enumerate(sheet.rows[:HEADING_WITHIN]):
        kind = table_of(name or "" for name in row)
        if kind:
            return kind, at
    return None, 0


def _collection_year(
    gathered: Gathered, files: list[Path], named: int | None, notes: list[str]
) -> tuple[CollectionYear | None, bool]:
    """The year that the return speaks for, and whether that is sure enough to say what has gone.

    The newest day on which an episode began gives the year; a year in a name must be the one that begins or ends it.
    """
    newest = _newest_episode(gathered.frames())
    beside = None
    if newest is None and len(files) == 1 and named:
        beside = _newest_beside(files[0], named)
    day = day_said(newest or beside)
    if day is None:
        notes.append("Nothing here says which year the return speaks for: nothing is taken to have gone.")
        return None, False
    year = year_of(day)
    if named in (year.ends, year.ends - 1):
        return year, True
    told = f"the name says {named}, and " if named else "no name says the year; "
    notes.append(
        f"It is not sure which year the return speaks for: {told}the newest episode began in the year to "
        f"31 March {year.ends}. Nothing is taken to have gone because it is not here."
    )
    return year, False


def _newest_episode(frames: Mapping[str, pl.DataFrame]) -> str | None:
    frame = frames.get("episodes")
    if frame is None or "DECOM" not in frame.columns:
        return None
    days = frame.select(
        pl.coalesce(pl.col("DECOM").str.to_date(shape, strict=False) for shape in ("%d/%m/%Y", "%Y-%m-%d")).max()
    ).item()
    return days.isoformat() if days else None


def _newest_beside(file: Path, named: int) -> str | None:
    """The newest episode of the same year's file in the same folder, for a table that has no year of its own."""
    for other in _years(file.parent).get(named, []):
        if table_of(_names(other)) == "episodes":
            beside = Gathered(other.name)
            _gather_tables([other], beside, Gathered(other.name))
            return _newest_episode(beside.frames())
    return None


READERS = tuple(Ssda903(place) for place in range(MOST_YEARS))
