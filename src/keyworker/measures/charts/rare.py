"""Charts of rare events: how many cases (g) or days (t) lie between one and the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from math import sqrt
from typing import SupportsIndex

from keyworker.measures.about import Method
from keyworker.measures.charts.chart import Chart
from keyworker.measures.charts.decided import Label
from keyworker.measures.charts.judged import Plan, Scale
from keyworker.measures.charts.judged import chart as judged
from keyworker.measures.charts.limits import Limited, Setting, mean, without_limits
from keyworker.measures.charts.rules import Bounds
from keyworker.measures.charts.series import series
from keyworker.measures.charts.words import Kind, Signal
from keyworker.measures.charts.xmr import limits as xmr_limits
from keyworker.measures.whole import count
from keyworker.vocabulary.errors import KeyworkerError

POWER = 3.6
G_METHOD = Method(
    "g chart", "mean + 3 √(mean (mean + 1)); no lower limit", "Benneyan 2001, doi:10.1023/A:1011842112182"
)
T_METHOD = Method(
    "t chart",
    "y^(1/3.6) on an XmR chart; limits raised to the power 3.6",
    "Nelson 1994, doi:10.1080/00224065.1994.11979504",
)


def g_chart(on: Sequence[Label], between: Iterable[SupportsIndex | None], *, plan: Plan) -> Chart:
    """Cases or visits between one rare event and the next. Only a point above the limit is a signal.

    Gives   a chart without a lower limit, judged by one rule: the counts are skewed, so that runs about their mean and
            points near a limit would come by themselves.
    """
    counts = [None if value is None else count(value, "number between two events") for value in between]
    rules = replace(plan.rules, used=(Signal.OUTSIDE,))
    return judged(Kind.G, G_METHOD, series(on, counts, ties=True), replace(plan, rules=rules), _g_limits)


def _g_limits(section: Setting) -> Limited:
    centre = mean(section.setting)
    if not centre:
        return without_limits(section, centre, "nothing lies between one event and the next")
    upper = float(centre) + 3 * sqrt(centre * (centre + 1))
    return Limited(centre, (Bounds(None, upper, None, None),) * len(section.values))


def t_chart(on: Sequence[Label], days: Iterable[SupportsIndex | None], *, plan: Plan) -> Chart:
    """Days between one rare event and the next, judged on the scale on which they are near normal."""
    counts = [None if value is None else count(value, "number of days between two events") for value in days]
    scale = Scale(judged=lambda value: float(value) ** (1 / POWER), read=lambda value: max(float(value), 0.0) ** POWER)
    return judged(
        Kind.T,
        T_METHOD,
        series(on, counts, ties=True),
        plan,
        lambda section: xmr_limits(section, plan.rules.screened),
        scale,
    )


def days_between(events: Sequence[date]) -> tuple[tuple[date, ...], tuple[int, ...]]:
    """The days of all events but the first, and the days that passed before each; none between two of one day."""
    if any(before > after for before, after in pairwise(events)):
        raise KeyworkerError("The events are not in order.", remedy="Give their days, earliest first.")
    return tuple(events[1:]), tuple((after - before).days for before, after in pairwise(events))
