"""Made up: what pages ask and write of who works with a child."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from keyworker.access import require
from keyworker.actions.allocations import BeforeChange, Steps, WantedAllocation
from keyworker.actions.questions.allocations import OfferedChild, Receiver, WorkedWith
from keyworker.facts.pictures import TeamRef
from keyworker.record.writer import AlreadyRecorded
from keyworker.vocabulary.errors import Refused
from tests.web import made_allocations
from tests.web.source.made import Made


class Allocations(Made):
    """What pages ask and write of who works with a child."""

    def refusal_to_allocate(self, child: str) -> Refused | None:
        return None if self.allocates_here else Refused("Who works with a child is recorded in the case system.")

    def may_allocate(self, child: str) -> None:
        require(self.refusal_to_allocate(child))

    def allocates(self) -> bool:
        return self.allocates_here

    def sees_workers(self, child: str) -> bool:
        return True

    def worked_with(self, child: str) -> WorkedWith:
        here = self.allocates_here
        found = made_allocations.worked_with(self.before_change(child))
        return replace(found, is_here=here, may_allocate=here)

    def receivers(self, child: str, team: str | None) -> tuple[Sequence[TeamRef], TeamRef | None, Sequence[Receiver]]:
        self.may_allocate(child)
        return made_allocations.TEAMS, made_allocations.TEAMS[0], made_allocations.RECEIVERS

    def before_change(self, child: str) -> BeforeChange:
        return made_allocations.before(self.changes) if self.has_worker else BeforeChange(())

    def allocate(self, child: str, wanted: WantedAllocation) -> None:
        if wanted in self.written:
            raise AlreadyRecorded("An entry for this is recorded already.")
        self.written.append(wanted)

    def answer_offer(self, child: str, handover_id: str, answer: str, why: str = "") -> None:
        self.written.append((handover_id, answer, why))

    def take_steps(self, child: str, handover_id: str, steps: Steps) -> None:
        self.written.append((handover_id, steps))

    def end_allocation(self, child: str, entry_id: int, on: date, cause: str) -> None:
        self.written.append((entry_id, on, cause))

    def handovers(self) -> Sequence[OfferedChild]:
        return [] if self.empty else made_allocations.LISTED
