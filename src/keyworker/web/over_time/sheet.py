"""Lanes laid along a page, or narrow on a phone with each name above its lane; time runs from left to right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from keyworker.facts.stories import Count
from keyworker.measures.over_time import Level
from keyworker.web.over_time.lanes import Curve, Join, Lane, Lanes
from keyworker.web.throughline.scale import Scale, ticks
from keyworker.web.throughline.shapes import Line, Path, Picture, Rect, Shape, Stop, Text, fitting, width_of, wrapped
from keyworker.web.words import number

WIDE, NARROW = 1120.0, 290.0
EDGE, HEAD, BETWEEN, NAME = 12.0, 34.0, 10.0, 20.0
SIDE = 24.0  # the room that a phone's picture has for the numbers of a curve


@dataclass(frozen=True)
class _Page:
    """The page that lanes are laid on."""

    scale: Scale
    wide: bool

    @property
    def left(self) -> float:
        return self.scale.start

    @property
    def right(self) -> float:
        return self.scale.start + self.scale.length


def lie(lanes: Lanes) -> Picture:
    """Lay lanes along a page of 1,120 points, each name beside its lane."""
    scale = Scale(lanes.from_on, lanes.to_on, lanes.labels, WIDE - lanes.labels - EDGE)
    return _laid(lanes, _Page(scale, wide=True), WIDE)


def narrow(lanes: Lanes) -> Picture:
    """Lay lanes on a phone of 320 points, each name above its lane."""
    return _laid(lanes, _Page(Scale(lanes.from_on, lanes.to_on, SIDE, NARROW - SIDE - 6), wide=False), NARROW)


def _laid(lanes: Lanes, page: _Page, width: float) -> Picture:
    shapes: list[Shape] = []
    tops: list[float] = []
    y = HEAD
    for lane in lanes.lanes:
        y += 0 if page.wide else NAME
        tops.append(y)
        shapes += _name(lane, page, y)
        shapes += _curve(lane, page, y)
        shapes += _bars(lane, page, y)
        shapes += _marks(lane, page, y)
        y += lane.height + BETWEEN
    for join in lanes.joins:
        shapes += _join(join, lanes, page, tops)
    return Picture(width, y + 4, (*_axis(lanes, page, y), *shapes))


def _axis(lanes: Lanes, page: _Page, height: float) -> Iterator[Shape]:
    now_x = page.scale.at(lanes.to_on)
    free_from = 0.0
    for tick in ticks(page.scale, 34):
        x = page.scale.at(tick.on)
        width = width_of(tick.says, 12, tick.opens_year)
        cls = "tick is-year" if tick.opens_year else "tick"
        yield Line(x, 24 if tick.opens_year else 28, x, height - 4, cls)
        if x >= free_from and now_x - x > width + width_of(lanes.edge, 12, bold=True) + 14:
            yield Text(x + 3, 19, tick.says, "tick-label is-year" if tick.opens_year else "tick-label")
            free_from = x + width + 6
    yield Text(now_x, 13, lanes.edge, "now-label", "end")
    yield Line(now_x, 18, now_x, height - 4, "now")


def _name(lane: Lane, page: _Page, y: float) -> Iterator[Shape]:
    """The name of a lane: on one line above it on a phone, on as many lines beside it as it needs on a page."""
    cls = "lane is-strong" if lane.strong else "lane"
    if not page.wide:
        yield Text(0, y - 7, fitting(lane.name, NARROW, 13, bold=True) or lane.name[-1], cls)
        return
    # A curve writes its numbers at its left edge, so its lane's name keeps away from there.
    room = page.left - (34 if lane.top else 8)
    lines = [fitting(lane.name, room, 13, bold=True)]
    if not lines[0]:
        lines = wrapped(lane.name[0], room, 13, bold=True)
    first = y + max(min(lane.height / 2 + 5, 18) - (len(lines) - 1) * 4, 12)
    yield from (Text(0, first + place * 15, line, cls) for place, line in enumerate(lines))


def _bars(lane: Lane, page: _Page, y: float) -> Iterator[Shape]:
    for bar in lane.bars:
        x, width = page.scale.span(bar.from_on, bar.to_on)
        box = Rect(x, round(y + bar.y, 1), max(width - 1, 1.5), bar.height, bar.cls, 2)
        yield Stop(bar.anchor, bar.label, box) if bar.anchor else box
        says = fitting(bar.says, width - 10, bar.size, bold=bar.bold)
        if says:
            yield Text(x + 5, round(y + bar.y + bar.height / 2 + bar.size * 0.36, 1), says, bar.says_cls)


def _marks(lane: Lane, page: _Page, y: float) -> Iterator[Shape]:
    for mark in lane.marks:
        yield from mark.draw(page.scale.middle(mark.on), round(y + mark.y, 1))


def _curve(lane: Lane, page: _Page, y: float) -> Iterator[Shape]:
    curve = lane.curve
    if curve is None:
        return
    floor, per = y + lane.height, lane.height / max(lane.top, 1)
    for step in _steps(lane.top, lane.height):
        at = round(floor - step * per, 1)
        yield Line(page.left, at, page.right, at, "tick")
        yield Text(page.left - 5, at + 4, number(step), "tick-label", "end")
    yield Path(_area(curve, curve.counts, page, floor, per), "area")
    if curve.limit:
        above = _above(curve, page, floor, per)
        if above:
            yield Path(above, "area is-above")
        yield Path(_line(curve, page, floor, per), "limit")
    yield Line(page.left, floor, page.right, floor, "floor")


def _steps(top: float, height: float) -> list[int]:
    """The numbers that a curve's height is marked with: a few round ones."""
    step = next((one for one in (1, 2, 5, 10, 20, 50, 100, 200, 500) if top / one <= max(height / 26, 1)), 1000)
    return list(range(0, int(top) + 1, step))


