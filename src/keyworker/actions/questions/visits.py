"""Visits: writing one down for the children of one visit, reading what was written, and withdrawing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from keyworker.access import NOTHING, Thing, To, refusal_to, require, worker_of
from keyworker.actions import visits
from keyworker.actions.questions.naming import known
from keyworker.actions.questions.opened import Opened
from keyworker.actions.reading import one_reading
from keyworker.actions.visits import WantedVisit, is_baby, kind_for
from keyworker.actions.writing import FARTHEST_BACK
from keyworker.facts import people
from keyworker.facts.days import london_day
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.life import is_known
from keyworker.facts.open_children import open_among, statuses_now
from keyworker.facts.siblings import brothers_and_sisters
from keyworker.facts.visit_notes import VisitNote, visit_notes, visited_together
from keyworker.facts.visit_pairs import VisitPair, children_written_of, visit_pairs
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.vocabulary.homes import Kept


@dataclass(frozen=True)
class Visitable:
    """A child of whom a visit may be written down. Takes kind, what it counts as when nothing else is said."""

    child_id: str
    handle: str
    name: str
    kind: str
    is_baby: bool


@dataclass(frozen=True)
class VisitTold:
    """What was written of a visit to one child, and to whom else the same visit went, as far as the asker may see."""

    note: VisitNote
    name: str
    worker: str
    others: tuple[Visitable, ...]


@dataclass(frozen=True)
class VisitToMatch:
    """A visit of which a person must say whether an extract tells of it too. Takes handle, the child's."""

    pair: VisitPair
    handle: str


