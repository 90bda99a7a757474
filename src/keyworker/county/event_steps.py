"""What happens to children and belongs on the record: critical, significant and other events, serious incidents."""

from __future__ import annotations

import numpy as np
import polars as pl

from keyworker.county import days, lags, words
from keyworker.county.chance import Chance, Ints, whole
from keyworker.county.followed import Promise, follow
from keyworker.county.lags import DAY
from keyworker.county.life import Life
from keyworker.county.need import IN_NEED
from keyworker.county.steps import Steps

SIGNIFICANT = ("new adult in the home", "excluded from school", "parent arrested", "family moved", "parent in hospital")
OTHER = ("telephone call", "letter from school", "message from the family", "meeting of professionals")
CRITICAL = ("came into care", "injury", "went missing", "arrested")
CARE, INJURY, MISSING, ARREST = range(4)
SIGNIFICANT_A_YEAR, OTHER_A_YEAR = 0.55, 0.9
INJURIES, ARRESTS_A_YEAR = 0.05, 0.03
SERIOUS_A_YEAR, ALLEGATIONS_A_YEAR = 6.0, 260.0
"""Serious incidents and allegations a year in a county of the real one's size: plausible, and held to nothing."""

NOTICE = Promise(5, late=0.2, never=0.03, slack=6.0)
REVIEW = Promise(15, late=0.4, never=0.05, slack=15.0)
PUBLISHED = Promise(182, late=0.5, never=0.1, slack=60.0, working=False)
TOLD = Promise(1, late=0.2, never=0.04, slack=3.0)
REVIEWED_LOCALLY = 0.4


def events(life: Life, steps: Steps) -> None:
    """Every event, each with the time it took to be typed in."""
    _critical(life, steps)
    _of_open_children(life, steps, "significant event", SIGNIFICANT, SIGNIFICANT_A_YEAR)
    _of_open_children(life, steps, "other event", OTHER, OTHER_A_YEAR)
    _serious(life, steps)
    _allegations(life, steps)


def typed_within_hours(chance: Chance, name: str, happened: Ints, late: float) -> Ints:
    """When something urgent was typed in: within a day for most, days later for some. In seconds, as it happened."""
    rng = chance.stream(f"typed within hours {name}")
    hours = np.exp(rng.normal(np.log(7.0), 0.6, len(happened)))
    slow = rng.random(len(happened)) < late
    hours = np.where(slow, 25 + rng.exponential(50, len(happened)), np.minimum(hours, 23.5))
    return happened + (hours * 3600).astype(np.int64)


def _critical(life: Life, steps: Steps) -> None:
    """Coming into care, injuries and arrests; that a child went missing stands in a table of its own."""
    rng = life.chance.stream("critical events")
    care = np.flatnonzero(life.care.start >= life.first)
    asked = np.flatnonzero(rng.random(len(life.enquiries.spell)) < INJURIES)
    row, hurt = life.children_of(life.enquiries.spell[asked])
    held, when = while_open(life, "arrests", ARRESTS_A_YEAR)
    of_age = when >= days.birthday(life.families.birth[life.stays.child[held]], 10)
    held, when = held[of_age], when[of_age]
    stay = np.concatenate([life.care.stay[care], hurt, held])
    day = np.concatenate([life.care.start[care], life.enquiries.start[asked][row], when])
    what = np.repeat([CARE, INJURY, ARREST], [len(care), len(hurt), len(held)])
    time = rng.integers(8 * 60, 22 * 60, len(stay)) * 60
    late = typed_within_hours(life.chance, "critical events", day * DAY + time, 0.25)
    steps.add(
        "critical event", day, child=life.stays.child[stay], time=time, outcome=words.pick(CRITICAL, what), entered=late
    )


def while_open(life: Life, name: str, a_year: float) -> tuple[Ints, Ints]:
    """Days spread over the time in which children are open, so many a year for each. Gives the stay and the day."""
    rng = life.chance.stream(name)
    stays = life.stays
    begin = np.maximum(np.maximum(stays.start, life.first), life.families.birth[stays.child])
    length = np.maximum(np.minimum(stays.end, life.horizon) - begin, 0)
    length = np.where(life.spells.kind[stays.spell] == IN_NEED, length, 0)
    stay = np.repeat(np.arange(len(length)), rng.poisson(length / days.YEAR * a_year))
    return stay, begin[stay] + (rng.random(len(stay)) * length[stay]).astype(np.int64)


def _of_open_children(life: Life, steps: Steps, kind: str, said: tuple[str, ...], a_year: float) -> None:
    stay, day = while_open(life, kind, a_year)
    what = life.chance.stream(f"what {kind}").integers(0, len(said), len(stay))
    steps.add(kind, day, child=life.stays.child[stay], outcome=words.pick(said, what), habit=lags.USUAL)


def _serious(life: Life, steps: Steps) -> None:
    """A child seriously harmed: notice to the national panel, a rapid review, and for some a local review."""
    rng = life.chance.stream("serious incidents")
    stay, day = while_open(life, "seriously harmed", 0.3)
    years = (life.horizon - life.first) / days.YEAR
    many = min(max(whole(SERIOUS_A_YEAR * life.scale * years, rng), 0), len(stay))
    which = np.sort(rng.choice(len(stay), many, replace=False))
    child, day = life.stays.child[stay[which]], day[which]
    steps.add("serious incident", day, child=child, by_whom="head of service", habit=lags.AT_ONCE)
    _then(life, steps, "serious incident notice", day, NOTICE, child, "head of service")
    reviewed, done = _then(life, steps, "rapid review", day, REVIEW, child, "safeguarding partnership")
    chosen = np.flatnonzero(done & (rng.random(len(child)) < REVIEWED_LOCALLY))
    steps.add(
        "practice review decision", reviewed[chosen], child=child[chosen], by_whom="safeguarding partnership",
        habit=lags.PROMPT,
    )  # fmt: skip
    _then(
        life, steps, "practice review published", reviewed[chosen], PUBLISHED, child[chosen], "safeguarding partnership"
    )


def _then(
    life: Life, steps: Steps, kind: str, start: Ints, promise: Promise, child: Ints, by_whom: str
) -> tuple[Ints, np.ndarray]:
    when, done = follow(life.chance, kind, start, promise)
    done &= when < life.horizon
    steps.add(kind, when[done], child=child[done], by_whom=by_whom, habit=lags.PROMPT)
    return when, done


def _allegations(life: Life, steps: Steps) -> None:
    """Allegations against people who work with children: about no child of the county, and nobody is named."""
    rng = life.chance.stream("allegations")
    years = (life.horizon - life.first) / days.YEAR
    many = whole(ALLEGATIONS_A_YEAR * life.scale * years, rng)
    day = days.on_a_working_day(life.first + 3 + (rng.random(many) * (life.horizon - life.first - 3)).astype(np.int64))
    what = words.pick(("school", "foster care", "health", "sport", "faith group"), rng.integers(0, 5, many))
    number = words.numbered("LA", np.arange(many) + life.chance.block * 1_000_000, 8)
    steps.add("allegation", day, belongs_to="allegation", belongs_to_id=number, outcome=what, habit=lags.PROMPT)
    when, told = follow(life.chance, "designated officer told", day, TOLD)
    told &= when < life.horizon
    steps.add(
        "designated officer told", when[told], belongs_to="allegation", belongs_to_id=number.filter(pl.Series(told)),
        by_whom="employer", habit=lags.PROMPT,
    )  # fmt: skip
