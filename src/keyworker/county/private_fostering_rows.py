"""Children who live with somebody else by private arrangement, and the visits to them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from keyworker.county import days, lags, words
from keyworker.county.chance import Ints, whole
from keyworker.county.followed import Promise, follow
from keyworker.county.kept import Kept, typed
from keyworker.county.life import Life
from keyworker.county.need import IN_NEED
from keyworker.county.people_rows import BLOCK, child_ids
from keyworker.county.visit_rows import visits_to_children

PRIVATE_A_YEAR = 14.0
"""Private fostering arrangements a year in a county of the real one's size: plausible, and held to nothing."""
TOLD_IN_TIME, TOLD_SIX_WEEKS_BEFORE = 0.25, 45
FIRST_VISIT = Promise(7, late=0.3, never=0.08, slack=8.0)
FIRST_YEAR_GAP, LATER_GAP = 40, 80
LATE = 0.2


def never_in_care(life: Life) -> np.ndarray:
    """The stays of children in need who were never looked after in them."""
    free = life.spells.kind[life.stays.spell] == IN_NEED
    free[life.care.stay] = False
    return free


def private_fostering(life: Life) -> list[Kept]:
    """A few children whom the council learns of, most of them late, and visits that should never stop."""
    rng = life.chance.stream("private fostering")
    stays = life.stays
    stop = np.minimum(stays.end, life.horizon)
    age = (stays.start - life.families.birth[stays.child]) / days.YEAR
    able = np.flatnonzero(
        never_in_care(life) & (stop - stays.start > 100) & (stays.start >= life.first) & (age > 4) & (age < 15)
    )
    years = (life.horizon - life.first) / days.YEAR
    many = min(whole(PRIVATE_A_YEAR * life.scale * years, rng), len(able))
    stay = np.sort(rng.choice(able, many, replace=False))
    start = stays.start[stay] + rng.integers(0, 30, many)
    told = np.where(rng.random(many) < TOLD_IN_TIME, start - TOLD_SIX_WEEKS_BEFORE, start + rng.integers(2, 40, many))
    end = np.minimum(start + rng.integers(60, 700, many), stays.end[stay])
    end = np.where(end >= life.horizon, days.STILL_OPEN, end)
    frame = typed(
        "private_fostering",
        {
            "arrangement_id": words.numbered("PF", stay + life.chance.block * BLOCK, 9),
            "child_id": child_ids(life, stays.child[stay]),
            "notified_on": words.dates(told),
            "from_on": words.dates(start),
            "to_on": words.dates(end),
        },
        many,
    )
    known = lags.entered(life.chance, "private fostering", np.maximum(told, start), lags.PROMPT)
    over = lags.entered(life.chance, "private fostering over", np.where(end < days.STILL_OPEN, end, 0), lags.USUAL)
    whose, day = _regular_visits(life, np.maximum(told, start), np.minimum(end, life.horizon))
    return [
        Kept("private_fostering", frame, known, over, ("to_on",)),
        visits_to_children(life, stay[whose], day, "private fostering", "VF"),
    ]


def _regular_visits(life: Life, since: Ints, stop: Ints) -> tuple[Ints, Ints]:
    """One within seven working days; then about every six weeks in the first year, and every twelve after."""

    def gap(day: Ints, whose: Ints) -> Ints:
        return np.where(day - since[whose] < days.YEAR, FIRST_YEAR_GAP, LATER_GAP)

    return one_after_another(life, "private fostering visits", since, stop, FIRST_VISIT, gap)


def one_after_another(
    life: Life, name: str, since: Ints, stop: Ints, first: Promise, gap: Callable[[Ints, Ints], Ints]
) -> tuple[Ints, Ints]:
    """A first visit, and others each a gap after the one before; one in five of them late. Gives whose, and when."""
    rng = life.chance.stream(name)
    day, held = follow(life.chance, f"first {name}", since, first)
    live = np.flatnonzero(held & (day < stop))
    day = day[live]
    parts: list[tuple[Ints, Ints]] = [(live, day)]
    while len(live):
        most = gap(day, live)
        late = np.where(rng.random(len(live)) < LATE, (most * (0.1 + 0.5 * rng.random(len(live)))).astype(np.int64), 0)
        day = days.on_a_working_day(day + most - rng.integers(0, 9, len(live)) + late)
        on = day < stop[live]
        live, day = live[on], day[on]
        parts.append((live, day))
    whose, when = (np.concatenate([part[n] for part in parts]) for n in range(2))
    order = np.lexsort((when, whose))
    return whose[order], when[order]
