"""How evenly work is shared within a team: two indices, and the lightest and heaviest load that an index hides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from keyworker.measures.about import About, CannotTell, Method
from keyworker.measures.whole import Number, exact
from keyworker.vocabulary.errors import KeyworkerError

METHOD = Method(
    "Evenness of loads",
    "Gini: Σ(2i-n-1) x₍ᵢ₎ / (n Σx); Jain: (Σx)² / (n Σx²)",
    "Gini 1912; Jain, Chiu & Hawe 1984, arXiv:cs/9809099",
)


@dataclass(frozen=True)
class Evenness:
    """How even the loads of one team are: Gini 0 and Jain 1 are equal loads. Never a comparison of people.

    Takes   workers, how many loads there are; lightest and heaviest, shown beside the indices because one index hides
            the person at 150% of capacity.
    """

    workers: int
    gini: Fraction
    jain: Fraction
    lightest: Fraction
    heaviest: Fraction
    about: About
    method: Method = METHOD


def evenness(loads: Iterable[Number], about: About) -> Evenness | CannotTell:
    """Gini, Jain and the ends, exactly. Loads are best given over capacity, with weights on and off."""
    ordered = sorted(exact(load) for load in loads)
    if any(load < 0 for load in ordered):
        raise KeyworkerError("A load is below nought.", remedy="Count again: a load is nought or more.")
    n, total = len(ordered), sum(ordered, Fraction(0))
    if not n:
        return CannotTell("nobody is in the team")
    if not total:
        return CannotTell("nobody in the team holds anything")
    gini = sum(((2 * at - n - 1) * load for at, load in enumerate(ordered, 1)), Fraction(0)) / (n * total)
    jain = total**2 / (n * sum((load * load for load in ordered), Fraction(0)))
    return Evenness(n, gini, jain, ordered[0], ordered[-1], about)