def _runs(curve: Curve, counts: Sequence[Count], page: _Page) -> list[tuple[date, date, float | None]]:
    first, end = page.scale.from_on, min(page.scale.to_on, curve.until)
    return Level(tuple(counts), curve.before).runs(first, end)


def _area(curve: Curve, counts: Sequence[Count], page: _Page, floor: float, per: float) -> str:
    drawn = [f"M{page.left:g} {floor:g}"]
    x = page.left
    for _, ended, count in _runs(curve, counts, page):
        x = page.scale.at(ended)
        drawn.append(f"V{floor - (count or 0) * per:.1f}H{x:g}")
    return "".join([*drawn, f"V{floor:g}Z"])


def _limit(curve: Curve) -> Level:
    return Level(tuple(curve.limit), before=None)


def _line(curve: Curve, page: _Page, floor: float, per: float) -> str:
    first, end = page.scale.from_on, min(page.scale.to_on, curve.until)
    drawn, pen_down = "", False
    for begun, ended, most in _limit(curve).runs(first, end):
        if most is None:
            pen_down = False
            continue
        y = f"{floor - most * per:.1f}"
        drawn += (f"V{y}" if pen_down else f"M{page.scale.at(begun):g} {y}") + f"H{page.scale.at(ended):g}"
        pen_down = True
    return drawn


def _above(curve: Curve, page: _Page, floor: float, per: float) -> str:
    """The part of the area that stands above the limit."""
    level, drawn = Level(tuple(curve.counts), curve.before), ""
    first, end = page.scale.from_on, min(page.scale.to_on, curve.until)
    for begun, ended, most in _limit(curve).runs(first, end):
        for low, high, count in level.runs(begun, ended) if most is not None else ():
            if most is not None and (count or 0) > most:
                x, width = page.scale.span(low, high)
                top, bottom = floor - (count or 0) * per, floor - most * per
                drawn += f"M{x:g} {top:.1f}H{x + width:.1f}V{bottom:.1f}H{x:g}Z"
    return drawn


def _join(join: Join, lanes: Lanes, page: _Page, tops: Sequence[float]) -> Iterator[Shape]:
    x = page.scale.at(join.on)
    first, second = sorted((join.above, join.below))
    y1, y2 = tops[first] + lanes.lanes[first].height, tops[second]
    yield Line(x, y1 - 6, x, y2 + 6, "join")
    says = fitting((join.says,), page.right - x - 8, 12)
    left = x + 4 if says else max(page.left, x - 4 - width_of(join.says, 12))
    yield Text(left, y2 + 2 if page.wide else y2 - 1, join.says, "cause")
