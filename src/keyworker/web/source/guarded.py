"""What pages ask and write of who may not know a child's record, or parts of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from keyworker.actions.emergencies import WantedOpening
from keyworker.actions.marking import WantedMarker
from keyworker.actions.questions.emergencies import Emergency, EmergencyPage, Notices
from keyworker.actions.questions.markers import ToWithdraw
from keyworker.actions.questions.restrictions import Mark, RestrictedChild, Restricting
from keyworker.actions.restrictions import WantedRestriction
from keyworker.facts.marked import Markable, Marker
from keyworker.facts.moment import Moment
from keyworker.vocabulary.errors import Refused


class Guarded(Protocol):
    """What pages ask and write of who may not know a child's record, or parts of it."""

    def warnings(self, child: str) -> Sequence[Marker]:
        """What must not be told of a child today, without the things themselves."""

    def markers(self, moment: Moment, child: str) -> Sequence[Marker]:
        """What is marked of a child as not to be told, also what was withdrawn."""

    def markables(self, child: str) -> Sequence[Markable]:
        """What the record holds of a child that can be marked."""

    def refusal_to_mark(self, child: str) -> Refused | None:
        """Why the person may not mark anything of a child, or None when they may."""

    def may_mark(self, child: str) -> None:
        """Whether the person may see and mark what must not be told of a child. May refuse."""

    def mark(self, child: str, wanted: WantedMarker) -> None:
        """Mark something of a child as not to be told."""

    def ask_to_withdraw(self, child: str, marker_id: str, why: str) -> None:
        """Ask that what was marked by hand is withdrawn."""

    def refusal_to_withdraw(self, child: str, one: Marker) -> Refused | None:
        """Why the person may not agree that something marked is withdrawn, or None when they may."""

    def answer_withdrawal(self, child: str, marker_id: str, why: str, *, agrees: bool) -> None:
        """Agree that something marked is withdrawn, or leave it standing. May refuse."""

    def markers_to_withdraw(self) -> Sequence[ToWithdraw]:
        """What somebody else asks to withdraw, and the person may agree to."""

    def mark_of(self, child: str) -> Mark:
        """What the page of a child says of who may see the child."""

    def restricted_children(self) -> Sequence[RestrictedChild]:
        """The restricted children for whom the person is named."""

    def refusal_to_restrict(self, child: str) -> Refused | None:
        """Why the person may not decide who sees a child, or None when they may."""

    def restricting(self, child: str) -> Restricting:
        """Everything that is needed to decide who sees a child. May refuse."""

    def restrict(self, child: str, wanted: WantedRestriction) -> None:
        """Decide that only named people may see a child."""

    def name_for(self, child: str, account: str, reason: str) -> None:
        """Name one more person who may see a restricted child."""

    def name_no_longer(self, child: str, account: str, why: str) -> None:
        """Take back that somebody is named for a restricted child."""

    def lift(self, child: str, why: str) -> None:
        """Lift a restriction."""

    def emergency(self) -> EmergencyPage:
        """What the council has set of emergencies, and what the person opened."""

    def break_glass(self, wanted: WantedOpening) -> str | None:
        """Open a record in an emergency. Gives the child's handle, None where nobody is meant. May refuse."""

    def close_emergency(self, glass_id: str) -> None:
        """Close a record that the person opened."""

    def emergencies(self) -> Sequence[Emergency]:
        """Everything opened in an emergency that the person may review."""

    def emergencies_of(self, child: str) -> Sequence[Emergency]:
        """Who opened a child's record in an emergency, for whoever is named or may review it."""

    def notices(self) -> Notices:
        """What the person's first page says of emergencies."""

    def review(self, glass_id: str, outcome: str, found: str) -> None:
        """Write down whether it was right to open a record."""
