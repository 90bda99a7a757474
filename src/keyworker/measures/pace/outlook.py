"""Which duties will pass their day in the next ten working days, if they go on as such duties went in the year before.

For each open duty: of those of the same rule that were still open as long before their day, the share that passed it.
It speaks of duties and of no worker, and a share from few of them is not given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from keyworker.clocks.counting import Method, Unit, due_day, units_between
from keyworker.clocks.readings import State
from keyworker.clocks.rules import Rulebook, RuleKind
from keyworker.measures.about import CannotTell
from keyworker.measures.intervals.estimate import Interval
from keyworker.measures.intervals.proportion import wilson
from keyworker.measures.pace.past import Past, past_of

AHEAD = 10
"""How many working days are looked ahead."""
ENOUGH = 20
"""The fewest past duties from which a share is given."""


@dataclass(frozen=True)
class Ahead:
    """Open duties of one rule that fall due on one day.

    Takes   left, how many units before that day it is now; of, how many past duties were open as long before theirs;
            passed, how many of those passed it; interval, of that share, None where there were too few.
    """

    due_on: date
    duties: int
    left: int
    of: int
    passed: int
    interval: Interval | None

    @property
    def share(self) -> float | None:
        """The share of such duties that passed their day, where enough are known."""
        return self.passed / self.of if self.interval else None


@dataclass(frozen=True)
class Outlook:
    """What of one rule falls due by a day, and how much of it will pass its day at this pace.

    Takes   past, the duties from which the pace is known; days, by due day, the soonest first.
    """

    rule: str
    title: str
    unit: Unit
    until: date
    past: int
    days: tuple[Ahead, ...]

    @property
    def duties(self) -> int:
        """How many fall due."""
        return sum(one.duties for one in self.days)

    @property
    def told(self) -> int:
        """How many of them enough is known of to say."""
        return sum(one.duties for one in self.days if one.interval)

    @property
    def passing(self) -> float:
        """How many of those told will pass their day at this pace."""
        return sum(one.duties * (one.share or 0.0) for one in self.days)

    @property
    def low(self) -> float:
        """How few, if each share is as low as its interval allows."""
        return sum(one.duties * one.interval.low for one in self.days if one.interval)

    @property
    def high(self) -> float:
        """How many, if each share is as high as its interval allows."""
        return sum(one.duties * one.interval.high for one in self.days if one.interval)


def last_day(at: date, known: date | None = None) -> date:
    """The tenth working day after a day."""
    return due_day(at, Method(AHEAD, Unit.WORKING_DAYS), known)


def falling_due(found: pl.DataFrame, at: date, known: date | None = None) -> pl.DataFrame:
    """Of some readings, as columns, those that run and fall due in the next ten working days, today among them."""
    until = last_day(at, known)
    due = pl.col("due_on")
    return found.filter((pl.col("state") == State.RUNNING.value) & (due >= at) & (due <= until))


def outlook(
    ahead: pl.DataFrame, past: Mapping[str, Past], rulebook: Rulebook, at: date, known: date | None = None
) -> list[Outlook]:
    """By rule, what falls due in the next ten working days and how much of it will pass its day at this pace.

    Takes   ahead, readings of open duties as columns, whose `rule` numbers the rulebook; past, by rule what is known of
            its duties, as `past_of` gives them; known, the day at whose end bank holidays are known.
    Gives   the rules with the most duties to come first. Windows and gates ask nobody for anything.
    """
    until = last_day(at, known)
    rules, found = list(rulebook), []
    for (number,), rows in falling_due(ahead, at, known).group_by("rule"):
        rule = rules[number]
        if rule.binding.kind in (RuleKind.WINDOW, RuleKind.GATE) or rule.id not in past:
            continue
        went = past[rule.id]
        counted = rows.group_by("due_on").len().sort("due_on")
        days = tuple(_ahead(went, day, duties, at) for day, duties in counted.iter_rows())
        found.append(Outlook(rule.id, rule.title, went.unit, until, len(went.closed), days))
    return sorted(found, key=lambda one: (-one.duties, one.title))


def _ahead(past: Past, due_on: date, duties: int, at: date) -> Ahead:
    left = int(units_between(np.array([at], "datetime64[D]"), np.array([due_on], "datetime64[D]"), past.unit)[0])
    was_open = past.open_at(left)
    of, passed = int(np.count_nonzero(was_open)), int(np.count_nonzero(past.passed[was_open]))
    interval = wilson(passed, of) if of >= ENOUGH else None
    return Ahead(due_on, duties, left, of, passed, None if isinstance(interval, CannotTell) else interval)


def pasts(found: pl.DataFrame, rulebook: Rulebook, at: date) -> dict[str, Past]:
    """By rule, the duties whose day fell in the year before a day, from readings as columns."""
    return {rule.id: past_of(found, number, rule, at) for number, rule in enumerate(rulebook)}
