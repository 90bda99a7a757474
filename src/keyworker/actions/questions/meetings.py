"""Meetings about a child: reading them, writing one down, withdrawing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from keyworker.access import Thing, To, refusal_to, require
from keyworker.actions import meetings
from keyworker.actions.meetings import QUORUM, WantedMeeting, quorum_said
from keyworker.actions.questions.opened import Opened
from keyworker.actions.questions.seen import Seen
from keyworker.actions.reading import one_reading
from keyworker.facts import people
from keyworker.facts.belonging import said_in_setting
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind
from keyworker.facts.handovers import works_with
from keyworker.facts.lens import Lens
from keyworker.facts.meetings import Meeting, steps_of
from keyworker.facts.meetings import meetings as written
from keyworker.facts.pictures import WorkerRef
from keyworker.record.writer import AlreadyRecorded
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.vocabulary.homes import Kept

_ELSEWHERE = Refused(
    "Meetings are recorded in the case system.",
    remedy="Record it there. Keyworker takes it over once the council sets itself as the home of meetings.",
)


@dataclass(frozen=True)
class Met:
    """The meetings about a child.

    Takes   meetings, the latest first; workers, by identifier, whoever chaired one; is_here, whether meetings are
            recorded here; may_write, whether by the asker.
    """

    handle: str
    name: str
    meetings: tuple[Meeting, ...]
    workers: Mapping[str, WorkerRef]
    is_here: bool
    may_write: bool


@dataclass(frozen=True)
class Meetable:
    """What a form needs: who may have chaired, and how many agencies beside social care make a quorum, by kind."""

    chairs: tuple[WorkerRef, ...]
    quorums: Mapping[str, int]


class AboutMeetings(Opened):
    """Meetings about a child."""

    def meetings(self, child: str) -> Met:
        """The meetings about a child that were written down here."""

        def read() -> Met:
            lens = self._meeting_lens(self._child_id(child))
            (child_id,) = lens.child_ids or ()
            who = people.children(self.own, lens)[child_id]
            found = tuple(written(self.own, lens))
            chairs = sorted({one.worker_id for one in found if one.worker_id})
            workers = dict(people.workers(self.own, lens, chairs))
            may_write = self._refusal_to_minute(child_id) is None
            return Met(who.handle, who.name, found, workers, self._is_home_of(Kept.MEETINGS), may_write)

        return self._read("child", read, lambda found: {HandleKind.CHILD: [found.handle]})

    def refusal_to_minute(self, child: str) -> Refused | None:
        """Why the asker may not write down a meeting about a child, or None. It serves the button too."""
        with one_reading(self.own):
            return self._refusal_to_minute(self._found(HandleKind.CHILD, child) or "")

    def may_minute(self, child: str) -> None:
        """Ask leave to write down a meeting about a child. May refuse; that it was not given is logged."""
        with self._attempt("meetings"):
            require(self.refusal_to_minute(child))

    def meetable(self, child: str) -> Meetable:
        """Who may have chaired a meeting about a child, and the council's quorums."""
        self.may_minute(child)

        def read() -> Meetable:
            lens = self._meeting_lens(self._child_id(child, Thing.MEETINGS))
            me = {self.asker.worker_id} if self.asker.worker_id else set()
            may_chair = me | {row.worker_id for row in works_with(self.own, lens)}
            refs = sorted(people.workers(self.own, lens, sorted(may_chair)).values(), key=lambda ref: ref.name)
            said = {kind: self._quorum(kind) for kind in codes("meeting_kind")}
            return Meetable(tuple(refs), {kind: one for kind, one in said.items() if one is not None})

        def seen(found: Meetable) -> Seen:
            return {HandleKind.WORKER: [ref.handle for ref in found.chairs]}

        return self._read("meetings", read, seen, allowed=True)

    def record_meeting(self, child: str, wanted: WantedMeeting) -> None:
        """Write a meeting about a child down.

        Raises  Refused; KeyworkerError for one that says too little; AlreadyRecorded when the same form was sent
                before, SentOtherwise when it then said something else.
        """
        self.may_minute(child)
        with one_reading(self.own):
            lens = self._meeting_lens(self._child_id(child, Thing.MEETINGS))
            quorum = self._quorum(wanted.kind)
        (child_id,) = lens.child_ids or ()
        row = meetings.meeting_row(child_id, wanted, quorum)
        try:
            meetings.record(self.own, self.asker, self.now, row, wanted, quorum, self._today.at)
        except AlreadyRecorded:
            found = {one.meeting_id: one for one in written(self.own, lens)}
            meetings.require_as_sent(found.get(wanted.meeting_id), row, wanted.invited)
            raise

    def withdraw_meeting(self, child: str, meeting_id: str, why: str) -> None:
        """Withdraw a meeting that was written down here. Raises Refused; KeyworkerError without a reason."""
        self.may_minute(child)
        with one_reading(self.own):
            lens = self._meeting_lens(self._child_id(child, Thing.MEETINGS))
            one = next((one for one in written(self.own, lens) if one.meeting_id == meeting_id), None)
            steps = steps_of(self.own, lens, meetings.step_ids(meeting_id))
        if one is None:
            raise KeyworkerError("No such meeting was recorded here.", remedy="Open the meetings again.")
        meetings.withdraw(self.own, self.asker, self.now, one, steps, why)

    def _quorum(self, kind: str) -> int | None:
        return quorum_said(said_in_setting(self.own, self._today, QUORUM, kind))

    def _refusal_to_minute(self, child_id: str) -> Refused | None:
        is_here, place = self._is_home_of(Kept.MEETINGS), self._place_of_child(child_id)
        return refusal_to(To.MINUTE, self.asker, place) if is_here else _ELSEWHERE

    def _meeting_lens(self, child_id: str) -> Lens:
        lens = lens_at(self.own, self._today)
        return lens.of([lens.root(child_id)])
