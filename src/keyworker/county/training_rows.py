"""What workers need to learn, which sessions they were offered, whether they came, and why not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from keyworker.county import absence, days, lags, words
from keyworker.county.chance import Ints, begins_run
from keyworker.county.kept import Edit, Kept, typed
from keyworker.county.life import Life
from keyworker.county.posts import ADVISER, HOLDER, PRACTITIONER
from keyworker.county.staff_rows import stretches
from keyworker.county.worker_rows import worker_ids

SUBJECTS = (
    "recording and chronologies", "visits and seeing children alone", "timescales and how they are counted",
    "domestic abuse", "neglect", "direct work with children", "court work", "supervising others",
    "family safeguarding",
)  # fmt: skip
ASKED_BY = ("worker", "supervisor", "audit", "yearly appraisal")
FORMATS = ("in person", "online", "shadowing")
REASONS = ("no cover for visits", "called to court", "on duty", "away", "no longer wanted")
AWAY = 3
NEEDS_A_YEAR, OFFERED, BEYOND_NEED = 1.1, 0.82, 0.5
MONTH = 30


@dataclass(frozen=True)
class Needs:
    """Things to be learnt: by whom, what, agreed when, wanted when."""

    worker: Ints
    subject: Ints
    agreed: Ints
    wanted: Ints


def training(life: Life) -> list[Kept]:
    """Needs, and sessions: fewer come from teams that are pressed."""
    needs = _needs(life)
    return [_need_rows(life, needs), _sessions(life, needs)]


def need_ids(life: Life, numbers: Ints) -> pl.Series:
    """The identifiers of training needs by number."""
    return words.numbered("TN", numbers + life.chance.block * 1_000_000, 8)


def _needs(life: Life) -> Needs:
    rng = life.chance.stream("training needs")
    made = stretches(life)
    kinds = np.array([life.people.spells[n].kind for n in made.worker], dtype=np.int64)
    start = np.maximum(made.start, life.first)
    length = np.maximum(np.minimum(made.end, life.horizon) - start, 0)
    often = np.where(np.isin(kinds, (HOLDER, PRACTITIONER, ADVISER)), NEEDS_A_YEAR, NEEDS_A_YEAR * 0.6)
    of = np.repeat(np.arange(len(length)), rng.poisson(length / days.YEAR * often))
    agreed = days.on_a_working_day(start[of] + (rng.random(len(of)) * length[of]).astype(np.int64))
    agreed = np.maximum(agreed, start[of])
    subject = rng.integers(0, len(SUBJECTS), len(of))
    order = np.lexsort((agreed, subject, made.worker[of]))
    worker, subject, agreed = made.worker[of][order], subject[order], agreed[order]
    once = begins_run(worker, subject)  # a need is agreed once for each worker and subject
    wanted = agreed + rng.choice([60, 90, 180], len(agreed))
    return Needs(worker[once], subject[once], agreed[once], wanted[once])


def _need_rows(life: Life, needs: Needs) -> Kept:
    rng = life.chance.stream("who asked for training")
    many = len(needs.worker)
    frame = typed(
        "training_need",
        {
            "need_id": need_ids(life, np.arange(many)),
            "worker_id": worker_ids(life, needs.worker),
            "happened_on": words.dates(needs.agreed),
            "subject": words.pick(SUBJECTS, needs.subject),
            "wanted_by_on": words.dates(needs.wanted),
            "asked_by": words.pick(ASKED_BY, rng.choice(4, many, p=[0.3, 0.4, 0.1, 0.2])),
        },
        many,
    )
    return Kept("training_need", frame, lags.entered(life.chance, "training needs", needs.agreed, lags.SLOW), says=True)


def _sessions(life: Life, needs: Needs) -> Kept:
    """A session for each subject about once in two months; those who need it are offered one, and some who do not."""
    rng = life.chance.stream("training sessions")
    met = np.flatnonzero(rng.random(len(needs.worker)) < OFFERED)
    soonest = needs.agreed[met] + rng.integers(10, 130, len(met))
    more = rng.integers(0, max(len(needs.worker), 1), int(len(needs.worker) * BEYOND_NEED))
    more = more if len(needs.worker) else np.zeros(0, dtype=np.int64)
    other = rng.integers(0, len(SUBJECTS), len(more))
    worker = np.concatenate([needs.worker[met], needs.worker[more]])
    subject = np.concatenate([needs.subject[met], other])
    since = np.concatenate([soonest, needs.agreed[more] + rng.integers(10, 60, len(more))])
    need = np.concatenate([met, np.full(len(more), -1)])
    turn = (since - life.first) // (2 * MONTH) + 1
    day = days.on_a_working_day(life.first + turn * 2 * MONTH + subject * 6)
    to = np.array([one.to for one in life.people.spells], dtype=np.int64)[worker]
    kept = (day < np.minimum(to, life.horizon)) & (day >= since)
    worker, subject, turn, day, need = worker[kept], subject[kept], turn[kept], day[kept], need[kept]
    order = np.lexsort((-need, worker, subject, turn))
    order = order[begins_run(turn[order], subject[order], worker[order])]
    return _session_rows(life, worker[order], (subject[order], turn[order], day[order]), need[order])


def _session_rows(life: Life, worker: Ints, session: tuple[Ints, Ints, Ints], need: Ints) -> Kept:
    rng = life.chance.stream("who came to training")
    subject, turn, day = session
    many = len(worker)
    gone = absence.away(life.away, worker, day)
    came = ~gone & (rng.random(many) < 0.79)
    why = np.where(gone, AWAY, rng.choice([0, 1, 2, 4], many, p=[0.45, 0.2, 0.25, 0.1]))
    applied = day + rng.integers(20, 120, many)
    seen = came & (rng.random(many) < 0.4) & (applied < life.horizon)
    frame = typed(
        "training_session",
        {
            "session_id": words.numbered("TS", turn * 100 + subject + life.chance.block * 1_000_000, 8),
            "worker_id": worker_ids(life, worker),
            "need_id": words.where(need >= 0, need_ids(life, np.maximum(need, 0))),
            "happened_on": words.dates(day),
            "subject": words.pick(SUBJECTS, subject),
            "format": words.pick(FORMATS, (turn + subject) % len(FORMATS)),
            "attended": words.flags(came),
            "reason_not": words.where(~came, words.pick(REASONS, why)),
            "applied_on": words.where(seen, words.dates(applied)),
        },
        many,
    )
    rows = np.flatnonzero(seen)
    until = lags.entered(life.chance, "training applied", applied[rows], lags.SLOW)
    unseen = pl.Series([None], dtype=pl.Date).new_from_index(0, len(rows))
    known = lags.entered(life.chance, "training sessions", day, lags.USUAL)
    edits = [Edit("applied_on", rows, unseen, np.maximum(until, known[rows] + 60))]
    return Kept("training_session", frame, known, says=True, edits=edits)
