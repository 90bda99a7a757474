"""What pages ask and write of what children's plans ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from keyworker.actions.challenges import WantedChallenge, WantedStage
from keyworker.actions.plan_actions import WantedAction
from keyworker.actions.questions.own_challenges import OwnChallenges
from keyworker.actions.questions.plan_actions import OwnActions, PlanAsked
from keyworker.facts.pictures import WorkerRef
from keyworker.facts.plan_actions import PlanAction
from keyworker.vocabulary.errors import Refused


class PlanActions(Protocol):
    """What pages ask and write of what children's plans ask."""

    def plan_actions(self, child: str) -> PlanAsked:
        """What a child's plan asks, of whom and by when."""

    def refusal_to_plan(self, child: str) -> Refused | None:
        """Why the person may not write down what a child's plan asks, or None when they may."""

    def may_plan(self, child: str) -> None:
        """Whether the person may write down what a child's plan asks. May refuse."""

    def plan_workers(self, child: str) -> Sequence[WorkerRef]:
        """The workers whose an action of a child's plan may be."""

    def wrong_sign_in(self, child: str, wanted: WantedAction) -> str:
        """Why an action cannot be given to the sign-in that it names; empty where it can."""
        ...

    def write_plan_action(self, child: str, wanted: WantedAction, seen: str = "") -> None:
        """Write an action of a child's plan down. Takes seen, the digest of what was looked at before."""

    def move_plan_action(self, child: str, action_id: str, until: date | None, why: str, seen: str = "") -> None:
        """Move the day by which an action is to be done."""

    def end_plan_action(
        self, child: str, action_id: str, on: date | None, done: bool | None, outcome: str, seen: str = ""
    ) -> None:
        """Write down that an action was done, or is given up."""

    def own_challenges(self) -> OwnChallenges:
        """What the person challenged for another agency."""

    def challengeable(self, action_id: str) -> PlanAction:
        """An action for whose child the person may raise a challenge. May refuse."""

    def raise_own_challenge(self, action_id: str, wanted: WantedChallenge) -> None:
        """Challenge, for another agency, what is planned or done for the child of an action of its own."""

    def take_own_further(self, challenge_id: str, wanted: WantedStage, after: int) -> None:
        """Take a challenge of one's own to the next stage."""

    def end_own_challenge(self, challenge_id: str, outcome: str, says: str, on: date | None) -> None:
        """Say that a challenge of one's own was resolved, or is withdrawn."""

    def own_actions(self) -> OwnActions:
        """What the person is to do under any child's plan."""

    def end_own_action(self, action_id: str, on: date | None, done: bool | None, outcome: str) -> None:
        """Write down what came of an action of one's own."""
