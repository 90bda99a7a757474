"""The stages of a family's time with the service, each the work of one kind of team."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from keyworker.county import days
from keyworker.county.care import Care, Stays
from keyworker.county.chance import Bools, Chance, Ints
from keyworker.county.need import IN_NEED, NO_FURTHER_ACTION, Spells
from keyworker.county.organisation import ADOLESCENT, ASSESSMENT, CARE, DISABLED, LONG_TERM
from keyworker.county.protection import Plans


@dataclass(frozen=True)
class Stages:
    """Stretches of work with the children of a family that one worker leads at a time. `end` is exclusive."""

    spell: Ints
    kind: Ints
    start: Ints
    end: Ints
    children: Ints
    social_worker: Bools  # whether the children's needs call for a registered social worker


@dataclass(frozen=True)
class Paths:
    """For every stay, the days on which it passes to the next stage; STILL_OPEN where it never does."""

    handover: Ints
    care_from: Ints
    care_to: Ints


def stages(
    these: Spells,
    stays: Stays,
    plans: Plans,
    looked_after: Care,
    chance: Chance,
    disabled: Bools,
    adult_on: Ints,
    horizon: int,
    units_ended: int,
) -> tuple[Stages, Paths]:
    """Every stage of every spell."""
    rng = chance.stream("stages")
    handover = _handover(these, plans, rng)
    care_from, care_to = _in_care_team(stays, looked_after, rng)
    first = np.flatnonzero(these.kind != NO_FURTHER_ACTION)
    later = np.flatnonzero(handover < np.minimum(these.end, horizon))
    kind = np.where(disabled[later], DISABLED, LONG_TERM)
    older = (adult_on[these.family[later]] - handover[later] < 5 * 365) & (handover[later] >= units_ended - 200)
    kind = np.where(
        older & (kind == LONG_TERM) & (these.size[later] == 1) & (rng.random(len(later)) < 0.4), ADOLESCENT, kind
    )
    planned = np.zeros(len(these.start), dtype=bool)
    planned[plans.spell] = True
    planned[stays.spell[looked_after.stay]] = True
    cared = np.flatnonzero(care_from < days.STILL_OPEN)
    spells = np.unique(stays.spell[cared])
    care_start = np.full(len(these.start), days.STILL_OPEN, dtype=np.int64)
    care_end = np.zeros(len(these.start), dtype=np.int64)
    np.minimum.at(care_start, stays.spell[cared], care_from[cared])
    np.maximum.at(care_end, stays.spell[cared], care_to[cared])
    in_care = np.bincount(stays.spell[cared], minlength=len(these.start))
    all_in_care = (in_care == these.size)[later]
    remain = np.where(all_in_care, these.size[later], these.size[later] - in_care[later])
    long_end = np.where(all_in_care, care_start[later], these.end[later])
    kept = long_end > handover[later]
    later, kind, remain, long_end = later[kept], kind[kept], remain[kept], long_end[kept]
    made = Stages(
        np.concatenate([first, later, spells]),
        np.concatenate([np.full(len(first), ASSESSMENT), kind, np.full(len(spells), CARE)]),
        np.concatenate([these.start[first], handover[later], care_start[spells]]),
        np.concatenate([np.minimum(handover[first], these.end[first]), long_end, care_end[spells]]),
        np.concatenate([these.size[first], remain, in_care[spells]]),
        np.concatenate([np.ones(len(first), dtype=bool), planned[later], np.ones(len(spells), dtype=bool)]),
    )
    return made, Paths(handover[stays.spell], care_from, care_to)


def _handover(these: Spells, plans: Plans, rng: np.random.Generator) -> Ints:
    """The day on which the assessment team hands over: at the initial conference, or when the assessment is done."""
    count = len(these.start)
    done = np.where(these.assessed < days.STILL_OPEN, these.assessed, these.start + 45) + rng.integers(3, 16, count)
    conference = np.full(count, days.STILL_OPEN, dtype=np.int64)
    np.minimum.at(conference, plans.spell, plans.start)
    at_conference = (conference - these.start < 100) & (conference < done + 45)
    handover = np.where(at_conference, conference, done)
    stays_long = (these.kind == IN_NEED) & (handover + 10 < these.end)
    return np.where(stays_long, handover, days.STILL_OPEN)


def _in_care_team(stays: Stays, looked_after: Care, rng: np.random.Generator) -> tuple[Ints, Ints]:
    since = np.full(len(stays.spell), days.STILL_OPEN, dtype=np.int64)
    until = np.zeros(len(stays.spell), dtype=np.int64)
    settled = looked_after.start + rng.integers(70, 170, len(looked_after.start))
    keeps = np.flatnonzero(looked_after.end > settled + 30)
    # of several periods of care in one stay the last is the one that reaches the children in care team
    since[looked_after.stay[keeps]] = settled[keeps]
    until[looked_after.stay[keeps]] = stays.end[looked_after.stay[keeps]]
    return since, until
