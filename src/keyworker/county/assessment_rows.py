"""Assessments and the factors found at their end, as a case system holds them."""

from __future__ import annotations

import numpy as np

from keyworker.county import days, lags, published, words
from keyworker.county.chance import Ints, choose, whole
from keyworker.county.followed import Promise, pressed
from keyworker.county.kept import Kept, typed
from keyworker.county.life import Life
from keyworker.county.need import IN_NEED, NO_FURTHER_ACTION, NOT_IN_NEED, day_limits, slices
from keyworker.county.need_rows import leader
from keyworker.county.people_rows import BLOCK, child_ids
from keyworker.county.posts import NOBODY
from keyworker.county.referral_steps import stay_ids
from keyworker.county.steps import About, Steps
from keyworker.county.worker_rows import team_ids, worker_ids

FACTORS = (
    "1A", "1B", "2B", "3A", "3B", "3C", "4A", "4B", "5A", "6A", "8B", "14A", "16A", "17A", "18B", "19B", "19C", "20",
    "21", "22A",
)  # fmt: skip
CHECKED = Promise(10, late=0.18, never=0.06, slack=7.0)


def _more_assessments(life: Life) -> tuple[Ints, Ints, Ints]:
    """Assessments after the first, of families already helped: as many a year as the published total leaves."""
    spells = life.spells
    found: list[tuple[Ints, Ints, Ints]] = []
    for one in slices(life.first, life.horizon):
        rng = life.chance.stream(f"later assessments {one.year}")
        done = spells.assessed
        first = int(spells.size[(done >= one.first) & (done < one.to)].sum())
        total = published.figure("assessments", max(one.year, 2015)) * life.scale * one.share
        earliest = np.maximum(one.first, spells.start + 100)
        latest = np.minimum(one.to, spells.end - 70)
        weight = np.where((spells.kind == IN_NEED) & (latest > earliest), (latest - earliest) / 300.0, 0.0)
        taken = choose(weight, spells.size, whole(total - first, rng), rng)
        start = days.on_a_working_day(
            earliest[taken] + (rng.random(len(taken)) * (latest - earliest)[taken]).astype(np.int64)
        )
        done_on = days.add_working_days(start, day_limits(start, rng))
        found.append((taken, start, np.minimum(done_on, spells.end[taken] - 1)))
    return tuple(np.concatenate([part[n] for part in found]) for n in range(3))  # type: ignore[return-value]


def assessments(life: Life, steps: Steps) -> tuple[Kept, Kept]:
    """Assessments and their factors; a manager's look at each before it is finished goes to the steps."""
    spells = life.spells
    first = np.flatnonzero((spells.kind != NO_FURTHER_ACTION) & (spells.assessed < days.STILL_OPEN))
    later, began, done = _more_assessments(life)
    spell = np.concatenate([first, later])
    start, end = np.concatenate([spells.start[first], began]), np.concatenate([spells.assessed[first], done])
    end = np.where(end >= life.horizon, days.STILL_OPEN, end)
    row, stay = life.children_of(spell)
    spell, start, end = spell[row], start[row], end[row]
    rng = life.chance.stream("assessments")
    worker, team = leader(life, spell, np.minimum(end, life.horizon - 1))
    nothing = (spells.kind[spell] == NOT_IN_NEED) & (end < days.STILL_OPEN)
    complete = end < days.STILL_OPEN
    many = len(spell)
    numbers = np.arange(many) + life.chance.block * BLOCK * 4
    ids = words.numbered("AS", numbers, 9)
    frame = typed(
        "cin_assessments",
        {
            "assessment_id": ids,
            "child_id": child_ids(life, life.stays.child[stay]),
            "referral_id": stay_ids(life, stay),
            "from_on": words.dates(start),
            "child_seen": words.flags(rng.random(many) < 0.965),
            "to_on": words.dates(np.where(complete, end + 1, end)),
            "outcome_json": words.where(
                complete,
                words.pick(('{"NFA_FLAG": "Y"}', '{"PROV_OF_SERVICES_FLAG": "Y"}'), (~nothing).astype(np.int64)),
            ),
            "outcome_nfa": words.flags(nothing, complete),
            "team_id": words.where(team != NOBODY, team_ids(life, np.maximum(team, 0))),
            "worker_id": words.where(worker != NOBODY, worker_ids(life, np.maximum(worker, 0))),
        },
        many,
    )
    strain = life.strain[spells.family[spell]]
    done_in = lags.entered(life.chance, "assessments done", np.where(complete, end, 0), lags.AT_ONCE, strain)
    kept = Kept(
        "cin_assessments", frame, lags.entered(life.chance, "assessments", start, lags.PROMPT, strain), done_in,
        ("to_on", "outcome_json", "outcome_nfa"),
    )  # fmt: skip
    about = About(life.stays.child[stay], "cin_assessments", ids, end, pressed(life, spell, start + 5))
    steps.follow("assessment check", start, CHECKED, about, by_whom="team manager", early=True)
    return kept, _factors(life, numbers, complete, done_in)


def _factors(life: Life, numbers: Ints, complete: np.ndarray, typed_in: Ints) -> Kept:
    rng = life.chance.stream("factors")
    which = np.flatnonzero(complete)
    two = [f'["{a}", "{b}"]' for a in FACTORS for b in FACTORS if a < b]
    frame = typed(
        "assessment_factors",
        {
            "assessment_factor_id": words.numbered("AF", numbers[which], 9),
            "assessment_id": words.numbered("AS", numbers[which], 9),
            "assessment_factors_json": words.pick(two, rng.integers(0, len(two), len(which))),
        },
        len(which),
    )
    return Kept("assessment_factors", frame, typed_in[which])
