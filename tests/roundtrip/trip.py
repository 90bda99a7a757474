"""Out and back: write a record, load what was written into a fresh database, and read it again."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
from lxml import etree
from python_calamine import CalamineWorkbook

from keyworker.facts.frames import frames as frames_of
from keyworker.facts.moment import best_known
from keyworker.intake.load import load_paths
from keyworker.intake.report import LoadReport
from keyworker.record.connect import DatabaseRole
from keyworker.returns import Written, write
from tests.roundtrip.carried import TOLD_ONCE
from tests.servers.started import Database

NOW = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)


@dataclass
class Trip:
    """One record on its way. Takes at, the day that returns are written for; seen_from, the day it is read at."""

    database: Database
    folder: Path
    at: date
    seen_from: date
    _loads: int = field(default=0)

    def write(self, form: str, frames: Mapping[str, pl.DataFrame], name: str) -> Written:
        return write(form, frames, self.at, self.folder / name)

    def load(self, name: str) -> list[LoadReport]:
        """Load what was written, an hour after the load before."""
        self._loads += 1
        with self.database.connect(DatabaseRole.LOADER) as connection:
            return load_paths(
                [self.folder / name],
                connection=connection,
                home=self.folder / "home",
                now=NOW + timedelta(hours=self._loads),
                author="Tess Ting",
            )

    def read(self) -> dict[str, pl.DataFrame]:
        with self.database.connect(DatabaseRole.LOADER) as connection:
            return frames_of(connection, best_known(self.seen_from))

    def files(self, name: str) -> dict[str, bytes]:
        """The files of a return, without the sheet that says what went in."""
        folder = self.folder / name
        found = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "reconciliation.csv")
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}

    def told(self, form: str, name: str) -> dict[str, Any]:
        """What a return says, without what it says only once."""
        readers = {"cin": _cin, "annex-a": _annex_a, "903": _ssda903}
        reader = readers.get(form)
        if reader is None:
            return dict(self.files(name))
        return {file: reader(self.folder / name / file) for file in self.files(name)}


def nothing_new(reports: list[LoadReport]) -> bool:
    """Whether a load found everything as it was."""
    counts = [one for report in reports for one in report.tables.values()]
    return all(one.read == one.unchanged and not one.ended for one in counts)


def set_aside(reports: list[LoadReport]) -> Counter[str]:
    """How many rows of each table a load set aside."""
    return Counter({name: one.set_aside for report in reports for name, one in report.tables.items() if one.set_aside})


def _cin(path: Path) -> bytes:
    tree = etree.parse(str(path))
    for group, names in TOLD_ONCE["cin"].items():
        for name in names:
            for found in tree.findall(f".//{group}/{name}"):
                found.getparent().remove(found)
    return bytes(etree.tostring(tree))


def _annex_a(path: Path) -> dict[str, Counter[tuple[str, ...]]]:
    book = CalamineWorkbook.from_path(str(path))
    found = {}
    for name in book.sheet_names:
        if name.startswith("List"):
            rows = book.get_sheet_by_name(name).to_python()
            once = TOLD_ONCE["annex-a"].get(name, ())
            places = [place for place, heading in enumerate(rows[0]) if heading not in once]
            found[name] = Counter(tuple(str(row[place]) for place in places) for row in rows)
    return found


def _ssda903(path: Path) -> list[dict[str, str]]:
    once = TOLD_ONCE["903"].get(path.stem.partition("-")[2], ())
    with path.open(encoding="utf-8", newline="") as file:
        return [{name: said for name, said in row.items() if name not in once} for row in csv.DictReader(file)]
