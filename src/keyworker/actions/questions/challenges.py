"""Challenges to what is planned or done for children: reading, raising, answering, taking further, ending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from keyworker.access import NOTHING, Place, Thing, To, refusal_to, require, sight_of
from keyworker.actions import challenges
from keyworker.actions.challenges import WantedChallenge, WantedStage, refusal_of_others, refusal_to_answer
from keyworker.actions.questions.seen import Seen
from keyworker.actions.questions.telling import Telling
from keyworker.actions.reading import one_reading
from keyworker.actions.telling import ANSWERED, ENDED
from keyworker.facts import people
from keyworker.facts.belonging import workers_behind
from keyworker.facts.challenges import Challenge
from keyworker.facts.challenges import challenges as raised
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind
from keyworker.facts.handovers import works_with
from keyworker.facts.lens import Lens
from keyworker.facts.pictures import WorkerRef
from keyworker.record.writer import AlreadyRecorded
from keyworker.vocabulary.errors import KeyworkerError, Refused


@dataclass(frozen=True)
class Challenged:
    """The challenges about one child.

    Takes   challenges, the latest first; workers, by identifier, whoever is to answer; may_raise, whether the asker may
            raise one; may_answer and may_end, the numbers of those that the asker may answer, or take further and end;
            not_told, by the number of the stage or the challenge, why another agency that raised it is not shown an
            answer, or how it ended, yet.
    """

    handle: str
    name: str
    challenges: tuple[Challenge, ...]
    workers: Mapping[str, WorkerRef]
    may_raise: bool
    may_answer: frozenset[str] = frozenset()
    may_end: frozenset[str] = frozenset()
    not_told: Mapping[str, str] = field(default_factory=dict)

    def one(self, challenge_id: str) -> Challenge | None:
        """The challenge of a number."""
        return next((one for one in self.challenges if one.challenge_id == challenge_id), None)


@dataclass(frozen=True)
class OpenChallenges:
    """The open challenges about the children whom the asker may see. Takes children, by identifier."""

    challenges: tuple[Challenge, ...] = ()
    children: Mapping[str, people.Child] = field(default_factory=dict)


class AboutChallenges(Telling):
    """Challenges to what is planned or done for children."""

    def challenged(self, child: str) -> Challenged:
        """The challenges about a child, stage by stage."""

        def read() -> Challenged:
            lens = self._challenge_lens(self._child_id(child))
            (child_id,) = lens.child_ids or ()
            who = people.children(self.own, lens)[child_id]
            found = tuple(raised(self.own, lens))
            named = sorted({stage.worker_id for one in found for stage in one.stages if stage.worker_id})
            place = self._place_of_child(child_id)
            may = refusal_to(To.CHALLENGE, self.asker, place) is None
            open_now = [one for one in found if one.is_open and may]
            waiting = [one for one in open_now if one.stage and one.stage.waits]
            return Challenged(
                who.handle,
                who.name,
                found,
                dict(people.workers(self.own, lens, named)),
                may,
                frozenset(one.challenge_id for one in waiting if self._refusal_to_answer(one, place) is None),
                frozenset(one.challenge_id for one in open_now if refusal_of_others(self.asker, one) is None),
                self._not_told_of_challenges(self._of_agencies(lens, found)),
            )

        return self._read("child", read, lambda found: {HandleKind.CHILD: [found.handle]})

    def open_challenges(self) -> OpenChallenges:
        """Every open challenge about the children whom the asker may see, by the day by which it is to be answered."""

        def seen(found: OpenChallenges) -> Seen:
            return {HandleKind.CHILD: [one.handle for one in found.children.values()]}

        return self._read("challenges", self._open_challenges, seen)

    def _open_challenges(self) -> OpenChallenges:
        if self.sight(Thing.CHALLENGE) == NOTHING:
            return OpenChallenges()
        everyone = lens_at(self.own, self._today)
        found = raised(self.own, everyone, only_open=True)
        roots = {one.child_id: everyone.root(one.child_id) for one in found}
        in_sight = {one for one, root in roots.items() if self.may_see_child(Thing.CHALLENGE, root)}
        who = people.children(self.own, everyone.of(sorted({roots[one] for one in in_sight}))) if in_sight else {}
        kept = [one for one in found if one.child_id in in_sight]
        ordered = sorted(kept, key=lambda one: one.stage.due_on if one.stage else date.max)
        return OpenChallenges(tuple(ordered), {one: who[roots[one]] for one in in_sight})

    def _challenges_of_mine(self) -> tuple[int, int]:
        """Those that wait for the answer of the asker, by name, and those of the asker's that were answered.

        Of nobody else is it counted. Whether an answer resolves a challenge is for whoever raised it to say.
        """
        found = self._open_challenges().challenges
        waits = sum(one.stage is not None and one.stage.waits and self._is_mine_to_answer(one) for one in found)
        mine = [one.stage for one in found if one.account == self.asker.account]
        return waits, sum(stage is not None and not stage.waits for stage in mine)

    def _is_mine_to_answer(self, one: Challenge) -> bool:
        """Whether the asker is named; of what another agency raised with nobody named, whether they manage the team."""
        named = one.stage.worker_id if one.stage else None
        if named is None and one.raised_by == challenges.AGENCY:
            return sight_of(self.asker, Thing.ALLOCATION).covers(self._place_of_child(one.child_id))
        return named is not None and named == self.asker.worker_id

    def refusal_to_challenge(self, child: str) -> Refused | None:
        """Why the asker may neither raise nor answer a challenge about a child, or None. It serves the button too."""
        with one_reading(self.own):
            return refusal_to(
                To.CHALLENGE, self.asker, self._place_of_child(self._found(HandleKind.CHILD, child) or "")
            )

    def may_challenge(self, child: str) -> None:
        """Ask leave to raise or answer a challenge about a child. May refuse; that it was not given is logged."""
        with self._attempt("challenges"):
            require(self.refusal_to_challenge(child))

    def challenge_owners(self, child: str) -> list[WorkerRef]:
        """Who may be to answer: those who work with the child, the managers of their teams, and the asker."""
        self.may_challenge(child)

        def read() -> list[WorkerRef]:
            child_id = self._child_id(child, Thing.CHALLENGE)
            lens = self._challenge_lens(child_id)
            holds = works_with(self.own, lens)
            managers = {self._teams.manager_of.get(row.team_id) for row in holds if row.team_id}
            named = {row.worker_id for row in holds} | {one for one in managers if one}
            return sorted(people.workers(self.own, lens, sorted(named)).values(), key=lambda ref: ref.name)

        return self._read(
            "challenges", read, lambda found: {HandleKind.WORKER: [ref.handle for ref in found]}, allowed=True
        )

    def raise_challenge(self, child: str, wanted: WantedChallenge) -> None:
        """Challenge what is planned or done for a child, or write down that another agency does.

        Raises  Refused; KeyworkerError for one that says too little; AlreadyRecorded when the same form was sent
                before, SentOtherwise when it then said something else.
        """
        self.may_challenge(child)
        with one_reading(self.own):
            lens = self._challenge_lens(self._child_id(child, Thing.CHALLENGE))
        (child_id,) = lens.child_ids or ()
        row = challenges.challenge_row(self.asker, child_id, wanted)
        try:
            challenges.raise_it(self.own, self.asker, self.now, row, wanted, self._today.at)
        except AlreadyRecorded:
            found = {one.challenge_id: one for one in raised(self.own, lens)}
            challenges.require_as_sent(found.get(wanted.challenge_id), row, wanted.first)
            raise

    def answer_challenge(
        self, child: str, challenge_id: str, answer: str, says: str, on: date | None, seen: str = ""
    ) -> None:
        """Answer the stage at which a challenge is. Raises LookFirst; Refused to whoever raised it; KeyworkerError.

        Takes   seen, the digest of what another agency would be shown, as it was looked at (`look_outside`).
        """
        one = self._challenge(child, challenge_id)
        with self._attempt("challenges"):
            require(self._refusal_to_answer(one, self._place_of_child(one.child_id)))
        self._require_looked(child, self.agency_behind(child, one), {ANSWERED: says}, seen)
        challenges.answer_it(self.own, self.asker, self.now, one, answer, says, on, self._today.at)

    def _refusal_to_answer(self, one: Challenge, place: Place) -> Refused | None:
        days = (one.raised_on, self._today.at)
        behind = {worker for day in days for worker in workers_behind(self.connection, [one.account], day)}
        manages = sight_of(self.asker, Thing.ALLOCATION).covers(place)
        return refusal_to_answer(self.asker, one, behind, manages=manages)

    def take_challenge_further(
        self, child: str, challenge_id: str, wanted: WantedStage, after: int | None = None
    ) -> None:
        """Take a challenge to the next stage, as whoever raised it or chairs.

        Takes   after, how many stages it had when the form was opened; None for as many as it has.
        Raises  Refused; KeyworkerError; AlreadyRecorded when the same form was sent before, AtAnotherStage when it came
                to another stage since.
        """
        one = self._challenge(child, challenge_id)
        with self._attempt("challenges"):
            require(refusal_of_others(self.asker, one))
        had = len(one.stages) if after is None else after
        try:
            challenges.take_further(self.own, self.asker, self.now, one, wanted, self._today.at, had)
        except AlreadyRecorded:
            challenges.require_stage(self._challenge(child, challenge_id), wanted, had)
            raise

    def end_challenge(
        self, child: str, challenge_id: str, outcome: str, says: str, on: date | None, seen: str = ""
    ) -> None:
        """Write down that a challenge was resolved or is withdrawn, as whoever raised it or chairs.

        Takes   seen, as `answer_challenge` does.
        """
        one = self._challenge(child, challenge_id)
        with self._attempt("challenges"):
            require(refusal_of_others(self.asker, one))
        self._require_looked(child, self.agency_behind(child, one), {ENDED: says}, seen)
        challenges.end_it(self.own, self.asker, self.now, one, outcome, says, on, self._today.at)

    def _challenge(self, child: str, challenge_id: str) -> Challenge:
        self.may_challenge(child)
        with one_reading(self.own):
            found = raised(self.own, self._challenge_lens(self._child_id(child, Thing.CHALLENGE)))
        one = next((one for one in found if one.challenge_id == challenge_id), None)
        if one is None:
            raise KeyworkerError("No such challenge was raised here.", remedy="Open the challenges again.")
        return one

    def _challenge_lens(self, child_id: str) -> Lens:
        lens = lens_at(self.own, self._today)
        return lens.of([lens.root(child_id)])
