"""How far a measure's number may be from what it stands for: Wilson's interval for shares, exact for events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from keyworker.measures.about import CannotTell
from keyworker.measures.intervals import estimate
from keyworker.measures.registry.definition import Counts, Definition
from keyworker.measures.rows import Interval, MeasureRow, Number


def estimated(definition: Definition, rows: Iterable[MeasureRow]) -> list[MeasureRow]:
    """The same rows with the interval of each share, and of each number of events over what they could befall.

    A count is no estimate, a mean of whole caseloads neither; weights such as full-time equivalents are no events.
    """
    return [replace(row, interval=_interval(definition, row.numerator, row.denominator)) for row in rows]


def _interval(definition: Definition, numerator: Number | None, denominator: Number | None) -> Interval | None:
    if not isinstance(numerator, int) or denominator is None or not denominator:
        return None
    if definition.counts is Counts.SHARE and isinstance(denominator, int):
        return _scaled(_share(numerator, denominator), definition.per)
    if definition.events:
        return _scaled(_events(numerator), definition.per / float(denominator))
    return None


@lru_cache(maxsize=50_000)
def _share(numerator: int, denominator: int) -> estimate.Interval | CannotTell:
    from keyworker.measures.intervals import wilson  # SciPy takes longer to load than most questions take

    return wilson(numerator, denominator)


@lru_cache(maxsize=50_000)
def _events(numerator: int) -> estimate.Interval:
    from keyworker.measures.intervals import exact_poisson

    return exact_poisson(numerator)


def _scaled(found: estimate.Interval | CannotTell, by: float) -> Interval | None:
    return None if isinstance(found, CannotTell) else Interval(found.low * by, found.high * by, found.method.name)
