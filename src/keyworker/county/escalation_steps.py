"""What managers decide when a child on a plan has not been seen for weeks."""

from __future__ import annotations

import numpy as np
import polars as pl

from keyworker.county import days, lags
from keyworker.county.chance import Ints
from keyworker.county.life import Life
from keyworker.county.steps import Steps

AFTER = (28, 42)
"""Days unseen after which a manager is to decide what follows."""
DECIDED = 0.62


def escalations(life: Life, steps: Steps, plan: Ints, stay: Ints, day: Ints) -> None:
    """A manager's decision for most children unseen for four weeks, and again for six.

    Takes   a row for each time that a child was seen under a plan: which plan, which stay, which day.
    """
    rng = life.chance.stream("escalations")
    every, of_child = life.children_of(life.plans.spell)
    child_plan = np.concatenate([every * 2**32 + of_child, plan * 2**32 + stay])
    begins = np.maximum(life.plans.start, life.first)
    at = np.concatenate([begins[every], day])
    order = np.lexsort((at, child_plan))
    key, at = child_plan[order], at[order]
    over = np.minimum(life.plans.end, life.horizon)[key // 2**32]
    following = np.append(at[1:], 0)
    until = np.where(np.append(key[1:], -1) == key, np.minimum(following, over), over)
    for unseen in AFTER:
        when = days.on_a_working_day(at + unseen + rng.integers(0, 9, len(at)))
        decided = np.flatnonzero((when < until) & (at + unseen < until) & (rng.random(len(at)) < DECIDED))
        child = life.stays.child[key[decided] % 2**32]
        steps.add(
            "management decision", when[decided], child=child, by_whom="team manager",
            outcome=pl.Series(["not seen"]).new_from_index(0, len(decided)), habit=lags.USUAL,
        )  # fmt: skip
