"""The children in need census, as the XML message that is sent and as the flat CSVs that tools make of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import polars as pl

from keyworker.facts.collection_year import CollectionYear
from keyworker.intake.carry import batches, left_over, unsound_batches
from keyworker.intake.contract import Opened, Scope
from keyworker.intake.formats.cin_census_map import carries, linked
from keyworker.intake.gathered import Gathered, Shape
from keyworker.intake.header_said import day_said, instant_said, year_said
from keyworker.intake.hostile_xml import Piece, beginning, pieces
from keyworker.intake.text_table import gather_rows, heading_of
from keyworker.vocabulary.errors import FileRefused

FORMAT = "cin-census"

# What a census holds in full for its year, and the kinds of record that a flat form needs for it. Enquiries are not
# among them: the census gives them no end, so one that is not repeated cannot be told from one that ended.
_IN_FULL = {
    "cin_episodes": {"CINdetails"},
    "cin_assessments": {"Assessments"},
    "cin_plans": {"CINPlanDates"},
    "initial_cp_conference": {"CINdetails", "Section47"},
    "cp_plans": {"ChildProtectionPlans"},
    "cp_reviews": {"Reviews"},
}
_TABLE = {
    "CINdetails": "cin_episodes",
    "Assessments": "cin_assessments",
    "CINPlanDates": "cin_plans",
    "Section47": "s47_enquiry",
    "ChildProtectionPlans": "cp_plans",
    "Reviews": "cp_reviews",
    "Disabilities": "disability",
    "Child": "person",
    "Characteristics": "person",
    "Header": "person",
}
_MADE_OF = {"Reviews": ("Review",), "Disabilities": ("Disability",)}
_PLANS_SINCE = 2022  # the first census that asked for plans

_HEADER = Shape(wrappers=frozenset({"CollectionDetails", "Source"}))
_DETAILS = Shape(
    groups={
        "Assessments": Shape(
            wrappers=frozenset({"FactorsIdentifiedAtAssessment"}), lists=frozenset({"AssessmentFactors"})
        ),
        "CINPlanDates": Shape(),
        "Section47": Shape(),
        "ChildProtectionPlans": Shape(wrappers=frozenset({"Reviews"}), lists=frozenset({"CPPreviewDate"})),
        "PreProceedingsandFGDM": Shape(),
    }
)
_CHILD = Shape(
    wrappers=frozenset({"ChildIdentifiers", "ChildCharacteristics", "Disabilities"}),
    lists=frozenset({"Disability"}),
    groups={"CINdetails": _DETAILS},
)

# A flat file is known by names that it must have. The order matters: the fullest first.
_FLAT: tuple[tuple[str, frozenset[str]], ...] = (
    ("Header", frozenset({"Collection", "Year", "ReferenceDate", "SourceLevel", "LEA"})),
    ("CINdetails", frozenset({"LAchildID", "CINreferralDate"})),
    ("Assessments", frozenset({"LAchildID", "AssessmentActualStartDate"})),
    ("CINPlanDates", frozenset({"LAchildID", "CINPlanStartDate"})),
    ("Section47", frozenset({"LAchildID", "S47ActualStartDate"})),
    ("ChildProtectionPlans", frozenset({"LAchildID", "CPPstartDate"})),
    ("Reviews", frozenset({"LAchildID", "CPPreviewDate"})),
    ("Disabilities", frozenset({"LAchildID", "Disability"})),
    ("Child", frozenset({"LAchildID", "PersonBirthDate"})),
    ("Characteristics", frozenset({"LAchildID", "Ethnicity"})),
)


class CinCensus:
    """Reads a children in need census."""

    format = FORMAT

    def recognises(self, path: Path) -> bool:
        """Whether the file is a census message, or the folder or file a flat form of one."""
        if path.is_dir():
            return any(kind != "Header" for _, kind in _flat_files(path))
        return _is_message(beginning(path)) or _flat_kind(path) is not None

    def open(self, path: Path) -> Opened:
        """Read the message whole and check its header. Raises FileRefused when it is no sound census."""
        gathered, unsound = Gathered(path.name), Gathered(path.name)
        if path.is_dir() or _flat_kind(path):
            paths, kinds = _gather_flat(path, gathered, unsound)
        else:
            _gather_message(path, gathered)
            paths, kinds = [path], frozenset().union(*_IN_FULL.values())
        frames = gathered.frames()
        header = _header(frames.pop("Header", None), path.name)
        notes: list[str] = []
        year = _year(header, notes)
        scope = _scope(year, kinds, header, notes)
        frames = linked(frames)
        chosen = carries(_known_year(header))
        left_over(frames, chosen, gathered.left)
        notes += _said_in_header(header) + gathered.left.notes()
        return Opened(
            format=FORMAT,
            source=FORMAT,
            paths=tuple(paths),
            scope=scope,
            cut_at=instant_said(header.get("DateTime")),
            notes=notes,
            batches=chain(
                unsound_batches(unsound, linked(unsound.frames()), chosen, _TABLE),
                batches(frames, chosen, gathered),
            ),
        )


def _is_message(text: str) -> bool:
    if not re.search(r"<(?:\w+:)?Message[\s>]", text):
        return False
    collection = re.search(r"<(?:\w+:)?Collection>([^<]*)<", text)
    if collection:
        return collection.group(1).strip().upper() == "CIN"
    return bool(re.search(r"<(?:\w+:)?(?:LAchildID|CINdetails|ChildIdentifiers)[\s>]", text))


def _gather_message(path: Path, gathered: Gathered) -> None:
    children = 0
    for piece in pieces(path, frozenset({"Header", "Child"})):
        if not isinstance(piece, Piece):
            gathered.left.add("Message", *piece)
        elif piece.name == "Header":
            gathered.add_element("Header", piece.element, _HEADER, piece.ordinal)
        else:
            children += 1
            gathered.add_element("Child", piece.element, _CHILD, piece.ordinal)
    if not children:
        raise FileRefused(
            "The census holds no child.", where=path.name, remedy="Make the return again: it may have been cut short."
        )


def _flat_kind(path: Path) -> str | None:
    first = heading_of(path)
    if first is None:
        return None
    names = set(first.names)
    return next((kind for kind, needed in _FLAT if needed <= names), None)


def _flat_files(path: Path) -> Iterator[tuple[Path, str]]:
    for file in sorted(path.iterdir()) if path.is_dir() else [path]:
        kind = _flat_kind(file)
        if kind:
            yield file, kind


def _gather_flat(path: Path, gathered: Gathered, unsound: Gathered) -> tuple[list[Path], frozenset[str]]:
    files = list(_flat_files(path))
    kinds = [kind for _, kind in files]
    if len(set(kinds)) != len(kinds):
        raise FileRefused(
            "Two files here hold the same part of the census.",
            where=path.name,
            remedy="Put each census in a folder of its own.",
        )
    for file, kind in files:
        first = heading_of(file)
        if first:
            gathered.files.update(dict.fromkeys(_MADE_OF.get(kind, ()), file.name))
            gather_rows(file, first, kind, gathered, unsound)
    return [file for file, _ in files], frozenset(kind for _, kind in files)


def _header(frame: pl.DataFrame | None, file: str) -> dict[str, str]:
    if frame is None:
        return {}
    said = {name: value for name, value in frame.row(0, named=True).items() if isinstance(value, str)}
    collection = said.get("Collection", "CIN")
    if collection.upper() != "CIN":
        raise FileRefused(
            "The header's Collection is not CIN, so this is another return.",
            where=file,
            remedy="Load the children in need census, or correct the header.",
        )
    return said


def _year(header: dict[str, str], notes: list[str]) -> CollectionYear | None:
    said = year_said(header.get("Year"))
    reference = day_said(header.get("ReferenceDate"))
    if said is None or reference is None:
        notes.append(
            "The header gives no believable Year and ReferenceDate, so it is not known which year the file speaks for: "
            "nothing is taken to have gone because it is not in this file."
        )
        return None
    if reference.year != said:
        notes.append(
            f"The header's Year is {said} but its ReferenceDate lies in {reference.year}, so it is not known which "
            "year the file speaks for: nothing is taken to have gone because it is not in this file."
        )
        return None
    year = CollectionYear(said)
    if reference != year.last:
        notes.append(f"The header's ReferenceDate is {reference:%-d %B %Y}; a census for {said} has 31 March {said}.")
    return year


def _known_year(header: dict[str, str]) -> CollectionYear | None:
    said = year_said(header.get("Year"))
    return CollectionYear(said) if said else None


def _scope(year: CollectionYear | None, kinds: frozenset[str], header: dict[str, str], notes: list[str]) -> Scope:
    if header.get("DateTime") and instant_said(header["DateTime"]) is None:
        notes.append("The header's DateTime is not a date and time, so it is not known when the file was made.")
    tables = {table for table, needed in _IN_FULL.items() if needed <= kinds}
    if year is None:
        return Scope(frozenset(tables), whole=False)
    if year.ends < _PLANS_SINCE:
        tables.discard("cin_plans")
    return Scope(frozenset(tables), year.first, year.after)


def _said_in_header(header: dict[str, str]) -> list[str]:
    kept = {"Collection", "Year", "ReferenceDate", "DateTime"}
    others = [
        f"{name} {value[:40]}" for name, value in header.items() if name not in kept and not name.startswith("Unnamed")
    ]
    return [f"The header also says: {', '.join(others)}."] if others else []


READERS = (CinCensus(),)
