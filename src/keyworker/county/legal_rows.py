"""Pre-proceedings and care proceedings: what a legal tracker holds, and what families were offered before court."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from keyworker.county import days, lags, words
from keyworker.county.care_episodes import FULL, INTERIM, PLACEMENT_ORDER, Episodes
from keyworker.county.chance import Bools, Ints, begins_run
from keyworker.county.followed import Promise, follow
from keyworker.county.kept import Kept, typed, unfilled
from keyworker.county.life import Life
from keyworker.county.people_rows import BLOCK, child_ids, family_ids
from keyworker.county.steps import Steps

TRIED_FIRST = 0.7
"""The share of applications that pre-proceedings came before, where there was time for them."""
STEPPED_DOWN = 0.16
"""The share of families long on a plan who go into pre-proceedings and stay out of court."""
LETTER = Promise(5, late=0.35, never=0.04, slack=6.0, working=False)
MEETING = Promise(7, late=0.4, never=0.05, slack=8.0, working=False)
OFFERED, OFFERED_WITHOUT, HELD = 0.8, 0.4, 0.85
ANSWERS = (0.55, 0.37, 0.08)
OUTCOMES = ("Decision to step down", "Decision to issue care proceedings")
ORDERS = ("Care order", "Placement order", "Supervision order", "Special guardianship order", "No order")


@dataclass(frozen=True)
class Applications:
    """Applications to the court, one for each child: the period of care, when issued and when decided (exclusive)."""

    care: Ints
    issued: Ints
    end: Ints
    order: Ints


@dataclass(frozen=True)
class Tried:
    """Times in pre-proceedings, one for each child. `end` is STILL_OPEN while it goes on."""

    stay: Ints
    decided: Ints
    end: Ints
    issued: Bools


def legal(life: Life, made: Episodes, steps: Steps) -> list[Kept]:
    """The two tables; offers of a family group meeting, and the meetings, go to the steps."""
    applied = _applications(life, made)
    tried = _tried(life, applied)
    _offers(life, applied, tried, steps)
    return [_pre_proceedings(life, tried), _care_proceedings(life, applied)]


def _applications(life: Life, made: Episodes) -> Applications:
    """Issued when an interim order began, or months before a full one; decided by the order or the end of care."""
    rng = life.chance.stream("applications")
    by_court = np.isin(made.legal, (INTERIM, FULL, PLACEMENT_ORDER))
    first = np.flatnonzero(by_court)
    first = first[begins_run(made.care[first])]
    care, began = made.care[first], made.start[first]
    final = np.flatnonzero(np.isin(made.legal, (FULL, PLACEMENT_ORDER)))
    final = final[begins_run(made.care[final])]
    ordered = np.full(len(life.care.start), days.STILL_OPEN, dtype=np.int64)
    ordered[made.care[final]] = made.start[final]
    straight = made.legal[first] != INTERIM
    length = np.where(rng.random(len(care)) < 0.4, rng.integers(110, 180, len(care)), rng.integers(183, 420, len(care)))
    issued = np.where(
        straight, np.maximum(began - length, life.care.start[care]), began - rng.integers(0, 9, len(care))
    )
    end = np.minimum(ordered[care] + 1, life.care.end[care])
    adopting = np.isin(life.care.adopted[care], (1, 2))
    other = rng.choice([2, 3, 4], len(care), p=[0.45, 0.4, 0.15])
    order = np.where(ordered[care] < days.STILL_OPEN, np.where(adopting, 1, 0), other)
    shown = (issued < life.horizon) & (end > life.first) & (end > issued + 20)
    end = np.where(end >= life.horizon, days.STILL_OPEN, end)
    return Applications(care[shown], issued[shown], end[shown], order[shown])


def _tried(life: Life, applied: Applications) -> Tried:
    rng = life.chance.stream("pre-proceedings")
    stay = life.care.stay[applied.care]
    spell = life.stays.spell[stay]
    together = rng.random(len(life.spells.start))[spell]
    decided = applied.issued - rng.integers(45, 210, len(life.spells.start))[spell]
    decided = np.maximum(decided, np.maximum(life.spells.start[spell] + 14, life.first))
    kept = (together < TRIED_FIRST) & (applied.issued - decided > 25)
    over = applied.issued - rng.integers(3, 15, len(stay))
    before = Tried(stay[kept], decided[kept], over[kept], np.ones(int(kept.sum()), dtype=bool))
    cared = np.zeros(len(life.spells.start), dtype=bool)
    cared[life.stays.spell[life.care.stay]] = True
    begin, stop = np.maximum(life.plans.start, life.first), np.minimum(life.plans.end, life.horizon)
    able = np.flatnonzero(~cared[life.plans.spell] & (stop - begin > 150))
    plan = able[rng.random(len(able)) < STEPPED_DOWN]
    since = begin[plan] + rng.integers(40, 140, len(plan))
    until = np.minimum(since + rng.integers(50, 230, len(plan)), life.plans.end[plan] - 1)
    row, staying = life.children_of(life.plans.spell[plan])
    out = Tried(staying, since[row], until[row], np.zeros(len(row), dtype=bool))
    joined = (np.concatenate([getattr(before, name), getattr(out, name)]) for name in Tried.__dataclass_fields__)
    stay, decided, end, issued = joined
    shown = decided < life.horizon
    end = np.where(end >= life.horizon, days.STILL_OPEN, np.maximum(end, decided + 1))
    return Tried(stay[shown], decided[shown], end[shown], issued[shown])


def _pre_proceedings(life: Life, tried: Tried) -> Kept:
    rng = life.chance.stream("pre-proceedings rows")
    many = len(tried.stay)
    over = tried.end < days.STILL_OPEN
    letter, written = follow(life.chance, "letters before proceedings", tried.decided, LETTER)
    letter = np.where(written & (letter < np.minimum(tried.end, life.horizon)), letter, days.STILL_OPEN)
    since = np.minimum(letter, life.horizon)
    meeting, met = follow(life.chance, "meetings before proceedings", since, MEETING)
    met &= (letter < days.STILL_OPEN) & (meeting < np.minimum(tried.end, life.horizon))
    meeting = np.where(met, meeting, days.STILL_OPEN)
    plans = np.bincount(life.plans.spell, minlength=len(life.spells.start))[life.stays.spell[tried.stay]]
    family = life.spells.family[life.stays.spell[tried.stay]]
    ids = words.numbered("PP", np.arange(many) + life.chance.block * BLOCK, 9)
    frame = typed(
        "pre_proceedings",
        {
            "pre_proceeding_id": ids,
            "child_id": child_ids(life, life.stays.child[tried.stay]),
            "plo_family_id": "PLO-" + family_ids(life, family),
            "pre_pro_decision_on": words.dates(tried.decided),
            "pre_pro_letter_on": words.dates(letter),
            "initial_pre_pro_meeting_on": words.dates(meeting),
            "pre_pro_outcome": words.where(
                over,
                words.pick(
                    ("Decision to step down", "Decision to issue care proceedings"), tried.issued.astype(np.int64)
                ),
            ),
            "agree_stepdown_issue_on": words.dates(tried.end),
            "cp_plans_referral_period": pl.Series(plans),
            "legal_gateway_outcome": "B",
            "prev_pre_proc_child": pl.Series(np.zeros(many, dtype=np.int64)),
            "prev_care_proc_child": pl.Series(np.zeros(many, dtype=np.int64)),
            "pre_pro_meetings_num": words.where(over, pl.Series(rng.integers(0, 5, many))),
            "pre_pro_parents_legal_rep": words.flags(rng.random(many) < 0.8, meeting < days.STILL_OPEN),
            "court_reference": words.where(
                tried.issued & over, "ZZ00C" + pl.Series(family % 100_000).cast(pl.String).str.zfill(5)
            ),
            "care_proc_short_notice": words.flags(rng.random(many) < 0.1, tried.issued & over),
        },
        many,
    )
    edits = []
    for names, day in (
        (("pre_pro_letter_on",), letter),
        (("initial_pre_pro_meeting_on", "pre_pro_parents_legal_rep"), meeting),
        (
            ("pre_pro_outcome", "agree_stepdown_issue_on", "pre_pro_meetings_num", "court_reference",
             "care_proc_short_notice"),
            tried.end,
        ),
    ):  # fmt: skip
        rows = np.flatnonzero(day < days.STILL_OPEN)
        edits += unfilled(frame, names, rows, lags.entered(life.chance, f"tracker {names[0]}", day[rows], lags.USUAL))
    return Kept("pre_proceedings", frame, lags.entered(life.chance, "tracker", tried.decided, lags.USUAL), edits=edits)


def _care_proceedings(life: Life, applied: Applications) -> Kept:
    many = len(applied.care)
    over = applied.end < days.STILL_OPEN
    frame = typed(
        "care_proceedings",
        {
            "proceedings_id": words.numbered("CX", applied.care + life.chance.block * BLOCK, 9),
            "child_id": child_ids(life, life.stays.child[life.care.stay[applied.care]]),
            "application": "Care order",
            "from_on": words.dates(applied.issued),
            "to_on": words.dates(applied.end),
            "final_order": words.where(over, words.pick(ORDERS, applied.order)),
        },
        many,
    )
    return Kept(
        "care_proceedings",
        frame,
        lags.entered(life.chance, "applications issued", applied.issued, lags.PROMPT),
        lags.entered(life.chance, "applications decided", np.where(over, applied.end, 0), lags.USUAL),
        ("to_on", "final_order"),
    )


def _offers(life: Life, applied: Applications, tried: Tried, steps: Steps) -> None:
    """A meeting to make a plan of the family's own: mostly offered with the letter, seldom where there was no time."""
    rng = life.chance.stream("family group offers")
    asked = np.flatnonzero(rng.random(len(tried.stay)) < OFFERED)
    child, day = life.stays.child[tried.stay[asked]], tried.decided[asked] + rng.integers(3, 20, len(asked))
    stop = np.minimum(np.minimum(tried.end[asked], life.horizon), days.STILL_OPEN)
    _offer(steps, rng, child, day, stop)
    known = np.isin(life.care.stay[applied.care], tried.stay)
    late = np.flatnonzero(~known & (rng.random(len(known)) < OFFERED_WITHOUT) & (applied.issued >= life.first + 20))
    child = life.stays.child[life.care.stay[applied.care[late]]]
    _offer(steps, rng, child, applied.issued[late] - rng.integers(1, 12, len(late)), applied.issued[late] + 1)


def _offer(steps: Steps, rng: np.random.Generator, child: Ints, day: Ints, stop: Ints) -> None:
    made = day < stop
    answer = rng.choice(3, len(day), p=ANSWERS)
    said = words.pick(("accepted", "declined", "not in the child's interests"), answer).filter(pl.Series(made))
    steps.add("family group offer", day[made], child=child[made], outcome=said, by_whom="social worker")
    met = day + rng.integers(10, 45, len(day))
    held = made & (met < stop) & (answer == 0) & (rng.random(len(day)) < HELD)
    steps.add("family group meeting", met[held], child=child[held], by_whom="family group coordinator")
