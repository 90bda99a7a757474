"""The way to adoption: decisions, orders, matching, placing and reviews, each entered as it came."""

from __future__ import annotations

import numpy as np
import polars as pl

from keyworker.county import days, lags, words
from keyworker.county.care_episodes import Episodes
from keyworker.county.care_review_rows import care_ids
from keyworker.county.chance import Ints
from keyworker.county.kept import Edit, Kept, typed, unfilled
from keyworker.county.life import Life
from keyworker.county.people_rows import BLOCK, child_ids
from keyworker.county.steps import About, Steps

FIRST_BEFORE, FIRST_AFTER, SECOND_AFTER, LATER = 88, 26, 88, 178
"""Days from authority to place, and from placing, to reviews; then between them. The law allows a little more."""


def permanence(life: Life, made: Episodes, steps: Steps) -> list[Kept]:
    """Adoptions made, on the way and given up. A child's later life, if any, is another child's record."""
    rng = life.chance.stream("permanence")
    which = np.flatnonzero((life.care.adopted > 0) & (made.decided_on < life.horizon))
    many = len(which)
    decided, ordered = made.decided_on[which], made.ordered_on[which]
    placed, given_up = made.placed_on[which], made.given_up_on[which]
    adopted = life.care.adopted[which] == 1
    end = np.where(adopted, life.care.end[which] - 1, days.STILL_OPEN)
    matched = np.where(placed < days.STILL_OPEN, placed - np.minimum(20, placed - decided), days.STILL_OPEN)
    ids = words.numbered("PE", which + life.chance.block * BLOCK, 9)
    stay = life.care.stay[which]
    frame = typed(
        "permanence",
        {
            "permanence_id": ids,
            "child_id": child_ids(life, life.stays.child[stay]),
            "care_period_id": care_ids(life, which),
            "adm_decision_on": words.dates(decided),
            "placement_order_on": words.dates(ordered),
            "matched_on": words.dates(matched),
            "placed_for_adoption_on": words.dates(placed),
            "decision_reversed_on": words.dates(given_up),
            "decision_reversed_reason": words.where(
                given_up < days.STILL_OPEN, words.pick(("RD1", "RD4"), rng.integers(0, 2, many))
            ),
            "adopted_by_carer_flag": words.flags(rng.random(many) < 0.1, end < days.STILL_OPEN),
            "part_of_sibling_group": words.flags(life.spells.size[life.stays.spell[stay]] > 1),
            "permanence_order_on": words.dates(end),
            "permanence_order_type": words.where(adopted, words.pick(("Adoption",), np.zeros(many, dtype=np.int64))),
            "adopter_sex": words.where(
                placed < days.STILL_OPEN,
                words.pick(("MF", "F1", "FF", "MM"), rng.choice(4, many, p=[0.75, 0.1, 0.07, 0.08])),
            ),
            "number_of_adopters": words.where(
                placed < days.STILL_OPEN, words.pick(("1", "2"), (rng.random(many) < 0.88).astype(np.int64))
            ),
        },
        many,
    )
    edits = [
        *_filled(life, frame, ("placement_order_on",), ordered),
        *_filled(life, frame, ("matched_on",), matched),
        *_filled(life, frame, ("placed_for_adoption_on", "adopter_sex", "number_of_adopters"), placed),
        *_filled(life, frame, ("decision_reversed_on", "decision_reversed_reason"), given_up),
        *_filled(life, frame, ("permanence_order_on", "permanence_order_type", "adopted_by_carer_flag"), end),
    ]
    about = About(life.stays.child[stay], "permanence", ids, np.full(many, days.STILL_OPEN), np.ones(many))
    _reviewed(
        life, steps, (decided, np.minimum(np.minimum(placed, given_up), life.care.end[which])), about, before=True
    )
    _reviewed(life, steps, (placed, np.minimum(life.care.end[which], given_up)), about, before=False)
    return [Kept("permanence", frame, lags.entered(life.chance, "permanence", decided, lags.USUAL), edits=edits)]


def _filled(life: Life, frame: pl.DataFrame, names: tuple[str, ...], day: Ints) -> list[Edit]:
    rows = np.flatnonzero(day < days.STILL_OPEN)
    until = lags.entered(life.chance, f"permanence {names[0]}", day[rows], lags.USUAL)
    return unfilled(frame, names, rows, until)


def _reviewed(life: Life, steps: Steps, time: tuple[Ints, Ints], about: About, *, before: bool) -> None:
    """Reviews of children to be adopted, and of those placed; some of them late."""
    rng = life.chance.stream(f"adoption reviews {before}")
    start, stop = time
    gaps = (FIRST_BEFORE, LATER) if before else (FIRST_AFTER, SECOND_AFTER, LATER)
    stop = np.minimum(stop, life.horizon)
    live, turn = np.flatnonzero(start < stop), 0
    day = start[live]
    while len(live):
        late = np.where(rng.random(len(live)) < 0.18, rng.integers(6, 40, len(live)), 0)
        day = days.on_a_working_day(day + gaps[min(turn, len(gaps) - 1)] - rng.integers(0, 9, len(live))) + late
        held = day < stop[live]
        live, day, turn = live[held], day[held], turn + 1
        shown = day >= life.first
        steps.on("adoption review", day[shown], about.of(live[shown]), by_whom="reviewing officer")


def adoption_visits(life: Life, made: Episodes) -> tuple[Ints, Ints]:
    """Visits to children placed for adoption: one a week until the first review, then about every five weeks.

    Gives   the period of care, and the day.
    """
    rng = life.chance.stream("adoption visits")
    placed = np.flatnonzero(made.placed_on < life.horizon)
    start, stop = made.placed_on[placed], np.minimum(life.care.end[placed], life.horizon)
    parts: list[tuple[Ints, Ints]] = []
    for turn in range(40):
        after = (turn + 1) * 7 if turn < 4 else 28 + (turn - 3) * 35
        made_it = rng.random(len(placed)) > (0.18 if turn < 4 else 0.06)
        day = days.on_a_working_day(start + after - rng.integers(0, 4, len(placed)))
        made_it &= (day < stop) & (day >= np.maximum(start, life.first))
        parts.append((placed[made_it], day[made_it]))
    return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])
