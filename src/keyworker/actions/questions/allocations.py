"""Who works with a child: reading it, deciding it, and handing a child over from one worker to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from keyworker.access import NOTHING, Thing, To, refusal_to, refusal_to_take, require
from keyworker.actions import allocations
from keyworker.actions.allocations import WARNING, WARNS_AFTER, BeforeChange, Steps, WantedAllocation
from keyworker.actions.questions.opened import Opened
from keyworker.actions.questions.seen import Seen
from keyworker.actions.reading import one_reading
from keyworker.clocks.workers import workers_at
from keyworker.facts import people
from keyworker.facts.belonging import said_in_setting, worker_belonging
from keyworker.facts.days import london_day, year_before
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind
from keyworker.facts.handovers import Handover, Involvement, handovers, held_by, works_with
from keyworker.facts.holds import changes
from keyworker.facts.pictures import TeamRef, WorkerRef, WorkerRow
from keyworker.record.writer import NotCurrent
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.vocabulary.homes import Kept

_ELSEWHERE = Refused(
    "Who works with a child is recorded in the case system, and read from its extract here.",
    remedy="Change it there. It is shown here with the next extract.",
)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkedWith:
    """Who works with one child now, and every change of worker that was offered here.

    Takes   changes, how often the worker changed in the last twelve months; warns_after, after how many a further one
            needs its reason; workers and teams, by identifier, whoever is named; is_here, whether it is recorded here.
    """

    handle: str
    name: str
    before: BeforeChange
    handovers: tuple[Handover, ...]
    workers: dict[str, WorkerRef]
    teams: dict[str, TeamRef]
    is_here: bool
    may_allocate: bool
    may_answer: frozenset[str]


@dataclass(frozen=True)
class Receiver:
    """A worker to whom a child may be given. Takes row, what they hold now, where the asker may see their figures."""

    worker: WorkerRef
    row: WorkerRow | None


@dataclass(frozen=True)
class OfferedChild:
    """A handover in a list. Takes answers, whether whoever asks may answer it."""

    handover: Handover
    handle: str
    name: str
    from_worker: WorkerRef
    to_worker: WorkerRef
    team: TeamRef | None
    answers: bool


class AboutAllocations(Opened):
    """Who works with a child, decided and handed over."""

    def refusal_to_allocate(self, child: str) -> Refused | None:
        """Why the asker may not decide who works with a child, or None when they may. It serves the button too."""
        with one_reading(self.own):
            return self._refusal_to_allocate(self._found(HandleKind.CHILD, child) or "")

    def may_allocate(self, child: str) -> None:
        """Ask leave to decide who works with a child. May refuse; that it was not given is logged."""
        with self._attempt("allocation"):
            require(self.refusal_to_allocate(child))

    def allocates(self) -> bool:
        """Whether children are allocated here, and by the asker, any at all."""
        with one_reading(self.own):
            return self._is_home_of(Kept.ALLOCATIONS) and self.sight(Thing.ALLOCATION) != NOTHING

    def sees_workers(self, child: str) -> bool:
        """Whether the asker may look at who works with a child, beside the child's record."""
        with one_reading(self.own):
            return self.may_see_child(Thing.HANDOVERS, self._found(HandleKind.CHILD, child))

    def worked_with(self, child: str) -> WorkedWith:
        """Who works with a child today, and every change of worker that was offered."""

        def read() -> WorkedWith:
            child_id = self._child_id(child, Thing.HANDOVERS)
            everyone = lens_at(self.own, self._today)
            lens = everyone.of([everyone.root(child_id)])
            who = people.children(self.own, lens)[everyone.root(child_id)]
            offered = tuple(handovers(self.own, lens))
            working = tuple(works_with(self.own, lens))
            named = {row.worker_id for row in working} | {
                w for one in offered for w in (one.worker_id, one.from_worker_id)
            }
            teams = [
                self._teams.ref(team) for team in {row.team_id for row in working} | {one.team_id for one in offered}
            ]
            return WorkedWith(
                who.handle,
                who.name,
                self._before_of(working, offered, who.child_id),
                offered,
                dict(people.workers(self.own, everyone, sorted(named))),
                {ref.team_id: ref for ref in teams if ref},
                self._is_home_of(Kept.ALLOCATIONS),
                self._refusal_to_allocate(child_id) is None,
                frozenset(one.handover_id for one in offered if self._refusal_to_take(one) is None),
            )

        return self._read("handovers", read, lambda found: {HandleKind.CHILD: [found.handle]})

    def receivers(self, child: str, team: str | None) -> tuple[list[TeamRef], TeamRef | None, list[Receiver]]:
        """To whom a child may be given: every team, the one that is looked at, and its workers by name.

        Takes   team, its handle; the child's own team, or the asker's, where none is named. What a worker holds is told
                to whoever may see their figures; no worker stands before another for it.
        """
        self.may_allocate(child)

        def read() -> tuple[list[TeamRef], TeamRef | None, list[Receiver]]:
            child_id = self._child_id(child, Thing.ALLOCATION)
            teams = sorted(self._teams, key=lambda one: (one.district, one.name))
            chosen = self._id_if_named(HandleKind.TEAM, team) or self._team_of(child_id)
            if chosen is None:
                return teams, None, []
            rows = workers_at(self.connection, self._today, team_id=chosen)
            seen = {row.worker.worker_id for row in self.workers_narrowed(self._today, rows)}
            found = [Receiver(row.worker, row if row.worker.worker_id in seen else None) for row in rows]
            return teams, self._teams.ref(chosen), found

        def seen(found: tuple[list[TeamRef], TeamRef | None, list[Receiver]]) -> Seen:
            return {HandleKind.WORKER: [one.worker.handle for one in found[2]]}

        return self._read("allocation", read, seen, allowed=True)

    def allocate(self, child: str, wanted: WantedAllocation) -> None:
        """Write down who works with a child: the first worker, a co-worker, whoever covers; another worker is offered.

        Takes   wanted, in which the worker is named by handle, or for a command by identifier.
        Raises  Refused; KeyworkerError for what says too little; AlreadyRecorded when the same form was sent before,
                SentOtherwise when it then said something else.
        """
        self.may_allocate(child)
        today = london_day(self.now)
        with one_reading(self.own):
            lens = lens_at(self.own, self._today)
            child_id = lens.root(self._child_id(child, Thing.ALLOCATION))
            offered = handovers(self.own, lens.of([child_id]))
            before = self._before_of(self._working(child_id), offered, child_id)
        allocations.require_unsent(wanted, before, offered)
        if wrong := allocations.problems(wanted, before, today):
            raise KeyworkerError(f"{next(iter(wrong.values()))}.", where="an allocation", remedy="Mend it, try again.")
        is_change = wanted.part is allocations.Part.WORKER and before.main is not None
        write = allocations.offer if is_change else allocations.add
        write(self.own, self.asker, self.now, child_id, wanted, before)

    def before_change(self, child: str) -> BeforeChange:
        """How a child stands before something changes, for the form to say what is wrong with it."""
        self.may_allocate(child)
        with one_reading(self.own):
            return self._before(lens_at(self.own, self._today).root(self._child_id(child, Thing.ALLOCATION)))

    def worker_named(self, named: str, team: str | None = None) -> tuple[str, str | None]:
        """A worker's identifier and a team of theirs, for a command. Takes team, where they are in more than one.

        Raises  KeyworkerError when nobody is known by that name, or no team is.
        """
        with one_reading(self.own):
            worker_id = self._id(HandleKind.WORKER, named)
            teams = worker_belonging(self.connection, self._today.at, worker_id).teams
            return worker_id, self._id_if_named(HandleKind.TEAM, team) or next(iter(sorted(teams)), None)

    def answer_offer(self, child: str, handover_id: str, answer: str, why: str = "") -> None:
        """Accept or refuse an offered child, or withdraw the offer. What follows is true at once.

        Raises  Refused for whoever may not answer; KeyworkerError for a refusal without a reason, or no such offer.
        """
        today = london_day(self.now)
        one, working = self._offer(child, handover_id, withdraws=answer == "withdrawn")
        if answer == "accepted":
            allocations.accept(self.own, self.asker, self.now, one, working, today)
        else:
            allocations.answer_no(self.own, self.asker, self.now, one, answer, why, today)

    def take_steps(self, child: str, handover_id: str, steps: Steps) -> None:
        """Write down when a child was told of a change, introduced and offered a goodbye."""
        with self._attempt("handovers"):
            require(None if self._is_home_of(Kept.ALLOCATIONS) else _ELSEWHERE)
            with one_reading(self.own):
                one = self._handover(self._child_id(child, Thing.HANDOVERS), handover_id)
        allocations.take_steps(self.own, self.asker, self.now, one, steps, london_day(self.now))

    def end_allocation(self, child: str, entry_id: int, on: date, cause: str) -> None:
        """End that somebody works with a child, in the role in which they do.

        Takes   entry_id, of one of the rows that say so; on, the first day on which they do not.
        """
        self.may_allocate(child)
        with one_reading(self.own):
            working = self._working(self._child_id(child, Thing.ALLOCATION))
        one = next((row for row in working if row.entry_id == entry_id), None)
        if one is None:
            raise NotCurrent("Nobody works with the child so now.", remedy="Open the child’s page again.")
        same = [row for row in working if (row.worker_id, row.role) == (one.worker_id, one.role)]
        allocations.end(self.own, self.asker, self.now, same, on, cause)

    def handovers(self) -> list[OfferedChild]:
        """The changes of worker that wait or lack a step, of children whom the asker may see so; the oldest first."""

        def read() -> list[OfferedChild]:
            return self._listed(sorted(self._changes_in_sight(), key=lambda one: (one.starts_on, one.handover_id)))

        return self._read("handovers", read, lambda found: {HandleKind.CHILD: [one.handle for one in found]})

    def _changes_in_sight(self) -> list[Handover]:
        """Those that wait or lack a step, of children whom the asker may see so."""
        found = handovers(self.own, lens_at(self.own, self._today), every=False)
        return [one for one in found if self.may_see_child(Thing.HANDOVERS, one.child_id)]

    def _listed(self, found: Sequence[Handover]) -> list[OfferedChild]:
        everyone = lens_at(self.own, self._today)
        children = people.children(self.own, everyone.of([one.child_id for one in found])) if found else {}
        named = people.workers(self.own, everyone, {w for one in found for w in (one.worker_id, one.from_worker_id)})
        return [
            OfferedChild(
                one,
                children[one.child_id].handle,
                children[one.child_id].name,
                named[one.from_worker_id],
                named[one.worker_id],
                self._teams.ref(one.team_id),
                one.is_waiting and self._refusal_to_take(one) is None,
            )
            for one in found
        ]

    def _refusal_to_allocate(self, child_id: str) -> Refused | None:
        is_here, place = self._is_home_of(Kept.ALLOCATIONS), self._place_of_child(child_id)
        return refusal_to(To.ALLOCATE, self.asker, place) if is_here else _ELSEWHERE

    def _offer(self, child: str, handover_id: str, *, withdraws: bool) -> tuple[Handover, list[Involvement]]:
        with self._attempt("handovers"):
            require(None if self._is_home_of(Kept.ALLOCATIONS) else _ELSEWHERE)
            with one_reading(self.own):
                child_id = self._child_id(child, Thing.HANDOVERS)
                one = self._handover(child_id, handover_id)
                working = self._working(child_id)
            require(self.refusal_to_allocate(child) if withdraws else self._refusal_to_take(one))
        return one, working

    def _handover(self, child_id: str, handover_id: str) -> Handover:
        lens = lens_at(self.own, self._today)
        found = handovers(self.own, lens.of([lens.root(child_id)]))
        one = next((one for one in found if one.handover_id == handover_id), None)
        if one is None:
            raise KeyworkerError("No such change of worker was offered.", remedy="Open the child’s page again.")
        return one

    def _refusal_to_take(self, one: Handover) -> Refused | None:
        child, worker = self._place_of_child(one.child_id), self._place_of_worker(one.worker_id)
        return refusal_to_take(self.asker, one.worker_id, child, worker)

    def _working(self, child_id: str) -> list[Involvement]:
        lens = lens_at(self.own, self._today)
        return works_with(self.own, lens.of([lens.root(child_id)]))

    def _before(self, child_id: str) -> BeforeChange:
        lens = lens_at(self.own, self._today)
        return self._before_of(self._working(child_id), handovers(self.own, lens.of([child_id])), child_id)

    def _before_of(self, working: Sequence[Involvement], offered: Sequence[Handover], child_id: str) -> BeforeChange:
        today = self._today.at
        lens = lens_at(self.own, self._today)
        held = held_by(self.own, lens.of([child_id]))
        said = said_in_setting(self.own, self._today, WARNING)
        return BeforeChange(
            tuple(working),
            changes(held, year_before(today) + DAY, today + DAY),
            int(said) if said and said.strip().isdigit() else WARNS_AFTER,
            any(one.is_waiting or (one.is_accepted and one.starts_on > today) for one in offered),
        )

    def _team_of(self, child_id: str) -> str | None:
        """A team to begin with: that in which the child is held, else one of the asker's."""
        working = self._working(child_id)
        found = next((row.team_id for row in working if row.team_id), None)
        return found or next(iter(sorted(self.asker.teams)), None)
