"""Made up: what pages ask and write of a worker's own supervision, and of a child's."""

from __future__ import annotations

from dataclasses import replace

from keyworker.access import require
from keyworker.actions.case_supervision import WantedSupervision
from keyworker.actions.questions.case_supervision import MyActions, Supervisable, Supervised
from keyworker.actions.questions.supervision import SupervisionNotes
from keyworker.actions.questions.unit_meetings import ToTalkOver
from keyworker.actions.supervision_notes import WantedNote
from keyworker.actions.unit_meetings import WantedMeeting
from keyworker.record.writer import AlreadyRecorded
from keyworker.vocabulary.errors import Refused
from tests.web import made_case_supervision, made_supervision
from tests.web.source.made import Made


class Supervision(Made):
    """What pages ask and write of a worker's own supervision, and of a child's."""

    def may_supervise(self, child: str) -> None:
        require(None if self.allocates_here else Refused("Case supervision is recorded in the case system."))

    def sees_supervision(self, child: str) -> bool:
        return True

    def supervised(self, child: str) -> Supervised:
        here = self.allocates_here
        found = made_case_supervision.NOTHING if self.empty else made_case_supervision.SUPERVISED
        return replace(found, is_here=here, may_write=here)

    def my_actions(self) -> MyActions:
        return MyActions() if self.empty else made_case_supervision.MINE

    def talks_over(self) -> bool:
        return self.allocates_here

    def to_talk_over(self) -> ToTalkOver:
        require(None if self.allocates_here else Refused("Case supervision is recorded in the case system."))
        return made_case_supervision.to_talk_over(self.empty)

    def record_meeting_of_unit(self, wanted: WantedMeeting) -> None:
        if wanted in self.written:
            raise AlreadyRecorded("An entry for this is recorded already.")
        self.written.append(wanted)

    def supervisable(self, child: str) -> Supervisable:
        self.may_supervise(child)
        return made_case_supervision.BETWEEN

    def record_supervision(self, child: str, wanted: WantedSupervision) -> None:
        if wanted in self.written:
            raise AlreadyRecorded("An entry for this is recorded already.")
        self.written.append(wanted)

    def answer_supervision(self, child: str, supervision_id: str, confirmed: bool, says: str = "") -> None:
        self.written.append((supervision_id, confirmed, says))

    def withdraw_supervision(self, child: str, supervision_id: str, why: str) -> None:
        self.written.append((supervision_id, why))

    def supervision_notes(self) -> SupervisionNotes:
        if self.empty:
            return SupervisionNotes(made_supervision.SORREL.worker_id)
        openings = (made_supervision.opened(),) if self.notes_opened else ()
        return replace(made_supervision.notes(), openings=openings)

    def write_supervision_note(self, wanted: WantedNote) -> None:
        self.written.append(wanted)

    def answer_supervision_note(self, note_id: str, agreed: bool | None, answer: str) -> None:
        self.written.append((note_id, agreed, answer))

    def withdraw_supervision_note(self, note_id: str, why: str) -> None:
        self.written.append((note_id, why))

    def open_supervision_notes(self, opening_id: str, supervisor: str) -> None:
        self.written.append((opening_id, supervisor))

    def close_supervision_notes(self, opening_id: str) -> None:
        self.written.append(opening_id)
