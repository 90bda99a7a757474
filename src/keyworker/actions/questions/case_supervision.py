"""A child's case supervision: reading it, writing one down, confirming and withdrawing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from keyworker.access import NOTHING, Thing, To, refusal_to, require
from keyworker.actions import case_supervision
from keyworker.actions.case_supervision import WantedSupervision
from keyworker.actions.questions.opened import Opened
from keyworker.actions.questions.seen import Seen
from keyworker.actions.reading import one_reading
from keyworker.facts import people
from keyworker.facts.case_supervision import (
    CaseSupervision,
    SupervisionAction,
    case_supervisions,
    supervision_actions,
    unconfirmed,
    undertaken,
)
from keyworker.facts.days import london_day
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind
from keyworker.facts.handovers import works_with
from keyworker.facts.pictures import WorkerRef
from keyworker.facts.rows import fetch
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.vocabulary.homes import Kept

ELSEWHERE = Refused(
    "Case supervision is recorded in the case system, and read from its extract here.",
    remedy="Record it there. It is shown here with the next extract.",
)
_LINES = """select worker_id, supervisor_id from {supervision_line:in_force} l
where worker_id = any(%(workers)s::text[])
union select worker_id, supervisor_id from {supervision_deputy:in_force} d
where worker_id = any(%(workers)s::text[]) order by worker_id, supervisor_id"""


@dataclass(frozen=True)
class Supervised:
    """A child's case supervision, and what is open of it.

    Takes   supervisions, the latest first; actions, by the day on which they are due; workers, by identifier, whoever
            is named; may_confirm, the numbers of those of which the asker may say whether they were so.
    """

    handle: str
    name: str
    supervisions: tuple[CaseSupervision, ...]
    actions: tuple[SupervisionAction, ...]
    workers: Mapping[str, WorkerRef]
    is_here: bool
    may_write: bool
    may_confirm: frozenset[str]
    may_withdraw: frozenset[str]

    @property
    def open_actions(self) -> dict[str, SupervisionAction]:
        """The actions of which nothing has come yet, by their number."""
        return {one.action_id: one for one in self.actions if one.is_open}


@dataclass(frozen=True)
class Supervisable:
    """Whom a supervision of a child's case may have been between: those who work with the child, who supervises."""

    workers: tuple[WorkerRef, ...]
    supervisors: tuple[WorkerRef, ...]
    me: str


@dataclass(frozen=True)
class MyActions:
    """What waits for one worker of the supervision of any child's case.

    Takes   to_confirm, of which they have not said whether it was so; actions, what they undertook and is open;
            children and workers, by identifier, whoever is named; out_of_sight, how many open actions of theirs are for
            children whose case supervision they may no longer see.
    """

    to_confirm: tuple[CaseSupervision, ...] = ()
    actions: tuple[SupervisionAction, ...] = ()
    children: Mapping[str, people.Child] = field(default_factory=dict)
    workers: Mapping[str, WorkerRef] = field(default_factory=dict)
    out_of_sight: int = 0


