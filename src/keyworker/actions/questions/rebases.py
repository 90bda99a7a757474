"""Where the limits of a measure's chart start afresh: what was decided, deciding it, and withdrawing that."""

from __future__ import annotations

from keyworker.access import refusal_to_rebase, require
from keyworker.actions import rebases
from keyworker.actions.questions.opened import Opened
from keyworker.actions.questions.seen import nobody
from keyworker.actions.reading import one_reading
from keyworker.actions.rebases import WantedRebase
from keyworker.facts.days import london_day
from keyworker.facts.ground import lens_at
from keyworker.facts.moment import Moment
from keyworker.measures.rebased import Rebased, rebases_of
from keyworker.measures.registry import shipped
from keyworker.vocabulary.errors import KeyworkerError, Refused


class AboutRebases(Opened):
    """Where the limits of a measure's chart start afresh, and who decided it."""

    def rebases(self, moment: Moment, measure: str) -> list[Rebased]:
        """The decisions about a measure, also those that were withdrawn, the latest first.

        Raises  KeyworkerError for a name that no measure has.
        """
        name = shipped().definition(measure).name
        lens = lens_at(self.connection, moment)
        return self._read("measures", lambda: rebases_of(self.connection, lens, name), nobody)

    def refusal_to_rebase(self) -> Refused | None:
        """Why the asker may not let limits start afresh, or None when they may. It serves the button too."""
        return refusal_to_rebase(self.asker)

    def may_rebase(self) -> None:
        """Ask leave to let limits start afresh. May refuse; that it was not given is logged."""
        with self._attempt("limits"):
            require(self.refusal_to_rebase())

    def rebase(self, wanted: WantedRebase) -> None:
        """Let the limits of a measure's chart start afresh from a month on.

        Raises  Refused for whoever may not decide it; KeyworkerError for what cannot be decided.
        """
        self.may_rebase()
        rebases.rebase(self.own, self.asker, self.now, wanted, self._known(wanted.measure), london_day(self.now))

    def withdraw_rebase(self, measure: str, rebase_id: str, why: str) -> None:
        """Withdraw a decision. Raises Refused for whoever may not decide it; KeyworkerError where there is none."""
        self.may_rebase()
        one = next((one for one in self._known(measure) if one.rebase_id == rebase_id), None)
        if one is None:
            raise KeyworkerError("No such decision is known of this measure.", remedy="Open the measure again.")
        rebases.withdraw_rebase(self.own, self.asker, self.now, one, why)

    def _known(self, measure: str) -> list[Rebased]:
        name = shipped().definition(measure).name
        with one_reading(self.connection):
            return rebases_of(self.connection, lens_at(self.connection, Moment(london_day(self.now))), name)
