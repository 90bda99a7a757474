"""Whether spells of several groups last alike: the log-rank test, and the hazard ratio of two groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, sqrt
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from keyworker.measures.about import About, CannotTell, Method
from keyworker.measures.intervals import Interval
from keyworker.measures.intervals.level import tail
from keyworker.measures.survival.spells import Spell, risk_table
from keyworker.vocabulary.late import Late

if TYPE_CHECKING:
    from scipy import stats
else:
    stats = Late("scipy.stats")

Counts = NDArray[np.int64]
Row = tuple[Counts, Counts]
"""At one age: how many of each group were at risk, and how many ended."""

LOG_RANK = Method(
    "Log-rank test",
    "(O-E)′ V⁻¹ (O-E) over all ages at which a spell ends, with delayed entry",
    "Mantel 1966; Peto 1972",
)
COX = Method(
    "Cox proportional hazards, two groups, Efron's ties",
    "the coefficient that maximises the partial likelihood; risk sets with entry < t <= exit",
    "Cox 1972; Efron 1977, doi:10.1080/01621459.1977.10480613",
)


@dataclass(frozen=True)
class LogRank:
    """How far groups lie from lasting alike.

    Takes   observed and expected, the ends in each group and those that would come if all lasted alike.
    """

    chi2: float
    degrees: int
    p: float
    observed: Mapping[str, int]
    expected: Mapping[str, float]
    about: About
    method: Method = LOG_RANK


@dataclass(frozen=True)
class HazardRatio:
    """How many times as fast one group's spells end as another's, if that is the same at every age.

    Takes   coefficient, its logarithm, with its standard error; ratio, with its interval; p, by Wald's test.
    """

    coefficient: float
    se: float
    ratio: float
    interval: Interval
    p: float
    about: About
    method: Method = COX


def log_rank(groups: Mapping[str, Sequence[Spell]], about: About) -> LogRank | CannotTell:
    """Whether chance explains how differently the spells of two or more groups last."""
    names = [name for name, given in groups.items() if given]
    if len(names) < 2:
        return CannotTell("fewer than two groups have any spell")
    table = _together(groups, names)
    if not table:
        return CannotTell("no spell was seen to end")
    expected = np.zeros(len(names))
    observed = np.zeros(len(names))
    variance = np.zeros((len(names), len(names)))
    for at_risk, ended in table:
        n, d = at_risk.sum(), ended.sum()
        share = at_risk / n
        observed += ended
        expected += d * share
        if n > 1:
            variance += d * (n - d) / (n - 1) * (np.diag(share) - np.outer(share, share))
    degrees = int(np.linalg.matrix_rank(variance))
    if not degrees:
        return CannotTell("the groups were never at risk at the same age")
    apart = observed - expected
    value = float(apart @ np.linalg.pinv(variance) @ apart)
    return LogRank(
        value,
        degrees,
        float(stats.chi2.sf(value, degrees)),
        {name: int(one) for name, one in zip(names, observed, strict=True)},
        {name: float(one) for name, one in zip(names, expected, strict=True)},
        about,
    )


def hazard_ratio(
    ours: Sequence[Spell], theirs: Sequence[Spell], about: About, level: float = 0.95
) -> HazardRatio | CannotTell:
    """How many times as fast spells of the first group end as those of the second."""
    if not ours or not theirs:
        return CannotTell("one of the two groups has no spell")
    table = _together({"ours": ours, "theirs": theirs}, ["ours", "theirs"])
    both = [(at_risk, ended) for at_risk, ended in table if at_risk.all()]
    if not both:
        return CannotTell("no spell ended while both groups were at risk")
    ends = np.sum([ended for _, ended in both], axis=0)
    if not ends.all():
        return CannotTell("one of the two groups had no end while both were at risk, so no ratio is finite")
    found = _newton(both)
    if found is None:
        return CannotTell("the groups lie so far apart that no ratio is finite")
    coefficient, information = found
    se = 1 / sqrt(information)
    reach = float(stats.norm.isf(tail(level))) * se
    interval = Interval(exp(coefficient - reach), exp(coefficient + reach), level, COX)
    return HazardRatio(
        coefficient, se, exp(coefficient), interval, float(2 * stats.norm.sf(abs(coefficient) / se)), about
    )


def _together(groups: Mapping[str, Sequence[Spell]], names: Sequence[str]) -> list[Row]:
    """At each age at which any spell ends: how many of each group were at risk, and how many ended."""
    ages = sorted({age for name in names for age, _, _ in risk_table(groups[name])})
    entries = [np.sort([one.entry for one in groups[name]]) for name in names]
    exits = [np.sort([one.exit for one in groups[name]]) for name in names]
    ended = [{age: sum(causes.values()) for age, _, causes in risk_table(groups[name])} for name in names]
    return [
        (
            np.array(
                [
                    np.searchsorted(begin, age, "left") - np.searchsorted(end, age, "left")
                    for begin, end in zip(entries, exits, strict=True)
                ]
            ),
            np.array([one.get(age, 0) for one in ended]),
        )
        for age in ages
    ]


_STEPS, _FAR = 50, 20.0


def _newton(table: Sequence[Row]) -> tuple[float, float] | None:
    """The coefficient of membership of the first group and its information; None where it runs off."""
    beta = 0.0
    for _ in range(_STEPS):
        score, information = _slope(table, beta)
        if information <= 0 or abs(beta) > _FAR:
            return None
        step = score / information
        beta += max(-2.0, min(2.0, step))
        if abs(step) < 1e-10:
            return beta, _slope(table, beta)[1]
    return None


def _slope(table: Sequence[Row], beta: float) -> tuple[float, float]:
    """The first derivative of the log partial likelihood and the negative of the second, with Efron's ties."""
    weight, score, information = exp(beta), 0.0, 0.0
    for at_risk, ended in table:
        tied = int(ended.sum())
        score += float(ended[0])
        for number in range(tied):
            left = number / tied
            ours = weight * (at_risk[0] - left * ended[0])
            share = ours / (ours + at_risk[1] - left * ended[1])
            score -= float(share)
            information += float(share * (1 - share))
    return score, information
