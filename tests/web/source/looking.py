"""Made up: what pages ask of who may see what, and of who has looked."""

from __future__ import annotations

from datetime import date

from keyworker.access import Beyond, RoleHeld, require
from keyworker.actions.questions.log import A_PAGE, LogPage, LogSearch, refusal_to_search
from keyworker.actions.questions.permissions import WhoMay
from keyworker.facts.accounts import RoleHeldBy
from keyworker.record.looking import Look
from tests.web import made_restricted
from tests.web.source.made import Made


class Looking(Made):
    """What pages ask of who may see what, and of who has looked."""

    def access_log(self, search: LogSearch, *, a_page: int = A_PAGE) -> LogPage:
        require(refusal_to_search(search))
        return LogPage((), {}, has_more=False) if self.empty else made_restricted.LOG

    def looked_at(self, child: str) -> list[Look]:
        return [] if self.empty else [Look(date(2026, 11, 20), "social worker", "direct work", "page", "child", 2)]

    def looked_at_me(self) -> list[Look]:
        return []

    def who_may(self) -> WhoMay:
        held = (RoleHeld("social worker", "FEN2"), RoleHeld("team manager", "FEN1", covering_for="teasel"))
        return WhoMay(held, Beyond.TEAM, None)

    def roles_held(self) -> list[RoleHeldBy]:
        if self.empty:
            return []
        began, ends = date(2026, 1, 5), date(2026, 12, 1)
        return [
            RoleHeldBy("ash", "", "administrator", "all", None, began, None),
            RoleHeldBy("sorrel", "Sorrel Fictitious", "social worker", "FEN2", None, began, None),
            RoleHeldBy("sorrel", "Sorrel Fictitious", "team manager", "FEN1", "teasel", date(2026, 11, 2), ends),
            RoleHeldBy("yarrow", "Yarrow Past", "inspector", "all", None, date(2026, 11, 30), date(2026, 12, 5)),
        ]

    def may(self, route: str) -> None:
        return None
