"""What a reminder says of what waits for somebody: how much, how much of it is late, which day comes first. Nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from keyworker.access import NOTHING, Thing
from keyworker.actions.due import Whose, due_to
from keyworker.actions.questions.needs import SOON, AboutNeeds, Need, Needing
from keyworker.clocks.readings import State
from keyworker.facts.absent import is_absent
from keyworker.facts.ground import lens_at

LATE = frozenset(
    {
        Need.OVERDUE,
        Need.PAST_VISITS,
        Need.UNANSWERED,
        Need.LOADS_UNANSWERED,
        Need.LATE_REVIEWS,
        Need.ACTIONS,
        Need.PLAN_ACTIONS,
    }
)
AS_ONE = frozenset({Need.SET_ASIDE})
"""What a file can bring a thousand of: it is one thing to look at."""


@dataclass(frozen=True)
class ToRemind:
    """What waits for somebody. Takes late, how much of it is past its day; first_on, the next day to come, if any."""

    things: int
    late: int
    first_on: date | None


class AboutReminders(AboutNeeds):
    """What a reminder says."""

    def to_remind(self) -> ToRemind | None:
        """What waits for the asker today; None where nothing does, and for whoever is away: they are left in peace."""
        me = self.asker.worker_id
        if me and is_absent(self.connection, lens_at(self.connection, self._today), me):
            return None
        found = self.needs_me()
        if not found:
            return None
        late = sum(_counted(one) for one in found if one.what in LATE)
        return ToRemind(sum(map(_counted, found)), late, self._first_on(found))

    def _first_on(self, found: list[Needing]) -> date | None:
        """The first day to come on which something of the asker's own is due."""
        what, me = {one.what for one in found}, self.asker.worker_id
        if Need.VISITS in what:
            return self._today.at
        if Need.SOON not in what or me is None or self.sight(Thing.DUE) == NOTHING:
            return None
        dues = due_to(self.connection, self._today, Whose(worker_id=me), within=SOON)
        mine = self.due_narrowed(self._today, dues)
        return min(
            (
                one.reading.due_on
                for one in mine
                if one.child and one.reading.state is State.RUNNING and one.reading.due_on
            ),
            default=None,
        )


def _counted(one: Needing) -> int:
    return 1 if one.what in AS_ONE else one.count
