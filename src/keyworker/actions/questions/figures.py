"""Questions about published figures, and the record's own beside them."""

from __future__ import annotations

from keyworker.actions.questions.measures import AboutMeasures
from keyworker.actions.questions.seen import nobody
from keyworker.facts.moment import Moment
from keyworker.measures.about import CannotTell
from keyworker.measures.passes.asked import Asked
from keyworker.measures.published.beside import Beside, beside, every_beside
from keyworker.measures.published.own import Own, answer, days_of, own_beside


class AboutFigures(AboutMeasures):
    """What is published of every council, and the record's own figure for the same day."""

    def figures(self, council: str) -> list[Beside]:
        """A council's published figures of every measure. Raises KeyworkerError where there is no such council."""
        return self._read("figures", lambda: every_beside(council), nobody)

    def figures_of(self, measure: str, council: str, band: str = "") -> Beside:
        """A council's published figures of one measure. Raises KeyworkerError where none are published, saying why."""
        return self._read("figures", lambda: beside(measure, council, band=band), nobody)

    def own_figures(self, shown: Beside, moment: Moment, *, same_council: bool) -> tuple[Own, ...] | CannotTell:
        """The record's own figures for the days of published ones, with what lies between them, or why it has none.

        Takes   moment, up to whose day published days are taken, and what is known when; same_council, whether the
                published figures are those of the council whose record this is.
        """
        found = answer(shown.series)
        days = days_of(shown.series, shown.years, moment.at)
        if isinstance(found, CannotTell) or not days:
            return found if isinstance(found, CannotTell) else CannotTell("nothing was published up to that day")
        rows = self.measure(found.definition.name, Asked(days, (), moment.known_at))
        return own_beside(
            shown.series,
            found,
            rows,
            shown.council.by_year,
            same_council=same_council,
        )
