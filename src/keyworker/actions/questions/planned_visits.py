"""Planned visits: planning one for brothers and sisters, moving it, calling it off, and what waits to be made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from keyworker.access import NOTHING, Thing, To, refusal_to, require, worker_of
from keyworker.actions import planned_visits
from keyworker.actions.planned_visits import NO_LONGER, UNRECORDED_SINCE, WantedEnd, WantedPlan, require_same_end
from keyworker.actions.questions.helping import Helping
from keyworker.actions.questions.naming import known
from keyworker.actions.questions.visits import AboutVisits, Visitable
from keyworker.actions.reading import one_reading
from keyworker.actions.visits import WantedVisit
from keyworker.actions.writing import require_same
from keyworker.facts import people
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, handles_of, look_up
from keyworker.facts.pictures import WorkerRef
from keyworker.facts.planned_visits import (
    CANCELLED,
    MOVED,
    PlannedVisit,
    next_planned,
    open_plans,
    plans_of_worker,
)
from keyworker.facts.planned_visits import planned_visits as every_planned
from keyworker.facts.siblings import brothers_and_sisters
from keyworker.record.writer import AlreadyRecorded
from keyworker.vocabulary.errors import KeyworkerError, Refused


@dataclass(frozen=True)
class PlanTold:
    """A planned visit, and what stands around it.

    Takes   name, the child's; worker, who is to go; others, the children whom the same visit is to, as far as the
            asker may see; may_change, whether the asker may move it or call it off; is_mine, whether the asker is to
            go, and its day is not over.
    """

    plan: PlannedVisit
    name: str
    worker: WorkerRef | None = None
    others: tuple[Visitable, ...] = ()
    may_change: bool = False
    is_mine: bool = False


class AboutPlannedVisits(AboutVisits, Helping):
    """Planning visits, and what was planned."""

    def refusal_to_plan_visit(self, child: str) -> Refused | None:
        """Why the asker may not plan a visit to a child, or None when they may. It serves the button too."""
        with one_reading(self.own):
            place = self._place_of_child(self._found(HandleKind.CHILD, child) or "")
        return refusal_to(To.PLAN_VISIT, self.asker, place)

    def plans_visits(self) -> bool:
        """Whether the asker may plan visits to any child at all."""
        return self.sight(Thing.VISITS) != NOTHING

    def plannable(self, child: str) -> tuple[list[Visitable], tuple[WorkerRef, ...]]:
        """The child and the open brothers and sisters whom a visit may be planned to, and the workers who could go."""
        self._may_plan(child)

        def read() -> tuple[list[Visitable], tuple[WorkerRef, ...]]:
            child_id = self._child_id(child, Thing.VISITS)
            return self._with_kin(child_id), self._goers(child_id)

        return self._read("visits", read, lambda found: _handles(found[0]), allowed=True)

    def plan_visit(self, child: str, wanted: WantedPlan) -> dict[str, str]:
        """Plan a visit to a child, and to brothers and sisters. Gives its number by the handle of each.

        Raises  Refused for whoever may not visit one of them; KeyworkerError; AlreadyRecorded when the same form was
                sent before, SentOtherwise when it then said something else.
        """
        children, workers = self.plannable(child)
        may = self._checked(wanted, children, workers)
        try:
            planned_visits.plan(self.own, self.asker, self.now, wanted, self._today.at)
        except AlreadyRecorded:
            self._require_same(wanted)
            raise
        return _numbers(wanted, may)

    def planned_visits(self, child: str) -> list[PlannedVisit]:
        """Every visit that was planned to a child, the earliest day first."""

        def read() -> tuple[list[PlannedVisit], list[str]]:
            lens, child_id = lens_at(self.own, self._today), self._child_id(child)
            return every_planned(self.own, lens.of([lens.root(child_id)])), self._handles_of(child_id)

        return self._read("child", read, lambda found: {HandleKind.CHILD: found[1]})[0]

    def planned_visit(self, child: str, planned_id: str) -> PlanTold:
        """One planned visit to a child. Raises KeyworkerError where there is none."""

        def read() -> PlanTold:
            child_id = self._child_id(child)
            group = self._group(child_id, planned_id)
            me = next(one for one in group if one.planned_id == planned_id)
            ids = [one.child_id for one in group if one is not me and self.may_see_child(Thing.CHILD, one.child_id)]
            mine, *others = self._visitable([lens_at(self.own, self._today).root(child_id), *ids])
            who = people.workers(self.own, lens_at(self.own, self._today), [me.worker_id]).get(me.worker_id)
            may = self.may_see_child(Thing.VISITS, child_id)
            is_mine = me.worker_id == self.asker.worker_id and me.planned_on >= self._today.at
            return PlanTold(replace(me, handle=mine.handle), mine.name, who, tuple(others), may, is_mine)

        return self._read(
            "child", read, lambda found: {HandleKind.CHILD: [found.plan.handle, *(one.handle for one in found.others)]}
        )

    def call_visit_off(self, child: str, planned_id: str, wanted: WantedEnd) -> None:
        """Write down that a planned visit was called off, for all of its children who may be visited.

        Raises  Refused; KeyworkerError; SentOtherwise where it was called off before in other words.
        """
        self._may_plan(child)
        plans = self._changeable(child, planned_id)
        if all(one.ended == CANCELLED for one in plans):
            require_same_end(plans, CANCELLED, wanted)
            return
        planned_visits.call_off(self.own, self.asker, self.now, plans, wanted, self._today.at)

    def move_visit(self, child: str, planned_id: str, wanted: WantedPlan, end: WantedEnd) -> dict[str, str]:
        """Plan a visit anew in the place of one that stands. Gives the new number by the handle of each child.

        Takes   wanted, whose children are not looked at: all of the visit's who still wait move together.
        Raises  Refused; KeyworkerError; SentOtherwise where it was moved before to another day.
        """
        _, workers = self.plannable(child)
        plans = self._changeable(child, planned_id)
        _require_goes(wanted, [*(one.worker_id for one in workers), *(one.worker_id for one in plans)])
        waiting = tuple(one.child_id for one in plans if planned_visits.is_open(one, self._today.at))
        moved = replace(wanted, child_ids=waiting or tuple(one.child_id for one in plans if one.ended == MOVED))
        if waiting:
            planned_visits.move(self.own, self.asker, self.now, plans, moved, end, self._today.at)
        else:
            self._require_same(moved)
        return _numbers(moved, handles_of(self.own, HandleKind.CHILD, list(moved.child_ids)))

    def visits_of_mine(self) -> list[PlanTold]:
        """The visits on which the asker is to go, and those of late whose day passed without a record."""
        me = worker_of(self.asker, "it visits nobody")

        def read() -> list[PlanTold]:
            found = [one for one in self._plans_of(me) if self.may_see_child(Thing.CHILD, one.child_id)]
            lens = lens_at(self.own, self._today)
            names = people.children(self.own, lens.of([lens.root(one.child_id) for one in found]))
            return [PlanTold(one, names[lens.root(one.child_id)].name) for one in found]

        return self._read("visits", read, lambda found: {HandleKind.CHILD: [one.plan.handle for one in found]})

    def next_visits(self, handles: Iterable[str], route: str) -> dict[str, PlannedVisit]:
        """By the handle of each of some children whom the asker sees, the visit that is planned next.

        Takes   route, that of the list on which they stand.
        """
        listed = list(handles)
        look_up(self.own, HandleKind.CHILD, listed)
        wanted = {self._found(HandleKind.CHILD, handle): handle for handle in listed}

        def read() -> dict[str, PlannedVisit]:
            lens = lens_at(self.own, self._today)
            ids = [lens.root(one) for one in wanted if one]
            found = open_plans(self.own, lens.of(ids), self._today.at) if ids else []
            by_child = next_planned(found, self._today.at, lens)
            roots = {handle: lens.root(one) for one, handle in wanted.items() if one}
            return {handle: by_child[root] for handle, root in roots.items() if root in by_child}

        return self._read(route, read, lambda found: {HandleKind.CHILD: list(found)})

    def record_visit(self, child: str, wanted: WantedVisit) -> dict[str, str]:
        """The same, which meets the planned visit that it names. Raises KeyworkerError where none stands."""
        if not wanted.planned:
            return super().record_visit(child, wanted)
        with one_reading(self.own):
            lens = lens_at(self.own, self._today)
            ids = [one.child_id for one in wanted.children]
            found = every_planned(self.own, lens.of([lens.root(one) for one in ids])) if ids else []
        plans = {
            one.child_id: one.planned_id
            for one in found
            if one.together_id == wanted.planned and planned_visits.is_open(one, self._today.at)
        }
        children = tuple(replace(one, planned_id=plans.get(one.child_id)) for one in wanted.children)
        return super().record_visit(child, replace(wanted, children=children))

    def _may_plan(self, child: str) -> None:
        with self._attempt("visits"):
            require(self.refusal_to_plan_visit(child))

    def _goers(self, child_id: str) -> tuple[WorkerRef, ...]:
        """The asker first, who usually goes; then the others of the child's team."""
        found, me = self._helpers(child_id), self.asker.worker_id
        own = people.workers(self.own, lens_at(self.own, self._today), [me]) if me else {}
        return (*own.values(), *(one for one in found if one.worker_id != me))

    def _checked(
        self, wanted: WantedPlan, children: Sequence[Visitable], workers: Sequence[WorkerRef]
    ) -> dict[str, str]:
        """The handles of those whom it is to, by identifier, where all of them may be visited."""
        may = {one.child_id: one.handle for one in children}
        if not set(wanted.child_ids) <= set(may):
            with self._attempt("visits"):
                known(None, HandleKind.CHILD)
        _require_goes(wanted, [one.worker_id for one in workers])
        return may

    def _require_same(self, wanted: WantedPlan) -> None:
        """Whether the same form was sent before. Raises SentOtherwise where it then said something else."""
        with one_reading(self.own):
            lens = lens_at(self.own, self._today)
            found = every_planned(self.own, lens.of([lens.root(one) for one in wanted.child_ids]))
        stand = {one.planned_id: one for one in found}
        for row in planned_visits.rows_of(wanted, self._today.at):
            stands = stand.get(row["planned_id"])
            told = {name: row[name] for name in row.keys() - {"happened_on", "moved_from"}}
            require_same(stands, told, "a planned visit")
        if not wanted.child_ids:
            raise KeyworkerError(NO_LONGER, where="a planned visit", remedy="Open the child’s page again.")

    def _plans_of(self, worker_id: str) -> list[PlannedVisit]:
        since = self._today.at - UNRECORDED_SINCE
        found = plans_of_worker(self.own, lens_at(self.own, self._today), worker_id, since)
        return [one for one in found if planned_visits.is_open(one, self._today.at)]

    def _group(self, child_id: str, planned_id: str) -> list[PlannedVisit]:
        """A planned visit to a child, and the same to brothers and sisters whom the asker sees."""
        lens = lens_at(self.own, self._today)
        found = every_planned(self.own, lens.of([lens.root(child_id)]))
        one = next((one for one in found if one.planned_id == planned_id), None)
        if one is None:
            raise KeyworkerError("No such visit was planned.", remedy="Open the child’s page again.")
        kin = brothers_and_sisters(self.own, lens.of([lens.root(child_id)]))
        rest = every_planned(self.own, lens.of(kin)) if kin else []
        return [one, *(other for other in rest if other.together_id == one.together_id)]

    def _changeable(self, child: str, planned_id: str) -> list[PlannedVisit]:
        with one_reading(self.own):
            group = self._group(self._child_id(child, Thing.VISITS), planned_id)
            return [one for one in group if self.may_see_child(Thing.VISITS, one.child_id)]


def _require_goes(wanted: WantedPlan, may_go: Collection[str]) -> None:
    if wanted.worker_id and wanted.worker_id not in may_go:
        raise KeyworkerError(
            "Who is to go must be of the child’s team.", where="a planned visit", remedy="Choose somebody else."
        )


def _numbers(wanted: WantedPlan, handles: dict[str, str]) -> dict[str, str]:
    """The number of a planned visit by the handle of each of its children."""
    return {
        handles[child_id]: f"{wanted.together_id}-{place}" for place, child_id in enumerate(sorted(wanted.child_ids), 1)
    }


def _handles(children: Sequence[Visitable]) -> dict[HandleKind, list[str]]:
    return {HandleKind.CHILD: [one.handle for one in children]}
