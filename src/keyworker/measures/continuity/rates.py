"""Changes of worker for each hundred months of children's lives, with how well that is known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from math import exp, log
from typing import SupportsIndex

from keyworker.measures.about import About, CannotTell
from keyworker.measures.intervals import Estimate, rate
from keyworker.measures.whole import count
from keyworker.vocabulary.errors import KeyworkerError

DAYS_IN_MONTH = Fraction(1461, 48)
"""A twelfth of 365.25 days."""


def changes_per_100_child_months(
    changes: SupportsIndex, child_days: SupportsIndex, about: About, level: float = 0.95
) -> Estimate | CannotTell:
    """Changes of worker for each hundred months, with the exact Poisson interval.

    Takes   child_days, the days of the base of all children together. Brothers and sisters who lose one worker are
            several changes of one cause, so the true interval is wider: give families beside it.
    """
    months = count(child_days, "number of child-days") / DAYS_IN_MONTH
    return rate(changes, months, about, per=100, unit="changes per 100 child-months", level=level)


def families_touched(changes: Iterable[tuple[str, date, str | None]]) -> int:
    """How many times a family lost a worker: five brothers and sisters on one day are five children's and one family's.

    Takes   the family, the day and the worker before, of each child's change.
    """
    return len(set(changes))


def yearly_rate_behind(share_with_a_change: float) -> float:
    """The changes a year that leave so large a share of children with at least one, if changes came by chance alone."""
    if not 0 <= share_with_a_change < 1:
        raise KeyworkerError("The share is not from 0 up to 1.", remedy="Give 0.6 for 60%.")
    return -log(1 - share_with_a_change)


def share_with_two_or_more(yearly_rate: float) -> float:
    """The share of children with two changes or more in a year at that rate, if changes came by chance alone."""
    return 1 - exp(-yearly_rate) * (1 + yearly_rate)
