"""What pages ask and write of visits, made and missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from keyworker.actions.missed import MissedShares, MissedVisit
from keyworker.actions.nothing_recent import NothingRecent
from keyworker.actions.questions.visits import Visitable, VisitTold, VisitToMatch
from keyworker.actions.visits import WantedVisit
from keyworker.clocks.missed import Coincided, Missed
from keyworker.facts.moment import Moment
from keyworker.facts.visit_notes import VisitNote
from keyworker.facts.visit_pairs import VisitPair
from keyworker.vocabulary.errors import Refused


class Visits(Protocol):
    """What pages ask and write of visits, made and missed."""

    def refusal_to_visit(self, child: str) -> Refused | None:
        """Why the person may not write a visit to a child down, or None when they may."""

    def may_visit(self, child: str) -> None:
        """Whether the person may write down or withdraw a visit to a child. May refuse."""

    def writes_visits(self) -> bool:
        """Whether visits are written down here, and by the person, to any child at all."""

    def visits_written(self, child: str) -> Sequence[VisitNote]:
        """The visits to a child that were written down here, also those withdrawn, the latest first."""

    def visitable(self, child: str) -> Sequence[Visitable]:
        """The child, and the open brothers and sisters to whom the same visit may have been."""

    def record_visit(self, child: str, wanted: WantedVisit) -> Mapping[str, str]:
        """Write a visit down for its children; its number by the handle of each."""

    def visit(self, child: str, visit_id: str) -> VisitTold:
        """What was written here of one visit to a child."""

    def visit_pair(self, child: str, visit_id: str) -> VisitPair | None:
        """The visit of which an extract tells that may be one written down here."""

    def visits_to_match(self) -> Sequence[VisitToMatch]:
        """The visits that the person wrote down and of which an extract may tell too."""

    def match_visit(self, child: str, visit_id: str, *, is_same: bool) -> None:
        """Say whether it is."""

    def withdraw_visit(self, child: str, visit_id: str, why: str) -> None:
        """Withdraw a visit to one child that was written down here."""

    def missed(self, moment: Moment, *, child: str) -> Sequence[Missed]:
        """The visits to a child that were not made in time, and what coincided."""

    def missed_shares(self, moment: Moment, since: date | None = None, *, by: str = "district") -> MissedShares:
        """With how many of the visits not made in time each thing coincided, where the person answers for it."""

    def missed_visits(
        self,
        moment: Moment,
        since: date | None = None,
        *,
        district: str | None = None,
        team: str | None = None,
        what: Coincided | None = None,
    ) -> Sequence[MissedVisit]:
        """The visits behind a share, newest first."""

    def nothing_recent(
        self, moment: Moment, *, team: str | None = None, district: str | None = None, whole: bool = False
    ) -> NothingRecent:
        """Children with neither a recent record nor recent case supervision; the person's own where none is named."""
