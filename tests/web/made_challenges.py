"""Made-up challenges: a school's that waits at its second stage, an officer's that was resolved."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from keyworker.actions.questions.chairing import Chaired
from keyworker.actions.questions.challenges import Challenged, OpenChallenges
from keyworker.actions.questions.own_challenges import OwnChallenges
from keyworker.facts.chairing import Chairs, Met, MovedSince, Next
from keyworker.facts.challenges import Challenge, Stage
from keyworker.facts.people import Child
from tests.web.fictional import ADEYEMI, MANAGER, child

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
FIRST = Stage(
    "a-1", date(2026, 11, 2), "worker", ADEYEMI.worker_id, date(2026, 11, 9), date(2026, 11, 9), "not agreed",
    "The plan <b>stands</b>.", AT, 81, "tern",
)  # fmt: skip
SECOND = Stage(
    "a-2", date(2026, 11, 10), "team manager", MANAGER.worker_id, date(2026, 11, 17), None, None, None, AT, 82, "sorrel"
)
SCHOOLS = Challenge(
    "a" * 32, "C00001", date(2026, 11, 2), "agency", "school", "sorrel", "Keep the <b>weekly</b> visits.",
    "He is still afraid.", None, None, None, AT, AT, 83, (FIRST, SECOND),
)  # fmt: skip
OFFICERS = replace(
    SCHOOLS, challenge_id="b" * 32, raised_on=date(2026, 9, 1), raised_by="reviewing officer", agency=None,
    what="There is no pathway plan.", ended_on=date(2026, 9, 20), outcome="resolved", outcome_says="There is one now.",
    stages=(FIRST,),
)  # fmt: skip
CHILD = Child("C00001", f"ch{1:022}", "Ashby Testwood", date(2016, 2, 3))
CHALLENGED = Challenged(
    CHILD.handle, CHILD.name, (SCHOOLS, OFFICERS), {ADEYEMI.worker_id: ADEYEMI, MANAGER.worker_id: MANAGER},
    may_raise=True, may_answer=frozenset({"a" * 32}), may_end=frozenset({"a" * 32}),
)  # fmt: skip
OPEN = OpenChallenges((SCHOOLS,), {"C00001": CHILD})
SINCE = date(2026, 9, 14)
CHAIRED = (
    Chaired(
        child(1, lead=None, accountable=None, unallocated_since=date(2026, 11, 2)),
        Chairs("C00001", frozenset({"conferences"}), date(2026, 3, 2)),
        Met("conferences", SINCE, date(2026, 9, 9)),
        Next("conferences", date(2026, 11, 13)),
        SINCE,
        MovedSince(3, 2, (("placement", "U1", date(2026, 10, 5)), ("legal status", "C2", date(2026, 10, 5)))),
        workers=2, done=4, given_up=1, late=2, challenges=(SCHOOLS,),
    ),
    Chaired(
        child(2), Chairs("C00002", frozenset({"reviews"}), date(2026, 11, 2)), None,
        Next("reviews", date(2026, 12, 3)), date(2026, 11, 2), MovedSince(),
    ),
)  # fmt: skip
OWN = OwnChallenges(
    (replace(SCHOOLS, stages=(replace(FIRST, worker_id=None), replace(SECOND, worker_id=None))), OFFICERS),
    {"C00001": "A. in class 4"},
)
