"""Comparisons of very few: over every way in which chance could have dealt them, and what few can ever show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb, factorial
from typing import SupportsIndex

from keyworker.measures.about import About, CannotTell, Method
from keyworker.measures.whole import Number, exact

METHOD = Method(
    "Exact sign-flip test of paired differences",
    "share of the 2ⁿ sign patterns whose sum is at least as large as the sum seen",
    "Fisher 1935, The Design of Experiments, chapter 3",
)


@dataclass(frozen=True)
class SignFlips:
    """How many sign patterns reach the sum that was seen.

    Takes   total, the sum seen; patterns, how many there are; as_large, how many reach it, on the side where it lies.
    """

    total: Fraction
    patterns: int
    as_large: int
    about: About
    method: Method = METHOD

    @property
    def p_one_sided(self) -> Fraction:
        """The share of patterns at least as far out, on the side seen."""
        return Fraction(self.as_large, self.patterns)

    @property
    def p_two_sided(self) -> Fraction:
        """The share at least as far out on either side."""
        return min(Fraction(1), 2 * self.p_one_sided)


def sign_flips(differences: Sequence[Number], about: About) -> SignFlips | CannotTell:
    """Whether paired differences lie further from nought than signs dealt by chance would put them."""
    found = [exact(one) for one in differences]
    if not any(found):
        return CannotTell("no pair differs")
    sums: Counter[Fraction] = Counter({Fraction(0): 1})
    for one in found:
        further: Counter[Fraction] = Counter()
        for total, ways in sums.items():
            further[total + one] += ways
            further[total - one] += ways
        sums = further
    seen = sum(found, Fraction(0))
    as_large = sum(ways for total, ways in sums.items() if total >= abs(seen))
    return SignFlips(seen, 2 ** len(found), as_large, about)


def smallest_p_of_choice(places: SupportsIndex, treated: SupportsIndex) -> Fraction:
    """The smallest one-sided p that can ever come of some of a few places changing: 1 of 5 gives 0.2 at best."""
    return Fraction(1, comb(int(places), int(treated)))


def smallest_p_of_order(places: SupportsIndex) -> Fraction:
    """The smallest one-sided p that can come of places that change one after another in an order drawn by lot."""
    return Fraction(1, factorial(int(places)))
