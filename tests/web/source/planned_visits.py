"""Made up: what pages ask and write of visits that are planned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from keyworker.access import require
from keyworker.actions.lone_visits import WantedAlone
from keyworker.actions.planned_visits import WantedEnd, WantedPlan
from keyworker.actions.questions.lone_visits import Alone, LoneVisits
from keyworker.actions.questions.planned_visits import PlanTold
from keyworker.actions.questions.visits import Visitable
from keyworker.facts.pictures import WorkerRef
from keyworker.facts.planned_visits import PlannedVisit
from keyworker.record.writer import AlreadyRecorded
from keyworker.vocabulary.errors import KeyworkerError, Refused
from tests.web import made_plans, made_visits
from tests.web.source.made import Made


class PlannedVisits(Made):
    """What pages ask and write of visits that are planned."""

    def refusal_to_plan_visit(self, child: str) -> Refused | None:
        return None if self.may_decide else Refused("A visit is planned by whoever works with the child.")

    def going_alone(self, child: str, planned_id: str) -> Alone:
        require(self.refusal_to_plan_visit(child))
        return made_plans.ALONE

    def say_alone(self, child: str, planned_id: str, wanted: WantedAlone) -> None:
        self.written.append((planned_id, wanted))

    def lone_visits(self) -> LoneVisits:
        return LoneVisits() if self.empty else LoneVisits(made_plans.OUT)

    def say_how_it_ended(self, lone_id: str, answer: str, says: str = "") -> None:
        self.written.append((lone_id, answer, says))

    def plans_visits(self) -> bool:
        return self.may_decide

    def plannable(self, child: str) -> tuple[Sequence[Visitable], Sequence[WorkerRef]]:
        require(self.refusal_to_plan_visit(child))
        return made_visits.CHILDREN, made_plans.GOERS

    def plan_visit(self, child: str, wanted: WantedPlan) -> Mapping[str, str]:
        if wanted in self.written:
            raise AlreadyRecorded("An entry for this is recorded already.")
        self.written.append(wanted)
        handles = {one.child_id: one.handle for one in made_visits.CHILDREN}
        return {handles[one]: f"{wanted.together_id}-{place}" for place, one in enumerate(wanted.child_ids, 1)}

    def planned_visits(self, child: str) -> Sequence[PlannedVisit]:
        return [made_plans.PAST, made_plans.MOVED, made_plans.TODAYS, made_plans.COMING] if self.visited else []

    def planned_visit(self, child: str, planned_id: str) -> PlanTold:
        found = {one.planned_id: one for one in self.planned_visits(child)}
        if planned_id not in found:
            raise KeyworkerError("No such visit was planned.", remedy="Open the child’s page again.")
        return made_plans.told(found[planned_id], may_change=self.may_decide)

    def call_visit_off(self, child: str, planned_id: str, wanted: WantedEnd) -> None:
        self.written.append((planned_id, wanted))

    def move_visit(self, child: str, planned_id: str, wanted: WantedPlan, end: WantedEnd) -> Mapping[str, str]:
        self.written.append((planned_id, wanted, end))
        return {made_visits.CHILDREN[0].handle: f"{wanted.together_id}-1"}

    def visits_of_mine(self) -> Sequence[PlanTold]:
        if self.empty:
            return []
        return [made_plans.told(one) for one in (made_plans.PAST, made_plans.TODAYS, made_plans.COMING)]

    def next_visits(self, handles: Iterable[str], route: str) -> Mapping[str, PlannedVisit]:
        listed = list(handles)
        return {listed[0]: made_plans.COMING} if listed and not self.empty else {}
