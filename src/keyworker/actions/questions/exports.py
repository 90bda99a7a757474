"""What leaves as a file: the described tables, returns, and what a page gives to a browser."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from keyworker.access import INSIDE, Audience, Door, Reach
from keyworker.access.owed import WHY_AWAY
from keyworker.actions.carried import CHILDREN, FILE, FILES, over_the_children, over_the_files
from keyworker.actions.exporting import Exporting, exporting
from keyworker.actions.questions.opened import Opened
from keyworker.actions.questions.seen import nobody
from keyworker.facts.frames import frames
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind
from keyworker.facts.leaving_out import without
from keyworker.facts.marked import markers
from keyworker.facts.moment import Moment
from keyworker.record.home import home as default_home
from keyworker.returns import RECEIVERS, Written, write


class Exports(Opened):
    """What leaves as a file, and the list of it."""

    def frames(self, moment: Moment) -> dict[str, pl.DataFrame]:
        """Every described table as known at a moment, without why anybody was away. It holds names: the purpose that is
        logged must warrant them. Of a restricted child for whom the asker is not named it holds no row.
        """

        def read() -> dict[str, pl.DataFrame]:
            return {name: frame.drop(_why_away(frame)) for name, frame in self._frames(moment).items()}

        return self._read("frames", read, nobody)

    def _frames(self, moment: Moment) -> dict[str, pl.DataFrame]:
        return without(frames(self.own, moment), self.hidden())

    def _with_absence(self, moment: Moment) -> dict[str, pl.DataFrame]:
        """The same with each absence, of which the workforce census asks why: whoever sends it out has no row of it."""
        return self._frames(moment) | frames(self.connection, moment, tables=["absence"])

    def write(self, form: str, moment: Moment, out: Path, *, authority: str = "999") -> Written:
        """Write a return as at a moment into a new folder, and list it. It holds what its form asks for, names too."""
        for_whom = Audience(Reach.BY_LAW, name=RECEIVERS[form]) if form in RECEIVERS else INSIDE
        with self.exporting(f"return {form}", identifying=True, for_whom=for_whom) as export:
            known = self._read(f"return {form}", lambda: self._with_absence(moment), nobody)
            written = write(form, known, moment.at, out, authority=authority)
            export.add(written.paths, folder=out)
        return written

    def children_marked(self) -> int:
        """Of how many children something must not be told today, for whoever sends a return out."""

        def read() -> int:
            found = markers(self.connection, lens_at(self.connection, self._today))
            return len({one.child_id for one in found if one.holds_on(self._today.at)} - self.hidden())

        return self._read("frames", read, nobody)

    @contextmanager
    def exporting(
        self, what: str, *, identifying: bool, for_whom: Audience, children: Collection[str] = ()
    ) -> Iterator[Exporting]:
        """Within it files are written out, each said once it is there; they are listed, or none of them stays.

        Takes   children, the handles of those who are in it, where no reading of this opening has told of them.
        Raises  Refused where the asker has carried away as much today as one sign-in may.
        """
        home = self.home or default_home()
        carried = set(children) - self.given if self.asker.door is not Door.PAGE else set(children)
        self._require_within_the_days_files(carried)
        with exporting(
            self.connection, self.asker, self.now, home, what, identifying=identifying, for_whom=for_whom
        ) as export:
            yield export
            if export.has_files:
                self._log(FILE, {HandleKind.CHILD: carried})

    def _require_within_the_days_files(self, children: Collection[str]) -> None:
        asked = (self.own, self.connection, self.asker.account, self._today)
        refused = over_the_files(*asked) if self._is_held_by(FILES) else None
        if refused is None and children and self._is_held_by(CHILDREN):
            refused = over_the_children(*asked, children)
        self._stop_for_the_day(FILE, refused)

    def downloaded(
        self,
        what: str,
        name: str,
        content: bytes,
        *,
        identifying: bool,
        for_whom: Audience,
        children: Collection[str] = (),
    ) -> None:
        """List a file that a page gives to a browser; where it is kept from then on is not known here.

        Takes   children, the handles of those who are in it. May refuse, by the day's limit.
        """
        with self.exporting(what, identifying=identifying, for_whom=for_whom, children=children) as export:
            export.add_elsewhere(name, content)


def _why_away(frame: pl.DataFrame) -> list[str]:
    return [one for one in frame.columns if WHY_AWAY.fullmatch(one)]
