"""What a chart shows, in words: its finding, what a point's signal is, what decisions lie under it."""

from __future__ import annotations

from datetime import date

from keyworker.measures.about import CannotTell
from keyworker.measures.charts import Assurance, Chart, Kind, Meaning, Point, Rules, Side, Signal, by_chance
from keyworker.measures.charts.decided import Decision, Label
from keyworker.measures.charts.limits import FEWEST
from keyworker.measures.drawing.scale import said


def when(on: Label) -> str:
    """A point's day as people say it: a month where it is the first of one, else a day; a number as a point."""
    if not isinstance(on, date):
        return f"point {on}"
    return f"{on:%B} {on.year}" if on.day == 1 else day(on)


def _at(on: Label) -> str:
    return (
        f"in {when(on)}"
        if isinstance(on, date) and on.day == 1
        else f"on {when(on)}"
        if isinstance(on, date)
        else f"at {when(on)}"
    )


def day(on: date) -> str:
    """A day as it is said: 5 January 2026."""
    return f"{on.day} {on:%B} {on.year}"


def short(on: Label) -> str:
    """A point's day for an axis: Jan 2026, 5 Jan."""
    if not isinstance(on, date):
        return str(on)
    return f"{on:%b} {on.year}" if on.day == 1 else f"{on.day} {on:%b} {on:%y}"


def number(value: float | None) -> str:
    """A figure for a table: up to two places, none that say nothing."""
    if value is None:
        return ""
    return said(value, 2).rstrip("0").rstrip(".") if value % 1 else said(value, 0)


def reason(point: Point, rules: Rules) -> str:
    """Why a point is more than usual variation."""
    high = point.side is Side.HIGH
    match point.signal:
        case Signal.OUTSIDE:
            return "above the upper limit" if high else "below the lower limit"
        case Signal.TREND:
            return f"{rules.trend} points in a row {'rising' if high else 'falling'}"
        case Signal.TWO_OF_THREE:
            return f"two of three points near the {'upper' if high else 'lower'} limit"
        case Signal.SHIFT:
            return f"{rules.shift} points in a row {'above' if high else 'below'} the centre"
    return ""


def verdict(point: Point, rules: Rules) -> str:
    """What a row of the table says of its point."""
    if point.value is None:
        return point.missing
    if not point.is_whole:
        return "not whole: the record does not go back so far"
    words = f"{point.meaning}: {reason(point, rules)}" if point.signal else str(point.meaning)
    return f"{words}; sets no limit" if point.left_out else words


_MEANS = {
    Meaning.IMPROVEMENT: "an improvement",
    Meaning.CONCERN: "a concern",
    Meaning.NEUTRAL: "a change",
}


def finding(chart: Chart) -> str:
    """What the chart shows, in one sentence: its title."""
    latest = chart.latest
    if latest is None:
        return f"{chart.name}: no figure yet"
    if latest.signal:
        first = _since(chart, latest)
        return f"{chart.name}: {_MEANS[latest.meaning]} since {when(first.on)}, {reason(latest, chart.rules)}"
    if chart.sections[-1].centre is None:
        return f"{chart.name}: too few points to tell usual variation from change"
    if chart.flagged:
        return f"{chart.name}: within its usual variation, last outside it {_at(chart.flagged[-1].on)}"
    return f"{chart.name}: nothing beyond usual variation"


def _since(chart: Chart, latest: Point) -> Point:
    """The first of the unbroken run of signals, on one side and in one section, that reaches the latest point."""
    at = chart.points.index(latest)
    first = chart.sections[-1].first
    while at > first and chart.points[at - 1].signal and chart.points[at - 1].side is latest.side:
        at -= 1
    return chart.points[at]


