"""The health and wellbeing of looked after children, as a case system holds it: late, as nurses keep it elsewhere."""

from __future__ import annotations

import numpy as np
import polars as pl

from keyworker.county import days, lags, words
from keyworker.county.chance import Ints
from keyworker.county.followed import repeated
from keyworker.county.kept import Kept, typed
from keyworker.county.life import Life
from keyworker.county.people_rows import BLOCK, child_ids

HEALTH, DENTAL = "Health assessment", "Dental check"
STATUSES = ("Completed", "Refused", "Planned")
LONG_AGO = 0
"""What was done for a child in care before the county's time came with the child's record."""
UNDER_FIVE_GAP, GAP = 175, 355
SUBSTANCES = ("cannabis", "alcohol", "vapes")
OFFENCES = ("Made-up offence of theft", "Made-up offence of damage", "Made-up offence of assault")


def health(life: Life) -> list[Kept]:
    """Health assessments, dental checks, immunisations, questionnaires, substances and offences."""
    return [_checks(life), _immunisations(life), _scores(life), _substances(life), _offences(life)]


def _child(life: Life, care: Ints) -> Ints:
    return life.stays.child[life.care.stay[care]]


def _checks(life: Life) -> Kept:
    care, when = _assessed(life)
    dental, day = _dental(life)
    rng = life.chance.stream("health checks")
    kind = np.repeat([0, 1], [len(care), len(dental)])
    care, when = np.concatenate([care, dental]), np.concatenate([when, day])
    status = np.where(rng.random(len(care)) < 0.05, 1, 0)
    frame = typed(
        "cla_health",
        {
            "health_check_id": words.numbered("HC", np.arange(len(care)) + life.chance.block * BLOCK, 9),
            "child_id": child_ids(life, _child(life, care)),
            "type": words.pick((HEALTH, DENTAL), kind),
            "happened_on": words.dates(when),
            "status": words.pick(STATUSES, status),
        },
        len(care),
    )
    return Kept("cla_health", frame, lags.entered(life.chance, "health checks", when, lags.SLOW))


def _assessed(life: Life) -> tuple[Ints, Ints]:
    """The first assessment within 20 working days for about two in three; then twice a year under five, once after."""
    rng = life.chance.stream("health assessments")
    stop = np.minimum(life.care.end, life.horizon)
    five = days.birthday(life.families.birth[_child(life, np.arange(len(stop)))], 5)
    live = np.arange(len(stop))
    parts: list[tuple[Ints, Ints]] = []
    day, due = life.care.start, days.add_working_days(life.care.start, 20)
    while len(live):
        late = rng.random(len(live)) < (0.34 if not parts else 0.2)
        when = due - rng.integers(0, 12, len(live)) + np.where(late, 13 + rng.exponential(30, len(live)), 0)
        day = np.maximum(days.on_a_working_day(when.astype(np.int64)), day + 1)
        held = day < stop[live]
        live, day = live[held], day[held]
        parts.append((live, day))
        due = day + np.where(day < five[live], UNDER_FIVE_GAP, GAP)
    empty = np.zeros(0, dtype=np.int64)
    return (
        np.concatenate([empty, *(part[0] for part in parts)]),
        np.concatenate([empty, *(part[1] for part in parts)]),
    )


def _dental(life: Life) -> tuple[Ints, Ints]:
    rng = life.chance.stream("dental checks")
    care, due = repeated(life.care.start, np.minimum(life.care.end, life.horizon), (70, 320), LONG_AGO)
    when = days.on_a_working_day(due + rng.integers(-25, 90, len(care)))
    kept = (when < np.minimum(life.care.end, life.horizon)[care]) & (when >= life.care.start[care])
    kept &= rng.random(len(care)) > 0.12
    return care[kept], when[kept]


