"""Child in need plans: in the stretches when a family is helped, and is on no child protection plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from keyworker.county import days, published
from keyworker.county.chance import Chance, Ints, choose, whole
from keyworker.county.need import Spells, slices
from keyworker.county.protection import Plans


@dataclass(frozen=True)
class NeedPlans:
    """Stretches of help without a child protection plan, and whether each has a child in need plan."""

    spell: Ints
    start: Ints
    end: Ints


def stretches(these: Spells, plans: Plans, handover: Ints) -> NeedPlans:
    """Every stretch of a helped family's time in which it is on no child protection plan."""
    helped = np.flatnonzero(handover < these.end)
    spell = np.concatenate([helped, plans.spell])
    start = np.concatenate([handover[helped], plans.end])
    order = np.lexsort((start, spell))
    spell, start = spell[order], start[order]
    begins = np.sort(plans.spell.astype(np.int64) * 2**31 + plans.start)
    position = np.searchsorted(begins, spell * 2**31 + start, side="left")
    after = (
        np.where(position < len(begins), begins[np.minimum(position, max(len(begins) - 1, 0))], -1)
        if len(begins)
        else np.full(len(spell), -1)
    )
    upcoming = np.where(after // 2**31 == spell, after % 2**31, days.STILL_OPEN)
    end = np.minimum(upcoming, these.end[spell])
    within = (end > start + 5) & (start < days.STILL_OPEN)
    return NeedPlans(spell[within], start[within], end[within])


def need_plans(helped: NeedPlans, these: Spells, chance: Chance, scale: float, first: int, horizon: int) -> NeedPlans:
    """The stretches that have a plan: as many begin a year as were published, from 2022; as many again before."""
    taken: list[Ints] = []
    for one in slices(first, horizon):
        rng = chance.stream(f"need plans {one.year}")
        quota = published.figure("cinplan.started", one.year) * scale * one.share
        length = np.minimum(helped.end, horizon) - helped.start
        ours = (helped.start >= one.first) & (helped.start < one.to) & (length > 25)
        weight = np.where(ours, np.where(length < 500, 1.0, 0.15), 0.0)
        taken.append(choose(weight, these.size[helped.spell], whole(quota, rng), rng))
    chosen = np.concatenate(taken)
    start = helped.start[chosen] + chance.stream("need plans begin").integers(0, 12, len(chosen))
    end = helped.end[chosen]
    kept = start < np.minimum(end, horizon)
    return NeedPlans(helped.spell[chosen][kept], start[kept], end[kept])
