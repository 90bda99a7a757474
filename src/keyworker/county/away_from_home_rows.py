"""Children who live with somebody else by private arrangement, and disabled children who have short breaks."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from keyworker.county import days, lags, words
from keyworker.county.chance import Ints, whole
from keyworker.county.followed import Promise, follow
from keyworker.county.kept import Kept, typed, unfilled
from keyworker.county.life import Life
from keyworker.county.need import IN_NEED
from keyworker.county.people_rows import BLOCK, child_ids
from keyworker.county.steps import About, Steps
from keyworker.county.visit_rows import visits_to_children

PRIVATE_A_YEAR = 14.0
"""Private fostering arrangements a year in a county of the real one's size: plausible, and held to nothing."""
TOLD_IN_TIME, TOLD_SIX_WEEKS_BEFORE = 0.25, 45
FIRST_VISIT = Promise(7, late=0.3, never=0.08, slack=8.0)
FIRST_YEAR_GAP, LATER_GAP = 40, 80
SHORT_BREAKS = 0.3
"""The share of children helped for a disability who have a series of short breaks."""
WRITTEN = Promise(5, late=0.15, never=0.05, slack=6.0)
FIRST_BREAK_VISIT = Promise(85, late=0.3, never=0.06, slack=40.0, working=False)
BREAK_GAP = 172
SERIES_LEGAL = "V4"
LATE = 0.2


def away_from_home(life: Life, steps: Steps) -> list[Kept]:
    """Private fostering and short breaks, with their visits and reviews."""
    return [*_private_fostering(life), *_short_breaks(life, steps)]


def _never_in_care(life: Life) -> np.ndarray:
    free = life.spells.kind[life.stays.spell] == IN_NEED
    free[life.care.stay] = False
    return free


def _private_fostering(life: Life) -> list[Kept]:
    """A few children whom the council learns of, most of them late, and visits that should never stop."""
    rng = life.chance.stream("private fostering")
    stays = life.stays
    stop = np.minimum(stays.end, life.horizon)
    age = (stays.start - life.families.birth[stays.child]) / days.YEAR
    able = np.flatnonzero(
        _never_in_care(life) & (stop - stays.start > 100) & (stays.start >= life.first) & (age > 4) & (age < 15)
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

    return _one_after_another(life, "private fostering visits", since, stop, FIRST_VISIT, gap)


def _one_after_another(
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


def _short_breaks(life: Life, steps: Steps) -> list[Kept]:
    """A series of short breaks is one placement; its children are not counted among those looked after."""
    rng = life.chance.stream("short breaks")
    stays = life.stays
    disabled = life.need_code[stays.spell] == 2
    begins = np.maximum(stays.start + 60, life.first)
    stop = np.minimum(stays.end, life.horizon)
    age = (begins - life.families.birth[stays.child]) / days.YEAR
    stay = np.flatnonzero(_never_in_care(life) & disabled & (stop - begins > 120) & (age > 3))
    stay = stay[rng.random(len(stay)) < SHORT_BREAKS]
    start = begins[stay] + rng.integers(0, 40, len(stay))
    end = np.where(stays.end[stay] >= life.horizon, days.STILL_OPEN, stays.end[stay])
    many = len(stay)
    child = stays.child[stay]
    ids, series = _ids(life, "PB", stay), _ids(life, "SB", stay)
    placement = typed(
        "cla_placement",
        {
            "placement_id": ids,
            "from_on": words.dates(start),
            "type": words.pick(("U6", "K2"), rng.integers(0, 2, many)),
            "distance": np.round(rng.random(many) * 15, 1),
            "care_period_id": series,
            "provider": "PR1",
            "postcode": words.postcodes(stay % 9973),
            "to_on": words.dates(end),
            "child_id": child_ids(life, child),
        },
        many,
    )
    legal = typed(
        "legal_status",
        {
            "legal_status_id": _ids(life, "LB", stay),
            "child_id": child_ids(life, child),
            "legal_status": SERIES_LEGAL,
            "from_on": words.dates(start),
            "to_on": words.dates(end),
        },
        many,
    )
    about = About(child, "cla_placement", ids, end, np.ones(many))
    steps.follow("placement plan", start, WRITTEN, about, by_whom="social worker")
    steps.follow("placement notice", start, WRITTEN, about, by_whom="business support")
    begun = lags.entered(life.chance, "short breaks", start, lags.PROMPT)
    over = lags.entered(life.chance, "short breaks over", np.where(end < days.STILL_OPEN, end, 0), lags.USUAL)
    whose, day = _break_visits(life, start, np.minimum(end, life.horizon))
    return [
        Kept("cla_placement", placement, begun, over, ("to_on", "change_reason")),
        Kept("legal_status", legal, begun, over, ("to_on",)),
        visits_to_children(life, stay[whose], day, "short break", "VS"),
        _break_reviews(life, stay, start, np.minimum(end, life.horizon)),
    ]


def _ids(life: Life, prefix: str, numbers: Ints) -> pl.Series:
    return words.numbered(prefix, numbers + life.chance.block * BLOCK, 9)


def _break_visits(life: Life, start: Ints, stop: Ints) -> tuple[Ints, Ints]:
    """One by the seventh day of breaks, some three months in; then twice a year, on a day when the child is there."""

    def gap(_: Ints, whose: Ints) -> Ints:
        return np.full(len(whose), BREAK_GAP)

    return _one_after_another(life, "short break visits", start, stop, FIRST_BREAK_VISIT, gap)


def _break_reviews(life: Life, stay: Ints, start: Ints, stop: Ints) -> Kept:
    """A review within three months of the series' start, then within six of the one before."""
    rng = life.chance.stream("short break reviews")
    live, before, turn = np.arange(len(stay)), start, 0
    parts: list[tuple[Ints, Ints, Ints, Ints]] = []
    while len(live):
        due = before + (90 if turn == 0 else 181)
        late = np.where(rng.random(len(live)) < 0.2, rng.integers(8, 50, len(live)), 0)
        when = days.on_a_working_day(due - rng.integers(0, 14, len(live)) + late)
        held = when < stop[live]
        awaited = (when >= life.horizon) & (stop[live] >= life.horizon)
        shown = held | awaited
        parts.append((live[shown], due[shown], np.where(held, when, days.STILL_OPEN)[shown], before[shown]))
        live, before, turn = live[held], when[held], turn + 1
    parts = parts or [(live, live, live, live)]
    whose, due, when, arranged = (np.concatenate([part[n] for part in parts]) for n in range(4))
    met = np.flatnonzero(when < days.STILL_OPEN)
    frame = typed(
        "cla_reviews",
        {
            "review_id": words.numbered("RB", np.arange(len(whose)) + life.chance.block * BLOCK, 9),
            "care_period_id": _ids(life, "SB", stay[whose]),
            "due_on": words.dates(due),
            "happened_on": words.dates(when),
            "cancelled": words.flags(np.zeros(len(whose), dtype=bool), when < days.STILL_OPEN),
        },
        len(whose),
    )
    typed_in = lags.entered(life.chance, "short break reviews", np.where(when < days.STILL_OPEN, when, 0), lags.SLOW)
    known = lags.entered(life.chance, "short break reviews arranged", arranged, lags.PROMPT)
    known = np.where(when < days.STILL_OPEN, np.minimum(known, typed_in), known)
    return Kept("cla_reviews", frame, known, edits=unfilled(frame, ("happened_on", "cancelled"), met, typed_in[met]))
