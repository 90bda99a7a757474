"""What another agency challenges itself, for a child of an action that it was given, and sees of it: that alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from keyworker.access import NOTHING, Audience, Reach, Thing, require
from keyworker.actions import challenges
from keyworker.actions.challenges import AGENCY, WantedChallenge, WantedStage
from keyworker.actions.leaving import tells
from keyworker.actions.plan_actions import LEFT_OUT
from keyworker.actions.questions.plan_actions import AboutPlanActions
from keyworker.actions.reading import one_reading
from keyworker.actions.telling import OUTSIDE
from keyworker.facts.belonging import child_belonging
from keyworker.facts.challenges import Challenge
from keyworker.facts.challenges import challenges as raised
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.marked import Marker
from keyworker.facts.plan_actions import PlanAction
from keyworker.record.writer import AlreadyRecorded, WriteRefused
from keyworker.vocabulary.errors import KeyworkerError, Refused

FIRST_STAGE = "team manager"
"""Where a challenge that another agency raises itself begins: with whoever manages the team, who sees it as theirs."""
_NOT_THEIRS = Refused(
    "A challenge is raised here by another agency, for a child of an action that it was given.",
    where="a challenge",
    remedy="Whoever works with the child raises it from the child’s page.",
)
_NONE = KeyworkerError("No such challenge of yours was raised.", remedy="Open your own actions again.")


@dataclass(frozen=True)
class OwnChallenges:
    """What the asker challenged for another agency. Takes told_as, by child, the words by which they know the child."""

    challenges: tuple[Challenge, ...] = ()
    told_as: Mapping[str, str] = field(default_factory=dict)
    handles: frozenset[str] = frozenset()

    def one(self, challenge_id: str) -> Challenge | None:
        """The challenge of a number."""
        return next((one for one in self.challenges if one.challenge_id == challenge_id), None)


class AboutOwnChallenges(AboutPlanActions):
    """What another agency challenges itself."""

    def own_challenges(self) -> OwnChallenges:
        """What the asker challenged for another agency, without anything marked as not to be told outside."""
        return self._read("own actions", self._own_challenges, lambda found: {HandleKind.CHILD: sorted(found.handles)})

    def challengeable(self, action_id: str) -> PlanAction:
        """The action of the asker's for whose child they may raise a challenge. Raises Refused where it is not so."""
        with self._attempt("own actions"):
            found = {one.action_id: one for one in self._own_actions(with_ended=True).actions}
            one = found.get(action_id)
            if one is None or one.account != self.asker.account:
                raise _NOT_THEIRS
        return one

    def raise_own_challenge(self, action_id: str, wanted: WantedChallenge) -> None:
        """Challenge, for another agency, what is planned or done for the child of an action of its own.

        Takes   wanted, whose agency is that of the action, and whose first stage is with whoever manages the team.
        Raises  Refused; KeyworkerError for one that says too little; AlreadyRecorded when the same form was sent
                before, SentOtherwise when it then said something else.
        """
        action = self.challengeable(action_id)
        first = WantedStage(FIRST_STAGE, self._manager_of(action.child_id), wanted.first.due_on)
        whole = replace(wanted, raised_by=AGENCY, agency=action.agency or "other", first=first)
        row = challenges.challenge_row(self.asker, action.child_id, whole)
        try:
            challenges.raise_it(self.own, self.asker, self.now, row, whole, self._today.at)
        except (AlreadyRecorded, WriteRefused):
            # The database lets an agency write no second row of one that stands, also not the same again.
            with one_reading(self.own):
                stands = {one.challenge_id: one for one in self._my_challenges()}.get(whole.challenge_id)
            if stands is None:
                raise
            challenges.require_as_sent(stands, row, whole.first)
            raise AlreadyRecorded(
                "It was raised before.", where=challenges.WHERE, remedy="There is nothing to do."
            ) from None

    def take_own_further(self, challenge_id: str, wanted: WantedStage, after: int) -> None:
        """Take a challenge of one's own to the next stage. Takes after, how many stages the form was opened upon."""
        one = self._own_one(challenge_id)
        try:
            challenges.take_further(self.own, self.asker, self.now, one, wanted, self._today.at, after)
        except AlreadyRecorded:
            challenges.require_stage(self._own_one(challenge_id), wanted, after)
            raise

    def end_own_challenge(self, challenge_id: str, outcome: str, says: str, on: date | None) -> None:
        """Say that a challenge of one's own was resolved, or is withdrawn."""
        one = self._own_one(challenge_id)
        challenges.end_it(self.own, self.asker, self.now, one, outcome, says, on, self._today.at)

    def _own_challenges(self) -> OwnChallenges:
        if self.sight(Thing.ACTIONS) == NOTHING:
            return OwnChallenges()
        found = self._my_challenges()
        lens = lens_at(self.connection, self._today)
        roots = sorted({lens.root(one.child_id) for one in found})
        marked = self._kept_back(roots)
        told_as = {one.child_id: one.told_as for one in self._own_actions(with_ended=True).actions if one.told_as}
        handles = frozenset(handles_of(self.connection, HandleKind.CHILD, roots).values())
        not_told = self._not_told_of_challenges(found)
        told = tuple(self._told_outside(one, marked, not_told) for one in found)
        return OwnChallenges(told, told_as, handles)

    def _my_challenges(self) -> list[Challenge]:
        hidden, lens = self.hidden(), lens_at(self.own, self._today)
        mine = [one for one in raised(self.own, lens) if one.account == self.asker.account and one.raised_by == AGENCY]
        return [one for one in mine if one.child_id not in hidden and lens.root(one.child_id) not in hidden]

    def _told_outside(self, one: Challenge, marked: list[Marker], not_told: Collection[str]) -> Challenge:
        """A challenge as whoever is outside may read it: who is to answer, and who did, is not named.

        Takes   not_told, the numbers of answers that they may not be told yet, and of challenges of which they may not
                be told yet how they ended: that they ended they are told.
        """
        audience = Audience(Reach.NAMED, OUTSIDE, self.asker.account)

        def told(text: str | None) -> str | None:
            return LEFT_OUT if text and tells(text, marked, audience) else text

        stages = tuple(
            replace(each, answer_says=told(each.answer_says), worker_id=None, written_by="")
            if each.stage_id not in not_told
            else replace(each, answered_on=None, answer=None, answer_says=None, worker_id=None, written_by="")
            for each in one.stages
        )
        says = LEFT_OUT if one.challenge_id in not_told else told(one.outcome_says)
        return replace(one, outcome_says=says, stages=stages)

    def _own_one(self, challenge_id: str) -> Challenge:
        with self._attempt("own actions"):
            require(None if self.sight(Thing.ACTIONS) != NOTHING else _NOT_THEIRS)
        with one_reading(self.own):
            one = next((one for one in self._my_challenges() if one.challenge_id == challenge_id), None)
        if one is None:
            raise _NONE
        return one

    def _manager_of(self, child_id: str) -> str:
        """Who manages the child's team today; nobody named where nobody does. They are not told to the agency."""
        teams = child_belonging(
            self.connection, self._today, lens_at(self.connection, self._today).root(child_id)
        ).teams
        managers = sorted({one for team in teams if (one := self._teams.manager_of.get(team))})
        return managers[0] if managers else ""
