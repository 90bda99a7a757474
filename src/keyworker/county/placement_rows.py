"""Placements as a case system holds them, and what must be written down, decided or done about each."""

from __future__ import annotations

import numpy as np
import polars as pl

from keyworker.county import days, lags, words
from keyworker.county.care_episodes import (
    FOSTER,
    HOME,
    KIN,
    LONG_TERM,
    PARENTS,
    PLACEMENTS,
    PROVIDERS,
    TEMPORARY,
    Placements,
)
from keyworker.county.chance import Ints
from keyworker.county.followed import Promise, follow, pressed
from keyworker.county.kept import Kept, typed
from keyworker.county.life import Life
from keyworker.county.people_rows import BLOCK, child_ids
from keyworker.county.steps import About, Steps

MOVES = ("CARPL", "OTHER", "CREQB", "CREQO", "CLOSE", "CHILD")
WRITTEN = Promise(5, late=0.2, never=0.03, slack=8.0)
NOTIFIED = Promise(5, late=0.12, never=0.02, slack=5.0)
ENDING_NOTIFIED = Promise(10, late=0.12, never=0.03, slack=8.0)
TO_LAST = Promise(330, late=0.3, never=0.1, slack=120.0, working=False)
LONG_TERM_AGREED = Promise(90, late=0.3, never=0.25, slack=60.0, working=False)
PARENTS_ASSESSED = Promise(60, late=0.3, never=0.1, slack=30.0, working=False)
DECIDED = Promise(110, late=0.3, never=0.06, slack=20.0, working=False)
BEFORE_ASSESSMENT = 0.5
"""The share of placements with parents that began before the parents were assessed."""
CONCERNED = 0.02
"""The share of placements with a provider about whom the regulator gave notice of a concern."""
VISITED_AFTER_CONCERN = Promise(7, late=0.2, never=0.1, slack=5.0, working=False)


def placement_ids(life: Life, numbers: Ints) -> pl.Series:
    """The identifiers of placements by number."""
    return words.numbered("PM", numbers + life.chance.block * BLOCK, 9)


def placement_rows(life: Life, made: Placements, steps: Steps) -> Kept:
    """The placements; their plans, notices, approvals and concerns go to the steps."""
    rng = life.chance.stream("placement rows")
    many = len(made.care)
    far = rng.random(many) < 0.37
    distance = np.round(np.where(far, 20 + rng.exponential(35, many), rng.random(many) * 20), 1)
    number = rng.integers(0, 9973, many)
    child = life.stays.child[life.care.stay[made.care]]
    ended = made.end < days.STILL_OPEN
    frame = typed(
        "cla_placement",
        {
            "placement_id": placement_ids(life, made.number),
            "from_on": words.dates(made.start),
            "type": words.pick(PLACEMENTS, made.kind),
            "urn": words.where(made.kind != PARENTS, "SC999" + pl.Series(number % 400).cast(pl.String).str.zfill(3)),
            "distance": pl.Series(distance),
            "care_period_id": words.numbered("PC", made.care + life.chance.block * BLOCK, 9),
            "provider": words.pick(PROVIDERS, made.kind),
            "postcode": words.postcodes(number),
            "to_on": words.dates(made.end),
            "change_reason": words.where(
                ended & ~made.ends_care,
                words.pick(MOVES, rng.choice(len(MOVES), many, p=[0.3, 0.32, 0.17, 0.09, 0.1, 0.02])),
            ),
            "child_id": child_ids(life, child),
        },
        many,
    )
    _written(life, made, steps)
    _approved(life, made, steps)
    return Kept(
        "cla_placement",
        frame,
        lags.entered(life.chance, "placements", made.start, lags.PROMPT),
        lags.entered(life.chance, "placements over", np.where(ended, made.end, 0), lags.PROMPT),
        ("to_on", "change_reason"),
    )


def about_placements(life: Life, made: Placements, day: Ints, stop: Ints) -> About:
    """Every placement, as what steps belong to: pressed as its worker was on a day."""
    stay = life.care.stay[made.care]
    hard = pressed(life, life.stays.spell[stay], np.minimum(day, life.horizon - 1), stay)
    return About(life.stays.child[stay], "cla_placement", placement_ids(life, made.number), stop, hard)


