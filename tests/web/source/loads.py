"""Made up: what pages ask of what was loaded, and how far it goes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from keyworker.actions.loads import LoadLine
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import Absent, SourceAge
from keyworker.intake.meaning import Found, write_workbook
from keyworker.intake.meaning.found import Meaning
from keyworker.record.refused import RefusedLoad
from tests.web import fictional as made_up
from tests.web.source.made import Made

COUNTS = {"read": 1200, "added": 30, "changed": 12, "ended": 4, "unchanged": 1150, "set_aside": 8}
LOADS = [
    LoadLine(
        2,
        "ssd",
        "analyst",
        datetime(2026, 11, 22, 6, 30, tzinfo=UTC),
        datetime(2026, 11, 21, 22, 0, tzinfo=UTC),
        None,
        None,
        {"person": COUNTS},
        [],
        3,
    ),
    LoadLine(1, "cin-census", "analyst", datetime(2026, 11, 15, 6, 30, tzinfo=UTC), None, None, None, {}, [], 0),
]
REFUSED = [
    RefusedLoad(
        datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
        "refused",
        "analyst",
        "load an extract",
        "extract.zip",
        "cin_visits.csv",
        "The table cin_visits has no column cinv_cin_visit_id, so its rows cannot be trusted.",
        "Add the column to the extract, or leave this file out.",
    )
]
MEANINGS = [
    Found(
        "involvement role",
        "Allocated worker",
        None,
        310,
        None,
        None,
        (Meaning(date(2020, 1, 1), None, {"allocation_role": "lead"}),),
    ),
    Found("team", "T044", "Fenwick Safeguarding Unit", 44, None, None, ()),
]


class Loads(Made):
    """What pages ask of what was loaded, and how far it goes."""

    def sources(self) -> tuple[SourceAge, ...]:
        return () if self.empty else made_up.SOURCES

    def told_from(self, moment: Moment) -> date | None:
        return None if self.empty else date(2020, 1, 6)

    def absent(self, moment: Moment) -> tuple[Absent, ...]:
        return made_up.ABSENT

    def loads(self) -> list[LoadLine]:
        return [] if self.empty else LOADS

    def refused_loads(self) -> list[RefusedLoad]:
        return [] if self.empty else REFUSED

    def meanings(self, moment: Moment) -> list[Found]:
        return [] if self.empty else MEANINGS

    def write_meanings(self, path: Path, at: date) -> list[Found]:
        write_workbook(path, MEANINGS, ["Fenwick"], at)
        return MEANINGS

    def set_aside(self, load: int | None, out: Path) -> tuple[int, list[tuple[Path, int]]]:
        out.write_text("file,row,column,value,reason,remedy\n")
        return load or 0, [(out, 0)]
