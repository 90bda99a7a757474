"""Intervals for events counted over time or over exposure: changes, incidents, referrals."""

from __future__ import annotations

from typing import TYPE_CHECKING, SupportsIndex

from keyworker.measures.about import About, CannotTell, Method
from keyworker.measures.intervals.estimate import Estimate, Interval
from keyworker.measures.intervals.level import tail
from keyworker.measures.whole import Number, count, exact
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.vocabulary.late import Late

if TYPE_CHECKING:
    from scipy import stats
else:
    stats = Late("scipy.stats")

EXACT_POISSON = Method(
    "Exact Poisson (Garwood) interval",
    "low: χ²(α/2; 2x)/2; high: χ²(1-α/2; 2x+2)/2; each over the exposure",
    "Garwood 1936, doi:10.1093/biomet/28.3-4.437",
)


def exact_poisson(x: SupportsIndex, level: float = 0.95) -> Interval:
    """Where the number to be expected may lie, when x events were counted. No event still leaves up to 3.69 at 95%."""
    events, alpha = count(x, "number of events"), tail(level)
    low = float(stats.chi2.ppf(alpha, 2 * events)) / 2 if events else 0.0
    return Interval(low, float(stats.chi2.isf(alpha, 2 * events + 2)) / 2, level, EXACT_POISSON)


def rate(
    events: SupportsIndex, exposure: Number, about: About, *, per: int = 1, unit: str, level: float = 0.95
) -> Estimate | CannotTell:
    """Events for each `per` of exposure, with the exact interval.

    Takes   exposure, such as child-months: a whole number, a fraction or a decimal, never below nought.
    """
    number, over = count(events, "number of events"), exact(exposure)
    if over < 0:
        raise KeyworkerError("The exposure is below nought.", remedy="Give the time or the number that was at risk.")
    if not over:
        return CannotTell(f"there were no {about.base}")
    found = exact_poisson(number, level)
    scale = float(per / over)
    return Estimate(
        number, over, per, unit, Interval(found.low * scale, found.high * scale, level, EXACT_POISSON), about
    )
