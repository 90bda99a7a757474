"""Exceptions from timescales: which there are, and agreeing and withdrawing one by hand."""

from __future__ import annotations

from keyworker.access import refusal_to_agree, require
from keyworker.actions import exceptions
from keyworker.actions.exceptions import Wanted
from keyworker.actions.questions.opened import Opened
from keyworker.actions.reading import one_reading
from keyworker.clocks.engine import Reading, readings
from keyworker.clocks.granted import Granted, granted
from keyworker.facts.days import london_day
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.moment import Moment
from keyworker.vocabulary.errors import KeyworkerError, Refused


class AboutExceptions(Opened):
    """Exceptions from timescales: which there are, and agreeing and withdrawing one by hand."""

    def exceptions(self, moment: Moment, child: str) -> list[Granted]:
        """The exceptions that were agreed for a child, also those that were withdrawn, the latest first."""

        def read() -> tuple[list[Granted], list[str]]:
            child_id = self._child_id(child)
            return self._granted(moment, child_id), list(handles_of(self.own, HandleKind.CHILD, [child_id]).values())

        return self._read("clocks", read, lambda found: {HandleKind.CHILD: found[1]})[0]

    def refusal_to_agree(self, child: str) -> Refused | None:
        """Why the asker may not agree an exception for a child, or None when they may. It serves the button too."""
        with one_reading(self.connection):
            place = self._place_of_child(self._found(HandleKind.CHILD, child) or "")
        return refusal_to_agree(self.asker, place)

    def may_agree(self, child: str) -> None:
        """Ask leave to agree or withdraw an exception for a child. May refuse; that it was not given is logged."""
        with self._attempt("exceptions"):
            require(self.refusal_to_agree(child))

    def agree(self, child: str, wanted: Wanted) -> None:
        """Agree an exception from one open duty to a child, from now on.

        Raises  Refused for whoever does not answer for the child's team; KeyworkerError for what cannot be agreed.
        """
        self.may_agree(child)
        today = london_day(self.now)
        child_id, open_now = self._open(child, Moment(today))
        exceptions.agree(self.own, self.asker, self.now, child_id, wanted, open_now, today)

    def withdraw(self, child: str, exception_id: str, why: str) -> None:
        """Withdraw an exception that was agreed by hand.

        Raises  Refused for whoever does not answer for the child's team; KeyworkerError where there is none.
        """
        self.may_agree(child)
        with one_reading(self.connection):
            child_id = self._child_id(child)
            every = self._granted(Moment(london_day(self.now)), child_id)
        one = next((one for one in every if one.exception_id == exception_id), None)
        if one is None:
            raise KeyworkerError("No such exception is known of this child.", remedy="Open the child’s duties again.")
        exceptions.withdraw(self.own, self.asker, self.now, one, why)

    def _open(self, child: str, moment: Moment) -> tuple[str, list[Reading]]:
        with one_reading(self.connection):
            child_id = self._child_id(child)
            return child_id, readings(self.connection, moment, child_ids=[child_id])

    def _granted(self, moment: Moment, child_id: str) -> list[Granted]:
        lens = lens_at(self.own, moment)
        return granted(self.own, lens.of([lens.root(child_id)]))
