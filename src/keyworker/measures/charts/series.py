"""What a chart is drawn from: one figure for each month or event, as it was counted."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from keyworker.measures.charts.decided import Label
from keyworker.measures.whole import Number, exacts
from keyworker.vocabulary.errors import KeyworkerError


@dataclass(frozen=True)
class Series:
    """Figures in time order.

    Takes   on, the day or number of each point; numerators, None where there is no figure; denominators, None where
            the figures are plain values; per, such as 100 for percentages.
    """

    on: tuple[Label, ...]
    numerators: tuple[Fraction | None, ...]
    denominators: tuple[Fraction | None, ...] | None
    per: int = 1

    @property
    def values(self) -> tuple[Fraction | None, ...]:
        """Each figure, divided once; None where it is missing or has no base."""
        if self.denominators is None:
            return tuple(None if top is None else top * self.per for top in self.numerators)
        return tuple(
            None if top is None or not base else top * self.per / base
            for top, base in zip(self.numerators, self.denominators, strict=True)
        )

    def __len__(self) -> int:
        return len(self.on)


def series(
    on: Sequence[Label],
    numerators: Iterable[Number | None],
    denominators: Iterable[Number | None] | None = None,
    per: int = 1,
    *,
    ties: bool = False,
) -> Series:
    """Columns made into a series, refused where they do not fit one another or do not run forward in time.

    Takes   ties, whether two points may have one moment: two rare events may fall on one day, two months may not.
    """
    tops = exacts(numerators)
    bases = None if denominators is None else exacts(denominators)
    if len(tops) != len(on) or (bases is not None and len(bases) != len(on)):
        raise KeyworkerError(
            "The columns of a chart are not of one length.",
            remedy="Give one figure for each point, None where missing.",
        )
    if any(before > after or (before == after and not ties) for before, after in itertools.pairwise(on)):  # type: ignore[operator]
        raise KeyworkerError(
            "The points of a chart do not run forward in time, each at a moment of its own.",
            remedy="Put them in order, and give one figure for each month.",
        )
    if bases is not None and any(base is not None and base < 0 for base in bases):
        raise KeyworkerError("A denominator is below nought.", remedy="Count again: a base is nought or more.")
    return Series(tuple(on), tops, bases, per)


def every_month(first: date, last: date, counted: Mapping[date, tuple[int, int]]) -> Series:
    """Counts by month as a series in which a month without a count is a gap, not a nought and not absent.

    Takes   first and last, any day of the first and last month; counted, numerator and denominator by any day of each
            month.
    """
    by_month = {day.replace(day=1): pair for day, pair in counted.items()}
    months, day = [], first.replace(day=1)
    while day <= last:
        months.append(day)
        day = day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1)
    pairs = [by_month.get(month) for month in months]
    return series(months, [pair and pair[0] for pair in pairs], [pair and pair[1] for pair in pairs])
