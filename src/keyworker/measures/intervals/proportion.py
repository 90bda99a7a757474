"""Intervals for a share of whole things: so many of so many."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from fractions import Fraction
from math import sqrt
from typing import TYPE_CHECKING, SupportsIndex

from keyworker.measures.about import About, CannotTell, Method
from keyworker.measures.intervals.estimate import Estimate, Interval
from keyworker.measures.intervals.level import tail
from keyworker.measures.whole import count
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.vocabulary.late import Late

if TYPE_CHECKING:
    from scipy import stats
else:
    stats = Late("scipy.stats")

WILSON = Method(
    "Wilson score interval",
    "(p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n)",
    "Wilson 1927, doi:10.1080/01621459.1927.10502953",
)
EXACT_BINOMIAL = Method(
    "Exact binomial (Clopper-Pearson) interval",
    "low: Beta(α/2; x, n-x+1); high: Beta(1-α/2; x+1, n-x)",
    "Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404",
)
EXACT_FINITE = Method(
    "Exact hypergeometric interval for a sample of a finite number",
    "every number of the whole that would give x or more, and x or fewer, with probability above α/2",
    "Clopper & Pearson 1934 with the hypergeometric distribution in the place of the binomial",
)


def wilson(x: SupportsIndex, n: SupportsIndex, level: float = 0.95) -> Interval | CannotTell:
    """Where a share may lie: close to its stated level even when few are counted. The default for shares."""
    some, base = counts(x, n)
    if not base:
        return _nobody()
    z = float(stats.norm.isf(tail(level)))
    share, room = some / base, 1 + z * z / base
    middle = (share + z * z / (2 * base)) / room
    half = z * sqrt(share * (1 - share) / base + z * z / (4 * base * base)) / room
    return Interval(middle - half if some else 0.0, middle + half if some < base else 1.0, level, WILSON)


def exact_binomial(x: SupportsIndex, n: SupportsIndex, level: float = 0.95) -> Interval | CannotTell:
    """Where a share may lie, never more confident than it says; wider than Wilson's."""
    some, base = counts(x, n)
    if not base:
        return _nobody()
    return Interval(_low(some, base, tail(level)), _high(some, base, tail(level)), level, EXACT_BINOMIAL)


def exact_binomial_upper(x: SupportsIndex, n: SupportsIndex, level: float = 0.95) -> Interval | CannotTell:
    """How large a share may yet be, on one side: no failure in 59 leaves up to 4.95% at 95%."""
    some, base = counts(x, n)
    return Interval(0.0, _high(some, base, tail(level) * 2), level, EXACT_BINOMIAL) if base else _nobody()


def exact_of_finite(
    x: SupportsIndex, n: SupportsIndex, whole: SupportsIndex, level: float = 0.95
) -> Interval | CannotTell:
    """Where a share of a finite whole may lie when n of it were looked at; for samples above a tenth of the whole."""
    some, base = counts(x, n)
    of = count(whole, "whole from which the sample came")
    if base > of:
        raise KeyworkerError("The sample is larger than the whole.", remedy="Give the whole from which it was drawn.")
    if not base:
        return _nobody()
    alpha, choices = tail(level), range(some, of - base + some + 1)
    low = _first(choices, lambda k: stats.hypergeom.sf(some - 1, of, k, base) > alpha)
    high = _first(choices, lambda k: stats.hypergeom.cdf(some, of, k, base) <= alpha) - 1
    return Interval(low / of, high / of, level, EXACT_FINITE)


def share(
    x: SupportsIndex, n: SupportsIndex, about: About, *, unit: str = "share", level: float = 0.95, exact: bool = False
) -> Estimate | CannotTell:
    """So many of so many, with its base, its period and its interval."""
    some, base = counts(x, n)
    interval = (exact_binomial if exact else wilson)(some, base, level)
    if isinstance(interval, CannotTell):
        return CannotTell(f"there were no {about.base}")
    return Estimate(some, Fraction(base), 1, unit, interval, about)


def counts(x: SupportsIndex, n: SupportsIndex) -> tuple[int, int]:
    """So many of so many, refused where the part is more than the whole."""
    some, base = count(x, "numerator"), count(n, "denominator")
    if some > base:
        raise KeyworkerError(
            "More were counted than there were to count.", remedy="Check that the numerator is part of the denominator."
        )
    return some, base


def _nobody() -> CannotTell:
    return CannotTell("there was nobody and nothing to count")


def _low(some: int, base: int, alpha: float) -> float:
    return float(stats.beta.ppf(alpha, some, base - some + 1)) if some else 0.0


def _high(some: int, base: int, alpha: float) -> float:
    return float(stats.beta.isf(alpha, some + 1, base - some)) if some < base else 1.0


def _first(choices: range, holds: Callable[[int], bool]) -> int:
    """The first choice for which something holds that, once true, stays true; one past the last if it never does."""
    return choices.start + bisect_left(choices, True, key=lambda one: bool(holds(one)))
