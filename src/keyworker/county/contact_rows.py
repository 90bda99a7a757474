"""Contacts at the front door, where they came from, and what was decided about each."""

from __future__ import annotations

import numpy as np
import polars as pl

from keyworker.county import days, lags, published, words
from keyworker.county.chance import Ints, spread
from keyworker.county.followed import Promise
from keyworker.county.kept import Kept, typed
from keyworker.county.life import Life
from keyworker.county.people_rows import BLOCK, child_ids
from keyworker.county.steps import About, Steps

SOURCE_CODES = ("1A", "2A", "2B", "3A", "4", "5A", "6", "7", "8", "9", "10")
SOURCE_WORDS = (
    "Individual: family member, relative or carer", "Schools", "Education services", "Health services: GP", "Housing",
    "LA services: social care", "Police", "Other legal agency", "Other", "Anonymous", "Unknown",
)  # fmt: skip
BECAME, NOTHING, ADVICE = range(3)
OUTCOMES = (
    '{"NEW_REFERRAL_FLAG": "Y", "NFA_FLAG": "N"}',
    '{"NEW_REFERRAL_FLAG": "N", "NFA_FLAG": "Y"}',
    '{"NEW_REFERRAL_FLAG": "N", "ADVICE_FLAG": "Y"}',
)
SCREENING = Promise(1, late=0.09, never=0.015, slack=1.5)
OUT_OF_HOURS = 0.12


def sources(life: Life) -> Ints:
    """Where each spell's referral came from, as a position in SOURCE_CODES, in the published shares."""
    drawn = np.zeros(len(life.spells.start), dtype=np.int64)
    years = days.financial_year(life.spells.start)
    rng = life.chance.stream("sources")
    for year in np.unique(years):
        which = np.flatnonzero(years == year)
        drawn[which] = spread(published.shares("referrals.from", published.SOURCES, int(year)), len(which), rng)
    return drawn


def contacts(life: Life, steps: Steps) -> Kept:
    """Contacts that became referrals, and others; the decision on each goes to the steps."""
    rng = life.chance.stream("contacts")
    stays = life.stays
    referred = np.flatnonzero(stays.start >= life.first)
    more = rng.choice(len(stays.spell), int(len(stays.spell) * 0.35), replace=False)
    since = np.maximum(life.families.birth[stays.child[more]], np.maximum(stays.start[more] - 400, life.first))
    extra = since + (rng.random(len(more)) * 800).astype(np.int64)
    kept = (extra < life.horizon) & (extra < life.families.adult_on[life.families.of_child[stays.child[more]]])
    more, extra = more[kept], extra[kept]
    stay = np.concatenate([referred, more])
    day = np.concatenate([stays.start[referred] - (rng.random(len(referred)) < 0.2), extra])
    became = np.arange(len(stay)) < len(referred)
    source = sources(life)[stays.spell[stay]]
    outcome = np.where(became, BECAME, rng.integers(NOTHING, ADVICE + 1, len(stay)))
    time = arrival(life, "contacts", stays.spell[stay])
    ids = words.numbered("CT", np.arange(len(stay)) + life.chance.block * BLOCK * 4, 9)
    frame = typed(
        "contacts",
        {
            "contact_id": ids,
            "child_id": child_ids(life, stays.child[stay]),
            "happened_on": words.dates(day),
            "happened_time": words.times(time),
            "source_code": words.pick(SOURCE_CODES, source),
            "source_desc": words.pick(SOURCE_WORDS, source),
            "outcome_json": words.pick(OUTCOMES, outcome),
        },
        len(stay),
    )
    typed_in = np.maximum(
        lags.entered(life.chance, "contacts", day, lags.AT_ONCE), day * lags.DAY + time + lags.SOONEST
    )
    _screened(life, steps, stay, (day, outcome), ids)
    return Kept("contacts", frame, typed_in)


def arrival(life: Life, name: str, spell: Ints) -> Ints:
    """The time of day at which something reached the front door, in seconds; mostly in office hours.

    Takes   spell, whose it was: brothers and sisters arrive together.
    """
    rng = life.chance.stream(f"arrival {name}")
    many = len(life.spells.start)
    office = 8.5 * 3600 + rng.beta(1.8, 1.8, many) * 9 * 3600
    late = 17.5 * 3600 + rng.random(many) * 6 * 3600
    return np.where(rng.random(many) < OUT_OF_HOURS, late, office).astype(np.int64)[spell]


def _screened(life: Life, steps: Steps, stay: Ints, contact: tuple[Ints, Ints], ids: pl.Series) -> None:
    """What the front door decided, mostly within a working day; a referral is decided by the day it begins."""
    day, outcome = contact
    spell = life.stays.spell[stay]
    stop = np.where(outcome == BECAME, life.stays.start[stay] + 4, days.STILL_OPEN)
    about = About(life.stays.child[stay], "contacts", ids, stop, life.strain[life.spells.family[spell]])
    for place, said in enumerate(("referral", "no further action", "advice")):
        which = np.flatnonzero(outcome == place)
        steps.follow(
            "contact decision", day[which], SCREENING, about.of(which), by_whom="front door manager", outcome=said,
            habit=lags.AT_ONCE,
        )  # fmt: skip
