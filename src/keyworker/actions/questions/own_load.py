"""A worker's own load and how it was worked out; saying that it is not right, and answering who says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from keyworker.access import Thing, To, refusal_to, require, worker_of
from keyworker.actions import load_challenges
from keyworker.actions.first_year import first_year_of, first_years_at
from keyworker.actions.load_challenges import (
    DAYS_TO_ANSWER,
    Standing,
    WantedChallenge,
    answer_by,
    refusal_of_own,
    standing,
)
from keyworker.actions.questions.naming import NotKnown, known
from keyworker.actions.questions.opened import Opened
from keyworker.actions.questions.seen import Seen, children_of
from keyworker.actions.reading import one_reading
from keyworker.actions.whole import of_worker
from keyworker.clocks.workers import workers_at
from keyworker.facts import people
from keyworker.facts.belonging import said_in_setting
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind
from keyworker.facts.load_challenges import LoadChallenge
from keyworker.facts.load_challenges import load_challenges as every_challenge
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import SourceAge, WorkerRef
from keyworker.facts.sources import source_ages
from keyworker.measures.first_year import FirstYear
from keyworker.measures.own_load import OwnLoad, own_load
from keyworker.vocabulary.errors import Refused


@dataclass(frozen=True)
class ChallengeTold:
    """A load challenge, whose it is and how it stands. Takes is_own, whether whoever looks said it."""

    said: LoadChallenge
    worker: WorkerRef
    standing: Standing
    is_own: bool = False
    may_answer: bool = False


@dataclass(frozen=True)
class LoadTold:
    """A worker's load, and what they said of it.

    Takes   is_own, whether it is the asker's; may_challenge, whether they may say that it is not right; not_shown, how
            many children count whom the asker may not see; first_year, what is promised to a worker in that year.
    """

    load: OwnLoad
    challenges: tuple[ChallengeTold, ...]
    sources: tuple[SourceAge, ...]
    is_own: bool = False
    may_challenge: bool = False
    not_shown: int = 0
    first_year: FirstYear | None = None


class AboutOwnLoad(Opened):
    """A worker's load for the worker and the line of responsibility, and what the worker says of it."""

    def own_load(self, named: str | None, moment: Moment) -> LoadTold:
        """How a worker's load at a moment was worked out, child by child; the asker's own when none is named."""
        self._require_places("worker", Thing.WORKER, of_places=False)
        mine = worker_of(self.asker, "it has no load") if named is None else None

        def read() -> LoadTold:
            worker_id = mine or self._worker_id(named or "")
            whole = self._load_of(worker_id, moment)
            seen = {one.child_id for one in self.narrowed(moment, [part.child for part in whole.parts], Thing.CHILD)}
            load = replace(whole, parts=tuple(one for one in whole.parts if one.child.child_id in seen))
            told = self._challenges_told(every_challenge(self.own, lens_at(self.own, self._today), worker_id))
            return LoadTold(
                load,
                tuple(told),
                tuple(source_ages(self.connection)),
                worker_id == self.asker.worker_id,
                self._refusal_to_challenge(worker_id) is None,
                len(whole.counted) - len(load.counted),
                first_year_of(self.connection, moment, whole.row),
            )

        return self._read(
            "worker",
            read,
            lambda told: {
                HandleKind.WORKER: [told.load.row.worker.handle],
                **children_of(one.child for one in told.load.parts),
            },
        )

    def first_years(self, moment: Moment) -> list[FirstYear]:
        """What is promised to each worker in their first year of whom the asker answers, by district, team and name."""

        def read() -> list[FirstYear]:
            found = first_years_at(self.connection, moment)
            seen = {row.worker.worker_id for row in self.workers_narrowed(moment, [one.row for one in found])}
            return [one for one in found if one.row.worker.worker_id in seen]

        return self._read(
            "first year", read, lambda found: {HandleKind.WORKER: [one.row.worker.handle for one in found]}
        )

    def refusal_to_challenge_load(self, worker: str) -> Refused | None:
        """Why the asker may not say that a worker's load is not right, or None where it is their own."""
        with one_reading(self.own):
            return self._refusal_to_challenge(self._found(HandleKind.WORKER, worker) or "")

    def refusal_to_answer_load(self, worker: str) -> Refused | None:
        """Why the asker may not answer a worker about their load, or None when they may."""
        with one_reading(self.own):
            place = self._place_of_worker(self._found(HandleKind.WORKER, worker) or "")
        return refusal_to(To.ANSWER_LOAD, self.asker, place)

    def challenge_load(self, wanted: WantedChallenge) -> None:
        """Say that the asker's own load of today is not right.

        Raises  Refused for whoever holds no children by their roles; SentOtherwise, KeyworkerError for what cannot be
                said.
        """
        me = worker_of(self.asker, "it has no load")
        with self._attempt("load challenges"):
            require(self._refusal_to_challenge(me))

        def read() -> tuple[OwnLoad, list[LoadChallenge], date]:
            before = every_challenge(self.own, lens_at(self.own, self._today), me)
            by = answer_by(self._today.at, said_in_setting(self.connection, self._today, DAYS_TO_ANSWER))
            return self._load_of(me, self._today), before, by

        load, before, by = self._read(
            "load challenges", read, lambda found: {HandleKind.WORKER: [found[0].row.worker.handle]}
        )
        load_challenges.challenge(self.own, self.asker, self.now, wanted, load, before, by)

    def load_challenge(self, challenge_id: str) -> ChallengeTold:
        """One load challenge, for the worker and whoever sees their figures. Raises NotKnown of any other."""
        self._require_places("worker", Thing.WORKER, of_places=False)

        def read() -> ChallengeTold:
            found = every_challenge(self.own, lens_at(self.own, self._today))
            one = next((one for one in found if one.challenge_id == challenge_id), None)
            may_see = one is not None and self.may_see_worker(Thing.WORKER, one.worker_id)
            if one is None or not may_see:
                raise NotKnown("No such load challenge is known.", remedy="Open the list again.")
            return self._challenges_told([one])[0]

        return self._read("worker", read, lambda told: _seen([told]))

    def loads_to_answer(self) -> list[ChallengeTold]:
        """The load challenges that wait for an answer of the asker's, the oldest first."""

        def read() -> list[ChallengeTold]:
            return self._challenges_told(self._loads_to_answer())

        return self._read("loads to answer", read, _seen)

    def answer_load(self, challenge_id: str, answer: str, says: str) -> None:
        """Answer a worker who said that their load is not right.

        Raises  Refused for the worker, and for whoever does not answer for them; KeyworkerError for what says too
                little or was answered already.
        """
        one = self.load_challenge(challenge_id).said
        with self._attempt("loads to answer"):
            require(refusal_of_own(self.asker, one))
            require(refusal_to(To.ANSWER_LOAD, self.asker, self._place_of_worker(one.worker_id)))
        load_challenges.answer(self.own, self.asker, self.now, one, (answer, says), self._today.at)

    def settle_load(self, challenge_id: str, *, is_settled: bool) -> None:
        """Say whether an answer about the asker's own load settles it."""
        one = self.load_challenge(challenge_id).said
        load_challenges.settle(self.own, self.asker, self.now, one, is_settled=is_settled, today=self._today.at)

    def take_load_back(self, challenge_id: str) -> None:
        """Take back that the asker's own load is not right, while nobody has answered."""
        one = self.load_challenge(challenge_id).said
        load_challenges.take_back(self.own, self.asker, self.now, one, self._today.at)

    def _load_of(self, worker_id: str, moment: Moment) -> OwnLoad:
        children = of_worker(self.connection, moment, worker_id).children
        rows = workers_at(self.connection, moment, worker_ids=[worker_id], children=children)
        row = known(next(iter(rows), None), HandleKind.WORKER)
        return own_load(self.connection, lens_at(self.connection, moment), row, children)

    def _refusal_to_challenge(self, worker_id: str) -> Refused | None:
        return refusal_to(To.CHALLENGE_LOAD, self.asker, self._place_of_worker(worker_id))

    def _loads_to_answer(self) -> list[LoadChallenge]:
        found = [
            one
            for one in every_challenge(self.own, lens_at(self.own, self._today))
            if one.waits_for_manager and self._answers(one)
        ]
        return sorted(found, key=lambda one: (one.answer_by_on, one.entry_id))

    def _answers(self, one: LoadChallenge) -> bool:
        is_own = refusal_of_own(self.asker, one) is not None
        return not is_own and self.may_see_worker(Thing.ANSWERING_LOAD, one.worker_id)

    def _challenges_told(self, found: Iterable[LoadChallenge]) -> list[ChallengeTold]:
        listed = list(found)
        refs = people.workers(self.own, lens_at(self.own, self._today), {one.worker_id for one in listed})
        return [
            ChallengeTold(
                one,
                refs[one.worker_id],
                standing(one, self._today.at),
                one.worker_id == self.asker.worker_id,
                one.waits_for_manager and self._answers(one),
            )
            for one in listed
        ]


def _seen(found: Iterable[ChallengeTold]) -> Seen:
    return {HandleKind.WORKER: [one.worker.handle for one in found]}
