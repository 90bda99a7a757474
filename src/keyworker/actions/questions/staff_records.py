"""What is kept of a worker: the list of workers, and what stands of one of them."""

from __future__ import annotations

from dataclasses import dataclass

from keyworker.access import NOTHING, Thing, worker_of
from keyworker.actions.questions.staff_standing import ROUTES, StaffStanding
from keyworker.facts import people
from keyworker.facts.by_hand import HandEntry
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind
from keyworker.facts.pictures import WorkerRef
from keyworker.facts.staff_entries import StaffChange, every_worker, staff_changes
from keyworker.vocabulary.forms import Form
from keyworker.vocabulary.homes import Kept
from keyworker.vocabulary.staff_forms import staff_forms


@dataclass(frozen=True)
class StaffTold:
    """What stands of a worker in the tables that take forms.

    Takes   forms, those that the asker may fill in; is_own, whether whoever looks is the worker; sees_numbers, whether
            the number in a register is shown; changes, what was corrected here and why; is_here, whether it is written
            down here, and not in the workforce system.
    """

    worker: WorkerRef
    entries: tuple[HandEntry, ...]
    changes: tuple[StaffChange, ...]
    forms: tuple[Form, ...]
    is_own: bool
    sees_numbers: bool
    is_here: bool = True


@dataclass(frozen=True)
class StaffRow:
    """One worker in the list of staff. Takes title, of the post in which they are; None where they are in none."""

    worker: WorkerRef
    title: str | None
    team: str | None
    is_in_post: bool


class AboutStaffRecords(StaffStanding):
    """What is kept of workers: who there is, and what stands of each."""

    def keeps_staff(self) -> bool:
        """Whether the asker writes down who begins."""
        return self.refusal_to_record_staff(staff_forms()["start"]) is None

    def staff(self) -> list[StaffRow]:
        """Everybody whom the record knows as a worker, by name: for whoever writes down of them."""
        learning = self.sight(Thing.KEEPING_STAFF) == NOTHING
        route = ROUTES[Thing.RECORDING_LEARNING if learning else Thing.KEEPING_STAFF]

        def read() -> list[StaffRow]:
            lens = lens_at(self.connection, self._today)
            refs = people.workers(self.connection, lens, every_worker(self.connection, lens))
            now = self._appointed_now(lens)
            rows = [
                StaffRow(ref, now.get(one, (ref.job_title, None))[0], now.get(one, (None, None))[1], one in now)
                for one, ref in refs.items()
            ]
            return sorted(rows, key=lambda row: (not row.is_in_post, row.worker.name, row.worker.worker_id))

        return self._read(route, read, lambda rows: {HandleKind.WORKER: [row.worker.handle for row in rows]})

    def staff_record(self, named: str | None) -> StaffTold:
        """What stands of one worker; of the asker where none is named.

        Raises  NotKnown of one of whom the asker may see nothing of it.
        """
        mine = worker_of(self.asker, "nothing is kept of you as a worker") if named is None else ""
        keeps, learns = self.sight(Thing.KEEPING_STAFF), self.sight(Thing.RECORDING_LEARNING)
        writes = Thing.KEEPING_STAFF if keeps != NOTHING else Thing.RECORDING_LEARNING if learns != NOTHING else None
        if writes is None:
            self._require_places("worker", Thing.WORKER, of_places=False)

        def read() -> StaffTold:
            worker_id = mine if named is None else self._staff_id(named)
            ref = people.workers(self.connection, self._far, [worker_id])[worker_id]
            is_own = worker_id == self.asker.worker_id
            sees = is_own or self.sight(Thing.KEEPING_STAFF) != NOTHING
            told = (self._entry_as_told(row, is_own=is_own) for row in self._standing_of(worker_id))
            found = self._with_named([row for row in told if row])
            tables = {row.table for row in found} - {"absence"}
            # Why an absence was corrected may say why somebody is away. The worker is told of it, nobody above them.
            by = self.connection if is_own else self.own
            changes = [one for one in staff_changes(by, self._far, worker_id) if one.in_table in tables or sees]
            is_here = self._is_home_of(Kept.WORKFORCE)
            forms = self._open_staff_forms()
            return StaffTold(ref, tuple(found), tuple(changes), forms, is_own, sees, is_here)

        return self._read(
            ROUTES[writes] if writes else "worker", read, lambda told: {HandleKind.WORKER: [told.worker.handle]}
        )
