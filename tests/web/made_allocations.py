"""Made-up changes of worker: who works with a child, an offer that waits, and one that is not complete."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from keyworker.actions.allocations import BeforeChange
from keyworker.actions.questions.allocations import OfferedChild, Receiver, WorkedWith
from keyworker.facts.handovers import Handover, Involvement
from tests.web.fictional import LINDQVIST, OKAFOR, REID, team, worker_row

NAME = "Child 1 Testwood"
TEAMS = [team(), team("Marl 1", 2, "Marl")]
RECEIVERS = [
    Receiver(OKAFOR, worker_row(1, 14, worker=OKAFOR, families=9, agreed_capacity=16.0)),
    Receiver(REID, None),
]
HELD = Involvement("c1", "i1", LINDQVIST.worker_id, "Lead", "lead", "T001", None, date(2026, 3, 2), "ssd", 71)
COVERS = Involvement(
    "c1", "i2", REID.worker_id, "covering worker", "co-worker", "T001", None, date(2026, 11, 2), "keyworker", 72
)
WAITING = Handover(
    handover_id="d" * 32,
    child_id="c1",
    from_worker_id=LINDQVIST.worker_id,
    worker_id=OKAFOR.worker_id,
    team_id="T001",
    offered_on=date(2026, 11, 20),
    starts_on=date(2026, 12, 1),
    cause="resigned",
    why="They know each other already.",
    answer=None,
    answered_on=None,
    answered_why=None,
    told_on=None,
    introduced_on=None,
    goodbye_on=None,
    offered_by="hazel",
    offered_at=datetime(2026, 11, 20, 18, 5, tzinfo=UTC),
    written_by="hazel",
    written_at=datetime(2026, 11, 20, 18, 5, tzinfo=UTC),
    entry_id=91,
)
LACKING = replace(
    WAITING,
    handover_id="e" * 32,
    from_worker_id=REID.worker_id,
    worker_id=LINDQVIST.worker_id,
    starts_on=date(2026, 3, 2),
    answer="accepted",
    answered_on=date(2026, 2, 20),
    told_on=date(2026, 3, 2),
    introduced_on=date(2026, 2, 27),
    written_at=datetime(2026, 3, 3, 9, 0, tzinfo=UTC),
)
LISTED = [
    OfferedChild(LACKING, f"ch{1:022}", NAME, REID, LINDQVIST, TEAMS[0], answers=False),
    OfferedChild(WAITING, f"ch{1:022}", NAME, LINDQVIST, OKAFOR, TEAMS[0], answers=True),
]


def before(changes: int) -> BeforeChange:
    """How the child stands, whose worker has changed so often in twelve months."""
    return BeforeChange((HELD, COVERS), changes)


def worked_with(stands: BeforeChange) -> WorkedWith:
    """Who works with the child."""
    named = {one.worker_id: one for one in (OKAFOR, REID, LINDQVIST)}
    return WorkedWith(
        f"ch{1:022}",
        NAME,
        stands,
        (WAITING, LACKING),
        named,
        {"T001": TEAMS[0]},
        is_here=True,
        may_allocate=True,
        may_answer=frozenset({WAITING.handover_id}),
    )
