"""A source of made-up pictures, so that pages can be tested without a record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from keyworker.access import Thing, who_may
from keyworker.vocabulary.errors import Refused
from keyworker.web.source import OutOfReach, Visitor
from tests.web.source.allocations import Allocations
from tests.web.source.asked_time import AskedTime
from tests.web.source.by_hand import ByHand
from tests.web.source.challenges import Challenges
from tests.web.source.children import Children
from tests.web.source.cover_decisions import CoverDecisions
from tests.web.source.direct_work import DirectWorkAsked
from tests.web.source.drafts import Drafts
from tests.web.source.duties import Duties
from tests.web.source.figures import Figures
from tests.web.source.kept_posts import KeptPosts
from tests.web.source.leaving import Leaving
from tests.web.source.loads import Loads
from tests.web.source.looking import Looking
from tests.web.source.meetings import Meetings
from tests.web.source.new_children import NewChildren
from tests.web.source.own_load import OwnLoads
from tests.web.source.own_words import OwnWords
from tests.web.source.plan_actions import PlanActions
from tests.web.source.planned_visits import PlannedVisits
from tests.web.source.staff_records import StaffRecords
from tests.web.source.supervision import Supervision
from tests.web.source.visits import Visits
from tests.web.source.workers import Workers

EVERY = frozenset(route for row in who_may().values() for route in row.routes)


class MadeUp(
    Children,
    Workers,
    Allocations,
    Supervision,
    Visits,
    PlannedVisits,
    Duties,
    AskedTime,
    OwnWords,
    PlanActions,
    ByHand,
    NewChildren,
    Meetings,
    OwnLoads,
    KeptPosts,
    StaffRecords,
    CoverDecisions,
    Challenges,
    DirectWorkAsked,
    Drafts,
    Leaving,
    Looking,
    Figures,
    Loads,
):
    """Every page's questions, answered with made-up pictures."""

    place = "made up"

    def signed_in(self, account: str) -> str:
        return f"a session of {account}"

    def signed_out(self, token: str) -> None:
        self.ended.append(token)

    def signed_out_everywhere(self, account: str) -> None:
        self.ended.append(f"every session of {account}")

    def visitor(self, account: str, now: datetime) -> Visitor:
        return Visitor(
            account, "Sorrel Fictitious", EVERY, "needs-me", role="team manager", needs_reason=self.needs_reason
        )

    def refusal(self, account: str, things: Sequence[Thing], now: datetime) -> Refused:
        return Refused("This page is not part of your work here.", remedy="Ask the analyst who keeps the roles.")

    @contextmanager
    def opened(
        self, account: str, purpose: str, now: datetime, reason: str = "", *, one_page: bool = False
    ) -> Iterator[MadeUp]:
        self.purposes.append(f"{purpose}; {reason}" if reason else purpose)
        if account == "refused":
            raise Refused("This page is not part of your work here.", remedy="Ask the analyst who keeps the roles.")
        if account == "broken":
            raise OutOfReach("The record’s database does not answer.", remedy="Try again in a minute.")
        if account == "faulty":
            raise RuntimeError("Ashby Testwood must not be in the log")
        yield self
