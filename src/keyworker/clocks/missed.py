"""Why a child was not seen in time: what the record shows of each interval that was missed.

It says what coincided, never who is to blame. Several things may coincide; where nothing does, that is said too.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import psycopg

from keyworker.clocks.engine import Reading
from keyworker.facts.around import Around, Days, around
from keyworker.facts.ground import lens_at
from keyworker.facts.holds import Held, main_workers
from keyworker.facts.involved import main_holds
from keyworker.facts.moment import Moment
from keyworker.facts.role_words import role_words
from keyworker.vocabulary.working_days import spoken

DAY = timedelta(days=1)
HALF = 2
Main = tuple[date, date | None, str]
"""A stretch in which one worker was a child's main worker, as `main_workers` gives it."""


class Coincided(StrEnum):
    """What coincided with an interval in which a child was not seen, in the order in which a chain tells it."""

    EXCEPTION = "agreed exception"
    NO_WORKER = "no worker"
    POST_VACANT = "post vacant"
    AWAY = "worker away"
    CHANGED_HANDS = "changed hands"
    CANCELLED = "cancelled"
    NO_ACCESS = "no access"
    NOT_SEEN = "visited, not seen"
    NOTHING = "nothing recorded explains it"


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a chain: what, from which day until which (exclusive, None while it goes on), and in words."""

    what: Coincided
    from_on: date | None
    to_on: date | None
    words: str


@dataclass(frozen=True, slots=True)
class Missed:
    """An interval in which a child was not seen, and what coincided; at least one link."""

    reading: Reading
    chain: tuple[Link, ...]

    @property
    def kinds(self) -> frozenset[Coincided]:
        """The kinds of things that coincided, once each."""
        return frozenset(link.what for link in self.chain)


def is_missed(reading: Reading) -> bool:
    """Whether a visit was due and its date passed before the child was seen, or has passed and they are not."""
    return "visit" in reading.rule and reading.passed_due is True and reading.due_on is not None


def missed(connection: psycopg.Connection, moment: Moment, readings: Iterable[Reading]) -> list[Missed]:
    """What coincided with each missed interval among some readings of children, newest first.

    Takes   readings of any rules; those that are no missed visits are left out.
    Source  the record as the moment knows it: holdings, absences, posts, steps of recruitment, visits.
    """
    found = [reading for reading in readings if is_missed(reading)]
    if not found:
        return []
    lens = lens_at(connection, moment).of({reading.subject for reading in found})
    holds = main_holds(connection, lens, role_words(connection, lens))
    workers = {hold.worker_id for held in holds.values() for hold in held}
    known = around(connection, lens, workers)
    mains = {child_id: main_workers(held) for child_id, held in holds.items()}
    explained = [
        Missed(reading, _chain(reading, holds.get(reading.subject, []), mains.get(reading.subject, []), known))
        for reading in found
    ]
    return sorted(explained, key=lambda one: one.reading.due_on or date.min, reverse=True)


def shares(found: Sequence[Missed]) -> Mapping[Coincided, tuple[int, int]]:
    """Of how many missed intervals each thing coincided with how many. They do not add up: several may coincide."""
    return {what: (sum(1 for one in found if what in one.kinds), len(found)) for what in Coincided}


def _chain(reading: Reading, holds: Sequence[Held], mains: Sequence[Main], known: Around) -> tuple[Link, ...]:
    first, last = _interval(reading)
    links = [
        *_agreed(reading),
        *_without_worker(reading.subject, holds, known, first, last),
        *_away(mains, known, first, last),
        *_changed(mains, first, last),
        *_failed(reading.subject, known, first, last),
    ]
    nothing = Link(Coincided.NOTHING, None, None, "Nothing recorded explains it.")
    return tuple(links) or (nothing,)


def _interval(reading: Reading) -> tuple[date, date]:
    """The days on which the child could have been seen in time: after the start, up to and with the due day."""
    if reading.started_on is None or reading.due_on is None:
        raise ValueError("a missed interval has a start and a due day")
    return min(reading.started_on + DAY, reading.due_on), reading.due_on


def _matters(days: Days, first: date, last: date) -> bool:
    """Whether a stretch holds the due day or at least half of the days before it: less explains little."""
    return days.on(last) or days.within(first, last) * HALF >= (last - first).days + 1


def _agreed(reading: Reading) -> Iterator[Link]:
    if reading.agreed:
        yield Link(Coincided.EXCEPTION, None, None, reading.agreed)


def _without_worker(child_id: str, holds: Sequence[Held], known: Around, first: date, last: date) -> Iterator[Link]:
    for gap in known.gaps.get(child_id, ()):
        if not _matters(gap, first, last):
            continue
        count = gap.within(first, last)
        many = "1 day" if count == 1 else f"{count} days"
        yield Link(Coincided.NO_WORKER, gap.from_on, gap.to_on, f"No worker held the child for {many} of the interval.")
        yield from _vacant(holds, known, gap, last)


def _vacant(holds: Sequence[Held], known: Around, gap: Days, last: date) -> Iterator[Link]:
    """The post of whoever held the child before a gap, where nobody was appointed to it on the due day."""
    before = [hold for hold in holds if hold.to_on is not None and hold.to_on <= gap.from_on]
    if not before:
        return
    worker = max(before, key=lambda hold: hold.to_on or date.min).worker_id
    for post in known.posts_of.get(worker, ()):
        since = post.empty_since(last)
        if post.empty_on(last) and since is not None:
            step = post.step_on(last)
            at_step = f", at the step: {step}" if step else "; no step to fill it is recorded"
            words = f"The post of the worker before was vacant from {spoken(since)}{at_step}."
            yield Link(Coincided.POST_VACANT, since, None, words)


def _away(mains: Sequence[Main], known: Around, first: date, last: date) -> Iterator[Link]:
    for from_on, to_on, worker in mains:
        stretch = Days(from_on, to_on)
        if not stretch.within(first, last):
            continue
        for away in known.away.get(worker, ()):
            if _matters(away, first, last) and stretch.on(min(last, _last(away, last))):
                until = f" until {spoken(away.to_on)}" if away.to_on else ""
                words = f"The worker who held the child was away from {spoken(away.from_on)}{until}."
                yield Link(Coincided.AWAY, away.from_on, away.to_on, words)


def _last(days: Days, last: date) -> date:
    return last if days.to_on is None else days.to_on - DAY


def _changed(mains: Sequence[Main], first: date, last: date) -> Iterator[Link]:
    for before, after in itertools.pairwise(mains):
        if before[2] != after[2] and first <= after[0] <= last:
            words = f"The child changed hands on {spoken(after[0])}."
            yield Link(Coincided.CHANGED_HANDS, after[0], after[0] + DAY, words)


_FAILED = {"cancelled": Coincided.CANCELLED, "no access": Coincided.NO_ACCESS, "not seen": Coincided.NOT_SEEN}


def _failed(child_id: str, known: Around, first: date, last: date) -> Iterator[Link]:
    for visit in known.failed.get(child_id, ()):
        if first <= visit.happened_on <= last:
            what = _FAILED[visit.outcome]
            yield Link(
                what, visit.happened_on, visit.happened_on + DAY, _words(what, visit.happened_on, visit.cancelled_by)
            )


def _words(what: Coincided, day: date, cancelled_by: str | None) -> str:
    if what is Coincided.CANCELLED:
        by = f" by {cancelled_by}" if cancelled_by else "; by whom is not recorded"
        return f"A visit on {spoken(day)} was cancelled{by}."
    if what is Coincided.NO_ACCESS:
        return f"A visit on {spoken(day)} found no access."
    return f"At a visit on {spoken(day)} the child was not seen."
