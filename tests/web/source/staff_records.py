"""Made up: what pages ask and write of what is recorded of a worker."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from keyworker.access import require
from keyworker.actions.by_hand import WantedEntry
from keyworker.actions.correcting import Correction
from keyworker.actions.new_workers import WantedWorker
from keyworker.actions.questions.learning import LearningRow
from keyworker.actions.questions.naming import NotKnown
from keyworker.actions.questions.staff_records import StaffRow, StaffTold
from keyworker.facts.by_hand import HandEntry
from keyworker.facts.staff_entries import StaffChange
from keyworker.record.writer import AlreadyRecorded
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.errors import Refused
from keyworker.vocabulary.forms import Form
from keyworker.vocabulary.staff_forms import staff_forms
from tests.web.fictional import ADEYEMI, team
from tests.web.source.made import Made

AT = datetime(2026, 3, 2, 9, 5, tzinfo=UTC)
SENT = "e" * 32
"""The number of a form that was sent before."""


def entry(number: int, table: str, **values: Any) -> HandEntry:
    """An entry about a worker. What is not said of it is empty."""
    whole = dict.fromkeys(TABLES[table].column_names) | {"worker_id": ADEYEMI.worker_id} | values
    return HandEntry(number, table, "keyworker", number, "sorrel", AT, whole)


ENTRIES = (
    entry(
        97, "training_session", session_id="s1", subject="neglect", format="online", place="<b>Room</b> 2",
        happened_on=date(2026, 11, 3), starts_time=time(10), fits_pattern=False, attended=False,
        reason_not="called to court", need_id="n1",
    ),
    entry(
        96, "training_need", need_id="n1", happened_on=date(2026, 10, 5), subject="neglect", asked_by="worker",
        aim="to name it early", wanted_by_on=date(2027, 1, 29),
    ),
    entry(95, "disclosure_check", check_id="d1", happened_on=date(2024, 5, 7), outcome="clear"),
    entry(94, "step", step_id="p1", kind="assessed year review", happened_on=date(2024, 12, 4), outcome="three months"),
    entry(
        93, "registration", registration_id="r1", body="social work england", registration_no="SW0000001",
        from_on=date(2024, 8, 1), renew_by_on=date(2026, 11, 30),
    ),
    entry(
        92, "absence", absence_id="x1", from_on=date(2026, 11, 2), reason_class="MADEUPREASON",
        expected_return_on=date(2026, 12, 14),
    ),
    entry(
        91, "appointment", appointment_id="a1", post_id="P0077", job_title="Social worker", employment="permanent",
        fte=1, team_id="T1", role_class="case holder", from_on=date(2024, 9, 2), start_origin="1",
    ),
)  # fmt: skip
CHANGES = (StaffChange("a" * 32, "absence", "x1", "corrected", "A day later.", "sorrel", AT),)


class StaffRecords(Made):
    """What pages ask and write of what is recorded of a worker."""

    def may_record_staff(self, form: Form) -> None:
        require(None if self.may_decide else Refused("This is kept in the workforce system."))

    def keeps_staff(self) -> bool:
        return self.may_decide

    def staff(self) -> list[StaffRow]:
        rows = [StaffRow(ADEYEMI, "Social worker", team().name, is_in_post=True)]
        return (
            [] if self.empty else [*rows, StaffRow(replace(ADEYEMI, name="Left Madeup"), None, None, is_in_post=False)]
        )

    def staff_record(self, named: str | None) -> StaffTold:
        if named is not None and named.startswith("nobody"):
            raise NotKnown("No worker is known by that name at that moment.", remedy="Check the address.")
        forms = tuple(staff_forms().values()) if self.may_decide else ()
        entries = () if self.empty else ENTRIES
        return StaffTold(
            ADEYEMI, entries, CHANGES, forms, named is None, self.may_decide or named is None, self.may_decide
        )

    def learning(self) -> list[LearningRow]:
        found = [one for one in ENTRIES if one.table.startswith("training")]
        return [] if self.empty else [LearningRow(ADEYEMI, one) for one in found]

    def staff_form(self, form: Form) -> Form:
        self.may_record_staff(form)
        return form

    def write_worker(self, wanted: WantedWorker) -> str:
        self.written.append(wanted)
        return ADEYEMI.handle

    def record_staff(self, named: str, wanted: WantedEntry) -> None:
        if wanted.number == SENT:
            raise AlreadyRecorded("An entry for this is recorded already.")
        self.written.append(wanted)

    def staff_entry(self, named: str, table: str, entry_id: int) -> HandEntry:
        self.may_record_staff(staff_forms()["start"])
        found = next((one for one in ENTRIES if (one.table, one.entry_id) == (table, entry_id)), None)
        if found is None:
            raise NotKnown("No such entry stands.", remedy="Open the worker’s page again.")
        return found

    def change_staff_entry(
        self, named: str, table: str, entry_id: int, wanted: Correction | None, number: str, why: str
    ) -> None:
        self.written.append((table, entry_id, wanted, why))
