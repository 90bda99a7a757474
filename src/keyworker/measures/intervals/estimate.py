"""A number that is an estimate, with the interval that says how well it is known."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from keyworker.measures.about import About, Method


@dataclass(frozen=True)
class Interval:
    """From where to where a number may lie, at a level of confidence such as 0.95."""

    low: float
    high: float
    level: float
    method: Method


@dataclass(frozen=True)
class Estimate:
    """A share or a rate: events over what they are out of, times `per`, with its interval.

    Takes   numerator and denominator as they were counted; per, such as 100 for "per 100 child-months"; unit, the words
            for that ("changes per 100 child-months").
    """

    numerator: int
    denominator: Fraction
    per: int
    unit: str
    interval: Interval
    about: About

    @property
    def exactly(self) -> Fraction:
        """The value as a fraction, before any rounding."""
        return self.per * self.numerator / self.denominator

    @property
    def value(self) -> float:
        """The value as a float, divided once."""
        return float(self.exactly)
