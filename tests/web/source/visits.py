"""Made up: what pages ask and write of visits, made and missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from keyworker.access import require
from keyworker.actions.missed import MissedShares, MissedVisit
from keyworker.actions.nothing_recent import NothingRecent
from keyworker.actions.questions.visits import Visitable, VisitTold, VisitToMatch
from keyworker.actions.visits import WantedVisit
from keyworker.clocks.missed import Coincided, Missed
from keyworker.facts.moment import Moment
from keyworker.facts.visit_notes import VisitNote
from keyworker.facts.visit_pairs import VisitPair
from keyworker.record.writer import AlreadyRecorded
from keyworker.vocabulary.errors import KeyworkerError, Refused
from tests.web import made_duties, made_visits
from tests.web.source.made import Made


class Visits(Made):
    """What pages ask and write of visits, made and missed."""

    def refusal_to_visit(self, child: str) -> Refused | None:
        return None if self.may_visit_children else Refused("Visits are recorded in the case system.")

    def may_visit(self, child: str) -> None:
        require(self.refusal_to_visit(child))

    def writes_visits(self) -> bool:
        return self.may_visit_children

    def visits_written(self, child: str) -> Sequence[VisitNote]:
        return [made_visits.NOTE, made_visits.WITHDRAWN] if self.visited else []

    def visitable(self, child: str) -> Sequence[Visitable]:
        self.may_visit(child)
        return made_visits.CHILDREN

    def record_visit(self, child: str, wanted: WantedVisit) -> Mapping[str, str]:
        if wanted in self.written:
            raise AlreadyRecorded("An entry for this is recorded already.")
        self.written.append(wanted)
        handles = {one.child_id: one.handle for one in made_visits.CHILDREN}
        return {handles[one.child_id]: f"{wanted.together_id}-1" for one in wanted.children}

    def visit(self, child: str, visit_id: str) -> VisitTold:
        found = {one.visit_id: one for one in (made_visits.NOTE, made_visits.WITHDRAWN)}
        if visit_id not in found:
            raise KeyworkerError("No such visit was recorded here.", remedy="Open the child’s page again.")
        return VisitTold(found[visit_id], "Child 1 Testwood", "Sorrel Fictitious", made_visits.CHILDREN[1:])

    def visit_pair(self, child: str, visit_id: str) -> VisitPair | None:
        pair = VisitPair(made_visits.NOTE.visit_id, "c1", made_visits.NOTE.happened_on, date(2026, 11, 17))
        return pair if visit_id == pair.visit_id and self.changes == 2 else None

    def visits_to_match(self) -> list[VisitToMatch]:
        pair = self.visit_pair("", made_visits.NOTE.visit_id)
        return [VisitToMatch(pair, made_visits.CHILDREN[0].handle)] if pair else []

    def match_visit(self, child: str, visit_id: str, *, is_same: bool) -> None:
        self.written.append((visit_id, is_same))

    def withdraw_visit(self, child: str, visit_id: str, why: str) -> None:
        self.written.append((visit_id, why))

    def missed(self, moment: Moment, *, child: str) -> list[Missed]:
        return [] if self.empty else made_duties.missed()

    def missed_shares(self, moment: Moment, since: date | None = None, *, by: str = "district") -> MissedShares:
        self.calls.append((f"missed by {by} since {since}", moment))
        return made_duties.missed_shares(by, since or moment.at, of_everybody=self.answers_for_all, empty=self.empty)

    def missed_visits(
        self,
        moment: Moment,
        since: date | None = None,
        *,
        district: str | None = None,
        team: str | None = None,
        what: Coincided | None = None,
    ) -> list[MissedVisit]:
        self.calls.append((f"missed visits in {district if team is None else team} with {what}", moment))
        return [] if self.empty else made_duties.missed_visits(self.many)

    def nothing_recent(
        self, moment: Moment, *, team: str | None = None, district: str | None = None, whole: bool = False
    ) -> NothingRecent:
        self.calls.append((f"nothing recent of {team or district or ('everybody' if whole else 'mine')}", moment))
        return made_duties.nothing_recent(self.many if not self.empty else 0)
