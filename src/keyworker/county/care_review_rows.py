"""Reviews of looked after children, and what the reviewing officer and the team do before and after each."""

from __future__ import annotations

import numpy as np
import polars as pl

from keyworker.county import days, lags, words
from keyworker.county.care_episodes import Episodes
from keyworker.county.chance import Ints
from keyworker.county.followed import Promise, pressed
from keyworker.county.kept import Kept, typed, unfilled
from keyworker.county.life import Life
from keyworker.county.people_rows import BLOCK
from keyworker.county.steps import About, Steps

TOOK_PART = ("PN1", "PN3", "PN5", "PN6", "PN7", "PN0")
NAMED = Promise(5, late=0.12, never=0.015, slack=5.0)
CONSULTED = Promise(15, late=0.25, never=0.03, slack=5.0, before=True)
PAPERS = Promise(3, late=0.25, never=0.02, slack=2.0, before=True)
DECISIONS = Promise(5, late=0.15, never=0.015, slack=4.0)
RECORD = Promise(15, late=0.25, never=0.02, slack=10.0)
SENT = Promise(20, late=0.25, never=0.03, slack=10.0)
CANCELLED = 0.03


def care_ids(life: Life, numbers: Ints) -> pl.Series:
    """The identifiers of periods of care by number."""
    return words.numbered("PC", numbers + life.chance.block * BLOCK, 9)


def episode_ids(life: Life, numbers: Ints) -> pl.Series:
    """The identifiers of looked after episodes by number."""
    return words.numbered("CE", numbers + life.chance.block * BLOCK, 9)


def about_care(life: Life, made: Episodes, day: Ints) -> About:
    """Every period of care by its first episode, as what steps belong to: pressed as its worker was on a day."""
    stay = life.care.stay
    hard = pressed(life, life.stays.spell[stay], np.minimum(day, life.horizon - 1), stay)
    return About(life.stays.child[stay], "cla_episodes", episode_ids(life, made.first), life.care.end, hard)


def care_reviews(life: Life, made: Episodes, steps: Steps) -> Kept:
    """Reviews held and awaited; the officer's naming, and papers, decisions and records, go to the steps."""
    care, due, held, arranged = _review_days(life)
    rng = life.chance.stream("care reviews")
    ids = words.numbered("RV", np.arange(len(care)) + life.chance.block * BLOCK, 9)
    met = held < days.STILL_OPEN
    called_off = met & (rng.random(len(care)) < CANCELLED)
    frame = typed(
        "cla_reviews",
        {
            "review_id": ids,
            "care_period_id": care_ids(life, care),
            "due_on": words.dates(due),
            "happened_on": words.dates(held),
            "cancelled": words.flags(called_off, met),
            "participation": words.where(met & ~called_off, words.pick(TOOK_PART, rng.integers(0, 6, len(care)))),
        },
        len(care),
    )
    about = about_care(life, made, life.care.start)
    named = About(about.child, about.table, about.ids, about.stop, np.ones(len(about.child)))
    steps.follow("reviewing officer named", life.care.start, NAMED, named, by_whom="review service", early=True)
    _around(life, steps, care, np.where(called_off, days.STILL_OPEN, held), ids)
    typed_in = lags.entered(life.chance, "care reviews", np.where(met, held, 0), lags.SLOW)
    known = lags.entered(life.chance, "care reviews arranged", arranged, lags.PROMPT)
    known = np.where(met, np.minimum(known, typed_in), known)
    done = np.flatnonzero(met)
    edits = unfilled(frame, ("happened_on", "cancelled", "participation"), done, typed_in[done])
    return Kept("cla_reviews", frame, known, edits=edits)


def _around(life: Life, steps: Steps, care: Ints, held: Ints, ids: pl.Series) -> None:
    """What comes before a review and after it."""
    which = np.flatnonzero(held < days.STILL_OPEN)
    day, stay = held[which], life.care.stay[care[which]]
    hard = pressed(life, life.stays.spell[stay], day, stay)
    ever = np.full(len(which), days.STILL_OPEN)
    about = About(life.stays.child[stay], "cla_reviews", ids.gather(which), ever, hard)
    steps.follow("reviewing officer consulted", day, CONSULTED, about, by_whom="social worker", early=True)
    steps.follow("review papers", day, PAPERS, about, by_whom="social worker", early=True)
    steps.follow("review decisions", day, DECISIONS, about, by_whom="reviewing officer", early=True)
    steps.follow("review record", day, RECORD, about, by_whom="reviewing officer", habit=lags.PROMPT, early=True)
    steps.follow("review record sent", day, SENT, about, by_whom="business support", habit=lags.PROMPT, early=True)


def _review_days(life: Life) -> tuple[Ints, Ints, Ints, Ints]:
    """Every review: the period of care, when due, when held (STILL_OPEN while awaited) and when arranged.

    The first within twenty working days, the second within three months of it, then within six of the one before.
    """
    rng = life.chance.stream("care review days")
    care = life.care
    parts: list[tuple[Ints, Ints, Ints, Ints]] = []
    live, arranged, turn = np.arange(len(care.start)), care.start, 0
    while len(live):
        due = days.add_working_days(arranged, 20) if turn == 0 else arranged + (90 if turn == 1 else 181)
        due = days.on_a_working_day(due)
        late = rng.random(len(live)) < 0.12
        when = due - rng.integers(0, 12, len(live)) + np.where(late, rng.integers(10, 45, len(live)), 0)
        when = np.maximum(days.on_a_working_day(when), arranged + 5)
        held = (when < care.end[live]) & (when < life.horizon)
        awaited = (care.end[live] >= life.horizon) & (when >= life.horizon)
        shown = held | awaited
        met = np.where(held, when, days.STILL_OPEN)
        parts.append((live[shown], due[shown], met[shown], arranged[shown]))
        live, arranged, turn = live[held], when[held], turn + 1
    if not parts:
        return live, live, live, live
    found = tuple(np.concatenate([part[n] for part in parts]) for n in range(4))
    return found[0], found[1], found[2], found[3]