def description(chart: Chart) -> str:
    """The whole picture in a few sentences, for those who do not see it. The table holds every point."""
    known = [point for point in chart.points if point.value is not None and point.is_whole]
    if not known:
        none = f"{chart.kind} chart of {chart.about.base}, {chart.about.period}. There is no figure to judge."
        return " ".join(filter(None, (none, _not_whole(chart))))
    lowest, highest = (pick(known, key=lambda point: point.value or 0.0) for pick in (min, max))
    parts = [
        f"{chart.kind} chart of {chart.about.base}, {chart.about.period}: {len(known)} points from"
        f" {when(known[0].on)} to {when(known[-1].on)}.",
        f"Lowest {number(lowest.value)} {_at(lowest.on)}, highest {number(highest.value)} {_at(highest.on)},"
        f" latest {number(known[-1].value)}.",
    ]
    if known[-1].centre is not None:
        limits = [
            f"{which} limit {number(value)}"
            for which, value in (("lower", known[-1].lower), ("upper", known[-1].upper))
            if value is not None
        ]
        parts.append(f"At the last point the centre is {number(known[-1].centre)}" + _listed(limits) + ".")
    count = len(chart.flagged)
    parts.append(f"{count} point{' is' if count == 1 else 's are'} more than usual variation." if count else "")
    parts.append(_not_whole(chart))
    return " ".join(part for part in parts if part)


def _not_whole(chart: Chart) -> str:
    """How many points lie before the record goes back far enough; empty where none does."""
    drawn = [point for point in chart.points if point.value is not None and not point.is_whole]
    if not drawn:
        return ""
    points = "1 earlier point is" if len(drawn) == 1 else f"{len(drawn)} earlier points are"
    last = when(drawn[-1].on)
    return f"{points} not whole, up to and with {last}: what had ended before the record begins is not in it."


def _listed(parts: list[str]) -> str:
    return f", {', '.join(parts)}" if parts else ""


def notes(chart: Chart) -> tuple[str, ...]:
    """What must stand under the chart: its target, its warnings, every decision with who, when and why, its rules."""
    found = []
    if isinstance(chart.assurance, Assurance):
        found.append(f"As it is now it {chart.assurance} of {number(chart.target)}.")
    elif chart.target is not None:
        found.append(
            f"Target {number(chart.target)}: cannot tell whether it will be met, because {chart.assurance.reason}."
        )
    if earlier := _not_whole(chart):
        found.append(f"{earlier} Such a point is a ring on a broken line; it is not judged and sets no limit.")
    found += chart.warnings
    if chart.baseline:
        found.append(
            f"Limits are set by the first {chart.baseline.points} points: {_decided(chart.baseline.decision)}."
        )
    found += [
        f"From {when(one.rebase.on)} limits are worked out afresh: {_decided(one.rebase.decision)}."
        for one in chart.sections
        if one.rebase
    ]
    found += [
        f"{when(point.on)} sets no limit: {_decided(point.left_out.decision)}."
        for point in chart.points
        if point.left_out
    ]
    if any(point.lower is not None and point.lower < 0 for point in chart.points) and _never_below(chart):
        found.append("The lower limit lies below nought, where no figure can be, and is not drawn.")
    found.append(_rules(chart))
    points = sum(point.value is not None and point.is_whole for point in chart.points)
    if chart.kind is Kind.XMR and points >= FEWEST and len(chart.sections) == 1:
        chance = by_chance(points, chart.rules, runs=4000).any_rule
        found.append(f"About {chance:.0%} of charts of {points} points have a signal though nothing happened.")
    return tuple(found)


def _never_below(chart: Chart) -> bool:
    return all(point.value is None or point.value >= 0 for point in chart.points)


def _decided(one: Decision) -> str:
    return f"{one.why} ({one.by}, {day(one.decided_on)})"


def _rules(chart: Chart) -> str:
    used = {
        Signal.OUTSIDE: "outside the limits",
        Signal.TREND: f"{chart.rules.trend} in a row rising or falling",
        Signal.TWO_OF_THREE: "two of three near a limit",
        Signal.SHIFT: f"{chart.rules.shift} in a row on one side of the centre",
    }
    says = "; ".join(used[rule] for rule in Signal if rule in chart.rules.used)
    return f"{chart.method.name}: {chart.method.formula}. Signals: {says}."


def why_not(value: CannotTell | object) -> str:
    """The reason of an answer that is none, else nothing."""
    return value.reason if isinstance(value, CannotTell) else ""
