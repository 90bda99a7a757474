"""Made up: what pages ask and write of challenges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from keyworker.access import require
from keyworker.actions.challenges import AtAnotherStage, WantedChallenge, WantedStage
from keyworker.actions.questions.chairing import Chaired
from keyworker.actions.questions.challenges import Challenged, OpenChallenges
from keyworker.actions.writing import SentOtherwise
from keyworker.facts.pictures import WorkerRef
from keyworker.vocabulary.errors import Refused
from tests.web import made_challenges
from tests.web.fictional import ADEYEMI, MANAGER
from tests.web.source.made import Made

NONE: frozenset[str] = frozenset()


class Challenges(Made):
    """What pages ask and write of challenges."""

    def challenged(self, child: str) -> Challenged:
        found = replace(made_challenges.CHALLENGED, challenges=()) if self.empty else made_challenges.CHALLENGED
        return found if self.may_decide else replace(found, may_raise=False, may_answer=NONE, may_end=NONE)

    def children_i_chair(self) -> Sequence[Chaired]:
        return () if self.empty else made_challenges.CHAIRED

    def open_challenges(self) -> OpenChallenges:
        return OpenChallenges() if self.empty else made_challenges.OPEN

    def may_challenge(self, child: str) -> None:
        require(None if self.may_decide else Refused("A challenge is raised by whoever chairs."))

    def challenge_owners(self, child: str) -> list[WorkerRef]:
        self.may_challenge(child)
        return [ADEYEMI, MANAGER]

    def raise_challenge(self, child: str, wanted: WantedChallenge) -> None:
        if self.sent_otherwise:
            raise SentOtherwise("a challenge")
        self.written.append(wanted)

    def answer_challenge(
        self, child: str, challenge_id: str, answer: str, says: str, on: date | None, seen: str = ""
    ) -> None:
        self.written.append((challenge_id, answer, says, on))

    def take_challenge_further(
        self, child: str, challenge_id: str, wanted: WantedStage, after: int | None = None
    ) -> None:
        if after != 2:
            raise AtAnotherStage
        self.written.append((challenge_id, wanted))

    def end_challenge(
        self, child: str, challenge_id: str, outcome: str, says: str, on: date | None, seen: str = ""
    ) -> None:
        self.written.append((challenge_id, outcome, says, on))
