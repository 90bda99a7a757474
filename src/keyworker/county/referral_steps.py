"""What follows a referral in its first days: the decision, word to whoever referred, and who takes the child."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from keyworker.county import days, lags, words
from keyworker.county.chance import Ints
from keyworker.county.followed import Promise
from keyworker.county.life import Life
from keyworker.county.need import NO_FURTHER_ACTION
from keyworker.county.people_rows import BLOCK
from keyworker.county.steps import About, Steps

SINGLE_ASSESSMENT = days.number(date(2013, 4, 15))
"""Since then one assessment has taken the place of an initial and a core one."""

DECIDED = Promise(1, late=0.10, never=0.01, slack=2.0)
TOLD = Promise(1, late=0.2, never=0.07, slack=4.0)
ALLOCATED = Promise(1, late=0.15, never=0.05, slack=3.0)
INITIAL = Promise(10, late=0.2, never=0.05, slack=8.0)
CORE = Promise(35, late=0.25, never=0.08, slack=15.0)


def stay_ids(life: Life, numbers: Ints) -> pl.Series:
    """The identifiers of referrals by the number of the stay."""
    return words.numbered("RF", numbers + life.chance.block * BLOCK * 3, 9)


def referrals(life: Life, which: Ints) -> About:
    """Some stays, as what steps belong to: pressed as their district is."""
    stays = life.stays
    hard = life.strain[life.spells.family[stays.spell[which]]]
    return About(stays.child[which], "cin_episodes", stay_ids(life, which), stays.end[which], hard)


def referred(life: Life, steps: Steps) -> None:
    """The decision on each referral, who was told of it, who was to take the child; before 2013 the assessments too."""
    which = np.arange(len(life.stays.start))
    about, start = referrals(life, which), life.stays.start
    said = _decided(life, which)
    _, decided = steps.follow(
        "referral decision", start, DECIDED, about, by_whom="team manager", outcome=said, habit=lags.AT_ONCE,
        early=True,
    )  # fmt: skip
    told = np.flatnonzero(decided)
    ever = About(about.child, about.table, about.ids, np.full(len(start), days.STILL_OPEN), about.hard)
    steps.follow("referrer told", start[told], TOLD, ever.of(told), by_whom="front door", early=True)
    taken = np.flatnonzero(decided & (life.spells.kind[life.stays.spell[which]] != NO_FURTHER_ACTION))
    steps.follow(
        "allocation decision", start[taken], ALLOCATED, about.of(taken), by_whom="team manager", habit=lags.PROMPT,
        early=True,
    )  # fmt: skip
    _before_single_assessments(steps, start, about, taken)


def _decided(life: Life, which: Ints) -> pl.Series:
    """What was decided about each referral."""
    enquired = np.zeros(len(life.spells.start), dtype=bool)
    early = life.enquiries.start - life.spells.start[life.enquiries.spell] < 4
    enquired[life.enquiries.spell[early]] = True
    spell = life.stays.spell[which]
    nothing = life.spells.kind[spell] == NO_FURTHER_ACTION
    outcomes = ("no further action", "assessment", "strategy discussion")
    return words.pick(outcomes, np.where(nothing, 0, np.where(enquired[spell], 2, 1)))


def _before_single_assessments(steps: Steps, start: Ints, about: About, assessed: Ints) -> None:
    old = assessed[start[assessed] < SINGLE_ASSESSMENT]
    when, done = steps.follow(
        "initial assessment", start[old], INITIAL, about.of(old), by_whom="team manager", early=True
    )
    going_on = np.flatnonzero(done & (np.arange(len(old)) % 3 == 0))
    steps.follow("core assessment", when[going_on], CORE, about.of(old[going_on]), by_whom="team manager", early=True)