class AboutVisits(Opened):
    """Writing a visit down, reading what was written, and withdrawing it."""

    def refusal_to_visit(self, child: str) -> Refused | None:
        """Why the asker may not write a visit to a child down, or None when they may. It serves the button too."""
        with one_reading(self.own):
            if not self._is_home_of(Kept.VISITS):
                return Refused(
                    "Visits are recorded in the case system, and read from its extract here.",
                    remedy="Record the visit there. It is shown here with the next extract.",
                )
            place = self._place_of_child(self._found(HandleKind.CHILD, child) or "")
        return refusal_to(To.VISIT, self.asker, place)

    def writes_visits(self) -> bool:
        """Whether visits are written down here, and by the asker, to any child at all."""
        with one_reading(self.own):
            is_here = self._is_home_of(Kept.VISITS)
        return is_here and self.asker.worker_id is not None and self.sight(Thing.VISITS) != NOTHING

    def visits_written(self, child: str) -> list[VisitNote]:
        """The visits to a child that were written down here, also those withdrawn, the latest first."""

        def read() -> tuple[list[VisitNote], list[str]]:
            lens = lens_at(self.own, self._today)
            child_id = self._child_id(child)
            return visit_notes(self.own, lens.of([lens.root(child_id)])), self._handles_of(child_id)

        return self._read("child", read, lambda found: {HandleKind.CHILD: found[1]})[0]

    def may_visit(self, child: str) -> None:
        """Ask leave to write a visit to a child down. May refuse; that it was not given is logged."""
        with self._attempt("visits"):
            require(self.refusal_to_visit(child))

    def visitable(self, child: str) -> list[Visitable]:
        """The child, and the open brothers and sisters whom the asker may visit too: one visit may be to them all."""
        self.may_visit(child)

        def read() -> list[Visitable]:
            return self._with_kin(self._child_id(child))

        return self._read("visits", read, lambda found: {HandleKind.CHILD: [one.handle for one in found]}, allowed=True)

    def record_visit(self, child: str, wanted: WantedVisit) -> dict[str, str]:
        """Write a visit down for its children. Gives its number by the handle of each.

        Raises  Refused for whoever may not visit one of them; KeyworkerError for a visit that says too little;
                AlreadyRecorded when the same form was sent before.
        """
        may = {one.child_id: one.handle for one in self.visitable(child)}
        if not {one.child_id for one in wanted.children} <= set(may):
            with self._attempt("visits"):
                known(None, HandleKind.CHILD)
        worker_id = worker_of(self.asker, "it visits nobody")
        today = london_day(self.now)
        numbers = visits.record(self.own, self.asker, self.now, worker_id, wanted, today)
        return {may[child_id]: number for child_id, number in numbers.items()}

    def visit(self, child: str, visit_id: str) -> VisitTold:
        """What was written here of one visit to a child. Raises KeyworkerError where there is none."""

        def read() -> tuple[VisitTold, list[str]]:
            child_id = self._child_id(child)
            everyone = lens_at(self.own, self._today)
            one = self._visit_note(child_id, visit_id)
            others = visited_together(self.own, everyone, one.together_id)
            seen = [other for other in others if other != one.child_id and self.may_see_child(Thing.CHILD, other)]
            me, *rest = self._visitable([everyone.root(child_id), *seen])
            workers = people.workers(self.own, everyone, [one.worker_id] if one.worker_id else [])
            told = VisitTold(one, me.name, next((who.name for who in workers.values()), ""), tuple(rest))
            return told, [*self._handles_of(child_id), *(other.handle for other in rest)]

        return self._read("child", read, lambda found: {HandleKind.CHILD: found[1]})[0]

    def withdraw_visit(self, child: str, visit_id: str, why: str) -> None:
        """Withdraw a visit to one child that was written down here.

        Raises  Refused for whoever may not visit the child; KeyworkerError where there is none.
        """
        self.may_visit(child)
        with one_reading(self.own):
            one = self._visit_note(self._child_id(child), visit_id)
        visits.withdraw(self.own, self.asker, self.now, one, why)

    def visit_pair(self, child: str, visit_id: str) -> VisitPair | None:
        """The visit of which an extract tells that may be one written down here; None where there is none to ask of."""

        def read() -> tuple[VisitPair | None, list[str]]:
            child_id = self._child_id(child)
            lens = lens_at(self.own, self._today)
            found = visit_pairs(self.own, lens.of([lens.root(child_id)]))
            return next((one for one in found if one.visit_id == visit_id), None), self._handles_of(child_id)

        return self._read("child", read, lambda found: {HandleKind.CHILD: found[1]})[0]

    def visits_to_match(self) -> list[VisitToMatch]:
        """The visits that the asker wrote down and of which an extract may tell too, the latest first."""

        def read() -> list[VisitToMatch]:
            theirs = self._pairs_of_mine()
            handles = handles_of(self.own, HandleKind.CHILD, [one.child_id for one in theirs]) if theirs else {}
            return [VisitToMatch(one, handles[one.child_id]) for one in theirs]

        return self._read("visits", read, lambda found: {HandleKind.CHILD: [one.handle for one in found]})

    def match_visit(self, child: str, visit_id: str, *, is_same: bool) -> None:
        """Say whether the visit of which an extract tells is the one written down here. Sent twice it answers once.

        Raises  Refused for whoever may not visit the child.
        """
        self.may_visit(child)
        pair = self.visit_pair(child, visit_id)
        if pair is None:
            return
        with one_reading(self.own):
            one = self._visit_note(self._child_id(child), visit_id)
        visits.answer_pair(self.own, self.asker, self.now, one, pair, is_same=is_same)

    def _pairs_of_mine(self) -> list[VisitPair]:
        """The visits that the asker wrote down, to children whom they may visit, of which an extract may tell too."""
        lens, since = lens_at(self.own, self._today), self._today.at - FARTHEST_BACK
        mine = children_written_of(self.own, lens, self.asker.account, since)
        pairs = visit_pairs(self.own, lens.of(sorted({lens.root(one) for one in mine}))) if mine else []
        return [one for one in pairs if self.may_see_child(Thing.VISITS, one.child_id)]

    def _handles_of(self, child_id: str) -> list[str]:
        """A child's handle: whoever asked may have named the child by an identifier, which no log keeps."""
        return list(handles_of(self.own, HandleKind.CHILD, [child_id]).values())

    def _visit_note(self, child_id: str, visit_id: str) -> VisitNote:
        lens = lens_at(self.own, self._today)
        found = visit_notes(self.own, lens.of([lens.root(child_id)]))
        one = next((one for one in found if one.visit_id == visit_id), None)
        if one is None:
            raise KeyworkerError("No such visit was recorded here.", remedy="Open the child’s page again.")
        return one

    def _with_kin(self, child_id: str) -> list[Visitable]:
        """A child, and the open brothers and sisters whom the asker may visit."""
        lens = lens_at(self.own, self._today)
        kin = brothers_and_sisters(self.own, lens.of([lens.root(child_id)]))
        open_kin = open_among(self.own, lens.of(kin)) if kin else []
        theirs = [one for one in open_kin if self.may_see_child(Thing.VISITS, one)]
        return self._visitable([lens.root(child_id), *theirs])

    def _visitable(self, child_ids: Sequence[str]) -> list[Visitable]:
        lens = lens_at(self.own, self._today).of(child_ids)
        found = people.children(self.own, lens)
        statuses = statuses_now(self.own, lens)
        handles = handles_of(self.own, HandleKind.CHILD, list(child_ids))
        if not is_known(self.own, lens):
            return known(None, HandleKind.CHILD)
        return [
            Visitable(
                child_id,
                handles[child_id],
                found[child_id].name,
                kind_for(statuses.get(child_id, ())),
                is_baby(found[child_id].age_on(self._today.at)),
            )
            for child_id in child_ids
        ]
