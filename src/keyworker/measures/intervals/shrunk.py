"""Few and small places: each figure drawn towards all of them by as much as its own smallness asks.

A small district's figure swings by chance. Shrinkage says what can be believed of it, given how far places differ at
all. How far they differ must be learned from enough places (all councils, or all teams): five districts do not show it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, SupportsIndex

from keyworker.measures.about import About, CannotTell, Method
from keyworker.measures.intervals.compared import Compared
from keyworker.measures.intervals.estimate import Interval
from keyworker.measures.intervals.level import tail
from keyworker.measures.intervals.proportion import counts
from keyworker.measures.whole import Number, count, exact
from keyworker.vocabulary.late import Late

if TYPE_CHECKING:
    from scipy import stats
else:
    stats = Late("scipy.stats")

ENOUGH_PLACES = 10
POISSON_GAMMA = Method(
    "Poisson-Gamma shrinkage",
    "posterior Gamma(shape + x, rate + t); the prior's mean and variance by moments over all places",
    "Marshall 1991, doi:10.2307/2347593",
)
BETA_BINOMIAL = Method(
    "Beta-binomial shrinkage",
    "posterior Beta(a + x, b + n - x); the prior's mean and variance by moments over all places",
    "Kleinman 1973, doi:10.1080/01621459.1973.10481332",
)


@dataclass(frozen=True)
class GammaPrior:
    """How rates differ between places: a Gamma distribution with this shape, and this rate in units of exposure."""

    shape: float
    rate: float


@dataclass(frozen=True)
class BetaPrior:
    """How shares differ between places: a Beta distribution, as if a had been counted of a + b."""

    a: float
    b: float


def gamma_prior(
    events: Sequence[SupportsIndex], exposures: Sequence[Number], *, enough: int = ENOUGH_PLACES
) -> GammaPrior | CannotTell:
    """How far places differ in their rates beyond chance, from enough of them."""
    pairs = [
        (count(x, "number of events"), float(exact(t))) for x, t in zip(events, exposures, strict=True) if exact(t) > 0
    ]
    if len(pairs) < enough:
        return _few(len(pairs), enough)
    whole = sum(t for _, t in pairs)
    mean = sum(x for x, _ in pairs) / whole
    spread = sum(t * (x / t - mean) ** 2 for x, t in pairs) - (len(pairs) - 1) * mean
    between = spread / (whole - sum(t * t for _, t in pairs) / whole)
    return GammaPrior(mean * mean / between, mean / between) if between > 0 else _no_difference()


def beta_prior(
    numerators: Sequence[SupportsIndex], denominators: Sequence[SupportsIndex], *, enough: int = ENOUGH_PLACES
) -> BetaPrior | CannotTell:
    """How far places differ in their shares beyond chance, from enough of them."""
    counted = [(count(x, "numerator"), count(n, "denominator")) for x, n in zip(numerators, denominators, strict=True)]
    pairs = [(x, n) for x, n in counted if n]
    if len(pairs) < enough:
        return _few(len(pairs), enough)
    whole = sum(n for _, n in pairs)
    mean = sum(x for x, _ in pairs) / whole
    spread = sum(n * (x / n - mean) ** 2 for x, n in pairs) - (len(pairs) - 1) * mean * (1 - mean)
    room = sum((n - 1) * (1 - n / whole) for _, n in pairs)
    between = spread / room if room > 0 else 0.0
    if between <= 0:
        return _no_difference()
    strength = mean * (1 - mean) / between - 1
    if strength <= 0:
        return CannotTell("places differ so much that what is known of the others says nothing of one of them")
    return BetaPrior(mean * strength, (1 - mean) * strength)


def shrunk_rate(
    events: SupportsIndex, exposure: Number, prior: GammaPrior, about: About, level: float = 0.95
) -> Compared:
    """What can be believed of one place's rate. With nothing counted it is what is known of all places."""
    shape, scale = prior.shape + count(events, "number of events"), 1 / (prior.rate + float(exact(exposure)))
    low, high = (float(stats.gamma.ppf(q, shape, scale=scale)) for q in (tail(level), 1 - tail(level)))
    return Compared(shape * scale, Interval(low, high, level, POISSON_GAMMA), about)


def shrunk_share(x: SupportsIndex, n: SupportsIndex, prior: BetaPrior, about: About, level: float = 0.95) -> Compared:
    """What can be believed of one place's share. With nobody counted it is what is known of all places."""
    some, base = counts(x, n)
    a, b = prior.a + some, prior.b + base - some
    low, high = (float(stats.beta.ppf(q, a, b)) for q in (tail(level), 1 - tail(level)))
    return Compared(a / (a + b), Interval(low, high, level, BETA_BINOMIAL), about)


def _few(places: int, enough: int) -> CannotTell:
    return CannotTell(f"{places} places are too few to learn how far places differ; it takes {enough}")


def _no_difference() -> CannotTell:
    return CannotTell("the places differ by no more than chance; use the figure of all of them together")
