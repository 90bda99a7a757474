"""Made up: what pages ask and write of a worker's own load."""

from __future__ import annotations

from dataclasses import replace

from keyworker.actions.load_challenges import WantedChallenge
from keyworker.actions.questions.own_load import ChallengeTold, LoadTold
from keyworker.facts.moment import Moment
from keyworker.measures.first_year import FirstYear
from keyworker.vocabulary.errors import KeyworkerError
from tests.web.made_load import ANSWERED, FIRST_YEAR, LATE, LOAD, MINE, TOLD, WAITS
from tests.web.source.made import Made


class OwnLoads(Made):
    """What pages ask and write of a worker's own load."""

    def own_load(self, named: str | None, moment: Moment) -> LoadTold:
        row = replace(LOAD.row, children=0, families=0)
        found = replace(TOLD, load=replace(LOAD, row=row, parts=(), weights=()), challenges=()) if self.empty else TOLD
        return found if named is None else replace(found, is_own=False, may_challenge=False, not_shown=1)

    def first_years(self, moment: Moment) -> list[FirstYear]:
        return [] if self.empty else [FIRST_YEAR]

    def challenge_load(self, wanted: WantedChallenge) -> None:
        self.written.append(wanted)

    def load_challenge(self, challenge_id: str) -> ChallengeTold:
        found = {one.said.challenge_id: one for one in (WAITS, LATE, MINE, ANSWERED)}
        if challenge_id == "9" * 32:
            raise KeyworkerError("No such load challenge is known.", remedy="Open the list again.")
        told = found.get(challenge_id, WAITS)
        return replace(told, may_answer=told.may_answer and self.may_decide)

    def loads_to_answer(self) -> list[ChallengeTold]:
        return [] if self.empty else [LATE, WAITS]

    def answer_load(self, challenge_id: str, answer: str, says: str) -> None:
        self.written.append((challenge_id, answer, says))

    def settle_load(self, challenge_id: str, *, is_settled: bool) -> None:
        self.written.append((challenge_id, is_settled))

    def take_load_back(self, challenge_id: str) -> None:
        self.written.append(challenge_id)
