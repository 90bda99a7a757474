"""What pages ask of who may see what, and of who has looked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from keyworker.actions.questions.log import A_PAGE, LogPage, LogSearch
from keyworker.actions.questions.permissions import WhoMay
from keyworker.facts.accounts import RoleHeldBy
from keyworker.record.looking import Look


class Looking(Protocol):
    """What pages ask of who may see what, and of who has looked."""

    def who_may(self) -> WhoMay:
        """The roles that the person holds, and how far the council lets most staff see."""

    def roles_held(self) -> Sequence[RoleHeldBy]:
        """Every role that is held today or from a later day."""

    def may(self, route: str) -> None:
        """Whether the person may open a kind of page that reads nothing of the record. May refuse."""

    def access_log(self, search: LogSearch, *, a_page: int = A_PAGE) -> LogPage:
        """Lines of the access log, the latest first."""

    def looked_at(self, child: str) -> Sequence[Look]:
        """On which days, as what and what for somebody looked at a child."""

    def looked_at_me(self) -> Sequence[Look]:
        """The same of the person's own figures."""
