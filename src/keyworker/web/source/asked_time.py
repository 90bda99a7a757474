"""What pages ask and write of people who cannot do a duty by its day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from keyworker.actions.questions.time_asked import Answerable, TimeTold
from keyworker.actions.time_asked import WantedAnswer, WantedTime
from keyworker.facts.time_asked import TimeAsked
from keyworker.vocabulary.errors import Refused


class AskedTime(Protocol):
    """What pages ask and write of people who cannot do a duty by its day."""

    def refusal_to_ask_time(self, child: str) -> Refused | None:
        """Why the person may not ask for time for a child, or None when they may."""

    def may_ask_time(self, child: str) -> None:
        """Whether the person may ask for time for a child. May refuse."""

    def ask_time(self, child: str, wanted: WantedTime) -> None:
        """Say that one open duty to a child cannot be done by its day."""

    def time_asked(self, child: str) -> Sequence[TimeAsked]:
        """Every time that time was asked for of a child's duties, the latest first."""

    def time_to_answer(self) -> Sequence[TimeTold]:
        """What waits for an answer that the person may give, and what none was given to in time."""

    def time_of_mine(self) -> Sequence[TimeTold]:
        """What the person asked, while the duty is open, and what was given them to do or to go along to."""

    def answerable(self, child: str, asked_id: str) -> Answerable:
        """Time that was asked for, with all that is needed to answer."""

    def answer_time(self, child: str, asked_id: str, wanted: WantedAnswer) -> None:
        """Answer somebody who asked for time."""

    def take_time_back(self, child: str, asked_id: str) -> None:
        """Take back that the person asked for time."""
