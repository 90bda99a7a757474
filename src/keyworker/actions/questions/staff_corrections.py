"""Correcting an entry of a worker for a reason, or withdrawing it."""

from __future__ import annotations

from keyworker.actions import staff_correcting
from keyworker.actions.correcting import Correction
from keyworker.actions.questions.naming import NotKnown, known
from keyworker.actions.questions.staff_records import AboutStaffRecords
from keyworker.actions.questions.staff_standing import OF_FIGURES, OF_LEARNING
from keyworker.actions.reading import one_reading
from keyworker.facts.by_hand import HandEntry, row_number
from keyworker.facts.handles import HandleKind
from keyworker.record.writer import Amendment, NotCurrent
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.vocabulary.staff_forms import form_of_row


class AboutStaffCorrections(AboutStaffRecords):
    """What stood of a worker and was wrong."""

    def staff_entry(self, named: str, table: str, entry_id: int) -> HandEntry:
        """An entry of a worker that the asker may correct, as it stands, by any entry that its row ever had.

        Raises  Refused; NotKnown where none stands.
        """
        told = self.staff_record(named)
        with one_reading(self.own):
            number = row_number(self.own, table, entry_id) if table in (*OF_FIGURES, *OF_LEARNING) else None
        one = next((row for row in told.entries if (row.table, row.number) == (table, number)), None)
        if one is None:
            raise NotKnown("No such entry stands.", remedy="Open the worker’s page again.")
        form = known(form_of_row(one.table, one.values), HandleKind.WORKER)
        self.may_record_staff(form)
        return one

    def change_staff_entry(
        self, named: str, table: str, entry_id: int, wanted: Correction | None, number: str, why: str
    ) -> None:
        """Correct an entry of a worker for a reason, or withdraw it. Sent twice, it changes once.

        Raises  Refused; NotCurrent where it was changed since; KeyworkerError.
        """
        if any(one.change_id == number for one in self.staff_record(named).changes):
            return
        entry = self.staff_entry(named, table, entry_id)
        if entry.entry_id != entry_id:
            raise NotCurrent("This entry was changed since you opened it.", remedy="Open it again.")
        standing = self.staff_record(named).entries
        if wanted is None and (wrong := staff_correcting.wrong_withdrawal(entry, why, standing)):
            raise KeyworkerError(f"{next(iter(wrong.values()))}.", where="a correction", remedy="Mend it, try again.")
        also: list[Amendment] = []
        if wanted is not None and table == "registration":
            with one_reading(self.own):
                says = {**entry.values, **staff_correcting.changes_of(entry, wanted)}
                also = self._numbered(entry.values["worker_id"], says)
        staff_correcting.change(self.own, self.asker, self.now, entry, wanted, (number, why), self._today.at, also)
