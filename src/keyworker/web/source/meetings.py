"""What pages ask and write of meetings about children."""

from __future__ import annotations

from typing import Protocol

from keyworker.actions.meetings import WantedMeeting
from keyworker.actions.questions.meetings import Meetable, Met
from keyworker.vocabulary.errors import Refused


class Meetings(Protocol):
    """What pages ask and write of meetings about children."""

    def meetings(self, child: str) -> Met:
        """The meetings about a child that were written down here."""

    def refusal_to_minute(self, child: str) -> Refused | None:
        """Why the person may not write down a meeting about a child, or None when they may."""

    def may_minute(self, child: str) -> None:
        """Whether the person may write down a meeting about a child. May refuse."""

    def meetable(self, child: str) -> Meetable:
        """Who may have chaired a meeting about a child, and the council's quorums."""

    def record_meeting(self, child: str, wanted: WantedMeeting) -> None:
        """Write a meeting about a child down."""

    def withdraw_meeting(self, child: str, meeting_id: str, why: str) -> None:
        """Withdraw a meeting that was written down here."""
