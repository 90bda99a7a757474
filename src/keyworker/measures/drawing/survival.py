"""Survival curves drawn: the share that lasts, with its interval, and how many were at risk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from keyworker.measures.about import CannotTell
from keyworker.measures.drawing.drawn import Drawn, Listed, Width
from keyworker.measures.drawing.frame import Key, Space, Words, framed, lying, room, source_line, upright
from keyworker.measures.drawing.marks import Point, path
from keyworker.measures.drawing.said import number, why_not
from keyworker.measures.drawing.scale import Scale, scale
from keyworker.measures.intervals import Interval
from keyworker.measures.survival import Curve, Quantile

DASHES = ("", "8 3", "3 3", "10 3 2 3")


def draw_curves(curves: Mapping[str, Curve], name: str, key: str = "curve") -> Drawn:
    """Up to four curves on one scale, as pictures, words and table; each with its own dash, and its name at its end.

    Takes   curves by the name of their group, all of one unit; name, what lasts ("With the same worker").
    """
    first = next(iter(curves.values()))
    said = Words(
        _finding(curves, name),
        f"{name}, % still so",
        f"{first.unit.capitalize()} since the start",
        _description(curves, name),
        first.about,
    )
    pictures = [_picture(curves, width, key, said) for width in (Width.WIDE, Width.NARROW)]
    return Drawn(
        title=said.title,
        unit=said.unit,
        source=source_line(first.about),
        description=said.description,
        wide=pictures[0],
        narrow=pictures[1],
        notes=_notes(curves),
        table=_listed(curves, name),
    )


def _half(curve: Curve) -> str:
    median = curve.median
    if isinstance(median, CannotTell):
        return f"cannot tell when half have ended: {median.reason}"
    return f"half have ended by {median.age} {curve.unit}"


def _finding(curves: Mapping[str, Curve], name: str) -> str:
    if len(curves) == 1:
        return f"{name}: {_half(next(iter(curves.values())))}"
    known = {group: curve.median for group, curve in curves.items()}
    ages = [f"{group} {one.age}" for group, one in known.items() if isinstance(one, Quantile)]
    unit = next(iter(curves.values())).unit
    return f"{name}: half have ended by ({unit}) {', '.join(ages)}" if ages else f"{name}: how long does it last?"


def _description(curves: Mapping[str, Curve], name: str) -> str:
    parts = [
        f"{group + ': ' if group else ''}{curve.spells} spells, {curve.events} ended; {_half(curve)}."
        for group, curve in curves.items()
    ]
    return f"Survival curve. {name}. {' '.join(parts)}"


def _notes(curves: Mapping[str, Curve]) -> tuple[str, ...]:
    found = []
    for group, curve in curves.items():
        of = f"{group}: " if group else ""
        if curve.start:
            found.append(
                f"{of}too few were at risk before {curve.start} {curve.unit}, so the curve is of spells that reach it"
                f" ({curve.left_out} left out)."
            )
        if curve.stops:
            found.append(f"{of}the curve stops: {why_not(curve.stops)}.")
    method = next(iter(curves.values())).method
    return (*found, f"{method.name}: {method.formula}.")


def _listed(curves: Mapping[str, Curve], name: str) -> Listed:
    rows = []
    for group, curve in curves.items():
        for step in curve.steps:
            ends = step.interval
            pair = (ends.low, ends.high) if isinstance(ends, Interval) else (None, None)
            low, high = (number(None if end is None else 100 * end) for end in pair)
            rows.append(
                (
                    group,
                    f"{step.age:,}",
                    f"{step.at_risk:,}",
                    f"{step.ended:,}",
                    number(100 * float(step.survival)),
                    low,
                    high,
                )
            )
    unit = next(iter(curves.values())).unit
    headings = ("Group", f"Age in {unit}", "At risk", "Ended", "% still so", "From", "To")
    return Listed(f"{name}, {next(iter(curves.values())).about.period}", headings, tuple(rows))


def _picture(curves: Mapping[str, Curve], width: Width, key: str, said: Words) -> str:
    last = max(curve.watched_to for curve in curves.values())
    heights = scale([0, 100], 0, 1)
    several = [(group, dash) for group, dash in zip(curves, DASHES, strict=False) if group]

    def inside(space: Space) -> Iterable[str]:
        up = Scale(heights.low, heights.high, heights.step, space.bottom, space.top)
        across = scale([0, last], space.left, space.right)
        yield from upright(up, space)
        yield from lying([(across.at(value), across.says(value)) for value in across.ticks], space)
        for curve, dash in zip(curves.values(), DASHES, strict=False):
            line, low, high = _lines(curve, across, up)
            yield path(line, "survival", 2, dash, stepped=True)
            yield path(low, "interval", 0.75, "1 2", stepped=True)
            yield path(high, "interval", 0.75, "1 2", stepped=True)

    return framed(width, key, said, room(heights), inside, [Key(group, 2, dash) for group, dash in several])


def _lines(curve: Curve, across: Scale, up: Scale) -> tuple[list[Point], list[Point], list[Point]]:
    """The curve and the ends of its interval, from its start to where watching stopped."""
    start = (across.at(curve.start), up.at(100))
    line, low, high = [start], [start], [start]
    for step in curve.steps:
        x = across.at(step.age)
        line.append((x, up.at(100 * float(step.survival))))
        if isinstance(step.interval, Interval):
            low.append((x, up.at(100 * step.interval.low)))
            high.append((x, up.at(100 * step.interval.high)))
    end = across.at(curve.watched_to)
    return [[*one, (end, one[-1][1])] for one in (line, low, high)]  # type: ignore[return-value]