def _written(life: Life, made: Placements, steps: Steps) -> None:
    """The placement plan, word of the placement, word of its end, and whether it is meant to last."""
    about = about_placements(life, made, made.start, made.end)
    steps.follow("placement plan", made.start, WRITTEN, about, by_whom="social worker", early=True)
    ever, calm = np.full(len(made.start), days.STILL_OPEN), np.ones(len(made.start))
    told = About(about.child, about.table, about.ids, ever, calm)
    steps.follow("placement notice", made.start, NOTIFIED, told, by_whom="business support", early=True)
    over = np.flatnonzero(made.end < days.STILL_OPEN)
    steps.follow(
        "placement ending notice", made.end[over] - 1, ENDING_NOTIFIED, told.of(over), by_whom="business support",
        early=True,
    )  # fmt: skip
    lasting = np.flatnonzero(np.isin(made.kind, (KIN, LONG_TERM)) | ((made.kind == FOSTER) & (made.number % 5 == 0)))
    when, done = steps.follow("placement to last", made.start[lasting], TO_LAST, about.of(lasting), early=True)
    agreed = np.flatnonzero(done & np.isin(made.kind[lasting], (FOSTER, LONG_TERM)))
    steps.follow("long-term foster care agreed", when[agreed], LONG_TERM_AGREED, about.of(lasting[agreed]), early=True)


def _approved(life: Life, made: Placements, steps: Steps) -> None:
    """Kin approved for the time being, and the decision after; parents assessed; concerns about providers."""
    about = about_placements(life, made, made.start, made.end)
    kin = np.flatnonzero(made.kind == TEMPORARY)
    steps.on("temporary approval", made.start[kin], about.of(kin), by_whom="nominated officer")
    rng = life.chance.stream("temporary approvals extended")
    extended = kin[rng.random(len(kin)) < 0.2]
    at = made.start[extended] + rng.integers(98, 113, len(extended))
    shown = (at < life.horizon) & (at < made.end[extended])
    extended, at = extended[shown], at[shown]
    steps.on("temporary approval extended", at, about.of(extended), by_whom="nominated officer")
    start = made.start.copy()
    start[extended] += 56
    steps.follow("carer decision", start[kin], DECIDED, about.of(kin), by_whom="agency decision maker", early=True)
    home = np.flatnonzero(made.kind == PARENTS)
    at_once = home[rng.random(len(home)) < BEFORE_ASSESSMENT]
    steps.on("placed before assessment", made.start[at_once], about.of(at_once), by_whom="nominated officer")
    steps.follow(
        "parent assessment", made.start[home], PARENTS_ASSESSED, about.of(home), by_whom="social worker", early=True
    )
    which, when = concerns(life, made)
    steps.on("provider concern", when, about.of(which), by_whom="the regulator", habit=lags.AT_ONCE)


def concerns(life: Life, made: Placements) -> tuple[Ints, Ints]:
    """The placements about whose provider there was a concern, and when notice of it came."""
    rng = life.chance.stream("provider concerns")
    begin, stop = np.maximum(made.start, life.first), np.minimum(made.end, life.horizon)
    drawn = rng.random(len(made.start)) < CONCERNED
    which = np.flatnonzero(drawn & np.isin(made.kind, (FOSTER, HOME, LONG_TERM)) & (stop - begin > 10))
    when = begin[which] + (rng.random(len(which)) * (stop - begin)[which]).astype(np.int64)
    return which, when


def visits_owed(life: Life, made: Placements) -> tuple[Ints, Ints]:
    """Visits that placements ask for beside the regular ones. Gives the period of care, and the day.

    One within a week of every placement; one a week at first, then one in four weeks, while kin are not yet approved
    or a child is with parents who are being assessed; one within a week of a concern about the provider.
    """
    stay = life.care.stay[made.care]
    hard = pressed(life, life.stays.spell[stay], np.minimum(made.start, life.horizon - 1), stay)
    new = np.arange(len(made.start))
    first = Promise(7, late=0.15, never=0.06, slack=6.0, working=False)
    when, done = follow(life.chance, "first visits", made.start[new], first, hard[new])
    parts = [(new[done], when[done])]
    rng = life.chance.stream("weekly visits")
    close = np.flatnonzero(np.isin(made.kind, (TEMPORARY, PARENTS)))
    for week in (2, 3, 4, 8, 12, 16):
        made_it = rng.random(len(close)) > 0.15 * hard[close]
        on = made.start[close] + 7 * week - rng.integers(0, 6, len(close))
        parts.append((close[made_it], on[made_it]))
    worried, told = concerns(life, made)
    soon, went = follow(life.chance, "visits after concerns", told, VISITED_AFTER_CONCERN, hard[worried])
    parts.append((worried[went], soon[went]))
    placed, day = (np.concatenate([part[n] for part in parts]) for n in range(2))
    day = days.on_a_working_day(day)
    kept = (day < np.minimum(made.end, life.horizon)[placed]) & (day >= made.start[placed])
    return made.care[placed[kept]], day[kept]
