"""Made-up case supervision: one that waits for the worker's word, one of an extract, one withdrawn, and two actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from keyworker.actions.questions.case_supervision import MyActions, Supervisable, Supervised
from keyworker.actions.questions.unit_meetings import Family, ToTalkOver
from keyworker.facts.case_supervision import CaseSupervision, SupervisionAction
from keyworker.facts.people import Child
from tests.web.fictional import ADEYEMI, MANAGER, OKAFOR, child

WROTE = datetime(2026, 11, 9, 16, 0, tzinfo=UTC)
HELD = CaseSupervision(
    supervision_id="a" * 32,
    child_id="c1",
    happened_on=date(2026, 11, 9),
    worker_id=ADEYEMI.worker_id,
    supervisor_id=MANAGER.worker_id,
    outcome="held",
    decision="The plan goes on.",
    form="one to one",
    present=None,
    why="Home is calmer.",
    cancelled_by=None,
    confirmed=None,
    answered_on=None,
    answer=None,
    is_withdrawn=False,
    changed_why=None,
    written_by="hazel",
    written_at=WROTE,
    changed_by="hazel",
    changed_at=WROTE,
    entry_id=31,
    note_entry_id=32,
)
CALLED_OFF = replace(
    HELD, supervision_id="b" * 32, happened_on=date(2026, 10, 12), outcome="cancelled", decision=None, why=None,
    cancelled_by="supervisor", form="group", confirmed=False, answer="I was there.", answered_on=date(2026, 10, 13),
)  # fmt: skip
WITHDRAWN = replace(
    HELD, supervision_id="c" * 32, happened_on=date(2026, 10, 5), outcome=None, decision=None, is_withdrawn=True,
    changed_why="It was another child.", worker_id=None, supervisor_id=None, entry_id=None,
)  # fmt: skip
TOLD = replace(
    HELD, supervision_id="s9", happened_on=date(2026, 9, 7), decision=None, form=None, why=None, written_by=None,
    written_at=None, changed_by=None, changed_at=None, note_entry_id=None,
)  # fmt: skip
LATE = SupervisionAction(
    "a" * 32 + "-1", "a" * 32, "c1", date(2026, 11, 9), "Call the school.", ADEYEMI.worker_id, date(2026, 11, 16),
    None, None, None, 41,
)  # fmt: skip
DONE = replace(
    LATE, action_id="a" * 32 + "-2", what="Ask the aunt.", ended_on=date(2026, 11, 20), done=True, entry_id=42
)
BETWEEN = Supervisable((ADEYEMI, OKAFOR), (ADEYEMI, MANAGER), MANAGER.worker_id)
SUPERVISED = Supervised(
    f"ch{1:022}",
    "Child 1 Testwood",
    (HELD, CALLED_OFF, WITHDRAWN, TOLD),
    (LATE, DONE),
    {one.worker_id: one for one in (ADEYEMI, MANAGER, OKAFOR)},
    is_here=True,
    may_write=True,
    may_confirm=frozenset({HELD.supervision_id}),
    may_withdraw=frozenset({HELD.supervision_id}),
)
NOTHING = replace(SUPERVISED, supervisions=(), actions=(), may_confirm=frozenset(), may_withdraw=frozenset())


def to_talk_over(empty: bool) -> ToTalkOver:
    """Two families that Sorrel works with: a brother and a sister, and one child."""
    if empty:
        return ToTalkOver((), (MANAGER,))
    rows = [replace(child(number), lead=ADEYEMI) for number in (1, 2, 3)]
    return ToTalkOver((Family((rows[0], rows[1])), Family((rows[2],))), (MANAGER, ADEYEMI))


MINE = MyActions(
    (HELD,),
    (LATE,),
    {"c1": Child("c1", f"ch{1:022}", "Child 1 Testwood", date(2018, 5, 4))},
    {MANAGER.worker_id: MANAGER},
    1,
)
