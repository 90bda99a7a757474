"""Education, health and care plans: requests, advice from social care, assessments, plans and their yearly reviews."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from keyworker.county import days, lags, words
from keyworker.county.chance import Bools, Ints
from keyworker.county.followed import Promise, follow
from keyworker.county.kept import Edit, Kept, typed, unfilled
from keyworker.county.life import Life
from keyworker.county.people_rows import BLOCK, child_ids, first_known, has_education_plan, school_numbers
from keyworker.county.steps import About, Steps

ASKED_FOR_OTHERS = 0.05
"""The share of other children of school age for whom somebody asks in the county's last years."""
ANSWERED = Promise(42, late=0.25, never=0.0, slack=15.0, working=False)
ADVISED = Promise(42, late=0.35, never=0.08, slack=20.0, working=False)
ISSUED = Promise(140, late=0.45, never=0.0, slack=50.0, working=False)
REFUSED, WITHDRAWN, NO_PLAN, CEASED = 0.22, 0.05, 0.06, 0.05
NEEDS = ("SPLD", "MLD", "SLD", "PMLD", "SEMH", "SLCN", "HI", "VI", "MSI", "PD", "ASD", "OTH")
NEED_SHARES = (0.04, 0.1, 0.09, 0.03, 0.24, 0.19, 0.02, 0.01, 0.01, 0.04, 0.21, 0.02)
YEAR = 365
OTHERS_SINCE = 2 * YEAR


@dataclass(frozen=True)
class Requests:
    """Requests for an assessment, one for each child; days not reached are STILL_OPEN."""

    child: Ints
    asked: Ints
    answered: Ints
    agreed: Bools
    withdrawn: Bools
    issued: Ints  # the day of the plan, or of word that there will be none
    plan: Bools
    known: Ints  # when the social care record could first hold it, in seconds


def education(life: Life, steps: Steps) -> list[Kept]:
    """The six tables; social care's advice goes to the steps."""
    made = _requests(life)
    _advice(life, made, steps)
    return [_records(life, made), _asked(life, made), _assessed(life, made), *_plans(life, made)]


def _requests(life: Life) -> Requests:
    rng = life.chance.stream("education plans")
    birth = life.families.birth
    with_plan = np.flatnonzero(has_education_plan(life))
    age = 3 * YEAR + (rng.random(len(with_plan)) ** 1.3 * 9 * YEAR).astype(np.int64)
    then = np.minimum(birth[with_plan] + age, life.horizon - 230 - rng.integers(0, 300, len(with_plan)))
    old = life.horizon - birth
    able = np.flatnonzero(~has_education_plan(life) & (old > 4 * YEAR) & (old < 16 * YEAR))
    others = able[rng.random(len(able)) < ASKED_FOR_OTHERS]
    lately = life.horizon - rng.integers(0, OTHERS_SINCE, len(others))
    child, asked = np.concatenate([with_plan, others]), np.concatenate([then, lately])
    asked = days.on_a_working_day(asked)
    given = np.arange(len(child)) < len(with_plan)
    draw = rng.random(len(child))
    withdrawn = ~given & (draw < WITHDRAWN)
    agreed = given | (draw > WITHDRAWN + REFUSED)
    answered, _ = follow(life.chance, "answers to requests", asked, ANSWERED)
    issued, _ = follow(life.chance, "plans issued", asked, ISSUED)
    issued = np.where(agreed & ~withdrawn, np.maximum(issued, answered + 20), days.STILL_OPEN)
    answered = np.where(answered < life.horizon, answered, days.STILL_OPEN)
    issued = np.where(issued < life.horizon, issued, days.STILL_OPEN)
    known = np.maximum(lags.at_nine(first_known(life)[child] + 1), lags.at_nine(asked))
    plan = given | (rng.random(len(child)) > NO_PLAN)
    return Requests(child, asked, answered, agreed, withdrawn, issued, plan, known)


def _ids(life: Life, prefix: str, child: Ints) -> pl.Series:
    return words.numbered(prefix, child + life.chance.block * BLOCK, 9)


def _then(made: Requests, day: Ints) -> Ints:
    """When something was known: at nine on the day after, and never before the request was."""
    return np.maximum(lags.at_nine(np.where(day < days.STILL_OPEN, day, 0) + 1), made.known + 60)


def _records(life: Life, made: Requests) -> Kept:
    frame = typed(
        "send",
        {
            "send_id": _ids(life, "SN", made.child),
            "child_id": child_ids(life, made.child),
            "upn": school_numbers(life, made.child),
        },
        len(made.child),
    )
    return Kept("send", frame, made.known)


def _asked(life: Life, made: Requests) -> Kept:
    told = made.answered < days.STILL_OPEN
    outcome = np.where(~told, 0, np.where(made.withdrawn, 3, np.where(made.agreed, 1, 2)))
    frame = typed(
        "ehcp_requests",
        {
            "ehcp_request_id": _ids(life, "ER", made.child),
            "send_table_id": _ids(life, "SN", made.child),
            "happened_on": words.dates(made.asked),
            "ehcp_req_outcome_on": words.dates(made.answered),
            "ehcp_req_outcome": words.pick(("A", "Y", "N", "W"), outcome),
        },
        len(made.child),
    )
    rows = np.flatnonzero(told)
    until = _then(made, made.answered)[rows]
    undecided = pl.Series(["A"]).new_from_index(0, len(rows))
    edits = [
        *unfilled(frame, ("ehcp_req_outcome_on",), rows, until),
        Edit("ehcp_req_outcome", rows, undecided, until),
    ]
    return Kept("ehcp_requests", frame, made.known, edits=edits)


