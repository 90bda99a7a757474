"""Stocks charted fairly: what each month adds beyond what the month before already said of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from keyworker.measures.about import CannotTell
from keyworker.measures.charts.cautions import autocorrelation


def residuals(values: Sequence[float | None]) -> tuple[list[float | None], float] | CannotTell:
    """What is left of each month once as much as it follows the month before is taken away, and how much that is.

    Takes   a stock at month ends, such as open children: None where there is no figure.
    Gives   residuals in the order of the values (None for the first and after a gap) and the autocorrelation taken
            away. Chart them with `xmr`: a stock on its own limits signals by itself.
    """
    known = [value for value in values if value is not None]
    middle = sum(known) / len(known) if known else 0.0
    follows = autocorrelation(known, middle)
    if isinstance(follows, CannotTell):
        return follows
    left: list[float | None] = [None]
    for before, now in pairwise(values):
        known_both = before is not None and now is not None
        left.append((now - middle) - follows * (before - middle) if known_both else None)  # type: ignore[operator]
    return left, follows
