"""When closings were typed in: one reason why a year's census reports more open episodes than the next begins with."""

from __future__ import annotations

from datetime import date

import numpy as np

from keyworker.county import days, lags, published
from keyworker.county.chance import Ints, choose, whole
from keyworker.county.life import Life
from keyworker.county.need import IN_NEED, slices

CENSUS_CUT = (8, 1)
"""The month and day on which a year's census has been cut: what is typed in from then on is in the next one."""


def closing_entered(life: Life) -> Ints:
    """When the closing of each spell was typed in.

    Most within weeks; as many as the published figures imply, only after the census that should have held them.
    """
    spells = life.spells
    rng = life.chance.stream("late closings")
    closed = np.where(spells.end < days.STILL_OPEN, spells.end - 1, 0)
    typed_in = lags.entered(life.chance, "closings", closed, lags.USUAL, life.strain[spells.family])
    for one in slices(life.first, life.horizon):
        which = np.flatnonzero((spells.end > one.first) & (spells.end <= one.to) & (spells.kind == IN_NEED))
        cut = days.number(date(one.year, *CENSUS_CUT)) * lags.DAY
        quota = whole(published.late_closings(one.year) * life.scale * one.share, rng)
        late = which[choose(np.ones(len(which)), spells.size[which], quota, rng)]
        in_time = np.maximum(cut - 3 * lags.DAY, closed[which] * lags.DAY + 40_000)
        typed_in[which] = np.minimum(typed_in[which], in_time)
        if one.year <= published.LAST_YEAR:
            typed_in[late] = cut + (rng.exponential(60, len(late)) * lags.DAY).astype(np.int64)
        else:
            typed_in[late] = (closed[late] + 40 + rng.exponential(40, len(late)).astype(np.int64)) * lags.DAY
    return typed_in
