"""The children's social work workforce census, as the XML message that is sent and as the flat CSVs made of it."""

from __future__ import annotations

import re
from datetime import date
from itertools import chain
from pathlib import Path

import polars as pl

from keyworker.intake.carry import batches, left_over, unsound_batches
from keyworker.intake.contract import FAULT, FAULT_COLUMN, FAULT_REMEDY, ROW_TEXT, Opened, Scope
from keyworker.intake.formats.workforce_census_map import CARRIES, REGISTRATION, prepared
from keyworker.intake.gathered import Gathered, Shape
from keyworker.intake.header_said import day_said, instant_said, year_said
from keyworker.intake.hostile_xml import Piece, beginning, pieces
from keyworker.intake.text_table import gather_rows, heading_of
from keyworker.vocabulary.errors import FileRefused

FORMAT = "workforce-census"
_TABLES = frozenset({"workforce_snapshot", "workforce_totals"})
_HEADER = Shape(wrappers=frozenset({"CollectionDetails", "Source"}))
_PARTS = {"CSWWWorker": "workers", "LALevelVacancies": "totals", "LALevel": "totals"}
_FLAT = {
    "workers": frozenset({"SWENo", "AgencyWorker", "FTE"}),
    "totals": frozenset({"NumberOfVacancies", "NoAgencyFTE"}),
}
_YEARS = ("YEAR", "YearCensus")
_TABLE = {"workers": "workforce_snapshot", "totals": "workforce_totals"}


class WorkforceCensus:
    """Reads a workforce census."""

    format = FORMAT

    def recognises(self, path: Path) -> bool:
        """Whether the file is a workforce message, or a flat form of its workers or totals."""
        return path.is_file() and (_is_message(beginning(path)) or _flat_kind(path) is not None)

    def open(self, path: Path) -> Opened:
        """Read the census whole. Raises FileRefused when it does not say which year it is of."""
        gathered = Gathered(path.name)
        kind = _flat_kind(path)
        unsound = Gathered(path.name)
        header: dict[str, str] = {}
        first = heading_of(path)
        if kind and first:
            gather_rows(path, first, kind, gathered, unsound)
        else:
            header = _gather_message(path, gathered)
        notes: list[str] = []
        scope = _scope(header, kind, notes)
        frames = prepared(_with_day(gathered.frames(), header, path.name))
        unregistered = _unregistered(frames)
        frames = {name: frame.filter(~REGISTRATION) if name == "workers" else frame for name, frame in frames.items()}
        guessed = prepared({kind: frame.with_columns(_stamped(frame)) for kind, frame in unsound.frames().items()})
        left_over(frames, CARRIES, gathered.left)
        return Opened(
            format=FORMAT,
            source=FORMAT,
            paths=(path,),
            scope=scope,
            cut_at=instant_said(header.get("DateTime")),
            notes=notes + gathered.left.notes(),
            batches=chain(
                unsound_batches(unsound, guessed, CARRIES, _TABLE),
                batches(unregistered, CARRIES, gathered),
                batches(frames, CARRIES, gathered),
            ),
        )


def _is_message(text: str) -> bool:
    if not re.search(r"<(?:\w+:)?Message[\s>]", text):
        return False
    collection = re.search(r"<(?:\w+:)?Collection>([^<]*)<", text)
    if collection:
        return collection.group(1).strip().upper() == "CSWW"
    return bool(re.search(r"<(?:\w+:)?(?:CSWWWorker|LALevelVacancies)[\s>]", text))


def _flat_kind(path: Path) -> str | None:
    first = heading_of(path)
    names = set(first.names) if first else set()
    if not names & set(_YEARS):
        return None
    return next((kind for kind, needed in _FLAT.items() if needed <= names), None)


def _gather_message(path: Path, gathered: Gathered) -> dict[str, str]:
    header: dict[str, str] = {}
    for piece in pieces(path, frozenset({"Header", *_PARTS})):
        if not isinstance(piece, Piece):
            gathered.left.add("Message", *piece)
        elif piece.name == "Header":
            gathered.add_element("Header", piece.element, _HEADER, piece.ordinal)
            said = gathered.frames()["Header"].row(0, named=True)
            header = {name: value for name, value in said.items() if isinstance(value, str)}
        else:
            gathered.add_element(_PARTS[piece.name], piece.element, Shape(), piece.ordinal)
    return header


def _scope(header: dict[str, str], flat: str | None, notes: list[str]) -> Scope:
    if flat:
        notes.append("This is a flat form, which tools cut down: nothing is taken to have gone because it is not here.")
        return Scope(frozenset({_TABLE[flat]}), whole=False)
    others = [f"{name} {header[name][:40]}" for name in ("LEA", "SourceLevel", "SoftwareCode") if name in header]
    if others:
        notes.append(f"The header also says: {', '.join(others)}.")
    year, reference = year_said(header.get("Year")), day_said(header.get("ReferenceDate"))
    if year is None or reference is None or reference.year != year:
        notes.append(
            f"The header's Year is {header.get('Year', 'missing')[:10]} and its ReferenceDate lies in another year or "
            "is missing: the rows are kept for that Year, and nothing is taken to have gone because it is not here."
        )
        return Scope(_TABLES, whole=False)
    if reference != date(year, 9, 30):
        notes.append(f"The header's ReferenceDate is {reference:%-d %B %Y}; the count day is 30 September {year}.")
    return Scope(_TABLES, date(year, 9, 30), date(year, 10, 1))


def _with_day(frames: dict[str, pl.DataFrame], header: dict[str, str], file: str) -> dict[str, pl.DataFrame]:
    """Give each row its count day and its council: from the header, or in a flat form from the row."""
    frames.pop("Header", None)
    if not frames:
        raise FileRefused("The census holds no worker and no totals.", where=file, remedy="Make the return again.")
    if header:
        if year_said(header.get("Year")) is None:
            raise FileRefused(
                "The header does not say which year the census is of.", where=file, remedy="Fill in Year in the header."
            )
        stamp = [pl.lit(f"{header['Year']}-09-30").alias("@day"), pl.lit(header.get("LEA")).alias("@council")]
        return {kind: frame.with_columns(stamp) for kind, frame in frames.items()}
    return {kind: frame.with_columns(_stamped(frame)) for kind, frame in frames.items()}


def _stamped(frame: pl.DataFrame) -> list[pl.Expr]:
    year = pl.coalesce(name for name in _YEARS if name in frame.columns).str.strip_suffix(".0")
    councils = [name for name in ("LEA", "LA") if name in frame.columns]
    return [
        (year + "-09-30").alias("@day"),
        (pl.coalesce(councils) if councils else pl.lit(None, pl.String())).alias("@council"),
    ]


def _unregistered(frames: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The workers whose registration number is none, with the fault."""
    workers = frames.get("workers", pl.DataFrame(schema={"SWENo": pl.String})).filter(REGISTRATION)
    remedy = "Write the worker's Social Work England number, and correct it in the return."
    return {
        "workers": workers.with_columns(
            pl.lit("SWENo is no registration number: two letters and up to ten digits").alias(FAULT),
            pl.lit("worker_id").alias(FAULT_COLUMN),
            pl.lit(remedy).alias(FAULT_REMEDY),
            pl.lit(None, pl.String()).alias(ROW_TEXT),
        )
    }


READERS = (WorkforceCensus(),)
