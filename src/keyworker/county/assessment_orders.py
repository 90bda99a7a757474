"""Child assessment orders: a few families who would not let an assessment be made, and a court that said it must."""

from __future__ import annotations

import numpy as np

from keyworker.county import days, lags, words
from keyworker.county.chance import Ints
from keyworker.county.kept import Kept, typed
from keyworker.county.life import Life
from keyworker.county.need import IN_NEED
from keyworker.county.people_rows import BLOCK, child_ids
from keyworker.county.steps import About, Steps

SHARE, LIMIT, LATE = 0.004, 7, 0.2
"""The share of first assessments; days that the law allows; the share that took longer."""
LEGAL = "L3"


def assessment_orders(life: Life, steps: Steps) -> Kept:
    """The orders, over with the assessment; the day from which each ran goes to the steps."""
    rng = life.chance.stream("assessment orders")
    spells = life.spells
    able = np.flatnonzero((spells.kind == IN_NEED) & (spells.assessed < life.horizon) & (spells.start >= life.first))
    spell = able[rng.random(len(able)) < SHARE]
    late = rng.random(len(spell)) < LATE
    length = np.where(late, rng.integers(8, 14, len(spell)), rng.integers(2, LIMIT, len(spell)))
    start = np.maximum(spells.assessed[spell] - length + 1, spells.start[spell])
    end = spells.assessed[spell] + 1
    row, stay = life.children_of(spell)
    born = life.families.birth[life.stays.child[stay]] < start[row]
    row, stay = row[born], stay[born]
    ids = words.numbered("LA", stay + life.chance.block * BLOCK * 3, 9)
    child = life.stays.child[stay]
    frame = typed(
        "legal_status",
        {
            "legal_status_id": ids,
            "child_id": child_ids(life, child),
            "legal_status": LEGAL,
            "from_on": words.dates(start[row]),
            "to_on": words.dates(end[row]),
        },
        len(row),
    )
    stop: Ints = np.full(len(row), days.STILL_OPEN)
    about = About(child, "legal_status", ids, stop, np.ones(len(row)))
    steps.on("child assessment day", start[row], about, by_whom="the court", habit=lags.AT_ONCE)
    begun = lags.entered(life.chance, "assessment orders", start[row], lags.PROMPT)
    over = np.maximum(lags.entered(life.chance, "assessment orders over", end[row], lags.PROMPT), begun + 60)
    return Kept("legal_status", frame, begun, over, ("to_on",))
