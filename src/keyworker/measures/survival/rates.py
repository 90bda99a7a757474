"""Ends for the time that spells were watched."""

from __future__ import annotations

from collections.abc import Sequence

from keyworker.measures.about import About, CannotTell
from keyworker.measures.intervals import Estimate, rate
from keyworker.measures.survival.spells import Spell


def ends_per(
    given: Sequence[Spell], about: About, *, per: int = 1, unit: str, cause: str | None = None
) -> Estimate | CannotTell:
    """Ends for each `per` units of time watched, with the exact interval. Time before a late entry does not count.

    Takes   cause, to count ends by one cause alone.
    """
    ended = sum(one.cause is not None and (cause is None or one.cause == cause) for one in given)
    return rate(ended, sum(one.exit - one.entry for one in given), about, per=per, unit=unit)
