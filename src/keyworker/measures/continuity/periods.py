"""Stretches of days, closed at the start and open at the end, and what is left of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from keyworker.vocabulary.errors import KeyworkerError


class Period(NamedTuple):
    """From one day up to, not including, another."""

    from_on: date
    to_on: date

    @property
    def days(self) -> int:
        """How many days it holds."""
        return (self.to_on - self.from_on).days


def joined(periods: Iterable[tuple[date, date | None]], until: date) -> list[Period]:
    """Touching and overlapping stretches made one, in order. An end that is None, or later, is drawn in to `until`."""
    found: list[Period] = []
    for from_on, to_on in sorted((from_on, min(to_on or until, until)) for from_on, to_on in _checked(periods)):
        if to_on <= from_on:
            continue
        if found and from_on <= found[-1].to_on:
            found[-1] = Period(found[-1].from_on, max(found[-1].to_on, to_on))
        else:
            found.append(Period(from_on, to_on))
    return found


def within(periods: Sequence[Period], others: Sequence[Period]) -> list[Period]:
    """The days that lie in both; each side in order and without overlap."""
    found: list[Period] = []
    at = other = 0
    while at < len(periods) and other < len(others):
        from_on = max(periods[at].from_on, others[other].from_on)
        to_on = min(periods[at].to_on, others[other].to_on)
        if from_on < to_on:
            found.append(Period(from_on, to_on))
        if periods[at].to_on <= others[other].to_on:
            at += 1
        else:
            other += 1
    return found


def without(periods: Sequence[Period], others: Sequence[Period]) -> list[Period]:
    """The days of the first that lie in none of the others; each side in order and without overlap."""
    found: list[Period] = []
    for from_on, to_on in periods:
        day = from_on
        for other in others:
            if other.to_on <= day or other.from_on >= to_on:
                continue
            if day < other.from_on:
                found.append(Period(day, other.from_on))
            day = other.to_on
        if day < to_on:
            found.append(Period(day, to_on))
    return found


def total(periods: Iterable[Period]) -> int:
    """The days of all of them."""
    return sum(one.days for one in periods)


def _checked(periods: Iterable[tuple[date, date | None]]) -> Iterable[tuple[date, date | None]]:
    for from_on, to_on in periods:
        if to_on is not None and to_on <= from_on:
            raise KeyworkerError(
                "A stretch of days ends on or before the day on which it begins.",
                remedy="Set the row aside: `to_on` is the day after the last.",
            )
        yield from_on, to_on
