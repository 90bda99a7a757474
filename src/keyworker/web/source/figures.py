"""What pages ask of the service as a whole: measures, charts and published figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from keyworker.actions.areas import Areas
from keyworker.actions.measures import MeasureEngine
from keyworker.actions.rebases import WantedRebase
from keyworker.facts.moment import Moment
from keyworker.measures.about import CannotTell
from keyworker.measures.passes.asked import Asked as MeasureAsked
from keyworker.measures.pictures import ServicePicture
from keyworker.measures.published.beside import Beside
from keyworker.measures.published.own import Own
from keyworker.measures.quality import Finding
from keyworker.measures.rebased import Rebased
from keyworker.measures.registry import Definition
from keyworker.measures.rows import MeasureRow
from keyworker.vocabulary.errors import Refused


class Figures(Protocol):
    """What pages ask of the service as a whole: measures, charts and published figures."""

    def service(self, moment: Moment, *, by: str = "district", then: Moment | None = None) -> ServicePicture:
        """The whole service by district or by team, beside an earlier moment."""

    def measure(self, name: str, asked: MeasureAsked, *, engine: MeasureEngine) -> Sequence[MeasureRow]:
        """A measure for each day and group, as far as this person may see it."""

    def groups_offered(self, definition: Definition, groups: Sequence[str]) -> Sequence[str]:
        """Those of some groups by which the person is told a measure."""

    def areas(self, moment: Moment) -> Areas:
        """What each area gives the people who work in it."""

    def rebases(self, moment: Moment, measure: str) -> Sequence[Rebased]:
        """Where the limits of a measure's chart start afresh, also what was withdrawn."""

    def refusal_to_rebase(self) -> Refused | None:
        """Why the person may not let limits start afresh, or None when they may."""

    def may_rebase(self) -> None:
        """Whether the person may let limits start afresh. May refuse."""

    def rebase(self, wanted: WantedRebase) -> None:
        """Let the limits of a measure's chart start afresh from a month on."""

    def withdraw_rebase(self, measure: str, rebase_id: str, why: str) -> None:
        """Withdraw fresh limits."""

    def figures(self, council: str) -> Sequence[Beside]:
        """A council's published figures of every measure beside those of others."""

    def figures_of(self, measure: str, council: str, band: str = "") -> Beside:
        """A council's published figures of one measure beside those of others."""

    def own_figures(self, shown: Beside, moment: Moment, *, same_council: bool) -> Sequence[Own] | CannotTell:
        """The record's own figures for the days of published ones, or why it has none."""

    def quality(self, moment: Moment) -> Sequence[Finding]:
        """What the data cannot support."""
