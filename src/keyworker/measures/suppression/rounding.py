"""Rounding of published counts and shares, and what a rounded count gives away."""

from __future__ import annotations

from keyworker.measures.suppression.ranges import Range
from keyworker.vocabulary.errors import KeyworkerError


def nearest(count: int, step: int) -> int:
    """A count to the nearest step, halves upward: 25 is 30 to the nearest 10."""
    if step < 1:
        raise KeyworkerError("A count is rounded to a step of one or more.", remedy="Give 10 for the nearest ten.")
    return (2 * count + step) // (2 * step) * step


def between(count: int, step: int | None) -> Range:
    """Between which counts the true one lies, to whoever sees it rounded."""
    if step is None:
        return Range(count, count)
    low = nearest(count, step) - step // 2
    return Range(max(low, 0), low + step - 1)


def per_cent(part: int, base: int) -> float:
    """A share as a percentage to one decimal place, halves upward, divided once."""
    return (2 * 1000 * part + base) // (2 * base) / 10


BANDED_FROM = 80


def banded(part: int, base: int) -> str:
    """A share of a group that is nearly unanimous in words that do not say whether it is: 80% or more, 20% or less."""
    if 100 * part >= BANDED_FROM * base:
        return f"{BANDED_FROM}% or more"
    if 100 * part <= (100 - BANDED_FROM) * base:
        return f"{100 - BANDED_FROM}% or less"
    return f"{per_cent(part, base):.1f}%"
