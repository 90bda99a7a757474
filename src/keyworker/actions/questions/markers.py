"""What must not be told of a child: which markers there are, making and withdrawing one by hand."""

from __future__ import annotations

from keyworker.access import Thing, require
from keyworker.actions import marking
from keyworker.actions.marking import WantedMarker
from keyworker.actions.questions.opened import Opened
from keyworker.actions.reading import one_reading
from keyworker.facts.days import london_day
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.lens import Lens
from keyworker.facts.marked import Markable, Marker, markables, markers
from keyworker.facts.moment import Moment
from keyworker.vocabulary.errors import KeyworkerError, Refused

ROUTE = "not to be told"


class AboutMarkers(Opened):
    """What must not be told of a child: which markers there are, making and withdrawing one by hand."""

    def markers(self, moment: Moment, child: str) -> list[Marker]:
        """What is marked of a child, with the values, also what was withdrawn, the latest first."""

        def read() -> tuple[list[Marker], list[str]]:
            child_id = self._child_id(child, Thing.NOT_TO_BE_TOLD)
            return markers(self.own, self._lens_of(moment, child_id)), self._handles(child_id)

        return self._read("not to be told", read, lambda found: {HandleKind.CHILD: found[1]})[0]

    def warnings(self, child: str) -> list[Marker]:
        """What holds today of a child whom the asker may see, without the values, whatever moment a page looks at."""

        def read() -> tuple[list[Marker], list[str]]:
            child_id = self._child_id(child)
            # Whoever is not told what is marked is told that something is: read as nobody, given without the values.
            found = markers(self.connection, self._lens_of(self._today, child_id))
            return [one.without_values for one in found if one.holds_on(self._today.at)], self._handles(child_id)

        return self._read("child", read, lambda found: {HandleKind.CHILD: found[1]})[0]

    def markables(self, child: str) -> list[Markable]:
        """The rows of the record that can be marked of a child, the latest first."""

        def read() -> tuple[list[Markable], list[str]]:
            child_id = self._child_id(child, Thing.NOT_TO_BE_TOLD)
            return markables(self.own, self._lens_of(self._today, child_id)), self._handles(child_id)

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

    def withdraw_marker(self, child: str, marker_id: str, why: str) -> None:
        """Withdraw a marker that was made by hand. Raises NotKnown, or KeyworkerError where there is none."""
        one = next((one for one in self.markers(self._today, child) if one.marker_id == marker_id), None)
        if one is None:
            raise KeyworkerError(
                "Nothing of that number is marked of this child.", remedy="Open what must not be told again."
            )
        marking.withdraw_marker(self.own, self.asker, self.now, one, why)

    def may_mark(self, child: str) -> None:
        """Ask leave to mark something of a child. May refuse; that it was not given is logged."""
        with self._attempt(ROUTE):
            require(self.refusal_to_mark(child))

    def _lens_of(self, moment: Moment, child_id: str) -> Lens:
        lens = lens_at(self.own, moment)
        return lens.of([lens.root(child_id)])

    def _handles(self, child_id: str) -> list[str]:
        return list(handles_of(self.own, HandleKind.CHILD, [child_id]).values())
