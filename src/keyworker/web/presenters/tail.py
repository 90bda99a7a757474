"""The spread of caseload: a row of workers, one bar each, sorted, no names; one scale for every group."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from keyworker.measures.pictures import GroupRow
from keyworker.web.throughline.shapes import Line, Path, Picture, Rect, Shape, Text, width_of
from keyworker.web.throughline.svg import still
from keyworker.web.words import number, plural, sentence

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 220.0, 150.0, 26.0, 16.0, 6.0


@dataclass(frozen=True)
class Multiple:
    """One group's spread, with its words."""

    name: str
    href: str
    picture: str
    lines: tuple[str, ...]


def multiples(
    rows: Sequence[GroupRow], then: Mapping[str, GroupRow], mean: float | None, top: int, address: Callable[[str], str]
) -> tuple[Multiple, ...]:
    """Small pictures on one scale, in the order of the groups' names: not a league."""
    return tuple(
        Multiple(
            sentence(row.group),
            address(row.handle) if row.handle else "",
            tail(row, then.get(row.group), mean, top),
            tuple(_lines(row)),
        )
        for row in sorted(rows, key=lambda one: one.group)
        if row.loads
    )


def tail(row: GroupRow, then: GroupRow | None, mean: float | None, top: int) -> str:
    """One group's workers as bars from the lightest load to the heaviest."""
    top = max(top, 10)
    scale = (HEIGHT - TOP - BOTTOM) / top
    floor = HEIGHT - BOTTOM
    shapes: list[Shape] = []
    for step in range(0, top + 1, 10 if top < 60 else 20):
        y = round(floor - step * scale, 1)
        shapes += [Line(LEFT, y, WIDTH, y, "tick"), Text(LEFT - 5, y + 4, str(step), "tick-label", "end")]
    loads = sorted(row.loads)
    # Beside an earlier day the picture compares two spreads; each worker's own capacity would be a third.
    agreed = row.capacities if len(row.capacities) == len(loads) and then is None else ()
    # No bar is so wide that a team of three looks heavier than a team of thirty.
    pitch = min((WIDTH - LEFT) / max(len(loads), 1), 12.0)
    for index, load in enumerate(loads):
        height = load * scale
        shapes.append(
            Rect(
                round(LEFT + index * pitch + pitch * 0.12, 1),
                round(floor - height, 1),
                round(pitch * 0.76, 1),
                round(height, 1),
                "bar",
            )
        )
    for index, capacity in enumerate(agreed):
        if capacity is not None and capacity <= top:
            y = round(floor - capacity * scale, 1)
            x = LEFT + index * pitch
            shapes.append(Line(round(x, 1), y, round(x + pitch, 1), y, "capacity"))
    if then and then.loads:
        shapes.append(_outline(sorted(then.loads), len(loads) * pitch, scale, floor))
    shapes.append(Line(LEFT, floor, WIDTH, floor, "floor"))
    if mean is not None:
        y = round(floor - mean * scale, 1)
        shapes.append(Line(LEFT, y, WIDTH, y, "mean"))
        shapes.append(_mean_label(f"mean of all {number(mean)}", y - 4, LEFT + len(loads) * pitch))
    return still(Picture(WIDTH, HEIGHT, tuple(shapes)), key="tail", cls="kw-line kw-tail", label=_label(row))


def _mean_label(says: str, y: float, bars_end: float) -> Text:
    """The words of the mean, where they hide no bar: to the right of them all, or else over the lightest."""
    if bars_end + width_of(says, 9) + 6 <= WIDTH:
        return Text(WIDTH, y, says, "mean-label", "end")
    return Text(LEFT + 3, y, says, "mean-label")


def _outline(loads: Sequence[int], width: float, scale: float, floor: float) -> Path:
    pitch = (width or WIDTH - LEFT) / len(loads)
    steps = "".join(f"V{floor - load * scale:.1f}H{LEFT + (index + 1) * pitch:.1f}" for index, load in enumerate(loads))
    return Path(f"M{LEFT} {floor}{steps}", "then")


def _label(row: GroupRow) -> str:
    if not row.loads:
        return f"{row.group}: no worker holds a child"
    ordered = sorted(row.loads)
    return (
        f"{row.group}: {plural(len(ordered), 'worker')} hold from {ordered[0]} to {ordered[-1]} children; "
        f"half hold {ordered[len(ordered) // 2]} or more"
    )


def _lines(row: GroupRow) -> list[str]:
    above = row.above_own_capacity
    capacity = (
        "capacity not agreed"
        if above.numerator is None or not above.denominator
        else f"{number(above.numerator)} of {number(above.denominator)} above own agreed capacity"
    )
    none = (
        f"{plural(row.unallocated, 'child', 'children')} with no worker"
        if row.unallocated
        else "every child has a worker"
    )
    return [f"{plural(row.workers_holding, 'worker')}, {plural(row.children, 'child', 'children')}", capacity, none]
