"""A day's limits: how many children one sign-in opens one by one, and how many it is given to carry away."""

from __future__ import annotations

from collections.abc import Collection

from keyworker.access import EMERGENCY, Door
from keyworker.actions.carried import CHILDREN as CARRIED
from keyworker.actions.carried import over_the_children
from keyworker.actions.daily import OF_ONE_CHILD, over_the_day
from keyworker.actions.daily import SETTING as OPENED
from keyworker.actions.questions.permitting import Permitting
from keyworker.actions.questions.seen import Seen
from keyworker.facts.belonging import said_in_setting
from keyworker.facts.handles import HandleKind
from keyworker.vocabulary.errors import Refused


class WithinTheDay(Permitting):
    """Holds whoever asks to a day's limits.

    `is_of_system` says that a system asks, with a token for which somebody else answers. Fetching everybody may be what
    it is for: a day's limit holds it where the council has set one for its account.

    Gives   given, the handles of the children of whom it has told: a file that is made of it says whom it carries away.
    """

    is_of_system = False
    given: set[str]
    _counted: set[str]

    def _over_the_day(self, route: str, told: Seen) -> Refused | None:
        """Why no more is given today: the asker has opened, or carried away, as many children as one may.

        It is asked of what would be given alone, so that it tells nothing of whom the asker may not see.
        """
        by_warrant = self._warranted is not None and self._warranted.purpose == EMERGENCY
        if by_warrant:
            return None
        children = set(told.get(HandleKind.CHILD, ())) - {""}
        refused = self._over_opened(route, children) or self._over_carried(children)
        if refused is None and route in OF_ONE_CHILD:
            self._counted |= children
        return refused

    def _is_held_by(self, limit: str) -> bool:
        """Whether a day's limit holds whoever asks: not the keeper of the machine. Takes limit, its setting."""
        if not self.is_of_system:
            return not self.asker.is_keeper
        return said_in_setting(self.connection, self._today, limit, self.asker.account, alone=True) is not None

    def _over_opened(self, route: str, children: Collection[str]) -> Refused | None:
        is_counted = route in OF_ONE_CHILD and len(children) == 1 and not self._counted.issuperset(children)
        if not is_counted or not self._is_held_by(OPENED):
            return None
        (child,) = children
        return over_the_day(self.own, self.connection, self.asker.account, self._today, child)

    def _over_carried(self, children: Collection[str]) -> Refused | None:
        """Whatever a program, a command or Python is given leaves the record, as a file does from a page."""
        if self.asker.door is Door.PAGE or self.given.issuperset(children) or not self._is_held_by(CARRIED):
            return None
        more = self.given.union(children)
        return over_the_children(self.own, self.connection, self.asker.account, self._today, more)
