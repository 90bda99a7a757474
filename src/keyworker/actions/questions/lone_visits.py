"""Going alone to a planned visit: who is told, who waits for whom, and saying that somebody is back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from keyworker.access import NOTHING, Thing, To, refusal_to, require
from keyworker.actions import lone_visits
from keyworker.actions.lone_visits import WantedAlone
from keyworker.actions.planned_visits import is_open
from keyworker.actions.questions.planned_visits import AboutPlannedVisits
from keyworker.actions.questions.seen import Seen
from keyworker.actions.reading import one_reading
from keyworker.facts import people
from keyworker.facts.belonging import accounts_of
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind
from keyworker.facts.lone_visits import LoneVisit
from keyworker.facts.lone_visits import lone_visits as said_alone
from keyworker.facts.pictures import WorkerRef
from keyworker.facts.planned_visits import PlannedVisit
from keyworker.facts.planned_visits import planned_visits as every_planned
from keyworker.record.writer import AlreadyRecorded
from keyworker.vocabulary.errors import KeyworkerError, Refused

_NONE = KeyworkerError("Nobody said that they go alone to this visit.", remedy="Open what needs you again.")
_NOT_THEIRS = Refused(
    "Whether somebody is back is said by them, by whoever they named, or by whoever manages the team.",
    where="a visit alone",
    remedy="Tell whoever they named.",
)


@dataclass(frozen=True)
class Alone:
    """A planned visit to which somebody goes alone, or may say so.

    Takes   may_tell, who may be told: those of the child's teams who see the child and sign in; stands, what was said
            already and has not ended.
    """

    plan: PlannedVisit
    name: str
    may_tell: tuple[WorkerRef, ...]
    stands: LoneVisit | None


@dataclass(frozen=True)
class LoneTold:
    """One visit on which somebody goes alone, as whoever goes or waits for them sees it.

    Takes   who and told, who goes and whom they named; is_own, whether it is the asker who goes; is_late, whether the
            time has passed.
    """

    visit: LoneVisit
    handle: str
    name: str
    who: WorkerRef | None
    told: WorkerRef | None
    is_own: bool
    is_late: bool


@dataclass(frozen=True)
class LoneVisits:
    """Those that are open and are the asker's, or for which the asker waits."""

    visits: tuple[LoneTold, ...] = ()
    workers: Mapping[str, WorkerRef] = field(default_factory=dict)


