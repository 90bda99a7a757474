"""The children of one worker, parted by how they hold them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import psycopg

from keyworker.actions.whole import of_worker
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import Absent, ChildRow, SourceAge, WorkerRow
from keyworker.facts.sources import absent, source_ages


@dataclass(frozen=True)
class MyChildren:
    """The children of one worker, and the workers whom they supervise."""

    lead: tuple[ChildRow, ...]
    co_worked: tuple[ChildRow, ...]
    accountable: tuple[ChildRow, ...]  # while somebody else leads, or nobody does
    unmapped: tuple[ChildRow, ...]  # held in a role that nobody has given a meaning
    supervised: tuple[WorkerRow, ...]
    sources: tuple[SourceAge, ...]
    absent: tuple[Absent, ...]

    def every(self) -> tuple[ChildRow, ...]:
        """All of the children, each once."""
        return (*self.lead, *self.co_worked, *self.accountable, *self.unmapped)

    def of(self, may_see: Callable[[Sequence[ChildRow]], Sequence[ChildRow]]) -> MyChildren:
        """The same with those children only whom somebody may see, as they may see them."""
        lead, co_worked, accountable, unmapped = (
            tuple(may_see(rows)) for rows in (self.lead, self.co_worked, self.accountable, self.unmapped)
        )
        return replace(self, lead=lead, co_worked=co_worked, accountable=accountable, unmapped=unmapped)


def my_children(connection: psycopg.Connection, moment: Moment, worker_id: str) -> MyChildren:
    """Part a worker's children: those they lead, co-work, answer for while others lead, or hold in an unmapped role."""
    parts: dict[str, list[ChildRow]] = {"lead": [], "co-work": [], "accountable": [], "unmapped": []}
    whole = of_worker(connection, moment, worker_id)
    for child in whole.children:
        parts[_part(child, worker_id)].append(child)
    return MyChildren(
        lead=tuple(parts["lead"]),
        co_worked=tuple(parts["co-work"]),
        accountable=tuple(parts["accountable"]),
        unmapped=tuple(parts["unmapped"]),
        supervised=tuple(whole.workers),
        sources=tuple(source_ages(connection)),
        absent=tuple(absent(connection, moment)),
    )


def _part(child: ChildRow, worker_id: str) -> str:
    if child.lead and child.lead.worker_id == worker_id:
        return "lead"
    if child.accountable and child.accountable.worker_id == worker_id:
        return "accountable"
    if any(worker.worker_id == worker_id for worker in child.co_workers):
        return "co-work"
    return "unmapped"
