"""What leaves as a file: the described tables, returns, and what a page gives to a browser."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

import polars as pl

from keyworker.access import INSIDE, Audience, Reach
from keyworker.access.owed import WHY_AWAY
from keyworker.actions.exporting import Exporting, exporting
from keyworker.actions.questions.opened import Opened
from keyworker.actions.questions.seen import nobody
from keyworker.facts.frames import frames
from keyworker.facts.ground import lens_at
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

    def write(self, form: str, moment: Moment, out: Path, *, authority: str = "999") -> Written:
        """Write a return as at a moment into a new folder, and list it. It holds what its form asks for, names too."""
        for_whom = Audience(Reach.BY_LAW, name=RECEIVERS[form]) if form in RECEIVERS else INSIDE
        with self.exporting(f"return {form}", identifying=True, for_whom=for_whom) as export:
            known = self._read(f"return {form}", lambda: self._frames(moment), nobody)
            written = write(form, known, moment.at, out, authority=authority)
            export.add(written.paths, folder=out)
        return written

    def children_marked(self) -> int:
        """Of how many children something must not be told today, for whoever sends a return out."""

        def read() -> int:
            found = markers(self.connection, lens_at(self.connection, self._today))
            return len({one.child_id for one in found if one.holds_on(self._today.at)} - self.hidden())

        return self._read("frames", read, nobody)

    def exporting(self, what: str, *, identifying: bool, for_whom: Audience) -> AbstractContextManager[Exporting]:
        """Within it files are written out, each said once it is there; they are listed, or none of them stays."""
        home = self.home or default_home()
        return exporting(self.connection, self.asker, self.now, home, what, identifying=identifying, for_whom=for_whom)

    def downloaded(self, what: str, name: str, content: bytes, *, identifying: bool, for_whom: Audience) -> None:
        """List a file that a page gives to a browser; where it is kept from then on is not known here."""
        with self.exporting(what, identifying=identifying, for_whom=for_whom) as export:
            export.add_elsewhere(name, content)


def _why_away(frame: pl.DataFrame) -> list[str]:
    return [one for one in frame.columns if WHY_AWAY.fullmatch(one)]
