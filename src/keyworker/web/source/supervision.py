"""What pages ask and write of a worker's own supervision, and of a child's."""

from __future__ import annotations

from typing import Protocol

from keyworker.actions.case_supervision import WantedSupervision
from keyworker.actions.questions.case_supervision import MyActions, Supervisable, Supervised
from keyworker.actions.questions.supervision import SupervisionNotes
from keyworker.actions.questions.unit_meetings import ToTalkOver
from keyworker.actions.supervision_notes import WantedNote
from keyworker.actions.unit_meetings import WantedMeeting


class Supervision(Protocol):
    """What pages ask and write of a worker's own supervision, and of a child's."""

    def supervision_notes(self) -> SupervisionNotes:
        """The notes of personal supervision that are the person's to read, and with whom they may write one."""

    def write_supervision_note(self, wanted: WantedNote) -> None:
        """Write a note of a supervision that the person held or was given."""

    def answer_supervision_note(self, note_id: str, agreed: bool | None, answer: str) -> None:
        """Say whether the person agrees with a note of their own supervision."""

    def withdraw_supervision_note(self, note_id: str, why: str) -> None:
        """Withdraw a note that the person wrote."""

    def open_supervision_notes(self, opening_id: str, supervisor: str) -> None:
        """Let a supervisor of the person's read the notes that others held before."""

    def close_supervision_notes(self, opening_id: str) -> None:
        """Close them again."""

    def may_supervise(self, child: str) -> None:
        """Whether the person may write a child's case supervision down. May refuse."""

    def sees_supervision(self, child: str) -> bool:
        """Whether the person may look at a child's case supervision, beside the child's record."""

    def supervised(self, child: str) -> Supervised:
        """A child's case supervision: what was decided, and what is open."""

    def my_actions(self) -> MyActions:
        """What the person undertook in supervision and is open, and what they have not confirmed."""

    def talks_over(self) -> bool:
        """Whether the person may write a group supervision or a unit's meeting down."""

    def to_talk_over(self) -> ToTalkOver:
        """The families of whom the person may write one."""

    def record_meeting_of_unit(self, wanted: WantedMeeting) -> None:
        """Write a group supervision or a unit's meeting down."""

    def supervisable(self, child: str) -> Supervisable:
        """Between whom a supervision may have been."""

    def record_supervision(self, child: str, wanted: WantedSupervision) -> None:
        """Write a supervision of a child's case down."""

    def answer_supervision(self, child: str, supervision_id: str, confirmed: bool, says: str = "") -> None:
        """Say, as the worker who was supervised, whether a supervision was so."""

    def withdraw_supervision(self, child: str, supervision_id: str, why: str) -> None:
        """Withdraw a supervision."""
