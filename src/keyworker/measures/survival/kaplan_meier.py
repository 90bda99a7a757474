"""The share of spells that last beyond each age, though some were not watched from their start or to their end."""

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
from keyworker.measures.survival.spells import Spell, from_enough, risk_table
from keyworker.vocabulary.late import Late

if TYPE_CHECKING:
    from scipy import stats
else:
    stats = Late("scipy.stats")

FEWEST = 10
"""How many must be at risk before a curve begins."""

METHOD = Method(
    "Kaplan-Meier with delayed entry",
    "S(t) = Π(1 - dᵢ/nᵢ), nᵢ at risk with entry < tᵢ <= exit; interval S^exp(±z √Σ(dᵢ/(nᵢ(nᵢ-dᵢ))) / log S)",
    "Kaplan & Meier 1958, doi:10.1080/01621459.1958.10501452; Kalbfleisch & Prentice, the log(-log) interval",
)


@dataclass(frozen=True)
class Step:
    """One age at which the curve falls, and where it then lies."""

    age: int
    at_risk: int
    ended: int
    survival: Fraction
    interval: Interval | CannotTell


@dataclass(frozen=True)
class Quantile:
    """The age by which a share of spells has ended, with the ages between which it may lie.

    Takes   low and high, an age, or why there is none: a high end is often beyond what was watched.
    """

    age: int
    low: int | CannotTell
    high: int | CannotTell
    level: float


@dataclass(frozen=True)
class Curve:
    """A survival curve, exact, with what it rests on.

    Takes   spells, how many it rests on; left_out, how many ended before its start; start, the age at which enough were
            at risk: everything is said of spells that reach it; watched_to, the last age of which the curve says
            anything; stops, why it stops there although other spells were watched later.
    """

    spells: int
    left_out: int
    events: int
    start: int
    steps: tuple[Step, ...]
    watched_to: int
    stops: CannotTell | None
    level: float
    unit: str
    about: About
    method: Method = METHOD

    def at(self, age: int) -> Fraction | CannotTell:
        """The share that lasts beyond an age, of those that reach `start`."""
        if age < self.start:
            return CannotTell(f"too few were at risk before {self.start} {self.unit}")
        if age > self.watched_to and not (self.steps and self.steps[-1].survival == 0):
            return self.stops or CannotTell(f"nobody was watched beyond {self.watched_to} {self.unit}")
        passed = bisect_right([step.age for step in self.steps], age)
        return self.steps[passed - 1].survival if passed else Fraction(1)

    def quantile(self, share: Fraction) -> Quantile | CannotTell:
        """The first age by which at least this share of spells has ended."""
        left = 1 - share
        age = next((step.age for step in self.steps if step.survival <= left), None)
        if age is None:
            return self.stops or CannotTell(
                f"fewer than {float(share):.0%} had ended by {self.watched_to} {self.unit}, when watching stopped"
            )
        ends = [(step.age, step.interval) for step in self.steps]
        # Where the curve lies at nought its interval is not defined, and nought is below any share.
        low = next((at for at, one in ends if isinstance(one, CannotTell) or one.low <= left), None)
        high = next((at for at, one in ends if isinstance(one, CannotTell) or one.high <= left), None)
        beyond = CannotTell(f"it lies beyond {self.watched_to} {self.unit}, when watching stopped")
        return Quantile(age, beyond if low is None else low, beyond if high is None else high, self.level)

    @property
    def median(self) -> Quantile | CannotTell:
        """The age by which half have ended."""
        return self.quantile(Fraction(1, 2))


def kaplan_meier(
    given: Sequence[Spell], about: About, *, unit: str = "days", fewest: int = FEWEST, level: float = 0.95
) -> Curve | CannotTell:
    """How long spells last, by whatever cause they end.

    Takes   fewest, how many must be at risk before the curve begins; lower it only for worked examples.
    Gives   the curve, or why there is none. It stops where everybody at risk has gone while other spells were yet to be
            watched: what comes after would rest on nobody.
    """
    begun = from_enough(given, fewest)
    if begun is None:
        most = max((sum(one.entry <= at.entry < one.exit for one in given) for at in given), default=0)
        return CannotTell(f"no more than {most} were ever at risk together; it takes {fewest}")
    start, later = begun
    broken = _nobody_after(later)
    steps: list[Step] = []
    survival, spread = Fraction(1), Fraction(0)
    watched_to, stops = max(one.exit for one in later), None
    if broken is not None:
        watched_to, stops = broken, CannotTell(f"nobody was at risk after {broken} {unit} until others were watched")
    for age, at_risk, causes in risk_table(later):
        ended = sum(causes.values())
        if age > watched_to:
            break
        if ended == at_risk and any(one.entry >= age for one in later):
            stops = CannotTell(f"everybody at risk at {age} {unit} ended then, though others were watched later")
            watched_to = age - 1
            break
        survival *= 1 - Fraction(ended, at_risk)
        spread += Fraction(ended, at_risk * (at_risk - ended)) if ended < at_risk else 0
        steps.append(Step(age, at_risk, ended, survival, log_log(survival, spread, level)))
    return Curve(
        spells=len(later),
        left_out=len(given) - len(later),
        events=sum(step.ended for step in steps),
        start=start,
        steps=tuple(steps),
        watched_to=watched_to,
        stops=stops,
        level=level,
        unit=unit,
        about=about,
    )


def log_log(survival: Fraction, spread: Fraction, level: float) -> Interval | CannotTell:
    """The interval of a share that lasts, which never leaves 0 to 1.

    Takes   spread, Greenwood's sum of d/(n(n-d)).
    """
    if survival in (0, 1):
        return CannotTell("nobody is left" if survival == 0 else "nothing has ended yet")
    share, reach = float(survival), float(stats.norm.isf(tail(level))) * sqrt(spread) / log(float(survival))
    return Interval(share ** exp(-reach), share ** exp(reach), level, METHOD)


def _nobody_after(given: Sequence[Spell]) -> int | None:
    """The first age after which nobody is at risk though others enter later; None where watching never breaks off."""
    ordered = sorted(given, key=lambda one: one.entry)
    until = ordered[0].exit
    for one in ordered:
        if one.entry > until:
            return until
        until = max(until, one.exit)
    return None
