"""Early help before a referral and after a closing, led by schools, health and the council's own family workers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from keyworker.county import days, lags, words
from keyworker.county.chance import Ints, begins_run
from keyworker.county.followed import led_by
from keyworker.county.kept import Kept, typed
from keyworker.county.life import Life
from keyworker.county.need import NO_FURTHER_ACTION
from keyworker.county.people_rows import BLOCK, child_ids, first_known
from keyworker.county.posts import NOBODY, PRACTITIONER
from keyworker.county.steps import About, Steps
from keyworker.county.worker_rows import worker_ids

BEFORE, AFTER = 0.16, 0.12
"""The shares of referrals that early help came before, and of closings that it follows."""
EVERY = 84
LATE, NEVER = 0.25, 0.12
ORGANISATIONS = ("Made-up Primary School", "Example Academy", "Specimen Health Visiting", "County Early Help Team")
COUNCIL = 3
REASONS = ("parenting", "school attendance", "housing", "parental mental health", "domestic abuse")
STEPPED_UP, NEEDS_MET, WITHDREW = range(3)
ENDINGS = ("stepped up to social care", "needs met", "family withdrew")


@dataclass(frozen=True)
class Helped:
    """Early help to one child; `end` is exclusive."""

    stay: Ints
    start: Ints
    end: Ints
    ending: Ints


def early_help(life: Life, steps: Steps) -> Kept:
    """Episodes of early help; reviews of them, every twelve weeks or later, go to the steps."""
    made = _helped(life)
    many = len(made.stay)
    rng = life.chance.stream("early help rows")
    spell = life.stays.spell[made.stay]
    led = rng.choice(len(ORGANISATIONS), len(life.spells.start), p=[0.3, 0.2, 0.2, 0.3])[spell]
    worker = led_by(life, spell, np.minimum(made.start, life.horizon - 1))
    kinds = np.array([one.kind for one in life.people.spells], dtype=np.int64)
    helper = np.flatnonzero(kinds == PRACTITIONER)
    worker = np.where(led == COUNCIL, helper[spell % len(helper)] if len(helper) else NOBODY, NOBODY)
    there = _in_post(life, worker, made.start)
    over = made.end < days.STILL_OPEN
    ids = words.numbered("EH", np.arange(many) + life.chance.block * BLOCK * 2, 9)
    frame = typed(
        "early_help_episodes",
        {
            "episode_id": ids,
            "child_id": child_ids(life, life.stays.child[made.stay]),
            "from_on": words.dates(made.start),
            "to_on": words.dates(made.end),
            "reason": words.pick(REASONS, rng.integers(0, len(REASONS), len(life.spells.start))[spell]),
            "end_reason": words.where(over, words.pick(ENDINGS, made.ending)),
            "organisation": words.pick(ORGANISATIONS, led),
            "worker_id": words.where(there, worker_ids(life, np.maximum(worker, 0))),
        },
        many,
    )
    hard = life.strain[life.spells.family[spell]]
    reviews(life, steps, made.start, About(life.stays.child[made.stay], "early_help_episodes", ids, made.end, hard))
    known = lags.at_nine(first_known(life)[life.stays.child[made.stay]] + 1)
    begun = np.maximum(lags.entered(life.chance, "early help", made.start, lags.SLOW), known)
    ended = lags.entered(life.chance, "early help over", np.where(over, made.end, 0), lags.SLOW)
    return Kept("early_help_episodes", frame, begun, np.maximum(ended, begun + 60), ("to_on", "end_reason"))


def _in_post(life: Life, worker: Ints, day: Ints) -> np.ndarray:
    first = np.array([one.first for one in life.people.spells], dtype=np.int64)[np.maximum(worker, 0)]
    to = np.array([one.to for one in life.people.spells], dtype=np.int64)[np.maximum(worker, 0)]
    return (worker != NOBODY) & (first <= day) & (day < to)


def _helped(life: Life) -> Helped:
    """Some families helped until they were referred, others from when they were closed; some of them still are."""
    rng = life.chance.stream("early help")
    spells = life.spells
    before = np.flatnonzero((rng.random(len(spells.start)) < BEFORE) & (spells.start >= life.first + 60))
    length = rng.integers(60, 330, len(before))
    since = np.maximum(spells.start[before] - length, life.first)
    after = np.flatnonzero(
        (rng.random(len(spells.start)) < AFTER) & (spells.kind != NO_FURTHER_ACTION) & (spells.end < life.horizon - 5)
    )
    then = spells.end[after] + rng.integers(0, 8, len(after))
    until = then + rng.integers(50, 420, len(after))
    spell = np.concatenate([before, after])
    start, end = np.concatenate([since, then]), np.concatenate([spells.start[before] + 1, until])
    order = np.lexsort((start, spells.family[spell]))
    spell, start, end = spell[order], start[order], end[order]
    stepped = (np.arange(len(before) + len(after)) < len(before))[order]
    family = spells.family[spell]
    overlaps = ~begins_run(family)
    overlaps[1:] &= start[1:] < end[:-1] + 7
    row, stay = life.children_of(spell)
    kept = ~overlaps[row] & (life.families.birth[life.stays.child[stay]] < start[row]) & (start[row] < life.horizon)
    kept &= start[row] < life.families.adult_on[family[row]] - 30
    row, stay = row[kept], stay[kept]
    ending = np.where(stepped[row], STEPPED_UP, np.where(row % 4 == 0, WITHDREW, NEEDS_MET))
    return Helped(stay, start[row], np.where(end[row] >= life.horizon, days.STILL_OPEN, end[row]), ending)


def reviews(life: Life, steps: Steps, start: Ints, about: About) -> None:
    """A review every twelve weeks from the start of help; one in four late, one in eight not at all."""
    rng = life.chance.stream(f"help reviewed {about.table}")
    live, day = np.arange(len(start)), start
    stop = np.minimum(about.stop, life.horizon)
    while len(live):
        hard = about.hard[live]
        late = np.where(rng.random(len(live)) < LATE * hard, rng.integers(5, 60, len(live)), 0)
        day = days.on_a_working_day(day + EVERY - rng.integers(0, 12, len(live)) + late)
        on = day < stop[live]
        live, day = live[on], day[on]
        shown = (day >= life.first) & (rng.random(len(live)) > NEVER)
        steps.on("early help review", day[shown], about.of(live[shown]), by_whom="lead professional")
