"""What a child's plan asks and of whom: reading it, writing it down, and what one person is to do themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from keyworker.access import NOTHING, Audience, Reach, Thing, To, refusal_to, require, sight_of
from keyworker.actions import plan_actions
from keyworker.actions.plan_actions import AGENCY, WantedAction
from keyworker.actions.questions.seen import Seen
from keyworker.actions.questions.telling import Telling
from keyworker.actions.reading import one_reading
from keyworker.actions.sign_ins import signed_in
from keyworker.actions.telling import CAME_OF_IT, MOVED, OUTSIDE, words_of_action
from keyworker.facts import people
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.handovers import works_with
from keyworker.facts.lens import Lens
from keyworker.facts.marked import Marker
from keyworker.facts.pictures import WorkerRef
from keyworker.facts.plan_actions import PlanAction, actions_of
from keyworker.facts.plan_actions import plan_actions as actions_under
from keyworker.record.writer import AlreadyRecorded
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.vocabulary.homes import Kept

_ELSEWHERE = Refused(
    "What a plan asks is recorded in the case system.",
    remedy="Record it there. Keyworker takes it over once the council sets itself as the home of plan actions.",
)


NOBODY_SIGNS_IN = (
    "Nobody who is shown their own actions signs in by this name today: leave it empty, or have the name given the "
    "role of a partner first"
)


@dataclass(frozen=True)
class PlanAsked:
    """What a child's plan asks.

    Takes   actions, by the day on which they are due; workers, by identifier, whoever is to do one; is_here, whether
            actions are recorded here; may_write, whether by the asker; not_told, by number, why another agency is not
            shown an action of its own yet.
    """

    handle: str
    name: str
    actions: tuple[PlanAction, ...]
    workers: Mapping[str, WorkerRef]
    is_here: bool
    may_write: bool
    not_told: Mapping[str, str] = field(default_factory=dict)

    @property
    def open_actions(self) -> list[PlanAction]:
        """Those of which nothing has come yet."""
        return [one for one in self.actions if one.is_open]


@dataclass(frozen=True)
class OwnActions:
    """What whoever asks is to do under any child's plan.

    Takes   actions, those that are open first, by the day on which they are due; children, by identifier, those whose
            record the asker may see: of others only the words by which another agency knows them are told; handles,
            of all, for the access log.
    """

    actions: tuple[PlanAction, ...] = ()
    children: Mapping[str, people.Child] = field(default_factory=dict)
    handles: frozenset[str] = frozenset()


class AboutPlanActions(Telling):
    """What children's plans ask."""

    def plan_actions(self, child: str) -> PlanAsked:
        """What a child's plan asks, of whom and by when."""

        def read() -> PlanAsked:
            lens = self._lens_under(self._child_id(child))
            (child_id,) = lens.child_ids or ()
            who = people.children(self.own, lens)[child_id]
            found = tuple(actions_under(self.own, lens))
            named = sorted({one.worker_id for one in found if one.worker_id})
            workers = dict(people.workers(self.own, lens, named))
            may_write = self._refusal_to_plan(child_id) is None
            is_here, not_told = self._is_home_of(Kept.PLAN_ACTIONS), self._not_told_of_actions(found)
            return PlanAsked(who.handle, who.name, found, workers, is_here, may_write, not_told)

        return self._read("child", read, lambda found: {HandleKind.CHILD: [found.handle]})

    def refusal_to_plan(self, child: str) -> Refused | None:
        """Why the asker may not write down what a child's plan asks, or None. It serves the button too."""
        with one_reading(self.own):
            return self._refusal_to_plan(self._found(HandleKind.CHILD, child) or "")

    def may_plan(self, child: str) -> None:
        """Ask leave to write down what a child's plan asks. May refuse; that it was not given is logged."""
        with self._attempt("plan actions"):
            require(self.refusal_to_plan(child))

    def plan_workers(self, child: str) -> list[WorkerRef]:
        """The workers whose an action of a child's plan may be: those who work with the child, and the asker."""
        self.may_plan(child)

        def read() -> list[WorkerRef]:
            lens = self._lens_under(self._child_id(child, Thing.PLAN_ACTIONS))
            me = {self.asker.worker_id} if self.asker.worker_id else set()
            working = {row.worker_id for row in works_with(self.own, lens)} | me
            return sorted(people.workers(self.own, lens, sorted(working)).values(), key=lambda ref: ref.name)

        def seen(found: list[WorkerRef]) -> Seen:
            return {HandleKind.WORKER: [ref.handle for ref in found]}

        return self._read("plan actions", read, seen, allowed=True)

    def wrong_sign_in(self, child: str, wanted: WantedAction) -> str:
        """Why an action of a child's plan cannot be given to the sign-in that it names; empty where it can.

        Whoever later got a name that nobody has would find there what was never meant for them.
        """
        self.may_plan(child)
        return "" if wanted.owner != AGENCY or self._sees_own_actions(wanted.account.strip()) else NOBODY_SIGNS_IN

    def _sees_own_actions(self, account: str) -> bool:
        """Whether a sign-in is shown its own actions today. Nothing named is nobody to be shown them."""
        with suppress(Refused):
            found = account and signed_in(self.connection, account, self._today.at, purpose=self.asker.purpose)[0]
            return not found or sight_of(found, Thing.ACTIONS) != NOTHING
        return False

    def write_plan_action(self, child: str, wanted: WantedAction, seen: str = "") -> None:
        """Write an action of a child's plan down.

        Takes   seen, the digest of what another agency would be shown, as it was looked at (`look_outside`).
        Raises  LookFirst; Refused; KeyworkerError for one that says too little, or is given to a sign-in that nobody
                has; AlreadyRecorded when the same form was sent before, SentOtherwise when it then said something else.
        """
        plan_actions.require_none({"account": wrong} if (wrong := self.wrong_sign_in(child, wanted)) else {})
        if wanted.owner == AGENCY:
            said = words_of_action(wanted.need, wanted.what, wanted.told_as)
            self._require_looked(child, wanted.account, said, seen)
        with one_reading(self.own):
            lens = self._lens_under(self._child_id(child, Thing.PLAN_ACTIONS))
        (child_id,) = lens.child_ids or ()
        row = plan_actions.action_row(child_id, wanted)
        try:
            plan_actions.write(self.own, self.asker, self.now, row, wanted, self._today.at)
        except AlreadyRecorded:
            found = {one.action_id: one for one in actions_under(self.own, lens)}
            plan_actions.require_as_sent(found.get(wanted.action_id), row)
            raise

    def move_plan_action(self, child: str, action_id: str, until: date | None, why: str, seen: str = "") -> None:
        """Move the day by which an action is to be done. Raises LookFirst; Refused; KeyworkerError without a reason.

        Takes   seen, as `write_plan_action` does.
        """
        one = self._planned(child, action_id)
        self._require_looked(child, one.account or "", {MOVED: why}, seen)
        plan_actions.move(self.own, self.asker, self.now, one, until, why)

    def end_plan_action(
        self, child: str, action_id: str, on: date | None, done: bool | None, outcome: str, seen: str = ""
    ) -> None:
        """Write down that an action was done, or is given up. Raises LookFirst; Refused; KeyworkerError.

        Takes   seen, as `write_plan_action` does.
        """
        one = self._planned(child, action_id)
        self._require_looked(child, one.account or "", {CAME_OF_IT: outcome}, seen)
        plan_actions.end(self.own, self.asker, self.now, one, on, done, outcome, self._today.at)

    def own_actions(self) -> OwnActions:
        """What the asker is to do under any child's plan, as a worker or for another agency."""
        return self._read(
            "own actions",
            lambda: self._own_actions(with_ended=True),
            lambda found: {HandleKind.CHILD: sorted(found.handles)},
        )

    def end_own_action(self, action_id: str, on: date | None, done: bool | None, outcome: str) -> None:
        """Write down what came of an action of one's own. Raises Refused where it is somebody else's."""
        with self._attempt("own actions"):
            found = {one.action_id: one for one in self._own_actions(with_ended=True).actions}
            if action_id not in found:
                raise Refused("This action is not yours.", remedy="Open your own actions again.")
            require(None if self._is_home_of(Kept.PLAN_ACTIONS) else _ELSEWHERE)
        one = found[action_id]
        plan_actions.end(self.own, self.asker, self.now, one, on, done, outcome, self._today.at)

    def _own_actions(self, *, with_ended: bool = False) -> OwnActions:
        """Of a restricted child for whom the asker is not named nothing is told, also not by the database itself.

        Nor is another agency told what nobody agreed to where something is marked.
        """
        if self.sight(Thing.ACTIONS) == NOTHING:
            return OwnActions()
        lens, me = lens_at(self.own, self._today), self.asker
        found = actions_of(self.own, lens, account=me.account, worker_id=me.worker_id, with_ended=with_ended)
        hidden = self.hidden()
        found = [one for one in found if one.child_id not in hidden and lens.root(one.child_id) not in hidden]
        in_sight = {one.child_id for one in found if self.may_see_child(Thing.CHILD, one.child_id)}
        outside = [one for one in found if one.child_id not in in_sight and one.account == me.account]
        not_told = self._not_told_of_actions(outside)
        kept = [one for one in found if one.action_id not in not_told]
        roots = {one: lens.root(one) for one in in_sight}
        who = people.children(self.own, lens.of(sorted(set(roots.values())))) if roots else {}
        marked = {child: self._kept_back([child]) for child in {one.child_id for one in kept} - in_sight}
        kept = [self._for_another_agency(one, marked.get(one.child_id)) for one in kept]
        ordered = sorted(kept, key=lambda one: (not one.is_open, one.due_on))
        # Whoever signs in for another agency sees no handle of a child, and is logged with it all the same.
        handles = handles_of(self.connection, HandleKind.CHILD, sorted({lens.root(one.child_id) for one in kept}))
        shown = {one: who[root] for one, root in roots.items()}
        return OwnActions(tuple(ordered), shown, frozenset(handles.values()))

    def _for_another_agency(self, one: PlanAction, marked: Sequence[Marker] | None) -> PlanAction:
        """An action without what is marked as not to be told, where whoever asks sees no more of the child.

        Takes   marked, what must stay behind; None where the child is in sight.
        """
        outside = Audience(Reach.NAMED, OUTSIDE, self.asker.account)
        return one if marked is None else plan_actions.told_outside(one, marked, outside)

    def _planned(self, child: str, action_id: str) -> PlanAction:
        self.may_plan(child)
        with one_reading(self.own):
            found = actions_under(self.own, self._lens_under(self._child_id(child, Thing.PLAN_ACTIONS)))
        one = next((one for one in found if one.action_id == action_id), None)
        if one is None:
            raise KeyworkerError("The plan asks no such thing.", remedy="Open what the plan asks again.")
        return one

    def _refusal_to_plan(self, child_id: str) -> Refused | None:
        is_here, place = self._is_home_of(Kept.PLAN_ACTIONS), self._place_of_child(child_id)
        return refusal_to(To.PLAN, self.asker, place) if is_here else _ELSEWHERE

    def _lens_under(self, child_id: str) -> Lens:
        lens = lens_at(self.own, self._today)
        return lens.of([lens.root(child_id)])
