"""What pages ask and write of visits that are planned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from keyworker.actions.lone_visits import WantedAlone
from keyworker.actions.planned_visits import WantedEnd, WantedPlan
from keyworker.actions.questions.lone_visits import Alone, LoneVisits
from keyworker.actions.questions.planned_visits import PlanTold
from keyworker.actions.questions.visits import Visitable
from keyworker.facts.pictures import WorkerRef
from keyworker.facts.planned_visits import PlannedVisit
from keyworker.vocabulary.errors import Refused


class PlannedVisits(Protocol):
    """What pages ask and write of visits that are planned."""

    def refusal_to_plan_visit(self, child: str) -> Refused | None:
        """Why the person may not plan a visit to a child, or None when they may."""

    def going_alone(self, child: str, planned_id: str) -> Alone:
        """A planned visit of the person's own, and who may be told that they go alone. May refuse."""

    def say_alone(self, child: str, planned_id: str, wanted: WantedAlone) -> None:
        """Say that the person goes alone to a visit."""

    def lone_visits(self) -> LoneVisits:
        """The visits on which somebody is alone now: the person, or somebody for whom they wait."""

    def say_how_it_ended(self, lone_id: str, answer: str, says: str = "") -> None:
        """Say that somebody who went alone is back, did not go, or is safe."""

    def plans_visits(self) -> bool:
        """Whether the person may plan visits to any child at all."""

    def plannable(self, child: str) -> tuple[Sequence[Visitable], Sequence[WorkerRef]]:
        """The child and the brothers and sisters whom a visit may be planned to, and the workers who could go."""

    def plan_visit(self, child: str, wanted: WantedPlan) -> Mapping[str, str]:
        """Plan a visit; its number by the handle of each child."""

    def planned_visits(self, child: str) -> Sequence[PlannedVisit]:
        """Every visit that was planned to a child, the earliest day first."""

    def planned_visit(self, child: str, planned_id: str) -> PlanTold:
        """One planned visit to a child."""

    def call_visit_off(self, child: str, planned_id: str, wanted: WantedEnd) -> None:
        """Write down that a planned visit was called off."""

    def move_visit(self, child: str, planned_id: str, wanted: WantedPlan, end: WantedEnd) -> Mapping[str, str]:
        """Plan a visit anew in the place of one that stands; the new number by the handle of each child."""

    def visits_of_mine(self) -> Sequence[PlanTold]:
        """The visits on which the person is to go, and those of late whose day passed without a record."""

    def next_visits(self, handles: Iterable[str], route: str) -> Mapping[str, PlannedVisit]:
        """By the handle of each of some children on a list, the visit that is planned next."""
