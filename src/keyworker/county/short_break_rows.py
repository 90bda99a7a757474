"""Short breaks of disabled children, one by one: no child who has them is counted among those looked after."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from keyworker.county import days, lags, words
from keyworker.county.chance import Ints
from keyworker.county.kept import Kept, typed, unfilled
from keyworker.county.life import Life
from keyworker.county.people_rows import BLOCK, child_ids
from keyworker.county.private_fostering_rows import never_in_care
from keyworker.county.referral_steps import stay_ids
from keyworker.county.visit_rows import visits_to_children

SHORT_BREAKS = 0.3
"""The share of children helped for a disability who have a series of short breaks."""
EVERY, NIGHTS, LEGAL = (14, 28), 2, "V3"
SEVENTH_DAY, VISIT_GAP, LATE = 2, 172, 0.2
"""The break in which the seventh day lies, counted from nought; days between visits; the share that are late."""


@dataclass(frozen=True)
class Breaks:
    """Series of short breaks by the child's stay, and every break in them, in order of series and day."""

    stay: Ints
    start: Ints
    stop: Ints  # no break begins from here on
    every: Ints
    of: Ints
    turn: Ints
    day: Ints

    def on(self, series: Ints, day: Ints) -> Ints:
        """The first day of each series' last break that began by a day."""
        turn = np.maximum((day - self.start[series]) // self.every[series], 0)
        return self.start[series] + turn * self.every[series]


def short_breaks(life: Life) -> list[Kept]:
    """The episodes and legal statuses of breaks, where they are spent, and the visits and reviews of each series."""
    made = _breaks(life)
    whose, day = _visit_days(life, made)
    return [
        _placements(life, made),
        *_episodes(life, made),
        visits_to_children(life, made.stay[whose], day, "short break", "VS"),
        _reviews(life, made),
    ]


def _breaks(life: Life) -> Breaks:
    rng = life.chance.stream("short breaks")
    stays = life.stays
    begins = np.maximum(stays.start + 60, life.first)
    stop = np.minimum(stays.end, life.horizon)
    age = (begins - life.families.birth[stays.child]) / days.YEAR
    disabled = life.need_code[stays.spell] == 2
    stay = np.flatnonzero(never_in_care(life) & disabled & (stop - begins > 120) & (age > 3))
    stay = stay[rng.random(len(stay)) < SHORT_BREAKS]
    start = begins[stay] + rng.integers(0, 40, len(stay))
    start = start + (4 - (start + 3) % 7) % 7  # a Friday
    every = np.array(EVERY)[rng.integers(0, 2, len(stay))]
    last = stop[stay] - NIGHTS - 1
    many = np.maximum((last - start) // every + 1, 0)
    of = np.repeat(np.arange(len(stay)), many)
    turn = np.arange(len(of)) - np.repeat(np.cumsum(many) - many, many)
    return Breaks(stay, start, last, every, of, turn, start[of] + turn * every[of])


def _ids(life: Life, prefix: str, numbers: Ints) -> pl.Series:
    return words.numbered(prefix, numbers + life.chance.block * BLOCK, 9)


def _placements(life: Life, made: Breaks) -> Kept:
    """Where the breaks of a series are spent: one place for all of them."""
    rng = life.chance.stream("places of short breaks")
    end = np.where(life.stays.end[made.stay] >= life.horizon, days.STILL_OPEN, made.stop + NIGHTS)
    many = len(made.stay)
    frame = typed(
        "cla_placement",
        {
            "placement_id": _ids(life, "PB", made.stay),
            "from_on": words.dates(made.start),
            "type": words.pick(("U6", "K2"), rng.integers(0, 2, many)),
            "distance": np.round(rng.random(many) * 15, 1),
            "care_period_id": _ids(life, "SB", made.stay),
            "provider": "PR1",
            "postcode": words.postcodes(made.stay % 9973),
            "to_on": words.dates(end),
            "child_id": child_ids(life, life.stays.child[made.stay]),
        },
        many,
    )
    begun = lags.entered(life.chance, "short breaks", made.start, lags.PROMPT)
    over = lags.entered(life.chance, "short breaks over", np.where(end < days.STILL_OPEN, end, 0), lags.USUAL)
    return Kept("cla_placement", frame, begun, over, ("to_on", "change_reason"))


def _episodes(life: Life, made: Breaks) -> list[Kept]:
    stay = made.stay[made.of]
    child = child_ids(life, life.stays.child[stay])
    numbers = made.of * 1_000 + made.turn + life.chance.block * BLOCK
    first, last = words.dates(made.day), words.dates(made.day + NIGHTS)
    episodes = typed(
        "cla_episodes",
        {
            "episode_id": words.numbered("EB", numbers, 9),
            "child_id": child,
            "from_on": first,
            "episode_start_reason": "S",
            "primary_need_code": "N2",
            "to_on": last,
            "episode_ceased_reason": "E8",
            "care_period_id": _ids(life, "SB", stay),
            "referral_id": stay_ids(life, stay),
            "placement_id": _ids(life, "PB", stay),
            "entered_care_on": first,
        },
        len(stay),
    )
    statuses = typed(
        "legal_status",
        {
            "legal_status_id": words.numbered("LB", numbers, 9),
            "child_id": child,
            "legal_status": LEGAL,
            "from_on": first,
            "to_on": last,
        },
        len(stay),
    )
    begun = lags.entered(life.chance, "breaks", made.day, lags.PROMPT)
    over = np.maximum(lags.entered(life.chance, "breaks over", made.day + NIGHTS, lags.PROMPT), begun + 60)
    return [
        Kept("cla_episodes", episodes, begun, over, ("to_on", "episode_ceased_reason")),
        Kept("legal_status", statuses, begun, over, ("to_on",)),
    ]


def _visit_days(life: Life, made: Breaks) -> tuple[Ints, Ints]:
    """One by the seventh day of breaks, then twice a year, all on days when the child is there. Gives whose, when."""
    rng = life.chance.stream("short break visit days")
    live: Ints = np.arange(len(made.stay))
    first: Ints = np.where(rng.random(len(live)) < LATE * 1.5, SEVENTH_DAY + rng.integers(1, 4, len(live)), SEVENTH_DAY)
    day: Ints = made.start + np.maximum(first - rng.integers(0, 2, len(live)), 1).astype(np.int64) * made.every
    parts: list[tuple[Ints, Ints]] = [(live[:0], day[:0])]
    while len(live):
        kept = day <= made.stop[live]
        live, day = live[kept], day[kept]
        parts.append((live, day))
        late = np.where(rng.random(len(live)) < LATE, rng.integers(30, 90, len(live)), 0)
        day = made.on(live, day + VISIT_GAP + late)
    whose, when = (np.concatenate([part[n] for part in parts]) for n in range(2))
    order = np.lexsort((when, whose))
    return whose[order], when[order]


def _reviews(life: Life, made: Breaks) -> Kept:
    """A review within three months of the series' start, then within six of the one before."""
    rng = life.chance.stream("short break reviews")
    stop = np.minimum(life.stays.end[made.stay], life.horizon)
    live, before, turn = np.arange(len(made.stay)), made.start, 0
    parts: list[tuple[Ints, Ints, Ints, Ints]] = [(live[:0], live[:0], live[:0], live[:0])]
    while len(live):
        due = before + (90 if turn == 0 else 181)
        late = np.where(rng.random(len(live)) < LATE, rng.integers(8, 50, len(live)), 0)
        when = days.on_a_working_day(due - rng.integers(0, 14, len(live)) + late)
        held = when < stop[live]
        awaited = (when >= life.horizon) & (life.stays.end[made.stay[live]] >= life.horizon)
        shown = held | awaited
        parts.append((live[shown], due[shown], np.where(held, when, days.STILL_OPEN)[shown], before[shown]))
        live, before, turn = live[held], when[held], turn + 1
    whose, due, when, arranged = (np.concatenate([part[n] for part in parts]) for n in range(4))
    met = when < days.STILL_OPEN
    frame = typed(
        "cla_reviews",
        {
            "review_id": words.numbered("RB", np.arange(len(whose)) + life.chance.block * BLOCK, 9),
            "care_period_id": _ids(life, "SB", made.stay[whose]),
            "due_on": words.dates(due),
            "happened_on": words.dates(when),
            "cancelled": words.flags(np.zeros(len(whose), dtype=bool), met),
        },
        len(whose),
    )
    typed_in = lags.entered(life.chance, "short break reviews", np.where(met, when, 0), lags.SLOW)
    known = lags.entered(life.chance, "short break reviews arranged", arranged, lags.PROMPT)
    known = np.where(met, np.minimum(known, typed_in), known)
    rows = np.flatnonzero(met)
    return Kept("cla_reviews", frame, known, edits=unfilled(frame, ("happened_on", "cancelled"), rows, typed_in[rows]))
