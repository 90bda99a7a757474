"""Where the walls of a funnel stand for a place of a given size."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from typing import TYPE_CHECKING

from keyworker.measures.charts.funnel.words import Drawn, Of
from keyworker.vocabulary.late import Late

if TYPE_CHECKING:
    from scipy import stats
else:
    stats = Late("scipy.stats")

TAILS = (0.025, 0.001)
"""What is left outside at each side by the 95% and the 99.8% limits."""

Walls = tuple[float, float, float, float]
"""Lower 95%, upper 95%, lower 99.8%, upper 99.8%."""


def deviation(of: Of, target: float, base: float) -> float:
    """The standard error of one place's figure, were it no different from the target."""
    return sqrt((target * (1 - target) if of is Of.SHARE else target) / base)


def walls(of: Of, drawn: Drawn, target: float, base: float, tau2: float = 0.0) -> Walls:
    """The limits at one size of base, on the scale of the figures; shares cut at 0 and 1, rates at 0."""
    ends = [_ends(of, drawn, target, base, tau2, tail) for tail in TAILS]
    (low, high), (far_low, far_high) = [
        (max(one, 0.0), min(other, 1.0) if of is Of.SHARE else other) for one, other in ends
    ]
    return low, high, far_low, far_high


def _ends(of: Of, drawn: Drawn, target: float, base: float, tau2: float, tail: float) -> tuple[float, float]:
    match drawn:
        case Drawn.QUANTILES:
            quantile = _quantile(of, target, base)
            return quantile(tail) / base, quantile(1 - tail) / base
        case Drawn.CONFIDENCE:
            expected = target * base
            return (
                float(stats.chi2.ppf(tail, 2 * expected)) / 2 / base,
                float(stats.chi2.isf(tail, 2 * (expected + 1))) / 2 / base,
            )
    reach = float(stats.norm.isf(tail)) * sqrt(deviation(of, target, base) ** 2 + tau2)
    return target - reach, target + reach


def _quantile(of: Of, target: float, base: float) -> Callable[[float], float]:
    if of is Of.SHARE:
        return lambda q: float(stats.binom.ppf(q, round(base), target))
    return lambda q: float(stats.poisson.ppf(q, target * base))
