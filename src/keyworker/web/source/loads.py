"""What pages ask of what was loaded, and how far it goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from keyworker.actions.loads import LoadLine
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import Absent, SourceAge
from keyworker.intake.meaning import Found
from keyworker.record.refused import RefusedLoad


class Loads(Protocol):
    """What pages ask of what was loaded, and how far it goes."""

    def loads(self) -> Sequence[LoadLine]:
        """Every load, latest first."""

    def refused_loads(self) -> Sequence[RefusedLoad]:
        """Every load that was refused or stopped, latest first."""

    def meanings(self, moment: Moment) -> Sequence[Found]:
        """Every word that needed a meaning as known at a moment."""

    def write_meanings(self, path: Path, at: date) -> Sequence[Found]:
        """Write the workbook in which an analyst says what each word means."""

    def set_aside(self, load: int | None, out: Path) -> tuple[int, list[tuple[Path, int]]]:
        """Write out the rows that a load set aside: a CSV for each table."""

    def sources(self) -> tuple[SourceAge, ...]:
        """How old each source is."""

    def told_from(self, moment: Moment) -> date | None:
        """The first day of which it is told who held children; None where nothing says so."""

    def absent(self, moment: Moment) -> tuple[Absent, ...]:
        """What no extract holds, and what would fill it."""
