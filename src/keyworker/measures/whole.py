"""Whole numbers, taken strictly: from plain sequences and from columns of NumPy or Polars alike."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from fractions import Fraction
from typing import SupportsFloat, SupportsIndex

from keyworker.vocabulary.errors import KeyworkerError

Number = SupportsIndex | SupportsFloat | Fraction
"""A whole number, a fraction, a decimal, or a float that stands for the decimal it prints as."""


def count(value: SupportsIndex, what: str) -> int:
    """One count, nought or more."""
    try:
        found = operator.index(value)
    except TypeError:
        raise KeyworkerError(
            f"The {what} must be a whole number.", remedy="Give counts, and let the division happen here, once."
        ) from None
    if found < 0:
        raise KeyworkerError(f"The {what} is below nought.", remedy="Count again: a count is nought or more.")
    return found


def exact(value: Number) -> Fraction:
    """One figure as a fraction, without loss.

    A float is taken as the decimal that it prints as, so that 0.1, 0.2 and 0.3 have exactly 0.2 as their mean: whether
    a point lies on the mean decides whether a run goes on.
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, SupportsIndex):
        return Fraction(operator.index(value))
    try:
        return Fraction(str(value))
    except ValueError:
        raise KeyworkerError(
            "A figure is not a finite number.", remedy="Give None where there is no figure; it is drawn as a gap."
        ) from None


def exacts(values: Iterable[Number | None]) -> tuple[Fraction | None, ...]:
    """A column of figures as fractions; None where there is none."""
    return tuple(None if value is None else exact(value) for value in values)
