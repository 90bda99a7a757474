"""How well a number is known: intervals for shares, rates and comparisons, and shrinkage for few and small places."""

from keyworker.measures.intervals.compared import Compared, difference_of_shares, rate_ratio
from keyworker.measures.intervals.counts import EXACT_POISSON, exact_poisson, rate
from keyworker.measures.intervals.estimate import Estimate, Interval
from keyworker.measures.intervals.proportion import (
    EXACT_BINOMIAL,
    EXACT_FINITE,
    WILSON,
    exact_binomial,
    exact_binomial_upper,
    exact_of_finite,
    share,
    wilson,
)
from keyworker.measures.intervals.shrunk import (
    BetaPrior,
    GammaPrior,
    beta_prior,
    gamma_prior,
    shrunk_rate,
    shrunk_share,
)

__all__ = [
    "EXACT_BINOMIAL",
    "EXACT_FINITE",
    "EXACT_POISSON",
    "WILSON",
    "BetaPrior",
    "Compared",
    "Estimate",
    "GammaPrior",
    "Interval",
    "beta_prior",
    "difference_of_shares",
    "exact_binomial",
    "exact_binomial_upper",
    "exact_of_finite",
    "exact_poisson",
    "gamma_prior",
    "rate",
    "rate_ratio",
    "share",
    "shrunk_rate",
    "shrunk_share",
    "wilson",
]
