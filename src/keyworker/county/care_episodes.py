"""Periods of care cut where the placement or the legal status changed, and the placements in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from keyworker.county import days
from keyworker.county.care import ADOPTED, GIVEN_UP, ON_THE_WAY
from keyworker.county.chance import Bools, Ints, begins_run, whole
from keyworker.county.emergencies import Emergencies, emergencies
from keyworker.county.life import Life

VOLUNTARY, INTERIM, FULL, PLACEMENT_ORDER, POLICE, EMERGENCY = range(6)
LEGAL = ("V2", "C1", "C2", "E1", "L1", "L2")
FOSTER, KIN, HOME, SEMI, PARENTS, ADOPTION, LONG_TERM, SECURE, TEMPORARY, CUSTODY, HOSPITAL = range(11)
PLACEMENTS = ("U6", "U1", "K2", "H5", "P1", "A5", "U4", "K1", "U3", "R5", "R2")
PROVIDERS = ("PR4", "PR1", "PR4", "PR4", "PR0", "PR1", "PR1", "PR1", "PR1", "PR0", "PR0")
SECURE_A_YEAR = 2.5
"""Secure placements a year in a county of the real one's size."""
IN_CUSTODY, IN_HOSPITAL = 0.03, 0.006
"""The shares of placements run by another body: of older children in custody, and of any in long hospital care."""
KIN_NOT_YET_APPROVED = 0.4

CAME, ORDERED, MOVED, PLACED, NOT_POLICE, NOT_EMERGENCY = range(6)
"""Why an episode began: the child came into care, or one thing or another changed."""


@dataclass(frozen=True)
class Episodes:
    """Each period of care cut where the placement or the legal status changed. `end` is exclusive."""

    care: Ints
    start: Ints
    end: Ints
    legal: Ints
    placement: Ints  # number of the placement, counted over the county
    why: Ints  # 0 first, 1 legal, 2 placement
    last: Bools
    urgent: Emergencies  # by period of care
    decided_on: Ints  # by period of care: when adoption was decided on; STILL_OPEN where it was not
    ordered_on: Ints  # by period of care: the placement order
    placed_on: Ints  # by period of care: when the child moved to adopters
    given_up_on: Ints  # by period of care: when it was decided that there would be no adoption

    @property
    def first(self) -> Ints:
        """The first episode of each period of care."""
        return np.flatnonzero(begins_run(self.care))


@dataclass(frozen=True)
class Placements:
    """Each placement: the period of care, from when until when (exclusive), and of which kind."""

    care: Ints
    start: Ints
    end: Ints
    kind: Ints
    number: Ints
    ends_care: Bools


@dataclass(frozen=True)
class InCare:
    """Every child's time in care: its episodes and its placements."""

    episodes: Episodes
    placements: Placements


def in_care(life: Life) -> InCare:
    """Every episode of every period of care, and every placement."""
    made = episodes(life)
    return InCare(made, placements(life, made))


