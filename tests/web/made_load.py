"""A made-up load and what was said of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from keyworker.actions.load_challenges import Standing
from keyworker.actions.questions.own_load import ChallengeTold, LoadTold
from keyworker.facts.first_year import InFirstYear
from keyworker.facts.load_challenges import EXPLAINED, LoadChallenge
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import Role
from keyworker.measures.first_year import FirstYear, Kept, Promise, What
from keyworker.measures.own_load import CaseWeight, LoadPart, OwnLoad
from tests.web.fictional import ADEYEMI, SOURCES, child, worker_row

HEAVY = CaseWeight("looked after", Decimal("1.50"), date(2026, 4, 1), "practice board", "Load policy (example)")
LIGHT = CaseWeight("child in need", Decimal(1), date(2026, 4, 1), "practice board", "Load policy (example)")
BESIDE = "works beside the child’s worker, with whom the child counts"
LOAD = OwnLoad(
    worker_row(4, 3, families=2, agreed_capacity=2.0, hours_today=7.4),
    Moment(date(2026, 11, 23)),
    (
        LoadPart(child(1), Role.LEAD, HEAVY),
        LoadPart(child(2), Role.LEAD, LIGHT),
        LoadPart(child(3), Role.ACCOUNTABLE, None),
        LoadPart(child(4), Role.CO_WORKER, LIGHT, BESIDE),
    ),
    (HEAVY, LIGHT),
)
SAID = LoadChallenge(
    challenge_id="a" * 32,
    worker_id="W0004",
    happened_on=date(2026, 11, 16),
    part="child counted",
    reason="<b>Counted</b> twice.",
    children=3,
    weight=Decimal("2.5"),
    agreed_capacity=Decimal(2),
    asked_by="ash",
    answer_by_on=date(2026, 11, 30),
    answer=None,
    answered_by=None,
    answered_on=None,
    answer_says=None,
    settled=None,
    settled_on=None,
    asked_at=datetime(2026, 11, 16, 9, 30, tzinfo=UTC),
    entry_id=31,
)
WAITS = ChallengeTold(SAID, ADEYEMI, Standing.WAITS, may_answer=True)
LATE = replace(
    WAITS,
    said=replace(SAID, challenge_id="b" * 32, answer_by_on=date(2026, 11, 19)),
    standing=Standing.UNANSWERED,
)
MINE = replace(WAITS, said=replace(SAID, challenge_id="c" * 32), is_own=True, may_answer=False)
ANSWERED = replace(
    MINE,
    said=replace(
        SAID,
        challenge_id="d" * 32,
        answer=EXPLAINED,
        answered_by="sorrel",
        answered_on=date(2026, 11, 18),
        answer_says="The child came back on 1 November.",
    ),
    standing=Standing.ANSWERED,
)
FIRST_YEAR = FirstYear(
    LOAD.row,
    InFirstYear("W0004", date(2026, 9, 1), None),
    (
        Promise(
            What.LOAD,
            "At most 2 children",
            Kept.NOT_KEPT,
            date(2026, 11, 2),
            None,
            "3 held on the day.",
            "Early careers policy (example)",
        ),
        Promise(
            What.REVIEW,
            "ASYE review at three months",
            Kept.TO_COME,
            None,
            date(2026, 12, 1),
            "Not yet due.",
            "A published framework",
            "asye-review-3m",
        ),
    ),
)
TOLD = LoadTold(LOAD, (MINE, ANSWERED), SOURCES, is_own=True, may_challenge=True, first_year=FIRST_YEAR)