def _assessed(life: Life, made: Requests) -> Kept:
    which = np.flatnonzero(made.issued < days.STILL_OPEN)
    frame = typed(
        "ehcp_assessment",
        {
            "ehcp_assessment_id": _ids(life, "EA", made.child[which]),
            "ehcp_request_id": _ids(life, "ER", made.child[which]),
            "happened_on": words.dates(made.issued[which]),
            "outcome": words.pick(("N", "Y"), made.plan[which].astype(np.int64)),
        },
        len(which),
    )
    return Kept("ehcp_assessment", frame, _then(made, made.issued)[which])


def _plans(life: Life, made: Requests) -> list[Kept]:
    """Plans in force, their last review, and the needs that each names, the main one first."""
    rng = life.chance.stream("plans in force")
    which = np.flatnonzero((made.issued < days.STILL_OPEN) & made.plan)
    child, start = made.child[which], made.issued[which]
    known = _then(made, made.issued)[which]
    grown = days.birthday(life.families.birth[child], 18)
    end = np.where(rng.random(len(which)) < CEASED, start + rng.integers(300, 1500, len(which)), grown + 200)
    end = np.where(end >= life.horizon, days.STILL_OPEN, np.maximum(end, start + 30))
    reason = np.where(end == grown + 200, 4, rng.integers(0, 4, len(which)))
    named = typed(
        "ehcp_named_plan",
        {
            "named_plan_id": _ids(life, "EN", child),
            "assessment_id": _ids(life, "EA", child),
            "from_on": words.dates(start),
            "to_on": words.dates(end),
            "named_plan_ceased_reason": words.where(
                end < days.STILL_OPEN, words.pick(("2", "5", "6", "9", "4"), reason)
            ),
        },
        len(which),
    )
    over = np.maximum(lags.at_nine(np.where(end < days.STILL_OPEN, end, 0) + 2), known + 120)
    active = typed(
        "ehcp_active_plans",
        {"active_ehcp_id": _ids(life, "EN", child), "ehcp_request_id": _ids(life, "ER", child)},
        len(which),
    )
    latest, edits = _reviews(life, start, np.minimum(end, life.horizon), known)
    active = active.with_columns(words.dates(latest).alias("active_ehcp_last_review_on"))
    return [
        Kept("ehcp_named_plan", named, known, over, ("to_on", "named_plan_ceased_reason")),
        Kept("ehcp_active_plans", active, known, edits=edits),
        _needs(life, child, known),
    ]


def _reviews(life: Life, start: Ints, stop: Ints, known: Ints) -> tuple[Ints, list[Edit]]:
    """The last yearly review of each plan, and what stood in its place until each was entered."""
    rng = life.chance.stream("yearly reviews")
    live, day = np.arange(len(start)), start
    latest = np.full(len(start), days.STILL_OPEN, dtype=np.int64)
    parts: list[tuple[Ints, Ints, Ints]] = []
    while len(live):
        late = np.where(rng.random(len(live)) < 0.25, rng.integers(20, 130, len(live)), 0)
        day = days.on_a_working_day(day + 360 - rng.integers(0, 30, len(live)) + late)
        held = day < stop[live]
        live, day = live[held], day[held]
        parts.append((live, latest[live], np.maximum(lags.at_nine(day + 3), known[live] + 60)))
        latest[live] = day
    if not parts:
        return latest, []
    rows, before, until = (np.concatenate([part[n] for part in parts]) for n in range(3))
    return latest, [Edit("active_ehcp_last_review_on", rows, words.dates(before), until)]


def _needs(life: Life, child: Ints, known: Ints) -> Kept:
    rng = life.chance.stream("special needs")
    many = rng.choice([1, 2, 3], len(child), p=[0.4, 0.4, 0.2])
    of = np.repeat(np.arange(len(child)), many)
    rank = np.arange(len(of)) - np.repeat(np.cumsum(many) - many, many)
    main = rng.choice(len(NEEDS), len(child), p=np.array(NEED_SHARES) / sum(NEED_SHARES))
    need = (main[of] + rank * 5) % len(NEEDS)
    frame = typed(
        "sen_need",
        {
            "sen_need_id": words.numbered("NE", of * 4 + rank + life.chance.block * BLOCK * 4, 10),
            "active_ehcp_id": _ids(life, "EN", child[of]),
            "active_ehcp_need_type": words.pick(NEEDS, need),
            "active_ehcp_need_rank": pl.Series(rank + 1).cast(pl.String),
        },
        len(of),
    )
    return Kept("sen_need", frame, known[of] + 60)


def _advice(life: Life, made: Requests, steps: Steps) -> None:
    """Social care is asked for advice once the council has agreed to assess, and has six weeks to send it."""
    which = np.flatnonzero(made.agreed & (made.answered < days.STILL_OPEN) & (made.answered >= life.first))
    child = made.child[which]
    about = About(
        child, "ehcp_requests", _ids(life, "ER", child), np.full(len(which), days.STILL_OPEN), np.ones(len(which))
    )
    asked = days.add_working_days(made.answered[which], 2)
    shown = asked < life.horizon
    known = np.maximum(lags.entered(life.chance, "advice asked for", asked, lags.PROMPT), made.known[which])
    steps.on("advice request", asked[shown], about.of(np.flatnonzero(shown)), by_whom="education", entered=known[shown])
    when, sent = follow(life.chance, "advice sent", asked, ADVISED)
    sent &= when < life.horizon
    told = np.maximum(lags.entered(life.chance, "advice sent in", when, lags.USUAL), known + 60)
    steps.on("advice sent", when[sent], about.of(np.flatnonzero(sent)), by_whom="social worker", entered=told[sent])
