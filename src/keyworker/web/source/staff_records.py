"""What pages ask and write of what is recorded of a worker with a form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from keyworker.actions.by_hand import WantedEntry
from keyworker.actions.correcting import Correction
from keyworker.actions.new_workers import WantedWorker
from keyworker.actions.questions.learning import LearningRow
from keyworker.actions.questions.staff_records import StaffRow, StaffTold
from keyworker.facts.by_hand import HandEntry
from keyworker.vocabulary.forms import Form


class StaffRecords(Protocol):
    """What pages ask and write of what is recorded of a worker with a form."""

    def may_record_staff(self, form: Form) -> None:
        """Whether the person may fill a form in about a worker. May refuse."""

    def keeps_staff(self) -> bool:
        """Whether the person writes down who begins."""

    def staff(self) -> Sequence[StaffRow]:
        """Everybody whom the record knows as a worker."""

    def staff_record(self, named: str | None) -> StaffTold:
        """What stands of a worker; the person's own where none is named."""

    def learning(self) -> Sequence[LearningRow]:
        """What each worker in sight is to learn, was offered and attended, by name."""

    def staff_form(self, form: Form) -> Form:
        """A form with the posts and the teams of today among its answers."""

    def write_worker(self, wanted: WantedWorker) -> str:
        """Write a worker down whom the record does not know. Gives their handle."""

    def record_staff(self, named: str, wanted: WantedEntry) -> None:
        """Write an entry of a worker down."""

    def staff_entry(self, named: str, table: str, entry_id: int) -> HandEntry:
        """An entry of a worker that the person may correct."""

    def change_staff_entry(
        self, named: str, table: str, entry_id: int, wanted: Correction | None, number: str, why: str
    ) -> None:
        """Correct an entry of a worker, or withdraw it, for a reason."""
