"""The run chart: a median line and two tests that need no limits, for short or odd series."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, pairwise
from math import log2
from typing import TYPE_CHECKING

from keyworker.measures.about import About, CannotTell, Method
from keyworker.measures.charts.decided import Label
from keyworker.measures.charts.series import Series, series
from keyworker.measures.whole import Number, exact
from keyworker.vocabulary.late import Late

if TYPE_CHECKING:
    from scipy import stats
else:
    stats = Late("scipy.stats")

METHOD = Method(
    "Run chart (Anhøj rules)",
    "longest run > round(log₂ n + 3), or crossings < the 5th percentile of Binomial(n-1, ½)",
    "Anhøj & Olesen 2014, doi:10.1371/journal.pone.0113825; Anhøj 2015, doi:10.1371/journal.pone.0121349",
)
FEWEST = 10
"""The published rules have been studied from ten useful points on."""


@dataclass(frozen=True)
class RunChart:
    """A series about its median: how long it stays on one side, and how often it crosses.

    Takes   useful, the points that do not lie on the line; longest and crossings, each with the bound beyond which
            chance is a poor explanation; shifted, whether either bound is passed (None where it cannot be told).
    """

    series: Series
    centre: Fraction | None
    useful: int
    longest: int
    longest_expected: int
    crossings: int
    crossings_expected: int
    shifted: bool | CannotTell
    about: About
    method: Method = METHOD


def run_chart(
    on: Sequence[Label],
    numerators: Iterable[Number | None],
    denominators: Iterable[Number | None] | None = None,
    *,
    about: About,
    per: int = 1,
    centre: Number | None = None,
) -> RunChart:
    """Whether a series wanders about its median as chance would. Points on the median are passed over.

    Takes   centre, another line than the median, such as the mean of a baseline.
    """
    given = series(on, numerators, denominators, per)
    values = sorted(value for value in given.values if value is not None)
    middle = _median(values) if centre is None else exact(centre)
    side = [value > middle for value in given.values if value is not None and middle is not None and value != middle]
    n = len(side)
    longest = max((len(list(run)) for _, run in groupby(side)), default=0)
    crossings = sum(before != now for before, now in pairwise(side))
    most, least = expected(n)
    told = longest > most or crossings < least
    few = CannotTell(f"{n} points off the median are too few; it takes {FEWEST}")
    return RunChart(given, middle, n, longest, most, crossings, least, told if n >= FEWEST else few, about)


def expected(useful: int) -> tuple[int, int]:
    """The longest run and the fewest crossings that chance is let off with, for so many useful points."""
    if useful < 2:
        return useful, 0
    return round(log2(useful) + 3), int(stats.binom.ppf(0.05, useful - 1, 0.5))


def _median(ordered: Sequence[Fraction]) -> Fraction | None:
    if not ordered:
        return None
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
