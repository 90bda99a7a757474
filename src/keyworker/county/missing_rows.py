"""Times when looked after children were missing or away, to the hour, and the interviews when they were back."""

from __future__ import annotations

import numpy as np

from keyworker.county import days, lags, words
from keyworker.county.chance import Bools, Ints, begins_run
from keyworker.county.kept import Kept, typed
from keyworker.county.lags import DAY
from keyworker.county.life import Life
from keyworker.county.people_rows import BLOCK, child_ids
from keyworker.county.steps import About, Steps

OFFERED, ACCEPTED = 0.9, 0.6
INTERVIEWED_LATE, REFUSAL_NOT_WRITTEN = 0.25, 0.3


def missing(life: Life, steps: Steps) -> Kept:
    """Many times for a few children, none for most; interviews and refusals of them go to the steps."""
    rng = life.chance.stream("missing")
    child = life.stays.child[life.care.stay]
    start = np.maximum(np.maximum(life.care.start, days.birthday(life.families.birth[child], 11)), life.first)
    stop = np.minimum(life.care.end, life.horizon)
    length = np.maximum(stop - start, 0)
    often = rng.gamma(0.25, 1.0, len(child)) * 4
    many = np.minimum(rng.poisson(often * length / days.YEAR), 80)
    of = np.repeat(np.arange(len(child)), many)
    day = start[of] + (rng.random(len(of)) * length[of]).astype(np.int64)
    order = np.lexsort((day, of))
    of, day = of[order], day[order]
    apart = begins_run(of)
    apart[1:] |= day[1:] > day[:-1] + 4
    of, day = of[apart], day[apart]
    nights = np.minimum(rng.geometric(0.6, len(of)), 4)
    end = np.minimum(day + nights, stop[of])
    real = end > day
    of, day, end = of[real], day[real], end[real]
    offered = rng.random(len(of)) < OFFERED
    accepted = offered & (rng.random(len(of)) < ACCEPTED)
    own = life.chance.stream("hours missing")
    left, back = own.integers(12 * 60, 23 * 60, len(of)) * 60, own.integers(5 * 60, 23 * 60, len(of)) * 60
    back = np.where(end - day == 1, np.minimum(left + own.integers(1, 9, len(of)) * 900, 86_000), back)
    ids = words.numbered("MI", np.arange(len(of)) + life.chance.block * BLOCK, 9)
    frame = typed(
        "missing",
        {
            "missing_id": ids,
            "child_id": child_ids(life, child[of]),
            "from_on": words.dates(day),
            "from_time": words.times(left),
            "episode_type": words.pick(("Missing", "Away"), (own.random(len(of)) < 0.2).astype(np.int64)),
            "to_on": words.dates(end),
            "to_time": words.times(back),
            "rhi_offered": words.pick(("N", "Y"), offered.astype(np.int64)),
            "rhi_accepted": words.pick(("N", "Y", "NA"), np.where(offered, accepted.astype(np.int64), 2)),
        },
        len(of),
    )
    about = About(child[of], "missing", ids, np.full(len(of), days.STILL_OPEN), np.ones(len(of)))
    _interviews(life, steps, (end - 1) * DAY + back, about, (offered, accepted))
    return Kept(
        "missing",
        frame,
        np.maximum(lags.entered(life.chance, "missing", day, lags.AT_ONCE), day * DAY + left),
        lags.entered(life.chance, "missing over", end, lags.PROMPT),
        ("to_on", "to_time", "rhi_offered", "rhi_accepted"),
    )


def _interviews(life: Life, steps: Steps, back: Ints, about: About, said: tuple[Bools, Bools]) -> None:
    """An interview within 72 hours of most returns where the child took it; a refusal is not always written down."""
    rng = life.chance.stream("return home interviews")
    offered, accepted = said
    many = len(back)
    hours = np.where(rng.random(many) < INTERVIEWED_LATE, 74 + rng.exponential(70, many), 8 + rng.random(many) * 62)
    at = back + (hours * 3600).astype(np.int64)
    night = (at % DAY < 8 * 3600) | (at % DAY > 20 * 3600)
    at = np.where(night, np.maximum(at // DAY * DAY + 11 * 3600, back + 3600), at)
    written = accepted | (offered & (rng.random(many) > REFUSAL_NOT_WRITTEN))
    which = np.flatnonzero(written & (at // DAY < life.horizon))
    outcome = words.pick(("refused", "held"), accepted[which].astype(np.int64))
    steps.on(
        "return home interview", at[which] // DAY, about.of(which), time=at[which] % DAY, outcome=outcome,
        by_whom="independent interviewer", habit=lags.USUAL,
    )  # fmt: skip
