"""The XmR chart with the Making Data Count rules: the default for every measure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from keyworker.measures.about import Method
from keyworker.measures.charts.chart import Chart
from keyworker.measures.charts.decided import Label
from keyworker.measures.charts.judged import Plan
from keyworker.measures.charts.judged import chart as judged
from keyworker.measures.charts.limits import (
    ROOM,
    Limited,
    Setting,
    around,
    mean,
    mean_range,
    setting_ranges,
    without_limits,
)
from keyworker.measures.charts.series import Series, series
from keyworker.measures.charts.words import Kind
from keyworker.measures.whole import Number

METHOD = Method(
    "XmR chart, Making Data Count rules",
    "mean ± 2.66 × mean moving range",
    "NHS England, Making Data Count; NHSRplotthedots (github.com/nhs-r-community/NHSRplotthedots)",
)


def xmr(
    on: Sequence[Label],
    numerators: Iterable[Number | None],
    denominators: Iterable[Number | None] | None = None,
    *,
    plan: Plan,
    per: int = 1,
) -> Chart:
    """One value a month, judged against its own past.

    Takes   on, the day or number of each point; numerators over denominators, times per; or plain values alone.
    Gives   a chart. Limits need five points and are on trial below twelve; where every point is the same there is no
            variation to set them by. Limits are not cut: they may lie where no figure can.
    """
    return xmr_of(series(on, numerators, denominators, per), plan)


def xmr_of(given: Series, plan: Plan) -> Chart:
    """The XmR chart of a series that is already made."""
    return judged(Kind.XMR, METHOD, given, plan, lambda section: limits(section, plan.rules.screened))


def limits(section: Setting, screened: bool) -> Limited:
    """The mean, and 2.66 times the mean moving range on both sides of it. The mean itself is not screened."""
    centre = mean(section.setting)
    size = mean_range(setting_ranges(section.values, section.sets), screened)
    if size is None:
        return without_limits(
            section, centre, "no two neighbouring points set the limits, so nothing shows their steps"
        )
    if not size:
        return without_limits(section, centre, "the points that set the limits do not vary")
    return Limited(centre, (around(centre, ROOM * size),) * len(section.values), mean_moving_range=size)
