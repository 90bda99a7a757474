"""Made-up actions of a plan: a school's that is late, a mother's, a worker's that was moved and done."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from keyworker.actions.questions.plan_actions import OwnActions, PlanAsked
from keyworker.facts.people import Child
from keyworker.facts.plan_actions import PlanAction
from tests.web.fictional import ADEYEMI

HANDLE = f"ch{1:022}"
SCHOOLS = PlanAction(
    action_id="a" * 32,
    child_id="C00001",
    agreed_on=date(2026, 11, 2),
    plan="cp",
    need="To be in school every day",
    what="Ring home <b>by nine</b> when the child is away",
    agency="school",
    worker_id=None,
    relation=None,
    account="heather",
    told_as="A. in class 4",
    due_on=date(2026, 11, 16),
    first_due_on=None,
    moved_why=None,
    ended_on=None,
    done=None,
    outcome=None,
    written_by="sorrel",
    written_at=datetime(2026, 11, 3, 16, 5, tzinfo=UTC),
    changed_by="sorrel",
    changed_at=datetime(2026, 11, 3, 16, 5, tzinfo=UTC),
    entry_id=61,
)
MOTHERS = replace(
    SCHOOLS,
    action_id="b" * 32,
    need=None,
    what="Go to the first three evenings of the course",
    agency=None,
    relation="mother",
    account=None,
    told_as=None,
    due_on=date(2026, 12, 18),
    entry_id=62,
)
WORKERS = replace(
    MOTHERS,
    action_id="c" * 32,
    what="Ask housing for a repair of the boiler",
    agency="children's social care",
    worker_id=ADEYEMI.worker_id,
    relation=None,
    due_on=date(2026, 11, 20),
    first_due_on=date(2026, 11, 10),
    moved_why="Housing was shut.",
    ended_on=date(2026, 11, 18),
    done=True,
    outcome="It is warm.",
    changed_at=datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
    entry_id=63,
)
ASKED = PlanAsked(
    HANDLE, "Ashby Testwood", (SCHOOLS, WORKERS, MOTHERS), {ADEYEMI.worker_id: ADEYEMI}, is_here=True, may_write=True
)
NOTHING = PlanAsked(HANDLE, "Ashby Testwood", (), {}, is_here=True, may_write=True)
MINE = OwnActions(
    (replace(SCHOOLS, action_id="d" * 32, child_id="C00002"), WORKERS),
    {"C00001": Child("C00001", HANDLE, "Ashby Testwood", date(2016, 2, 3))},
)
"""What is one's own: an action for another agency, of a child whose record is not open, and one that is done."""