def episodes(life: Life) -> Episodes:
    """Every episode of every period of care."""
    rng = life.chance.stream("care episodes")
    care = life.care
    stop = np.minimum(care.end, life.horizon)
    length = np.maximum(stop - care.start, 1)
    restless = rng.gamma(0.7, 1.0, len(care.start))
    moves = rng.poisson(np.minimum(restless * 0.75 * length / days.YEAR + 0.12, 25))
    of_move = np.repeat(np.arange(len(moves)), moves)
    fraction = rng.random(len(of_move)) ** np.where(rng.random(len(of_move)) < 0.4, 2.5, 1.0)
    move_on = care.start[of_move] + 1 + (fraction * (length[of_move] - 1)).astype(np.int64)
    first_legal = rng.choice(2, len(care.start), p=[0.55, 0.45])
    to_adopt = np.isin(care.adopted, (ADOPTED, ON_THE_WAY))
    first_legal = np.where(to_adopt, INTERIM, first_legal)
    order_on = care.start + np.where(first_legal == INTERIM, 170, 260) + rng.integers(0, 160, len(care.start))
    order_on = np.where(to_adopt, np.minimum(order_on, care.start + length // 2), order_on)
    full = (order_on < stop - 5) & ((first_legal == INTERIM) | (rng.random(len(care.start)) < 0.45))
    placing = to_adopt & (stop - order_on > 60)
    placed_on = order_on + ((stop - order_on) * 0.35).astype(np.int64)
    urgent = emergencies(life)
    changes = (
        (CAME, np.ones(len(care.start), dtype=bool), care.start),
        (ORDERED, full, order_on),
        (PLACED, placing, placed_on),
        (NOT_POLICE, urgent.police > 0, urgent.police_until),
        (NOT_EMERGENCY, urgent.order > 0, urgent.order_until),
    )
    owner = np.concatenate([of_move, *(np.flatnonzero(which) for _, which, _ in changes)])
    start = np.concatenate([move_on, *(day[which] for _, which, day in changes)])
    what = np.repeat([MOVED, *(one for one, _, _ in changes)], [len(of_move), *(int(w.sum()) for _, w, _ in changes)])
    order = np.lexsort((what, start, owner))
    owner, start, what = owner[order], start[order], what[order]
    keep = begins_run(owner, start)
    keep &= (start < stop[owner]) | (what == CAME)
    owner, start, what = owner[keep], start[keep], what[keep]
    last = np.roll(begins_run(owner), -1)
    end = np.where(last, care.end[owner], np.roll(start, -1))
    legal = _legal(owner, start, what, first_legal, urgent)
    legal = np.where((legal == FULL) & to_adopt[owner], PLACEMENT_ORDER, legal)
    moved = (what == CAME) | (what == MOVED) | (what == PLACED)
    why = np.select([what == CAME, moved], [0, 2], 1)
    never = np.full(len(care.start), days.STILL_OPEN)
    reversed_ = care.adopted == GIVEN_UP
    decided = np.where(to_adopt, np.minimum(order_on - 45, stop - 70), care.start + (length * 0.35).astype(np.int64))
    return Episodes(
        owner, start, end, legal, np.cumsum(moved) - 1, why, last, urgent,
        np.where(care.adopted > 0, np.maximum(decided, care.start + 40), never),
        np.where(to_adopt & full, order_on, never),
        np.where(placing, placed_on, never),
        np.where(reversed_, care.start + (length * 0.7).astype(np.int64), never),
    )  # fmt: skip


def _legal(owner: Ints, start: Ints, what: Ints, first_legal: Ints, urgent: Emergencies) -> Ints:
    """The legal status of each episode: the emergency's at first, then the first, then what the court ordered."""
    ranked = np.where((what == ORDERED) | (what == PLACED), what, 0)
    ordered = np.maximum.accumulate(ranked + owner * 8) - owner * 8
    return np.select(
        [ordered == PLACED, ordered == ORDERED, start < urgent.police_until[owner], start < urgent.order_until[owner]],
        [PLACEMENT_ORDER, FULL, POLICE, EMERGENCY],
        first_legal[owner],
    )


def placements(life: Life, made: Episodes) -> Placements:
    """Every placement. A few older children are in secure accommodation; some kin carers are not yet approved."""
    rng = life.chance.stream("placements")
    first = np.flatnonzero(begins_run(made.placement))
    last = np.append(first[1:], len(made.care)) - 1
    care, start, end = made.care[first], made.start[first], made.end[last]
    end = np.where(end >= life.horizon, days.STILL_OPEN, end)
    age = (start - life.families.birth[life.stays.child[life.care.stay[care]]]) / days.YEAR
    kind = np.where(
        age >= 16,
        rng.choice([SEMI, FOSTER, HOME], len(care), p=[0.42, 0.4, 0.18]),
        np.where(
            age >= 11,
            rng.choice([FOSTER, HOME, KIN, LONG_TERM], len(care), p=[0.62, 0.2, 0.12, 0.06]),
            rng.choice([FOSTER, KIN, PARENTS, LONG_TERM], len(care), p=[0.68, 0.2, 0.07, 0.05]),
        ),
    )
    kind = np.where((start >= made.placed_on[care]) & (end - start > 30), ADOPTION, kind)
    own = life.chance.stream("secure and temporary placements")
    kind = np.where((kind == KIN) & (own.random(len(care)) < KIN_NOT_YET_APPROVED), TEMPORARY, kind)
    able = np.flatnonzero((age > 12.5) & (age < 17.2) & (start >= life.first) & (end - start > 20) & (start > 0))
    years = (life.horizon - life.first) / days.YEAR
    secure = own.choice(able, min(whole(SECURE_A_YEAR * life.scale * years, own), len(able)), replace=False)
    kind[secure] = SECURE
    elsewhere = own.random(len(care))
    kind = np.where((age > 15) & (age < 17.5) & (kind != SECURE) & (elsewhere < IN_CUSTODY), CUSTODY, kind)
    kind = np.where(np.isin(kind, (FOSTER, HOME)) & (elsewhere > 1 - IN_HOSPITAL), HOSPITAL, kind)
    return Placements(care, start, end, kind, made.placement[first], made.last[last])
