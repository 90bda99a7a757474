"""When workers are away: many short spells and a few long ones, as much in all as was published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from keyworker.county import days, published
from keyworker.county.chance import Chance, Ints
from keyworker.county.posts import ADVISER, PRACTITIONER, Workforce

SICK, PARENTAL, OTHER, TRAINING = range(4)
REASONS = ("sick leave", "maternity or paternity leave", "other paid authorised absence", "training")
LONG = 28


@dataclass(frozen=True)
class Absences:
    """Spells away, in order of worker and first day. `end` is exclusive."""

    worker: Ints
    start: Ints
    end: Ints
    reason: Ints
    lost: np.ndarray  # working days


def absences(people: Workforce, chance: Chance, first: int, horizon: int) -> Absences:
    """Who is away when."""
    rng = chance.stream("absence")
    parts: list[tuple[Ints, Ints, Ints]] = []
    begins = np.array([one.first for one in people.spells], dtype=np.int64)
    ends = np.minimum(np.array([one.to for one in people.spells], dtype=np.int64), horizon)
    fte = np.array([one.fte for one in people.spells])
    counted = np.array([not one.agency and one.kind not in (PRACTITIONER, ADVISER) for one in people.spells])
    for year in range(days.day(first).year, days.day(horizon).year + 2):
        low, high = days.number(date(year - 1, 10, 1)), days.number(date(year, 10, 1))
        low, high = max(low, first), min(high, horizon)
        if low < high:
            parts.append(_a_year(rng, (np.maximum(begins, low), np.minimum(ends, high), fte), counted, year))
    worker, start, length = (np.concatenate([part[n] for part in parts]) for n in range(3))
    reason = np.where(length > 150, PARENTAL, SICK)
    worker, start, end, reason = _apart(worker, start, np.minimum(start + length, ends[worker]), reason, rng)
    lost = np.maximum(days.working_days_between(start - 1, np.minimum(end, horizon) - 1), 1) * fte[worker]
    end = np.where((end >= horizon), days.STILL_OPEN, end)
    return Absences(worker, start, end, reason, np.where(reason == PARENTAL, 0.0, lost))


def _a_year(
    rng: np.random.Generator, there: tuple[Ints, Ints, np.ndarray], counted: np.ndarray, year: int
) -> tuple[Ints, Ints, Ints]:
    begins, ends, fte = there
    served = np.maximum(ends - begins, 0)
    rate = published.figure("workforce.absence_percent", year) / 100
    wanted = float((served * 5 / 7 * fte)[counted].sum()) * rate
    present = np.flatnonzero(served > 10)
    if not len(present):
        return (np.zeros(0, dtype=np.int64),) * 3
    many = int(wanted / 3) + 8
    worker = rng.choice(present, many, p=served[present] / served[present].sum())
    start = begins[worker] + (rng.random(many) * served[worker]).astype(np.int64)
    length = np.maximum(1, np.rint(np.exp(rng.normal(1.1, 1.25, many))).astype(np.int64))
    length = np.minimum(length, np.minimum(ends[worker] - start, 140))
    lost = np.where(counted[worker], length * 5 / 7 * fte[worker], 0.0)
    kept = max(int(np.searchsorted(np.cumsum(lost), wanted)), 1)
    parental = rng.choice(present, rng.binomial(len(present), 0.025), replace=False)
    leave = begins[parental] + (rng.random(len(parental)) * served[parental]).astype(np.int64)
    worker = np.concatenate([worker[:kept], parental])
    start = np.concatenate([start[:kept], leave])
    return worker, start, np.concatenate([np.maximum(length[:kept], 1), rng.integers(180, 365, len(parental))])


def _apart(
    worker: Ints, start: Ints, end: Ints, reason: Ints, rng: np.random.Generator
) -> tuple[Ints, Ints, Ints, Ints]:
    order = np.lexsort((start, worker))
    worker, start, end, reason = worker[order], start[order], end[order], reason[order]
    other = rng.random(len(worker)) < 0.06
    reason = np.where(other & (end - start < 15), OTHER, reason)
    keep = np.ones(len(worker), dtype=bool)
    furthest, last = -1, -1
    for n in range(len(worker)):
        if worker[n] != last:
            last, furthest = worker[n], -1
        keep[n] = start[n] > furthest and end[n] > start[n]
        if keep[n]:
            furthest = int(end[n])
    return worker[keep], start[keep], end[keep], reason[keep]


def away(found: Absences, worker: Ints, day: Ints) -> np.ndarray:
    """Whether each worker is away on each day."""
    key = found.worker * (2**20) + found.start
    position = np.searchsorted(key, worker * (2**20) + day, side="right") - 1
    position = np.maximum(position, 0)
    if not len(found.worker):
        return np.zeros(len(worker), dtype=bool)
    return (found.worker[position] == worker) & (found.start[position] <= day) & (day < found.end[position])
