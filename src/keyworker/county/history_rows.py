"""Plans that some children had before the county's time began, so that a first plan in it can be their second."""

from __future__ import annotations

import numpy as np
import polars as pl

from keyworker.county import lags, words
from keyworker.county.kept import Kept, typed
from keyworker.county.life import Life
from keyworker.county.people_rows import BLOCK, child_ids, first_known


def history(life: Life) -> list[Kept]:
    """An earlier episode of need with a plan in it, closed before the child's first referral in the county's time."""
    rng = life.chance.stream("history")
    plan = np.flatnonzero(life.plans.earlier == 1)
    row, stay = life.children_of(life.plans.spell[plan])
    over = rng.integers(60, 700, len(plan))[row]
    length = rng.integers(150, 420, len(plan))[row]
    child = life.stays.child[stay]
    end = first_known(life)[child] - over
    start = end - length
    kept = start - 30 > life.families.birth[child]
    child, start, end = child[kept], start[kept], end[kept]
    _, only = np.unique(child, return_index=True)
    child, start, end = child[only], start[only], end[only]
    numbers = np.arange(len(child)) + life.chance.block * BLOCK
    referral = words.numbered("RH", numbers, 9)
    plans = typed(
        "cp_plans",
        {
            "cp_plan_id": words.numbered("PH", numbers, 9),
            "referral_id": referral,
            "child_id": child_ids(life, child),
            "from_on": words.dates(start),
            "to_on": words.dates(end),
            "initial_category": "Neglect",
            "from_other_authority": words.flags(np.zeros(len(child), dtype=bool)),
            "latest_category": "Neglect",
        },
        len(child),
    )
    episodes = typed(
        "cin_episodes",
        {
            "referral_id": referral,
            "child_id": child_ids(life, child),
            "from_on": words.dates(start - 25),
            "primary_need_code": "N1",
            "referral_source_code": "6",
            "referral_source_desc": "Police",
            "referral_nfa": pl.Series([False]).new_from_index(0, len(child)),
            "close_reason": "RC7",
            "to_on": words.dates(end + 30),
        },
        len(child),
    )
    return [
        Kept("cp_plans", plans, lags.at_nine(start + 1), lags.at_nine(end + 1), ("to_on",)),
        Kept("cin_episodes", episodes, lags.at_nine(start - 24), lags.at_nine(end + 31), ("to_on", "close_reason")),
    ]
