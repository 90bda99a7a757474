"""Made-up visits, as somebody wrote them down."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

from keyworker.actions.questions.visits import Visitable
from keyworker.facts.visit_notes import VisitNote

CHILDREN = (
    Visitable("c1", f"ch{1:022}", "Child 1 Testwood", "cp", is_baby=False),
    Visitable("c2", f"ch{2:022}", "Child 2 Testwood", "cp", is_baby=True),
)
NOTE = VisitNote(
    visit_id=f"{'d' * 32}-1",
    child_id="c1",
    together_id="d" * 32,
    kind="cp",
    happened_on=date(2026, 11, 20),
    happened_time=time(15, 30),
    outcome="seen",
    why="A sister would not leave.",
    cancelled_by=None,
    bedroom=True,
    awake=None,
    place="home",
    announced=False,
    present="A grandmother.",
    words="Wants to swim.",
    worker_id="w1",
    written_by="sorrel",
    written_at=datetime(2026, 11, 20, 18, 5, tzinfo=UTC),
    is_withdrawn=False,
    changed_by="sorrel",
    changed_at=datetime(2026, 11, 20, 18, 5, tzinfo=UTC),
    changed_why=None,
    entry_id=11,
    visit_entry_id=12,
)
WITHDRAWN = replace(
    NOTE,
    visit_id=f"{'e' * 32}-1",
    outcome=None,
    is_withdrawn=True,
    changed_by="ash",
    changed_at=datetime(2026, 11, 21, 9, 0, tzinfo=UTC),
    changed_why="It was another family.",
    visit_entry_id=None,
)