class AboutLoneVisits(AboutPlannedVisits):
    """Going alone to planned visits."""

    def refusal_to_go_alone(self, child: str) -> Refused | None:
        """Why the asker may not say that they go alone to a child, or None when they may. It serves the link too."""
        with one_reading(self.own):
            place = self._place_of_child(self._found(HandleKind.CHILD, child) or "")
        return refusal_to(To.GO_ALONE, self.asker, place)

    def going_alone(self, child: str, planned_id: str) -> Alone:
        """A planned visit of the asker's own, and who may be told.

        Raises  Refused; KeyworkerError where no such visit of theirs waits to be made.
        """
        with self._attempt("going alone"):
            require(self.refusal_to_go_alone(child))

        def read() -> Alone:
            lens = lens_at(self.own, self._today)
            root = lens.root(self._child_id(child, Thing.ALONE))
            only = lens.of([root])
            plans = every_planned(self.own, only)
            plan = next((one for one in plans if one.planned_id == planned_id and is_open(one, self._today.at)), None)
            if plan is None or plan.worker_id != self.asker.worker_id or plan.planned_on < self._today.at:
                raise KeyworkerError("No such visit of yours is planned.", remedy="Open your planned visits again.")
            helpers = [one for one in self._helpers(root, Thing.ALONE) if one.worker_id != self.asker.worker_id]
            signs_in = accounts_of(self.connection, [one.worker_id for one in helpers], self._today.at)
            may_tell = tuple(one for one in helpers if one.worker_id in signs_in)
            said = [one for one in said_alone(self.own, only) if one.planned_id == planned_id]
            return Alone(plan, people.children(self.own, only)[root].name, may_tell, said[0] if said else None)

        def seen(found: Alone) -> Seen:
            return {HandleKind.CHILD: [child], HandleKind.WORKER: [one.handle for one in found.may_tell]}

        return self._read("going alone", read, seen, allowed=True)

    def say_alone(self, child: str, planned_id: str, wanted: WantedAlone) -> None:
        """Say that the asker goes alone to a visit; said again while they are out, until when now, and who is told.

        Raises  Refused; KeyworkerError; AlreadyRecorded when the same form was sent before, SentOtherwise when it then
                said something else.
        """
        found = self.going_alone(child, planned_id)
        may_tell = {one.worker_id for one in found.may_tell}
        wrong = lone_visits.problems(wanted, may_tell, found.plan.planned_on, self.now)
        if wrong:
            raise KeyworkerError(f"{next(iter(wrong.values()))}.", where=lone_visits.WHERE, remedy="Mend it.")
        row = lone_visits.alone_row(self.asker, found.plan, wanted)
        try:
            lone_visits.say_alone(self.own, self.asker, self.now, row, found.stands)
        except AlreadyRecorded:
            with one_reading(self.own):
                lens = lens_at(self.own, self._today).of([found.plan.child_id])
                every = {one.lone_id: one for one in said_alone(self.own, lens, answered=True)}
            lone_visits.require_as_sent(every.get(wanted.lone_id), row)
            raise

    def lone_visits(self) -> LoneVisits:
        """The visits on which somebody is alone now: the asker, somebody who named them, or somebody they manage."""

        def read() -> LoneVisits:
            mine = self._lone_visits()
            lens = lens_at(self.own, self._today)
            ids = sorted({one for visit in mine for one in (visit.worker_id, visit.told_id)})
            workers = people.workers(self.own, lens, ids)
            names = people.children(self.own, lens.of([lens.root(one.child_id) for one in mine])) if mine else {}
            told = [
                LoneTold(
                    one,
                    names[lens.root(one.child_id)].handle,
                    names[lens.root(one.child_id)].name,
                    workers.get(one.worker_id),
                    workers.get(one.told_id),
                    one.account == self.asker.account,
                    one.is_late(self.now),
                )
                for one in mine
            ]
            return LoneVisits(tuple(sorted(told, key=lambda one: not one.is_late)), workers)

        return self._read("going alone", read, lambda found: {HandleKind.CHILD: [one.handle for one in found.visits]})

    def say_how_it_ended(self, lone_id: str, answer: str, says: str = "") -> None:
        """Say that one is back or did not go, or that somebody was reached and is safe. Said twice, the first stands.

        Raises  Refused for whoever is neither out, named, nor their manager; KeyworkerError where there is none.
        """
        with self._attempt("going alone"), one_reading(self.own):
            every = said_alone(self.own, lens_at(self.own, self._today), answered=True)
            one = next((one for one in every if one.lone_id == lone_id), None)
            if one is None or not self.may_see_child(Thing.ALONE, one.child_id):
                raise _NONE
            require(None if self._waits_for(one) else _NOT_THEIRS)
        lone_visits.answer_it(self.own, self.asker, self.now, one, answer, says)

    def _lone_visits(self) -> list[LoneVisit]:
        if self.sight(Thing.ALONE) == NOTHING:
            return []
        found = said_alone(self.own, lens_at(self.own, self._today))
        return [one for one in found if self._waits_for(one) and self.may_see_child(Thing.ALONE, one.child_id)]

    def _waits_for(self, one: LoneVisit) -> bool:
        """Whether it is the asker who is out, or who was named, or who manages the child's team."""
        me = self.asker.worker_id
        if one.account == self.asker.account or (me is not None and me in (one.told_id, one.worker_id)):
            return True
        return self.sight(Thing.ALLOCATION).covers(self._place_of_child(one.child_id))

    def _alone_counts(self) -> tuple[int, int]:
        """How many are not back by the time they said, and whether the asker is out alone themselves."""
        found = self._lone_visits()
        mine = [one for one in found if one.account == self.asker.account]
        late = [one for one in found if one.account != self.asker.account and one.is_late(self.now)]
        return len(late), len(mine)
