"""Two groups beside each other: the ratio of two rates, the difference of two shares."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import SupportsIndex

from keyworker.measures.about import About, CannotTell, Method
from keyworker.measures.intervals.estimate import Interval
from keyworker.measures.intervals.proportion import exact_binomial, wilson
from keyworker.measures.whole import Number, count, exact

RATE_RATIO = Method(
    "Ratio of two rates with the exact conditional interval",
    "given all events, those of the first group are binomial; π from Clopper-Pearson, ratio = π/(1-π) × t₂/t₁",
    "Przyborowski & Wilenski 1940, doi:10.1093/biomet/31.3-4.313; Clopper & Pearson 1934",
)
DIFFERENCE = Method(
    "Difference of two shares with Newcombe's score interval",
    "d ± √((p₁ - bound₁)² + (bound₂ - p₂)²), the bounds being Wilson's",
    "Newcombe 1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I (method 10)",
)


@dataclass(frozen=True)
class Compared:
    """One number that compares two groups, with its interval."""

    value: float
    interval: Interval
    about: About


def rate_ratio(
    events: SupportsIndex,
    exposure: Number,
    other_events: SupportsIndex,
    other_exposure: Number,
    about: About,
    level: float = 0.95,
) -> Compared | CannotTell:
    """How many times the rate of another group a rate is. The interval holds 1 where chance alone could do it."""
    ours, theirs = count(events, "number of events"), count(other_events, "other number of events")
    time, other_time = exact(exposure), exact(other_exposure)
    if time <= 0 or other_time <= 0:
        return CannotTell("one of the two groups was not there to be counted")
    if not ours and not theirs:
        return CannotTell("neither group had an event")
    shares = exact_binomial(ours, ours + theirs, level)
    assert isinstance(shares, Interval)
    scale = float(other_time / time)
    low = scale * shares.low / (1 - shares.low)
    if not theirs:
        return CannotTell(f"the other group had no event; the ratio is at least {low:.3g}")
    high = scale * shares.high / (1 - shares.high)
    return Compared(ours / theirs * scale, Interval(low, high, level, RATE_RATIO), about)


def difference_of_shares(
    x: SupportsIndex,
    n: SupportsIndex,
    other_x: SupportsIndex,
    other_n: SupportsIndex,
    about: About,
    level: float = 0.95,
) -> Compared | CannotTell:
    """How far one share lies above another, as a share. The interval holds 0 where chance alone could do it."""
    ours, theirs = wilson(x, n, level), wilson(other_x, other_n, level)
    if isinstance(ours, CannotTell) or isinstance(theirs, CannotTell):
        return CannotTell("one of the two groups was not there to be counted")
    one, other = (count(top, "x") / count(base, "n") for top, base in ((x, n), (other_x, other_n)))
    value = one - other
    low = value - sqrt((one - ours.low) ** 2 + (theirs.high - other) ** 2)
    high = value + sqrt((ours.high - one) ** 2 + (other - theirs.low) ** 2)
    return Compared(value, Interval(low, high, level, DIFFERENCE), about)
