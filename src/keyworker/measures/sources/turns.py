"""The days on which the same rows come to mean something else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from keyworker.facts.lens import FAR, Lens
from keyworker.facts.moment import Moment

Ask = Callable[[str, Lens], Sequence[tuple[Any, ...]]]

_TURNS = """select from_on, to_on from {meaning} m
union all select from_on, to_on from {identity_link} k
union all select from_on, to_on from {setting} s where name = 'source precedence'"""

_OF_CLOCKS = """select rule, from_on, to_on from {timescale_exception} x
union all select cast(null as text), from_on, to_on from {setting} s where lower(name) = 'school term'"""
DAY = timedelta(days=1)


def turns(ask: Ask, known_at: datetime | None, rules: Collection[str] = ()) -> list[date]:
    """Every day on which a word's meaning, a joined identifier or a precedence begins or ceases, in order.

    Takes   rules, time limits whose readings are asked about. An exception or a school term speaks of days ahead, so it
            is otherwise already on its last day, on which its end comes into sight.
    """
    always = Lens(Moment(FAR, known_at))
    days = {day for row in ask(_TURNS, always) for day in row if day is not None}
    for rule, from_on, to_on in ask(_OF_CLOCKS, always) if rules else ():
        if rule is None or rule in rules:
            days |= {from_on} if to_on is None else {from_on, to_on - DAY, to_on}
    return sorted(days)
