"""Made-up times that time was asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from keyworker.actions.questions.time_asked import Answerable, TimeTold
from keyworker.actions.time_asked import Standing
from keyworker.facts.time_asked import GIVEN, TimeAsked
from keyworker.vocabulary.errors import KeyworkerError
from tests.web import fictional as made_up

ASKED = TimeAsked(
    asked_id="3" * 32,
    child_id="c1",
    rule="section-47-45wd",
    due_on=date(2026, 11, 27),
    happened_on=date(2026, 11, 20),
    worker_id="w2",
    asked_by="ash",
    reason="<b>Court</b> all week.",
    answer_by_on=date(2026, 11, 23),
    answer=None,
    answered_by=None,
    answered_on=None,
    until_on=None,
    helper_id=None,
    answer_says=None,
    exception_id=None,
    asked_at=datetime(2026, 11, 20, 16, 5, tzinfo=UTC),
    entry_id=21,
    handle=f"ch{1:022}",
)
TITLE = "Visit under a child protection plan"
WAITING = TimeTold(ASKED, "Ashby Testwood", TITLE, Standing.WAITS, False, made_up.team(), made_up.OKAFOR)
LATE = replace(
    WAITING, asked=replace(ASKED, asked_id="4" * 32, answer_by_on=date(2026, 11, 19)), standing=Standing.UNANSWERED
)
MINE = replace(WAITING, asked=replace(ASKED, asked_id="5" * 32, asked_by="sorrel"), is_own=True)
ANSWERED = replace(
    WAITING,
    asked=replace(
        ASKED,
        asked_id="6" * 32,
        answer=GIVEN,
        answered_by="sorrel",
        answered_on=date(2026, 11, 21),
        helper_id="w4",
        answer_says="Sorrel is near there.",
    ),
    standing=Standing.ANSWERED,
    helper=made_up.ADEYEMI,
)


def answerable(asked_id: str, *, may_answer: bool) -> Answerable:
    """One of them, by default the person's own, with two who could help."""
    found = {one.asked.asked_id: one for one in (WAITING, LATE, MINE, ANSWERED)}
    if asked_id == "9" * 32:
        raise KeyworkerError("No such time was asked for.", remedy="Open what is due to the child again.")
    told = found.get(asked_id, MINE)
    return Answerable(told, None, (made_up.ADEYEMI, made_up.OKAFOR), True, may_answer and not told.is_own)
