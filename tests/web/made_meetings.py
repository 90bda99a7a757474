"""Made-up meetings: a core group short of agencies, one that did not go ahead, one that was withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from keyworker.actions.questions.meetings import Meetable, Met
from keyworker.facts.meetings import Meeting
from tests.web.fictional import ADEYEMI, OKAFOR

CORE_GROUP = Meeting(
    meeting_id="a" * 32,
    child_id="C00001",
    happened_on=date(2026, 11, 9),
    kind="core group",
    worker_id=ADEYEMI.worker_id,
    is_held=True,
    quorate=False,
    why="The nurse's train was cancelled.",
    enquiry=None,
    report_on=date(2026, 11, 5),
    child_part="not asked",
    child_part_why="She is four weeks old.",
    parents_part="came",
    advocate_offered=False,
    advocate_came=None,
    decision="Go on <b>as planned</b>.",
    next_on=date(2026, 12, 7),
    is_withdrawn=False,
    changed_why=None,
    written_by="sorrel",
    written_at=datetime(2026, 11, 10, 9, 0, tzinfo=UTC),
    changed_by="sorrel",
    changed_at=datetime(2026, 11, 10, 9, 0, tzinfo=UTC),
    entry_id=71,
    invited=(("children's social care", "came"), ("health visiting", "report"), ("school", "came")),
)
NOT_HELD = replace(
    CORE_GROUP, meeting_id="b" * 32, happened_on=date(2026, 10, 12), is_held=False, quorate=None, report_on=None,
    child_part=None, child_part_why=None, parents_part=None, advocate_offered=None, decision=None, next_on=None,
    why="Snow.", invited=(("school", "apologies"),), entry_id=72,
)  # fmt: skip
WITHDRAWN = replace(
    CORE_GROUP, meeting_id="c" * 32, happened_on=date(2026, 10, 5), is_withdrawn=True,
    changed_why="It was another child’s.", entry_id=73,
)  # fmt: skip
MET = Met(
    f"ch{1:022}", "Ashby Testwood", (CORE_GROUP, NOT_HELD, WITHDRAWN), {ADEYEMI.worker_id: ADEYEMI}, is_here=True,
    may_write=True,
)  # fmt: skip
NEEDS = Meetable((ADEYEMI, OKAFOR), {"core group": 2})
