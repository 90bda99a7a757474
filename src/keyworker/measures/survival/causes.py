"""Several ways to end: the share of spells that has ended by each cause at each age."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import exp, log, sqrt
from typing import TYPE_CHECKING

from keyworker.measures.about import About, CannotTell, Method
from keyworker.measures.intervals import Interval
from keyworker.measures.intervals.level import tail
from keyworker.measures.survival.kaplan_meier import FEWEST, Curve, kaplan_meier
from keyworker.measures.survival.spells import Spell, from_enough, risk_table
from keyworker.vocabulary.late import Late

if TYPE_CHECKING:
    from scipy import stats
else:
    stats = Late("scipy.stats")

METHOD = Method(
    "Aalen-Johansen shares by cause, with delayed entry",
    "Fₖ(t) = Σ S(tᵢ₋₁) dₖᵢ/nᵢ; interval on log(-log F) with the delta-method variance",
    "Aalen & Johansen 1978; Marubini & Valsecchi 1995",
)


@dataclass(frozen=True)
class Share:
    """By one age: the share that has ended by the cause, of all that reach the curve's start."""

    age: int
    share: Fraction
    interval: Interval | CannotTell


@dataclass(frozen=True)
class Cause:
    """How many spells end by one cause, though other causes take spells away before it can."""

    cause: str
    events: int
    start: int
    steps: tuple[Share, ...]
    about: About
    method: Method = METHOD

    def by(self, age: int) -> Fraction:
        """The share ended by this cause by an age."""
        passed = bisect_right([step.age for step in self.steps], age)
        return self.steps[passed - 1].share if passed else Fraction(0)


def by_cause(
    given: Sequence[Spell], about: About, *, unit: str = "days", fewest: int = FEWEST, level: float = 0.95
) -> dict[str, Cause] | CannotTell:
    """The share ended by each cause. One minus the Kaplan-Meier curve of one cause alone would overstate it."""
    whole = kaplan_meier(given, about, unit=unit, fewest=fewest, level=level)
    begun = from_enough(given, fewest)
    if isinstance(whole, CannotTell) or begun is None:
        return whole if isinstance(whole, CannotTell) else CannotTell("too few were at risk")
    _, later = begun
    table = [row for row in risk_table(later) if row.age <= whole.watched_to]
    causes = sorted({cause for row in table for cause in row.ended})
    return {cause: _cause(cause, table, whole, level) for cause in causes}


def _cause(cause: str, table: Sequence[tuple[int, int, dict[str, int]]], whole: Curve, level: float) -> Cause:
    before = [Fraction(1), *(step.survival for step in whole.steps)]
    total, shares = Fraction(0), []
    for (_, at_risk, ended), survived in zip(table, before, strict=False):
        total += survived * Fraction(ended.get(cause, 0), at_risk)
        shares.append(total)
    steps = tuple(
        Share(row[0], share, _interval(at, cause, table, before, shares, level))
        for at, (row, share) in enumerate(zip(table, shares, strict=True))
        if row[2].get(cause)
    )
    events = sum(ended.get(cause, 0) for _, _, ended in table)
    return Cause(cause, events, whole.start, steps, whole.about)


def _interval(
    at: int,
    cause: str,
    table: Sequence[tuple[int, int, dict[str, int]]],
    before: Sequence[Fraction],
    shares: Sequence[Fraction],
    level: float,
) -> Interval | CannotTell:
    share = shares[at]
    if share in (0, 1):
        return CannotTell("everything has ended by this cause" if share else "nothing has ended by this cause yet")
    variance = Fraction(0)
    for number in range(at + 1):
        _, n, ended = table[number]
        d, ours, apart = sum(ended.values()), ended.get(cause, 0), share - shares[number]
        if d < n:
            variance += apart**2 * Fraction(d, n * (n - d))
        variance += before[number] ** 2 * Fraction(ours * (n - ours), n**3)
        variance -= 2 * apart * before[number] * Fraction(ours, n * n)
    value = float(share)
    reach = float(stats.norm.isf(tail(level))) * sqrt(max(variance, Fraction(0))) / (value * log(value))
    return Interval(value ** exp(-reach), value ** exp(reach), level, METHOD)
