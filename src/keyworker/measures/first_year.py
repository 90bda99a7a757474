"""What the service promises a newly qualified worker in their first year, and whether each promise is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from keyworker.clocks.reading import Reading
from keyworker.clocks.readings import State
from keyworker.facts.first_year import (
    ALL,
    FIRST_YEAR,
    FULL_LOAD,
    PROTECTED_LOAD,
    PROTECTED_TIME,
    InFirstYear,
    PromiseSet,
)
from keyworker.facts.pictures import WorkerRow
from keyworker.measures.over_time import DAY, Level

SUPERVISION = ("sup-nqsw-weekly", "sup-nqsw-fortnightly", "sup-nqsw-monthly")
REVIEWS = ("asye-review-3m", "asye-review-6m", "asye-review-9m", "asye-review-12m")
WORKLOAD = "asye-reduced-caseload-90pct"
RULES = (*SUPERVISION, *REVIEWS, WORKLOAD)
Settings = Mapping[tuple[str, str], PromiseSet]


class What(StrEnum):
    """The kinds of promise."""

    LOAD = "protected load"
    SUPERVISION = "supervision"
    TIME = "protected time"
    REVIEW = "review"


class Kept(StrEnum):
    """How a promise stands."""

    KEPT = "kept"
    LATE = "kept late"
    NOT_KEPT = "not kept"
    TO_COME = "to come"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise to one worker.

    Takes   title, what is promised; since, the day from which it has stood so, None where that is not known; due_on,
            the next day by which something is promised; why, how it stands so; source, where it is promised; rule, the
            timescale by its name, empty where a setting alone promises it.
    """

    what: What
    title: str
    kept: Kept
    since: date | None
    due_on: date | None
    why: str
    source: str
    rule: str = ""


@dataclass(frozen=True)
class FirstYear:
    """One worker's first year: the worker, its days, and every promise in it."""

    row: WorkerRow
    year: InFirstYear
    promises: tuple[Promise, ...]

    @property
    def not_kept(self) -> int:
        """How many promises are not kept."""
        return sum(one.kept is Kept.NOT_KEPT for one in self.promises)


def first_year(
    row: WorkerRow,
    year: InFirstYear,
    settings: Settings,
    readings: Iterable[Reading],
    at: date,
    held: Level | None = None,
) -> FirstYear:
    """One worker's promises at a day.

    Takes   readings, of the rules of a first year for this worker; held, the children they held from day to day, by
            which it is known since when; None where that is not asked.
    """
    by_rule: dict[str, list[Reading]] = defaultdict(list)
    for one in readings:
        by_rule[one.rule].append(one)
    supervised = (_supervised(by_rule[rule]) for rule in SUPERVISION)
    reviewed = (_reviewed(by_rule[rule]) for rule in REVIEWS)
    promises = [_load(row, year, settings, at, held), *supervised, _time(settings, by_rule[WORKLOAD]), *reviewed]
    return FirstYear(row, year, tuple(filter(None, promises)))


def protected_load(row: WorkerRow, settings: Settings) -> tuple[float | None, str]:
    """How many children are promised at most, and where: a share of the team's full load, else what was agreed."""
    kind = row.team.team_type if row.team else ""
    full = settings.get((FULL_LOAD, kind)) or settings.get((FULL_LOAD, ALL))
    share = settings.get((PROTECTED_LOAD, FIRST_YEAR))
    if full and share and share.unit in ("percent", "%"):
        return round(full.number * share.number / 100, 2), _written(share)
    return row.agreed_capacity, "the number agreed with the worker"


def _load(row: WorkerRow, year: InFirstYear, settings: Settings, at: date, held: Level | None) -> Promise:
    most, source = protected_load(row, settings)
    if most is None:
        why = "Neither a full load and a share of it are set, nor is a number agreed."
        return Promise(What.LOAD, "A protected load", Kept.CANNOT_TELL, None, None, why, "", WORKLOAD)
    title = f"At most {most:g} children"
    is_kept = row.children <= most
    since = _since(held, most, year.from_on, at, is_kept=is_kept) if held else None
    why = f"{row.children} held on the day."
    return Promise(What.LOAD, title, Kept.KEPT if is_kept else Kept.NOT_KEPT, since, None, why, source, WORKLOAD)


def _since(held: Level, most: float, from_on: date, at: date, *, is_kept: bool) -> date:
    """The first day of the stretch, up to the day, on which the load has been within the promise, or above it."""
    since = from_on
    for began, _, number in held.runs(from_on, at + DAY):
        if ((number or 0) <= most) is not is_kept:
            since = at + DAY
        elif since > at:
            since = began
    return min(since, at)


def _time(settings: Settings, found: Sequence[Reading]) -> Promise | None:
    """Time of the week that is kept free. No record shows hours that were kept: the year's finding does, once made."""
    share = settings.get((PROTECTED_TIME, FIRST_YEAR))
    if share is None or share.unit not in ("percent", "%"):
        return None
    title = f"{share.number:g}% of contracted hours free of children’s work"
    met = next((one.met_on for one in found if one.met_on), None)
    if met:
        return Promise(What.TIME, title, Kept.KEPT, met, None, "It was found kept.", _written(share), WORKLOAD)
    due = next((one.due_on for one in found if one.state is State.RUNNING), None)
    why = "Hours kept free are recorded nowhere; the finding at the end of the year says whether they were."
    return Promise(What.TIME, title, Kept.CANNOT_TELL, None, due, why, _written(share), WORKLOAD)


def _supervised(found: Sequence[Reading]) -> Promise | None:
    """A promise that comes again and again: by what is open now. None before and after its part of the year."""
    ordered = sorted((one for one in found if one.due_on), key=lambda one: (one.due_on or date.min, one.state))
    now = next((one for one in reversed(ordered) if one.state in (State.OVERDUE, State.RUNNING)), None)
    if now is None or now.due_on is None:
        return None
    if now.state is State.OVERDUE:
        return _of(What.SUPERVISION, now, Kept.NOT_KEPT, now.due_on + DAY)
    since = now.started_on
    for one in reversed(ordered):
        if one.state is State.MET_IN_TIME:
            since = one.started_on
        elif one is not now:
            break
    return _of(What.SUPERVISION, now, Kept.KEPT, since)


def _reviewed(found: Sequence[Reading]) -> Promise | None:
    """A promise that is kept once."""
    one = next((one for one in found if one.state not in (State.STOPPED, State.NOT_APPLICABLE)), None)
    if one is None:
        return None
    match one.state:
        case State.MET_IN_TIME:
            return _of(What.REVIEW, one, Kept.KEPT, one.met_on)
        case State.MET_LATE:
            return _of(What.REVIEW, one, Kept.LATE, one.met_on)
        case State.OVERDUE if one.due_on:
            return _of(What.REVIEW, one, Kept.NOT_KEPT, one.due_on + DAY)
        case State.RUNNING:
            return _of(What.REVIEW, one, Kept.TO_COME, None)
        case _:
            return _of(What.REVIEW, one, Kept.CANNOT_TELL, None)


def _of(what: What, one: Reading, kept: Kept, since: date | None) -> Promise:
    return Promise(what, one.title, kept, since, one.due_on, one.reason, one.source, one.rule)


def _written(one: PromiseSet) -> str:
    said = f"{one.written_in or 'not written down'}, set by {one.set_by or 'nobody recorded'}"
    return f"{said}, since {one.from_on.day} {one.from_on:%B %Y}"
