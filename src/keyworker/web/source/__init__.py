"""What the pages need from the rooms below: one seam, bound once when the site opens."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from keyworker.access import Door, Thing
from keyworker.actions.opening import EVERY_PAGE, Opening
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.web.source.allocations import Allocations
from keyworker.web.source.asked_time import AskedTime
from keyworker.web.source.by_hand import ByHand
from keyworker.web.source.challenges import Challenges
from keyworker.web.source.children import Children
from keyworker.web.source.cover_decisions import CoverDecisions
from keyworker.web.source.direct_work import DirectWorkAsked
from keyworker.web.source.drafts import Drafts
from keyworker.web.source.duties import Duties
from keyworker.web.source.erasures import Erasures
from keyworker.web.source.figures import Figures
from keyworker.web.source.guarded import Guarded
from keyworker.web.source.kept_posts import KeptPosts
from keyworker.web.source.leaving import Leaving
from keyworker.web.source.loads import Loads
from keyworker.web.source.looking import Looking
from keyworker.web.source.meetings import Meetings
from keyworker.web.source.new_children import NewChildren
from keyworker.web.source.own_load import OwnLoads
from keyworker.web.source.own_words import OwnWords
from keyworker.web.source.plan_actions import PlanActions
from keyworker.web.source.planned_visits import PlannedVisits
from keyworker.web.source.staff_records import StaffRecords
from keyworker.web.source.supervision import Supervision
from keyworker.web.source.visits import Visits
from keyworker.web.source.workers import Workers

AGAIN_IN = 60
"""In how many seconds to ask again where the record does not answer: its database is up again sooner, if at all."""


class OutOfReach(KeyworkerError):
    """The record does not answer, so no page can be made."""


def out_of_reach() -> OutOfReach:
    """What is said where the database does not answer, whether the record was asked or who has signed in."""
    return OutOfReach(
        "The record’s database does not answer, or took too long.",
        remedy="Try again in a minute. If it goes on, tell whoever looks after Keyworker here.",
    )


@dataclass(frozen=True)
class Visitor:
    """A signed-in person: how they are greeted, which pages are part of their work, and where it begins.

    Takes   hidden, pages that are open to the role, but hold nothing of this person's own; opening, whose pages are
            open among those of teams and workers.
    """

    account: str
    name: str
    routes: frozenset[str]
    home: str
    hidden: frozenset[str] = frozenset()  # pages that are open to the role, but hold nothing of this person's own
    role: str = ""  # the first that they hold, as a form may put it
    opening: Opening = EVERY_PAGE
    sees_part: bool = False  # whether lists of children leave out some whom this person may not see
    needs_reason: bool = False  # whether names are open to them for a reason that is typed


class Record(
    Children,
    Workers,
    Allocations,
    Supervision,
    Visits,
    PlannedVisits,
    Duties,
    AskedTime,
    Guarded,
    Leaving,
    Looking,
    OwnWords,
    PlanActions,
    ByHand,
    NewChildren,
    Erasures,
    Meetings,
    OwnLoads,
    KeptPosts,
    StaffRecords,
    CoverDecisions,
    Challenges,
    DirectWorkAsked,
    Drafts,
    Figures,
    Loads,
    Protocol,
):
    """The record, opened by one person for one purpose. Every reading may refuse, in words fit for a page."""


class Source(Protocol):
    """Where the pages' pictures come from.

    Each question but the first two is asked under the session of whoever has signed in (`web.shown`).
    """

    @property
    def place(self) -> str:
        """Which record it is: a session of one record opens no other."""

    def signed_in(self, account: str, door: Door = Door.PAGE) -> str:
        """Open a session of the record for somebody who has signed in, or for a token's account. Gives its secret."""

    def signed_out(self, token: str) -> None:
        """End a session."""

    def signed_out_everywhere(self, account: str) -> None:
        """End every session of a sign-in, those of the command line among them."""

    def visitor(self, account: str, now: datetime) -> Visitor:
        """Who has signed in, and which pages are part of their work. Raises Refused for one who holds no role."""

    def holds_a_role(self, account: str, now: datetime) -> None:
        """Raises Refused where a sign-in holds no role today, or its worker has left."""

    def last_act(self) -> int:
        """The number of the last act of the record; 0 for none."""

    def refusal(self, account: str, things: Sequence[Thing], now: datetime) -> Refused:
        """Why somebody may see nothing of some things; that they asked is logged."""

    def opened(
        self,
        account: str,
        purpose: str,
        now: datetime,
        reason: str = "",
        *,
        one_page: bool = False,
        door: Door = Door.PAGE,
    ) -> AbstractContextManager[Record]:
        """The record, opened by a signed-in person for a purpose.

        Takes   one_page, whether it is only read, all at one instant, and nothing is given before this ends; door, a
                page's or a token's.
        """
