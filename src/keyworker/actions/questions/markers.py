"""What must not be told of a child: which markers there are, making one, and withdrawing it by two people."""

from __future__ import annotations

from dataclasses import dataclass

from keyworker.access import NOTHING, Thing, To, refusal_to, require
from keyworker.actions import marking
from keyworker.actions.marking import WantedMarker
from keyworker.actions.questions.opened import Opened
from keyworker.actions.reading import one_reading
from keyworker.facts import people
from keyworker.facts.days import london_day
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.lens import Lens
from keyworker.facts.marked import Markable, Marker, markables, markers
from keyworker.facts.moment import Moment
from keyworker.vocabulary.errors import KeyworkerError, Refused

ROUTE = "not to be told"
_OWN = Refused(
    "You asked to withdraw this, so another person must agree. Until then it must not be told.",
    where=ROUTE,
    remedy="Ask the manager of the child’s team, or whoever leads the district.",
)


@dataclass(frozen=True)
class ToWithdraw:
    """A marker that somebody asks to withdraw. Takes handle, the child's; name, the child's; marker, without values."""

    handle: str
    name: str
    marker: Marker


class AboutMarkers(Opened):
    """What must not be told of a child: which markers there are, making one, and withdrawing it by two people."""

    def markers(self, moment: Moment, child: str) -> list[Marker]:
        """What is marked of a child, with the values, also what was withdrawn, the latest first."""

        def read() -> tuple[list[Marker], list[str]]:
            child_id = self._child_id(child, Thing.NOT_TO_BE_TOLD)
            return markers(self.own, self._lens_of(moment, child_id)), self._its_handle(child_id)

        return self._read("not to be told", read, lambda found: {HandleKind.CHILD: found[1]})[0]

    def warnings(self, child: str) -> list[Marker]:
        """What holds today of a child whom the asker may see, without the values, whatever moment a page looks at."""

        def read() -> tuple[list[Marker], list[str]]:
            child_id = self._child_id(child)
            # Whoever is not told what is marked is told that something is: read as nobody, given without the values.
            found = markers(self.connection, self._lens_of(self._today, child_id))
            return [one.without_values for one in found if one.holds_on(self._today.at)], self._its_handle(child_id)

        return self._read("child", read, lambda found: {HandleKind.CHILD: found[1]})[0]

    def markables(self, child: str) -> list[Markable]:
        """The rows of the record that can be marked of a child, the latest first."""

        def read() -> tuple[list[Markable], list[str]]:
            child_id = self._child_id(child, Thing.NOT_TO_BE_TOLD)
            return markables(self.own, self._lens_of(self._today, child_id)), self._its_handle(child_id)

        return self._read("not to be told", read, lambda found: {HandleKind.CHILD: found[1]})[0]

    def refusal_to_mark(self, child: str) -> Refused | None:
        """Why the asker may not mark anything of a child, or None when they may. It serves the button too."""
        with one_reading(self.own):
            may = self.may_see_child(Thing.NOT_TO_BE_TOLD, self._found(HandleKind.CHILD, child))
        return (
            None
            if may
            else Refused(
                "What must not be told of a child is marked by those who work with the child, and those who lead them.",
                where=ROUTE,
                remedy="Ask the child’s worker, or the manager of the child’s team.",
            )
        )

    def mark(self, child: str, wanted: WantedMarker) -> None:
        """Mark something about a child, from today on.

        Raises  NotKnown for a child beyond the asker; KeyworkerError for what cannot be marked.
        """
        rows = self.markables(child)
        with one_reading(self.own):
            child_id = self._child_id(child, Thing.NOT_TO_BE_TOLD)
        marking.mark(self.own, self.asker, self.now, child_id, wanted, rows, london_day(self.now))

    def ask_to_withdraw(self, child: str, marker_id: str, why: str) -> None:
        """Ask that a marker is withdrawn: it holds until a second person agrees.

        Raises  NotKnown for a child beyond the asker; KeyworkerError where there is none, or it was asked already.
        """
        marking.ask_to_withdraw(self.own, self.asker, self.now, self._marker(child, marker_id), why)

    def answer_withdrawal(self, child: str, marker_id: str, why: str, *, agrees: bool) -> None:
        """Agree that a marker is withdrawn, or leave it standing. To leave it needs nobody else.

        Raises  Refused for whoever asked it and agrees, or does not answer for the child; KeyworkerError.
        """
        one = self._marker(child, marker_id)
        if not agrees:
            return marking.leave_standing(self.own, self.asker, self.now, one, why)
        with self._attempt(ROUTE):
            require(self.refusal_to_withdraw(child, one))
        return marking.withdraw_marker(self.own, self.asker, self.now, one, why)

    def refusal_to_withdraw(self, child: str, one: Marker) -> Refused | None:
        """Why the asker may not agree that a marker is withdrawn, or None. Nobody agrees to what they asked."""
        with one_reading(self.own):
            place = self._place_of_child(self._found(HandleKind.CHILD, child) or "")
            is_own = self._asked_it(one)
        return (_OWN if is_own else None) or refusal_to(To.AGREE_COPY, self.asker, place)

    def markers_to_withdraw(self) -> list[ToWithdraw]:
        """What somebody asks to withdraw, and the asker may agree to."""
        return self._read(
            "copies waiting",
            self._markers_to_withdraw,
            lambda found: {HandleKind.CHILD: sorted({one.handle for one in found})},
        )

    def _markers_to_withdraw(self) -> list[ToWithdraw]:
        if self.sight(Thing.AGREEING_COPIES) == NOTHING:
            return []
        lens = lens_at(self.own, self._today)
        found = [
            one
            for one in markers(self.own, lens, only_asked=True)
            if one.holds_on(self._today.at)
            and self.may_see_child(Thing.AGREEING_COPIES, one.child_id)
            and not self._asked_it(one)
        ]
        who = people.children(self.own, lens.of(sorted({lens.root(one.child_id) for one in found}))) if found else {}
        return [
            ToWithdraw(child.handle, child.name, one.without_values)
            for one in found
            if (child := who.get(lens.root(one.child_id)))
        ]

    def _asked_it(self, one: Marker) -> bool:
        """Whether the asker asked to withdraw it, under this sign-in or another."""
        return one.asked is not None and self._is_one_of([one.asked[0]], self._today.at)

    def _marker(self, child: str, marker_id: str) -> Marker:
        one = next((one for one in self.markers(self._today, child) if one.marker_id == marker_id), None)
        if one is None:
            raise KeyworkerError(
                "Nothing of that number is marked of this child.", remedy="Open what must not be told again."
            )
        return one

    def may_mark(self, child: str) -> None:
        """Ask leave to mark something of a child. May refuse; that it was not given is logged."""
        with self._attempt(ROUTE):
            require(self.refusal_to_mark(child))

    def _lens_of(self, moment: Moment, child_id: str) -> Lens:
        lens = lens_at(self.own, moment)
        return lens.of([lens.root(child_id)])

    def _its_handle(self, child_id: str) -> list[str]:
        return list(handles_of(self.own, HandleKind.CHILD, [child_id]).values())
