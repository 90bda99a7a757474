"""What care leavers are owed, step by step: somewhere to live, a plan, an adviser who keeps in touch and visits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from keyworker.county import absence, days, visits, words
from keyworker.county.adviser_rows import Advised, Leavers
from keyworker.county.chance import Ints
from keyworker.county.followed import Promise, follow, repeated
from keyworker.county.kept import Kept
from keyworker.county.life import Life
from keyworker.county.people_rows import BLOCK
from keyworker.county.posts import NOBODY
from keyworker.county.steps import About, Steps
from keyworker.county.visit_rows import other_visits
from keyworker.county.visits import Calls

ASSESSED = Promise(88, late=0.3, never=0.12, slack=40.0, working=False)
AFTER_28 = Promise(27, late=0.3, never=0.12, slack=15.0, working=False)
SEEN_THERE = Promise(7, late=0.25, never=0.08, slack=8.0, working=False)
MOVED_ON = Promise(2, late=0.4, never=0.1, slack=5.0)
IN_DETENTION = Promise(10, late=0.3, never=0.15, slack=8.0)
BED_AND_BREAKFAST, BACK_TO_STUDY, DETAINED, MOVES_A_YEAR = 0.06, 0.12, 0.05, 0.35
CONTACT_EVERY, REVIEW_EVERY, VISIT_EVERY = 56, 180, 58


@dataclass(frozen=True)
class Happened:
    """Whose and when, in order of both: contacts, reviews of the pathway plan, new homes, detentions."""

    contacts: tuple[Ints, Ints]
    reviews: tuple[Ints, Ints]
    homes: tuple[Ints, Ints]
    detained: tuple[Ints, Ints]


def leaving_steps(life: Life, who: Leavers, steps: Steps) -> Happened:
    """Every step of every care leaver."""
    many = len(who.child)
    rng = life.chance.stream("leaving steps")
    stop = np.minimum(who.until, life.horizon)
    ids = words.numbered("CL", np.arange(many) + life.chance.block * BLOCK, 9)
    about = About(who.child, "care_leavers", ids, stop, np.ones(many))
    young = np.flatnonzero(who.since < days.birthday(life.families.birth[who.child], 18))
    steps.on("relevant child", who.since[young], about.of(young))
    steps.follow("needs assessment", who.since[young], ASSESSED, about.of(young), by_whom="personal adviser")
    study = np.flatnonzero((rng.random(many) < BACK_TO_STUDY) & (stop - who.since > 200))
    again = who.since[study] + (rng.random(len(study)) * (stop - who.since - 100)[study]).astype(np.int64)
    steps.on("return to education", again, about.of(study))
    steps.follow("needs assessment", again, ASSESSED, about.of(study), by_whom="personal adviser")
    homes = _homes(life, who, stop, steps, about)
    contacts = _regular(life, "contacts with care leavers", who.since, stop, CONTACT_EVERY)
    steps.on("adviser contact", contacts[1], about.of(contacts[0]), by_whom="personal adviser")
    reviews = _reviews(life, who, stop, homes, steps, about)
    held = np.flatnonzero((rng.random(many) < DETAINED) & (stop - who.since > 60))
    since = who.since[held] + (rng.random(len(held)) * (stop - who.since - 40)[held]).astype(np.int64)
    steps.on("detained", since, about.of(held), by_whom="youth justice")
    return Happened(contacts, reviews, homes, (held, since))


def _homes(life: Life, who: Leavers, stop: Ints, steps: Steps, about: About) -> tuple[Ints, Ints]:
    """Somewhere to live on leaving, and later moves; for a few, bed and breakfast for a night or for too long."""
    rng = life.chance.stream("homes of care leavers")
    length = np.maximum(stop - who.since, 0)
    moved = np.repeat(np.arange(len(stop)), rng.poisson(length / days.YEAR * MOVES_A_YEAR))
    later = who.since[moved] + (rng.random(len(moved)) * length[moved]).astype(np.int64)
    there = np.flatnonzero(who.since < stop)
    whose, when = np.concatenate([there, moved]), np.concatenate([who.since[there], later])
    order = np.lexsort((when, whose))
    whose, when = whose[order], when[order]
    steps.on("accommodation provided", when, about.of(whose), by_whom="leaving care team")
    over = np.append(when[1:], 0)
    moved_on = np.append(whose[1:], -1) == whose
    steps.on("accommodation ended", over[moved_on] - 1, about.of(whose[moved_on]), by_whom="leaving care team")
    stuck = np.flatnonzero(rng.random(len(whose)) < BED_AND_BREAKFAST)
    steps.on("bed and breakfast", when[stuck], about.of(whose[stuck]), by_whom="housing")
    steps.follow("bed and breakfast ended", when[stuck], MOVED_ON, about.of(whose[stuck]), by_whom="housing")
    return whose, when


def _regular(life: Life, name: str, since: Ints, stop: Ints, every: int) -> tuple[Ints, Ints]:
    """Something that should come every so many days, and drifts, and is missed now and then."""
    rng = life.chance.stream(name)
    whose, due = repeated(since, stop, (every,), life.first)
    when = days.on_a_working_day(due + rng.integers(-14, 20, len(due)))
    kept = (when < stop[whose]) & (when > since[whose]) & (rng.random(len(due)) < 0.9)
    whose, when = whose[kept], when[kept]
    order = np.lexsort((when, whose))
    return whose[order], when[order]


def _reviews(
    life: Life, who: Leavers, stop: Ints, homes: tuple[Ints, Ints], steps: Steps, about: About
) -> tuple[Ints, Ints]:
    """The pathway plan is reviewed about twice a year, and after the first 28 days in a new home."""
    whose, when = _regular(life, "pathway plan reviews", who.since, stop, REVIEW_EVERY)
    housed, since = homes
    soon, done = follow(life.chance, "reviews after 28 days", since, AFTER_28)
    done &= (soon >= since + 14) & (soon < stop[housed])
    whose, when = np.concatenate([whose, housed[done]]), np.concatenate([when, soon[done]])
    order = np.lexsort((when, whose))
    whose, when = whose[order], when[order]
    steps.on("pathway plan review", when, about.of(whose), by_whom="personal adviser")
    return whose, when


def leaving_visits(life: Life, who: Leavers, made: Advised, happened: Happened) -> list[Kept]:
    """The advisers' visits: within a week of a new home, then every two months; and to those in detention."""
    housed, since = happened.homes
    soon, done = follow(life.chance, "visits to new homes", since, SEEN_THERE)
    whose, when = _regular(life, "visits to care leavers", who.since, np.minimum(who.until, life.horizon), VISIT_EVERY)
    kept = done & (soon < np.minimum(who.until, life.horizon)[housed])
    usual = _visits(life, made, (np.concatenate([whose, housed[kept]]), np.concatenate([when, soon[kept]])))
    held, day = happened.detained
    inside, went = follow(life.chance, "visits in detention", day, IN_DETENTION)
    went &= inside < life.horizon
    detained = _visits(life, made, (held[went], inside[went]))
    return [
        other_visits(life, usual, who.stay[usual.of], "care leaver", "VC"),
        other_visits(life, detained, who.stay[detained.of], "detained", "VD"),
    ]


def _visits(life: Life, made: Advised, dated: tuple[Ints, Ints]) -> Calls:
    """Visits on some days by the adviser of that day; none where there was none, or the adviser was away."""
    whose, day = dated
    rng = life.chance.stream(f"visits by advisers {len(whose)}")
    order = np.lexsort((day, whose))
    whose, day = whose[order], day[order]
    worker = made.on(whose, day)
    gone = (worker == NOBODY) | absence.away(life.away, np.maximum(worker, 0), day)
    whose, day, worker = whose[~gone], day[~gone], worker[~gone]
    draw = rng.random(len(whose))
    outcome = np.select([draw < 0.06, draw < 0.13], [visits.CANCELLED, visits.NO_ACCESS], visits.SEEN)
    by = np.where(outcome == visits.CANCELLED, visits.FAMILY, visits.NO_ONE_SAID)
    why = np.select(
        [outcome == visits.CANCELLED, outcome == visits.NO_ACCESS], [visits.ASKED, visits.NOBODY_HOME], visits.NONE
    )
    return Calls(whose, day, worker, outcome, by, why)
