"""A chart over time drawn: points, centre, limits, target, and a line where limits start afresh."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from keyworker.measures.charts import Chart
from keyworker.measures.drawing.drawn import Drawn, Listed, Width
from keyworker.measures.drawing.frame import (
    SMALL,
    Key,
    Space,
    Words,
    framed,
    lying,
    room,
    source_line,
    spread,
    unit_on,
    upright,
)
from keyworker.measures.drawing.marks import dot, faint_dot, line, path, wide, words
from keyworker.measures.drawing.said import description, finding, notes, number, short, verdict, when
from keyworker.measures.drawing.scale import Scale, scale

LIMIT, TARGET, NOT_WHOLE = "6 4", "2 3", "1 4"


def draw_chart(chart: Chart, key: str = "chart") -> Drawn:
    """A chart over time as pictures, words and table.

    Takes   key, letters that make the picture's ids its own on a page.
    """
    along = "" if all(isinstance(point.on, date) for point in chart.points) else "In order"
    said = Words(finding(chart), chart.unit, along, description(chart), chart.about)
    pictures = [_picture(chart, width, key, said) for width in (Width.WIDE, Width.NARROW)]
    return Drawn(
        title=said.title,
        unit=chart.unit,
        source=source_line(chart.about),
        description=said.description,
        wide=pictures[0],
        narrow=pictures[1],
        notes=notes(chart),
        table=listed(chart),
    )


def listed(chart: Chart) -> Listed:
    """Every point with its counts, its limits and what the rules say of it."""
    return Listed(
        caption=f"{chart.name}, {chart.about.period}",
        headings=("When", chart.unit, "Counted", "Out of", "Centre", "Lower limit", "Upper limit", "What it says"),
        rows=tuple(
            (
                when(point.on).removeprefix("point "),
                number(point.value),
                number(point.numerator),
                number(point.denominator),
                number(point.centre),
                number(point.lower),
                number(point.upper),
                verdict(point, chart.rules),
            )
            for point in chart.points
        ),
    )


def _heights(chart: Chart) -> Scale:
    known = [point.value for point in chart.points if point.value is not None]
    shown = [one for point in chart.points for one in (point.lower, point.upper) if one is not None]
    target = [] if chart.target is None else [chart.target]
    return scale([*known, *shown, *target], 0, 1, floor_at=0.0 if known and min(known) >= 0 else None)


def _picture(chart: Chart, width: Width, key: str, said: Words) -> str:
    heights = _heights(chart)
    named = _lines(chart, heights)

    def inside(space: Space) -> Iterable[str]:
        up = Scale(heights.low, heights.high, heights.step, space.bottom, space.top)
        right = space.right
        if width is Width.WIDE:
            right -= max((wide(one.says, SMALL) for _, one in named), default=0) + 4
            for y, says in spread([(up.at(value), one.says) for value, one in named], space.bottom):
                yield words(right + 4, y + 4, says, "line-label", size=SMALL)
        across = [_along(at, len(chart.points), space.left, right) for at in range(len(chart.points))]
        yield from upright(up, space)
        yield from lying([(x, short(point.on)) for x, point in zip(across, chart.points, strict=True)], space)
        yield from _levels(chart, up, across)
        yield from _figures(chart, up, across)

    key_lines = [one for _, one in named] if width is Width.NARROW else []
    there = replace(said, unit=unit_on(said.unit, heights))
    return framed(width, key, there, room(heights), inside, key_lines)


def _along(at: int, count: int, left: float, right: float) -> float:
    return left + 10 + (right - left - 20) * (at / (count - 1) if count > 1 else 0.5)


def _levels(chart: Chart, up: Scale, across: list[float]) -> Iterable[str]:
    """Centre, limits and target of each section; a line where a section begins by decision."""
    half = (across[1] - across[0]) / 2 if len(across) > 1 else 10.0
    for section in chart.sections:
        points = list(zip(across, chart.points, strict=True))[section.first : section.last]
        for name, dash in (("centre", ""), ("lower", LIMIT), ("upper", LIMIT)):
            yield from _level([(x, getattr(point, name)) for x, point in points], up, half, name, dash)
        if section.rebase:
            x = across[section.first] - half
            yield line(x, up.last, x, up.first, "rebase", 1.25, "1 3")
    if chart.target is not None and across:
        y = up.at(chart.target)
        yield line(across[0] - half, y, across[-1] + half, y, "target", 2, TARGET)


def _level(points: Sequence[tuple[float, float | None]], up: Scale, half: float, name: str, dash: str) -> Iterable[str]:
    """One line of a section: level where it is level, in steps where points have their own; broken at a gap."""
    ends: list[tuple[float, float]] = []
    for x, value in points:
        if value is not None and _fits(value, up):
            ends += [(x - half, up.at(value)), (x + half, up.at(value))]
        else:
            yield path(ends, name, 1.25, dash)
            ends = []
    yield path(ends, name, 1.25, dash)


def _fits(value: float, up: Scale) -> bool:
    return up.low <= value <= up.high


def _figures(chart: Chart, up: Scale, across: list[float]) -> Iterable[str]:
    """The points, joined but not across a gap nor from one section to the next."""
    for section in chart.sections:
        points = list(zip(across, chart.points, strict=True))[section.first : section.last]
        yield from _joined([(x, point.value if point.is_whole else None) for x, point in points], up, "figures")
        before = [(x, None if point.is_whole else point.value) for x, point in points]
        yield from _joined(before, up, "figures is-not-whole", NOT_WHOLE)
    for x, point in zip(across, chart.points, strict=True):
        if point.value is not None and point.is_whole:
            yield dot(x, up.at(point.value), point.meaning, left_out=point.left_out is not None)
        elif point.value is not None:
            yield faint_dot(x, up.at(point.value))


def _joined(points: Sequence[tuple[float, float | None]], up: Scale, cls: str, dash: str = "") -> Iterable[str]:
    """Points joined by a line that is broken where one is missing."""
    joined: list[tuple[float, float]] = []
    for x, value in points:
        if value is not None:
            joined.append((x, up.at(value)))
        else:
            yield path(joined, cls, dash=dash)
            joined = []
    yield path(joined, cls, dash=dash)


def _lines(chart: Chart, up: Scale) -> list[tuple[float, Key]]:
    """What the lines are called, with the figure at which they end."""
    last = next((point for point in reversed(chart.points) if point.centre is not None), None)
    found = [] if chart.target is None else [(chart.target, Key(f"target {number(chart.target)}", 2, TARGET))]
    if last is None:
        return found
    ends = (("upper limit", last.upper, LIMIT), ("centre", last.centre, ""), ("lower limit", last.lower, LIMIT))
    return found + [
        (value, Key(f"{name} {number(value)}", 1.25, dash))
        for name, value, dash in ends
        if value is not None and _fits(value, up)
    ]
