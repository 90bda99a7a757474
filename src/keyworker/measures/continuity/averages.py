"""Continuity of many children: the average over children, and how many were left out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from keyworker.measures.about import About, CannotTell
from keyworker.measures.continuity.indices import Index, Indices
from keyworker.measures.intervals import Estimate, share

FEWEST = 3
"""Below this many visits an index is 1 or 0 by arithmetic and says nothing."""


@dataclass(frozen=True)
class Average:
    """A mean over children, each counting once, which does not hide those who are seldom visited.

    Takes   children in the mean; left_out, how many had fewer visits than `fewest`, and so are in no average.
    """

    value: Fraction
    children: int
    left_out: int
    fewest: int
    about: About


def over_children(
    children: Iterable[Indices], index: Callable[[Indices], Index], about: About, fewest: int = FEWEST
) -> Average | CannotTell:
    """The mean of one index over children with visits enough, and how many had too few."""
    values, left_out = [], 0
    for child in children:
        value = index(child)
        if child.visits < fewest or isinstance(value, CannotTell):
            left_out += 1
        else:
            values.append(value)
    if not values:
        return CannotTell(f"no child had {fewest} visits or more")
    return Average(sum(values, Fraction(0)) / len(values), len(values), left_out, fewest, about)


def over_visits(children: Iterable[Indices], about: About) -> Estimate | CannotTell:
    """The share of all next visits that brought the same face. Children often seen count more: say so beside it."""
    pairs = same = 0
    for child in children:
        if child.visits > 1:
            pairs += child.visits - 1
            same += child.visits - 1 - child.handovers
    if not pairs:
        return CannotTell(f"no two visits were made to any of the {about.base}")
    return share(same, pairs, about, unit="share of next visits by the same worker")