class AboutCaseSupervision(Opened):
    """Case supervision of one child."""

    def refusal_to_supervise(self, child: str) -> Refused | None:
        """Why the asker may not write a supervision down, or None when they may. It serves the button too."""
        with one_reading(self.own):
            return self._refusal_to_supervise(self._found(HandleKind.CHILD, child) or "")

    def may_supervise(self, child: str) -> None:
        """Ask leave to write a child's case supervision down. May refuse; that it was not given is logged."""
        with self._attempt("case supervision"):
            require(self.refusal_to_supervise(child))

    def sees_supervision(self, child: str) -> bool:
        """Whether the asker may look at a child's case supervision, beside the child's record."""
        with one_reading(self.own):
            return self.may_see_child(Thing.CASE_SUPERVISION, self._found(HandleKind.CHILD, child))

    def supervised(self, child: str) -> Supervised:
        """A child's case supervision: what was decided, and what is open."""

        def read() -> Supervised:
            child_id = self._child_id(child, Thing.CASE_SUPERVISION)
            everyone = lens_at(self.own, self._today)
            lens = everyone.of([everyone.root(child_id)])
            who = people.children(self.own, lens)[everyone.root(child_id)]
            held = tuple(case_supervisions(self.own, lens))
            actions = tuple(supervision_actions(self.own, lens))
            named = {w for one in held for w in (one.worker_id, one.supervisor_id) if w}
            may_write = self._refusal_to_supervise(child_id) is None
            mine = [one for one in held if one.is_ours and not one.is_withdrawn and may_write]
            me = self.asker.worker_id
            return Supervised(
                who.handle,
                who.name,
                held,
                actions,
                dict(people.workers(self.own, everyone, sorted(named | {one.worker_id for one in actions}))),
                self._is_home_of(Kept.SUPERVISION),
                may_write,
                frozenset(one.supervision_id for one in mine if one.worker_id == me),
                frozenset(one.supervision_id for one in mine if me in (one.worker_id, one.supervisor_id)),
            )

        return self._read("child", read, lambda found: {HandleKind.CHILD: [found.handle]})

    def my_actions(self) -> MyActions:
        """What the asker undertook in supervision and is open, and what they have not confirmed; of every child."""
        return self._read(
            "case supervision",
            self._waiting_of_mine,
            lambda found: {HandleKind.CHILD: [one.handle for one in found.children.values()]},
        )

    def _waiting_of_mine(self) -> MyActions:
        me = self.asker.worker_id
        if me is None or self.sight(Thing.CASE_SUPERVISION) == NOTHING:
            return MyActions()
        everyone = lens_at(self.own, self._today)
        actions = undertaken(self.own, everyone, me)
        confirms = [one for one in unconfirmed(self.own, everyone, me) if not self._refusal_to_supervise(one.child_id)]
        named = {one.child_id for one in actions} | {one.child_id for one in confirms}
        roots = {one: everyone.root(one) for one in named}
        in_sight = {one for one in roots if self.may_see_child(Thing.CASE_SUPERVISION, one)}
        mine = tuple(one for one in actions if one.child_id in in_sight)
        held = tuple(one for one in confirms if one.child_id in in_sight)
        seen = sorted({roots[one] for one in in_sight})
        who = people.children(self.own, everyone.of(seen)) if seen else {}
        with_whom = sorted({one.supervisor_id for one in held if one.supervisor_id})
        return MyActions(
            held,
            mine,
            {one: who[roots[one]] for one in in_sight},
            dict(people.workers(self.own, everyone, with_whom)) if with_whom else {},
            len(actions) - len(mine),
        )

    def supervisable(self, child: str) -> Supervisable:
        """Between whom a supervision may have been: the asker is one of the two."""
        self.may_supervise(child)

        def read() -> Supervisable:
            everyone = lens_at(self.own, self._today)
            child_id = self._child_id(child, Thing.SUPERVISING)
            working = {row.worker_id for row in works_with(self.own, everyone.of([everyone.root(child_id)]))}
            lines = fetch(self.own, everyone, _LINES, workers=sorted(working))
            me = self.asker.worker_id or ""
            above = {supervisor for worker, supervisor in lines if me in (worker, supervisor)} | {me}
            managers = {self._teams.manager_of.get(team) for team in self.asker.teams} if me in working else set()
            named = people.workers(self.own, everyone, working | above | {one for one in managers if one})
            refs = sorted(named.values(), key=lambda ref: ref.name)
            return Supervisable(
                tuple(ref for ref in refs if ref.worker_id in working),
                tuple(ref for ref in refs if ref.worker_id in above | managers),
                me,
            )

        def seen(found: Supervisable) -> Seen:
            return {HandleKind.WORKER: [ref.handle for ref in (*found.workers, *found.supervisors)]}

        return self._read("case supervision", read, seen, allowed=True)

    def record_supervision(self, child: str, wanted: WantedSupervision) -> None:
        """Write a supervision of a child's case down.

        Raises  Refused for whoever may not, or was neither of the two; KeyworkerError for one that says too little;
                AlreadyRecorded when the same form was sent before, SentOtherwise when it then said something else.
        """
        self.may_supervise(child)
        with self._attempt("case supervision"):
            if self.asker.worker_id not in (wanted.worker_id, wanted.supervisor_id):
                raise Refused("You were neither of the two who held it.", remedy="Ask one of them to write it down.")
        with one_reading(self.own):
            lens = lens_at(self.own, self._today)
            child_id = lens.root(self._child_id(child, Thing.SUPERVISING))
            actions = supervision_actions(self.own, lens.of([child_id]))
            held = case_supervisions(self.own, lens.of([child_id]))
        case_supervision.require_unsent(wanted, held)
        carried = {one.action_id: one for one in actions if one.is_open}
        today = london_day(self.now)
        case_supervision.record(self.own, self.asker, self.now, child_id, wanted, carried, today)

    def answer_supervision(self, child: str, supervision_id: str, confirmed: bool, says: str = "") -> None:
        """Say, as the worker who was supervised, whether a supervision was so."""
        one = self._one(child, supervision_id)
        with self._attempt("case supervision"):
            if one.worker_id != self.asker.worker_id:
                raise Refused("Whether it was so is said by the worker who was supervised.")
        case_supervision.answer(self.own, self.asker, self.now, one, confirmed, says, london_day(self.now))

    def withdraw_supervision(self, child: str, supervision_id: str, why: str) -> None:
        """Withdraw a supervision, as one of the two who held it."""
        one = self._one(child, supervision_id)
        with self._attempt("case supervision"):
            if not one.is_withdrawn and self.asker.worker_id not in (one.worker_id, one.supervisor_id):
                raise Refused("It is withdrawn by one of the two who held it.")
        case_supervision.withdraw(self.own, self.asker, self.now, one, why)

    def _refusal_to_supervise(self, child_id: str) -> Refused | None:
        is_here, place = self._is_home_of(Kept.SUPERVISION), self._place_of_child(child_id)
        return refusal_to(To.SUPERVISE, self.asker, place) if is_here else ELSEWHERE

    def _one(self, child: str, supervision_id: str) -> CaseSupervision:
        self.may_supervise(child)
        with one_reading(self.own):
            lens = lens_at(self.own, self._today)
            held = case_supervisions(self.own, lens.of([lens.root(self._child_id(child, Thing.SUPERVISING))]))
        one = next((one for one in held if one.supervision_id == supervision_id and one.is_ours), None)
        if one is None:
            raise KeyworkerError("No such supervision was recorded here.", remedy="Open the child’s page again.")
        return one
