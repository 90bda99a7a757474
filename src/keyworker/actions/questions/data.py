"""Questions about the data itself: what was loaded, how old it is, what its words mean, what it cannot support."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from keyworker.actions.loads import LoadLine, loads
from keyworker.actions.pictures import meanings_at, quality_at
from keyworker.actions.questions.opened import Opened
from keyworker.actions.questions.seen import nobody
from keyworker.facts.ground import lens_at
from keyworker.facts.leaving_out import numbers_of
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import Absent, SourceAge
from keyworker.facts.reach import holders_told_from
from keyworker.facts.sources import absent, source_ages
from keyworker.intake.meaning import Found, write_workbook
from keyworker.intake.mending import write_out
from keyworker.measures.quality import Finding
from keyworker.record.refused import RefusedLoad, refused_loads


class AboutData(Opened):
    """What was loaded, how old it is, what its words mean, and what it cannot support."""

    def loads(self) -> list[LoadLine]:
        """Every load, newest first, with its counts."""
        return self._read("loads", lambda: loads(self.own), nobody)

    def refused_loads(self) -> list[RefusedLoad]:
        """Every load that was refused or stopped, newest first."""
        return self._read("loads", lambda: refused_loads(self.own)[::-1], nobody)

    def sources(self) -> tuple[SourceAge, ...]:
        """How old each source is."""
        return self._read("sources", lambda: tuple(source_ages(self.connection)), nobody)

    def told_from(self, moment: Moment) -> date | None:
        """The first day of which it is told who held children; None where nothing says how far back it goes."""
        return self._read("sources", lambda: holders_told_from(self.connection, moment), nobody)

    def absent(self, moment: Moment) -> tuple[Absent, ...]:
        """Facts that no extract holds, and what would fill them."""
        return self._read("sources", lambda: tuple(absent(self.connection, moment)), nobody)

    def quality(self, moment: Moment) -> list[Finding]:
        """What the data cannot support at a moment, and which figures that weakens."""
        return self._read("quality", lambda: quality_at(self.connection, moment), nobody)

    def meanings(self, moment: Moment) -> list[Found]:
        """Every word that needed a meaning as known at a moment, with the meaning it had."""
        return self._read("meaning", lambda: meanings_at(self.connection, moment), nobody)

    def write_meanings(self, path: Path, at: date) -> list[Found]:
        """Write the workbook in which an analyst says what each word means, from all that is known now."""
        words = self.meanings(Moment(at))
        districts = sorted(
            {one.columns["district"] for word in words for one in word.meanings if "district" in one.columns}
        )
        write_workbook(path, words, districts, at)
        return words

    def set_aside(self, load: int | None, out: Path) -> tuple[int, list[tuple[Path, int]]]:
        """Write out the rows that a load set aside and nobody mended since: a CSV for each table.

        A row that holds the identifier of a restricted child for whom the asker is not named is not among them.
        Takes   load, its number, or None for the last one that has such rows.
        Gives   the load's number, and each file with how many rows it holds.
        """

        def write() -> tuple[int, list[tuple[Path, int]]]:
            numbers = numbers_of(self.connection, lens_at(self.connection, self._today), self.hidden())
            return write_out(self.own, load, out, without=numbers)

        return self._read("set aside", write, nobody)