def _immunisations(life: Life) -> Kept:
    rng = life.chance.stream("immunisations")
    care, when = repeated(life.care.start, np.minimum(life.care.end, life.horizon), (60, 365), LONG_AGO)
    child = _child(life, care)
    _, only = np.unique(child * 2**20 + when, return_index=True)
    child, when = child[only], when[only]
    frame = typed(
        "cla_immunisations",
        {
            "child_id": child_ids(life, child),
            "status": words.flags(rng.random(len(child)) < 0.87),
            "happened_on": words.dates(when),
        },
        len(child),
    )
    return Kept("cla_immunisations", frame, lags.entered(life.chance, "immunisations", when, lags.SLOW))


def _scores(life: Life) -> Kept:
    """A questionnaire a year from the age of four; one in eight comes late, and a few have a reason for having none."""
    rng = life.chance.stream("scores")
    stop = np.minimum(life.care.end, life.horizon)
    care, due = repeated(life.care.start, stop, (370, 350), LONG_AGO)
    due = due + np.where(
        rng.random(len(care)) < 0.125, rng.integers(20, 120, len(care)), rng.integers(-10, 10, len(care))
    )
    age = (due - life.families.birth[_child(life, care)]) / days.YEAR
    kept = (age >= 4) & (age < 17) & (due < stop[care])
    care, due = care[kept], due[kept]
    score = np.clip(rng.normal(14, 6.5, len(care)), 0, 40).astype(np.int64)
    refused = rng.random(len(care)) < 0.04
    frame = typed(
        "sdq_scores",
        {
            "sdq_score_id": words.numbered("SQ", np.arange(len(care)) + life.chance.block * BLOCK, 9),
            "child_id": child_ids(life, _child(life, care)),
            "happened_on": words.dates(due),
            "score": words.where(~refused, pl.Series(score).cast(pl.String)),
            "reason": words.where(refused, words.pick(("SDQ2", "SDQ5"), rng.integers(0, 2, len(care)))),
        },
        len(care),
    )
    return Kept("sdq_scores", frame, lags.entered(life.chance, "scores", due, lags.SLOW))


def _some(life: Life, name: str, years_old: int, a_year: float) -> tuple[Ints, Ints]:
    """Things that befall a few looked after children of an age: whose care, and when."""
    rng = life.chance.stream(name)
    low = np.maximum(
        life.care.start, days.birthday(life.families.birth[_child(life, np.arange(len(life.care.start)))], years_old)
    )
    low = np.maximum(low, life.first)
    length = np.maximum(np.minimum(life.care.end, life.horizon) - low, 0)
    care = np.repeat(np.arange(len(low)), rng.poisson(length / days.YEAR * a_year))
    return care, low[care] + (rng.random(len(care)) * length[care]).astype(np.int64)


def _substances(life: Life) -> Kept:
    care, when = _some(life, "substances", 12, 0.05)
    rng = life.chance.stream("which substances")
    frame = typed(
        "cla_substance_misuse",
        {
            "substance_misuse_id": words.numbered("SM", np.arange(len(care)) + life.chance.block * BLOCK, 9),
            "child_id": child_ids(life, _child(life, care)),
            "happened_on": words.dates(when),
            "substance_misused": words.pick(SUBSTANCES, rng.integers(0, 3, len(care))),
            "intervention_received": words.flags(rng.random(len(care)) < 0.6),
        },
        len(care),
    )
    return Kept("cla_substance_misuse", frame, lags.entered(life.chance, "substances", when, lags.SLOW))


def _offences(life: Life) -> Kept:
    care, when = _some(life, "offences", 10, 0.03)
    frame = typed(
        "cla_convictions",
        {
            "conviction_id": words.numbered("CO", np.arange(len(care)) + life.chance.block * BLOCK, 9),
            "child_id": child_ids(life, _child(life, care)),
            "happened_on": words.dates(when),
            "offence": words.pick(OFFENCES, when % 3),
        },
        len(care),
    )
    return Kept("cla_convictions", frame, lags.entered(life.chance, "offences", when, lags.SLOW))
