"""Made up: what pages ask of the service as a whole: measures, charts and published figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from keyworker.access import require
from keyworker.actions.areas import Areas
from keyworker.actions.measures import MeasureEngine
from keyworker.actions.rebases import WantedRebase
from keyworker.facts.moment import Moment
from keyworker.measures.about import CannotTell
from keyworker.measures.passes.asked import Asked as MeasureAsked
from keyworker.measures.pictures import ServicePicture
from keyworker.measures.published.beside import Beside, beside, every_beside
from keyworker.measures.published.own import Own, answer, days_of, own_beside
from keyworker.measures.quality import Finding
from keyworker.measures.rebased import Rebased
from keyworker.measures.registry import Definition
from keyworker.measures.rows import MeasureRow
from keyworker.vocabulary.errors import Refused
from tests.web import made_areas, made_service
from tests.web.source.made import Made

FINDINGS = [
    Finding("open children with no worker", 3, 210, ("caseload", "changes of worker"), "Check the involvements list."),
    Finding("workers with no hours", 12, 64, ("caseload",), "Load the workforce census."),
    Finding("gaps between workers", 0, 210, ("changes of worker",), "Check the involvements list."),
]


class Figures(Made):
    """What pages ask of the service as a whole: measures, charts and published figures."""

    def service(self, moment: Moment, *, by: str = "district", then: Moment | None = None) -> ServicePicture:
        self.calls.append((f"service by {by}", moment))
        if self.empty:
            return made_service.service(
                moment=moment, groups=(), groups_then=(), then=None, total=made_service.nobody(), sources=()
            )
        before = made_service.service().groups_then if then else ()
        return made_service.service(moment=moment, by=by, then=then, groups_then=before)

    def rebases(self, moment: Moment, measure: str) -> list[Rebased]:
        return made_areas.rebases(measure) if self.rebased else []

    def refusal_to_rebase(self) -> Refused | None:
        return None if self.may_decide else Refused("Limits start afresh by a decision of those who lead.")

    def may_rebase(self) -> None:
        require(self.refusal_to_rebase())

    def rebase(self, wanted: WantedRebase) -> None:
        self.written.append(wanted)

    def withdraw_rebase(self, measure: str, rebase_id: str, why: str) -> None:
        self.written.append((measure, rebase_id, why))

    def measure(self, name: str, asked: MeasureAsked, *, engine: MeasureEngine) -> list[MeasureRow]:
        return made_areas.nothing(name, asked) if self.empty else made_areas.measured(name, asked)

    def groups_offered(self, definition: Definition, groups: Sequence[str]) -> Sequence[str]:
        return groups

    def areas(self, moment: Moment) -> Areas:
        return Areas(moment, (), {}) if self.empty else made_areas.areas(moment.at)

    def figures(self, council: str) -> list[Beside]:
        return every_beside(council)

    def figures_of(self, measure: str, council: str, band: str = "") -> Beside:
        return beside(measure, council, band=band)

    def own_figures(self, shown: Beside, moment: Moment, *, same_council: bool) -> tuple[Own, ...] | CannotTell:
        found = answer(shown.series)
        if isinstance(found, CannotTell) or self.empty:
            return found if isinstance(found, CannotTell) else CannotTell("nothing has been loaded yet")
        rows = [
            MeasureRow("made-up", {}, day, moment.known_at, count, None, float(count), whole_from=date(2019, 3, 31))
            for day, count in zip(days_of(shown.series, shown.years, moment.at), (2724, 2615, 2760), strict=False)
        ]
        return own_beside(
            shown.series,
            found,
            rows,
            shown.council.by_year,
            same_council=same_council,
        )

    def quality(self, moment: Moment) -> list[Finding]:
        return [] if self.empty else FINDINGS
