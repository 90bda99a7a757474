"""What workers are to learn, were offered and attended."""

from __future__ import annotations

from dataclasses import dataclass

from keyworker.access import Thing
from keyworker.actions.questions.staff_standing import LEARNING, StaffStanding
from keyworker.facts import people
from keyworker.facts.by_hand import HandEntry
from keyworker.facts.handles import HandleKind
from keyworker.facts.pictures import WorkerRef
from keyworker.facts.staff_entries import staff_entries


@dataclass(frozen=True)
class LearningRow:
    """One need, or one offer, of a worker."""

    worker: WorkerRef
    entry: HandEntry


class AboutLearning(StaffStanding):
    """What workers learn, as far as the asker sees it."""

    def learning(self) -> list[LearningRow]:
        """What each worker in sight is to learn, was offered and attended, by name. No child is in it."""

        def read() -> list[LearningRow]:
            found = staff_entries(self.own, self._far, None, LEARNING)
            refs = people.workers(self.own, self._far, {str(one.values["worker_id"]) for one in found})
            rows = [LearningRow(refs[str(one.values["worker_id"])], one) for one in found]
            seen = {one: self.may_see_worker(Thing.LEARNING, one) for one in refs}
            kept = [row for row in rows if seen[row.worker.worker_id]]
            return sorted(kept, key=lambda row: (row.worker.name, row.worker.worker_id))

        return self._read("learning", read, lambda rows: {HandleKind.WORKER: [row.worker.handle for row in rows]})
