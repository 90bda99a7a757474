"""Made up: what pages ask and write of what children's plans ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from keyworker.access import require
from keyworker.actions.challenges import WantedChallenge, WantedStage
from keyworker.actions.plan_actions import WantedAction
from keyworker.actions.questions.own_challenges import OwnChallenges
from keyworker.actions.questions.plan_actions import NOBODY_SIGNS_IN, OwnActions, PlanAsked
from keyworker.actions.writing import SentOtherwise
from keyworker.facts.pictures import WorkerRef
from keyworker.facts.plan_actions import PlanAction
from keyworker.vocabulary.errors import Refused
from tests.web import made_challenges, made_plan_actions
from tests.web.fictional import ADEYEMI, OKAFOR
from tests.web.source.made import Made


class PlanActions(Made):
    """What pages ask and write of what children's plans ask."""

    def plan_actions(self, child: str) -> PlanAsked:
        found = made_plan_actions.NOTHING if self.empty else made_plan_actions.ASKED
        return replace(found, is_here=self.allocates_here, may_write=self.allocates_here and self.may_decide)

    def refusal_to_plan(self, child: str) -> Refused | None:
        return None if self.may_decide else Refused("It is written down by whoever works with the child.")

    def may_plan(self, child: str) -> None:
        require(self.refusal_to_plan(child))

    def plan_workers(self, child: str) -> list[WorkerRef]:
        self.may_plan(child)
        return [ADEYEMI, OKAFOR]

    def wrong_sign_in(self, child: str, wanted: WantedAction) -> str:
        self.may_plan(child)
        return NOBODY_SIGNS_IN if wanted.account == "nobody" else ""

    def write_plan_action(self, child: str, wanted: WantedAction, seen: str = "") -> None:
        if self.sent_otherwise:
            raise SentOtherwise("an action of a plan")
        self.written.append(wanted)

    def move_plan_action(self, child: str, action_id: str, until: date | None, why: str, seen: str = "") -> None:
        self.written.append((action_id, until, why))

    def end_plan_action(
        self, child: str, action_id: str, on: date | None, done: bool | None, outcome: str, seen: str = ""
    ) -> None:
        self.written.append((action_id, on, done, outcome))

    def own_challenges(self) -> OwnChallenges:
        return made_challenges.OWN if self.another_agency else OwnChallenges()

    def challengeable(self, action_id: str) -> PlanAction:
        require(None if self.another_agency else Refused("A challenge is raised here by another agency."))
        return made_plan_actions.MINE.actions[0]

    def raise_own_challenge(self, action_id: str, wanted: WantedChallenge) -> None:
        self.written.append((action_id, wanted))

    def take_own_further(self, challenge_id: str, wanted: WantedStage, after: int) -> None:
        self.written.append((challenge_id, wanted, after))

    def end_own_challenge(self, challenge_id: str, outcome: str, says: str, on: date | None) -> None:
        self.written.append((challenge_id, outcome, says, on))

    def own_actions(self) -> OwnActions:
        return OwnActions() if self.empty else made_plan_actions.MINE

    def end_own_action(self, action_id: str, on: date | None, done: bool | None, outcome: str) -> None:
        self.written.append((action_id, on, done, outcome))
