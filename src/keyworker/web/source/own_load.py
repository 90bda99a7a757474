"""What pages ask and write of a worker's own load."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from keyworker.actions.load_challenges import WantedChallenge
from keyworker.actions.questions.own_load import ChallengeTold, LoadTold
from keyworker.facts.moment import Moment
from keyworker.measures.first_year import FirstYear


class OwnLoads(Protocol):
    """What pages ask and write of a worker's own load."""

    def own_load(self, named: str | None, moment: Moment) -> LoadTold:
        """How a worker's load was worked out; the person's own when none is named."""

    def first_years(self, moment: Moment) -> Sequence[FirstYear]:
        """What is promised to each worker in their first year of whom the person answers."""

    def challenge_load(self, wanted: WantedChallenge) -> None:
        """Say that the person's own load is not right."""

    def load_challenge(self, challenge_id: str) -> ChallengeTold:
        """One load challenge."""

    def loads_to_answer(self) -> Sequence[ChallengeTold]:
        """The load challenges that wait for an answer of the person's."""

    def answer_load(self, challenge_id: str, answer: str, says: str) -> None:
        """Answer a worker who said that their load is not right."""

    def settle_load(self, challenge_id: str, *, is_settled: bool) -> None:
        """Say whether an answer about the person's own load settles it."""

    def take_load_back(self, challenge_id: str) -> None:
        """Take back that the person's own load is not right."""
