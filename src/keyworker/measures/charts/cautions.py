"""What a reader must be told beside a chart: trial limits, points that follow each other, bases too small or large."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from keyworker.measures.about import CannotTell
from keyworker.measures.charts.chart import Point, Section
from keyworker.measures.charts.limits import FIRM
from keyworker.measures.charts.words import Kind

FOLLOWS = 0.25
"""Above this lag-1 autocorrelation the moving range is too small and the limits too narrow."""

SMALL_BASE, LARGE_BASE = 20, 1000
"""Between these bases the plain p chart's limits can be relied on."""

_SHARES = {Kind.P, Kind.P_PRIME}
_RARE = {Kind.G, Kind.T}


def autocorrelation(values: Sequence[float], centre: float | None = None) -> float | CannotTell:
    """How far each point follows the one before: 0 for none, towards 1 for a stock such as open cases."""
    if len(values) < FIRM:
        return CannotTell(f"{len(values)} points are too few to see whether each follows the one before")
    middle = sum(values) / len(values) if centre is None else centre
    apart = [value - middle for value in values]
    spread = sum(one * one for one in apart)
    if not spread:
        return CannotTell("every point is the same")
    return sum(before * now for before, now in pairwise(apart)) / spread


def cautions(kind: Kind, points: Sequence[Point], sections: Sequence[Section]) -> tuple[str, ...]:
    """Sentences to be printed beside the chart."""
    found = [_trial(section, len(sections) > 1) for section in sections if section.trial]
    found += [f"No limits: {section.cannot.reason}." for section in sections if section.cannot]
    if kind not in _RARE and any(_follows(points[section.first : section.last]) for section in sections):
        found.append(
            "Each point follows the one before (lag-1 autocorrelation above 0.25), so the limits are too narrow and"
            " signals come by themselves. Chart what comes and goes in place of what there is."
        )
    bases = [point.denominator for point in points if point.denominator and point.value is not None and point.is_whole]
    if kind in _SHARES and bases and min(bases) < SMALL_BASE:
        found.append(f"Some points rest on fewer than {SMALL_BASE}; their limits are rough.")
    if kind is Kind.P and bases and max(bases) > LARGE_BASE:
        found.append(f"Some points rest on more than {LARGE_BASE:,}; ordinary limits may be absurdly tight: see p′.")
    return tuple(found)


def _trial(section: Section, several: bool) -> str:
    where = f" from {section.rebase.on}" if several and section.rebase else ""
    return f"Trial limits{where}: {section.used} points set them; they are firm from {FIRM}."


def _follows(points: Sequence[Point]) -> bool:
    values = [point.value for point in points if point.value is not None and point.is_whole]
    found = autocorrelation(values)
    return not isinstance(found, CannotTell) and found > FOLLOWS
