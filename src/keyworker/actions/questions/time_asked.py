"""Asking for time for a duty to a child, answering who asked, and what nobody has answered in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from keyworker.access import Thing, To, refusal_to, require, worker_of
from keyworker.actions import exceptions, time_asked
from keyworker.actions.due import open_of
from keyworker.actions.exceptions import Wanted, the_duty
from keyworker.actions.questions.exceptions import AboutExceptions
from keyworker.actions.questions.helping import Helping
from keyworker.actions.reading import one_reading
from keyworker.actions.time_asked import (
    DAYS_TO_ANSWER,
    WITH_A_HELPER,
    Standing,
    WantedAnswer,
    WantedTime,
    answer_by,
    refusal_of_own,
    standing,
)
from keyworker.clocks.engine import Reading, every_rule, rows_of
from keyworker.facts import people
from keyworker.facts.belonging import child_belonging, said_in_setting
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.pictures import TeamRef, WorkerRef
from keyworker.facts.time_asked import LATER, TimeAsked
from keyworker.facts.time_asked import time_asked as every_time_asked
from keyworker.vocabulary.errors import KeyworkerError, Refused


@dataclass(frozen=True)
class TimeTold:
    """Time that was asked for, and what stands around it.

    Takes   title, the duty in words; is_own, whether whoever looks asked for it; team, with which the child is; who,
            who asked; helper, who does it or goes too.
    """

    asked: TimeAsked
    name: str
    title: str
    standing: Standing
    is_own: bool = False
    team: TeamRef | None = None
    who: WorkerRef | None = None
    helper: WorkerRef | None = None


@dataclass(frozen=True)
class Answerable:
    """Time that somebody asked for, and all that a manager needs to answer.

    Takes   duty, the duty where it is still open; helpers, who could do it or go too; may_change, whether the date may
            be changed by an exception; may_answer, whether whoever looks may answer it.
    """

    told: TimeTold
    duty: Reading | None
    helpers: tuple[WorkerRef, ...]
    may_change: bool
    may_answer: bool


class AboutTimeAsked(AboutExceptions, Helping):
    """Asking for time for a duty to a child, and answering who asked."""

    def refusal_to_ask_time(self, child: str) -> Refused | None:
        """Why the asker may not ask for time for a child, or None when they may. It serves the button too."""
        with one_reading(self.own):
            place = self._place_of_child(self._found(HandleKind.CHILD, child) or "")
        return refusal_to(To.ASK_TIME, self.asker, place)

    def may_ask_time(self, child: str) -> None:
        """Ask leave to ask for time for a child. May refuse; that it was not given is logged."""
        with self._attempt("time asked"):
            require(self.refusal_to_ask_time(child))

    def refusal_to_answer_time(self, child: str) -> Refused | None:
        """Why the asker may answer nobody who asks for time for a child, or None when they may."""
        with one_reading(self.own):
            place = self._place_of_child(self._found(HandleKind.CHILD, child) or "")
        return refusal_to(To.ANSWER_TIME, self.asker, place)

    def ask_time(self, child: str, wanted: WantedTime) -> None:
        """Say that one open duty to a child cannot be done by its day.

        Raises  Refused for whoever does not work with the child; KeyworkerError for what cannot be asked;
                AlreadyRecorded when the same form was sent before.
        """
        self.may_ask_time(child)
        child_id, open_now = self._open(child, self._today)
        worker_id = worker_of(self.asker, "it does nobody’s duties")
        duty = the_duty(open_now, wanted.rule, wanted.due_on)
        wrong = time_asked.problems(wanted, duty, self.time_asked(child))
        if wrong:
            raise KeyworkerError(
                f"{next(iter(wrong.values()))}.", where="time asked for", remedy="Mend it and try again."
            )
        with one_reading(self.connection):
            last = answer_by(self._today.at, said_in_setting(self.connection, self._today, DAYS_TO_ANSWER))
        time_asked.ask(self.own, self.asker, self.now, child_id, worker_id, wanted, self._today.at, last)

    def time_asked(self, child: str) -> list[TimeAsked]:
        """Every time that time was asked for of a child's duties, the latest first."""

        def read() -> tuple[list[TimeAsked], list[str]]:
            child_id, lens = self._child_id(child), lens_at(self.own, self._today)
            found = every_time_asked(self.own, lens.of([lens.root(child_id)]))
            return found, list(handles_of(self.own, HandleKind.CHILD, [child_id]).values())

        return self._read("clocks", read, lambda found: {HandleKind.CHILD: found[1]})[0]

    def time_to_answer(self) -> list[TimeTold]:
        """What waits for an answer that the asker may give, and what none was given to in time, the oldest first."""

        def read() -> list[TimeTold]:
            found = [
                one
                for one in reversed(every_time_asked(self.own, lens_at(self.own, self._today)))
                if not one.is_answered
                and refusal_of_own(self.asker, one) is None
                and self.may_see_child(Thing.ANSWERING_TIME, one.child_id)
            ]
            told = self._told_of(found)
            return [one for one in told if one.standing in (Standing.WAITS, Standing.UNANSWERED)]

        return self._read("time to answer", read, _seen)

    def time_of_mine(self) -> list[TimeTold]:
        """What the asker asked, while the duty is open, and what was given them to do or to go along to."""
        me = worker_of(self.asker, "it asks for no time")

        def read() -> list[TimeTold]:
            mine = [
                one
                for one in every_time_asked(self.own, lens_at(self.own, self._today))
                if one.worker_id == me or (one.helper_id == me and one.answer in WITH_A_HELPER)
            ]
            seen = [one for one in mine if self.may_see_child(Thing.CHILD, one.child_id)]
            return [one for one in self._told_of(seen) if one.standing not in (Standing.DONE, Standing.TAKEN_BACK)]

        return self._read("time asked", read, _seen)

    def answerable(self, child: str, asked_id: str) -> Answerable:
        """Time that was asked for, for whoever may see the child. Raises KeyworkerError where none was."""

        def read() -> Answerable:
            child_id = self._child_id(child)
            lens = lens_at(self.own, self._today)
            found = every_time_asked(self.own, lens.of([lens.root(child_id)]))
            one = next((one for one in found if one.asked_id == asked_id), None)
            if one is None:
                raise KeyworkerError("No such time was asked for.", remedy="Open what is due to the child again.")
            (told,) = self._told_of([one], is_whole=True)
            duty = self._duty(one)
            may_answer = refusal_of_own(self.asker, one) is None and self.may_see_child(Thing.ANSWERING_TIME, child_id)
            return Answerable(told, duty, self._helpers(child_id), self._may_change(child_id, duty), may_answer)

        return self._read("child", read, lambda found: _seen([found.told]))

    def answer_time(self, child: str, asked_id: str, wanted: WantedAnswer) -> None:
        """Answer somebody who asked for time; where the date is changed, agree the exception in the same act of mind.

        Raises  Refused for whoever asked or does not answer for the child; KeyworkerError for what cannot be answered.
        """
        found = self.answerable(child, asked_id)
        one = found.told.asked
        with self._attempt("time to answer"):
            require(refusal_of_own(self.asker, one) or self.refusal_to_answer_time(child))
        wrong = time_asked.problems_of_answer(wanted, one, self._today.at)
        if wanted.helper_id and wanted.helper_id not in {who.worker_id for who in found.helpers}:
            wrong["helper"] = "Choose somebody of the child’s team"
        if wrong:
            raise KeyworkerError(f"{next(iter(wrong.values()))}.", where="an answer", remedy="Mend it and try again.")
        exception = None
        if wanted.answer == LATER:
            with self._attempt("exceptions"):
                require(self.refusal_to_agree(child))
            by = self.asker.roles[0].role if self.asker.roles else "manager"
            exception = Wanted(uuid4().hex, one.rule, one.due_on, wanted.until_on, by, wanted.says.strip())
        child_id, open_now = self._open(child, self._today)
        with self.own.transaction():
            if exception:
                exceptions.agree(self.own, self.asker, self.now, child_id, exception, open_now, self._today.at)
            number = exception.exception_id if exception else None
            time_asked.answer(self.own, self.asker, self.now, one, wanted, self._today.at, number)

    def take_time_back(self, child: str, asked_id: str) -> None:
        """Take back that the asker asked for time. Raises Refused for anybody else."""
        one = self.answerable(child, asked_id).told.asked
        time_asked.take_back(self.own, self.asker, self.now, one, self._today.at)

    def _told_of(self, found: Sequence[TimeAsked], *, is_whole: bool = False) -> list[TimeTold]:
        """Each with its child's name, its duty in words and how it stands. Takes is_whole, whether also who."""
        if not found:
            return []
        lens = lens_at(self.own, self._today)
        ids = list(dict.fromkeys(lens.root(one.child_id) for one in found))
        names = people.children(self.own, lens.of(ids))
        open_now = {(one.subject, one.rule, one.due_on) for one in self._open_duties(ids)}
        rules = every_rule().rules
        told = []
        for one in found:
            root = lens.root(one.child_id)
            title = rules[one.rule].title if one.rule in rules else one.rule
            is_open = (root, one.rule, one.due_on) in open_now
            how = standing(one, self._today.at, is_open=is_open)
            belongs = child_belonging(self.connection, self._today, root)
            team = next((self._teams.ref(team) for team in sorted(belongs.teams)), None)
            is_own = refusal_of_own(self.asker, one) is not None
            told.append(TimeTold(one, names[root].name, title, how, is_own, team))
        return [self._with_people(one) for one in told] if is_whole else told

    def _with_people(self, told: TimeTold) -> TimeTold:
        one = told.asked
        ids = [who for who in (one.worker_id, one.helper_id) if who]
        known = people.workers(self.own, lens_at(self.own, self._today), ids)
        return replace(told, who=known.get(one.worker_id), helper=known.get(one.helper_id or ""))

    def _open_duties(self, child_ids: list[str]) -> list[Reading]:
        found, rulebook = open_of(self.connection, self._today, child_ids, [])
        return [one for one in rows_of(found, rulebook) if one.state in exceptions.OPEN]

    def _duty(self, one: TimeAsked) -> Reading | None:
        root = lens_at(self.own, self._today).root(one.child_id)
        return the_duty(self._open_duties([root]), one.rule, one.due_on)

    def _may_change(self, child_id: str, duty: Reading | None) -> bool:
        return duty is not None and self.sight(Thing.EXCEPTIONS).covers(self._place_of_child(child_id))


def _seen(found: Sequence[TimeTold]) -> dict[HandleKind, list[str]]:
    return {HandleKind.CHILD: [one.asked.handle for one in found]}
