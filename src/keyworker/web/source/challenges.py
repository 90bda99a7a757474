"""What pages ask and write of challenges."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from keyworker.actions.challenges import WantedChallenge, WantedStage
from keyworker.actions.questions.chairing import Chaired
from keyworker.actions.questions.challenges import Challenged, OpenChallenges
from keyworker.facts.pictures import WorkerRef


class Challenges(Protocol):
    """What pages ask and write of challenges."""

    def challenged(self, child: str) -> Challenged:
        """The challenges about a child, stage by stage."""

    def children_i_chair(self) -> Sequence[Chaired]:
        """The open children whom the person chairs."""

    def open_challenges(self) -> OpenChallenges:
        """Every open challenge about the children whom the person may see."""

    def may_challenge(self, child: str) -> None:
        """Whether the person may raise or answer a challenge about a child. May refuse."""

    def challenge_owners(self, child: str) -> Sequence[WorkerRef]:
        """Who may be to answer a challenge about a child."""

    def raise_challenge(self, child: str, wanted: WantedChallenge) -> None:
        """Challenge what is planned or done for a child."""

    def answer_challenge(
        self, child: str, challenge_id: str, answer: str, says: str, on: date | None, seen: str = ""
    ) -> None:
        """Answer the stage at which a challenge is. Takes seen, the digest of what was looked at before."""

    def take_challenge_further(
        self, child: str, challenge_id: str, wanted: WantedStage, after: int | None = None
    ) -> None:
        """Take a challenge to the next stage."""

    def end_challenge(
        self, child: str, challenge_id: str, outcome: str, says: str, on: date | None, seen: str = ""
    ) -> None:
        """Write down that a challenge was resolved or is withdrawn."""
