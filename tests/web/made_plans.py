"""Made-up planned visits: one whose day passed, one moved, one of today, one to come. Today is 23 November 2026."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

from keyworker.actions.questions.lone_visits import Alone, LoneTold
from keyworker.actions.questions.planned_visits import PlanTold
from keyworker.facts.lone_visits import LoneVisit
from keyworker.facts.pictures import WorkerRef
from keyworker.facts.planned_visits import PlannedVisit
from tests.web import made_visits

GOERS = (WorkerRef("w1", "Sorrel Fictitious", f"wo{1:022}"), WorkerRef("w2", "Hazel Notreal", f"wo{2:022}"))
TODAYS = PlannedVisit(
    planned_id=f"{'1' * 32}-1",
    child_id="c1",
    together_id="1" * 32,
    happened_on=date(2026, 11, 16),
    planned_on=date(2026, 11, 23),
    planned_time=time(15, 30),
    part_of_day=None,
    worker_id="w1",
    announced=True,
    place="home",
    ended=None,
    ended_on=None,
    ended_by=None,
    ended_why=None,
    moved_from=None,
    planned_by="sorrel",
    planned_at=datetime(2026, 11, 16, 9, 0, tzinfo=UTC),
    entry_id=21,
    handle=f"ch{1:022}",
)
COMING = replace(
    TODAYS,
    planned_id=f"{'2' * 32}-1",
    together_id="2" * 32,
    planned_on=date(2026, 12, 1),
    planned_time=None,
    part_of_day="after school",
    announced=False,
    place=None,
)
PAST = replace(COMING, planned_id=f"{'3' * 32}-1", together_id="3" * 32, planned_on=date(2026, 11, 18))
MOVED = replace(
    PAST,
    planned_id=f"{'4' * 32}-1",
    together_id="4" * 32,
    planned_on=date(2026, 11, 19),
    ended="moved",
    ended_on=date(2026, 11, 18),
    ended_by="worker",
    ended_why="In court that day.",
)
ALONE = Alone(TODAYS, "Child 1 <b>Testwood</b>", GOERS[1:], None)
MINE = LoneVisit(
    "5" * 32, "c1", TODAYS.planned_id, date(2026, 11, 23), time(17, 30), "sorrel", "w1", "w2", None, None, "sorrel",
    datetime(2026, 11, 23, 8, 0, tzinfo=UTC), 31,
)  # fmt: skip
THEIRS = replace(MINE, lone_id="6" * 32, back_by=time(8, 30), account="hazel", worker_id="w2", told_id="w1")
OUT = (
    LoneTold(THEIRS, f"ch{2:022}", "Child 2 Testwood", GOERS[1], GOERS[0], is_own=False, is_late=True),
    LoneTold(MINE, f"ch{1:022}", "Child 1 Testwood", GOERS[0], GOERS[1], is_own=True, is_late=False),
)


def told(one: PlannedVisit, *, may_change: bool = True) -> PlanTold:
    """A planned visit with its child and whoever goes."""
    return PlanTold(one, "Child 1 Testwood", GOERS[0], made_visits.CHILDREN[1:], may_change, is_mine=may_change)
