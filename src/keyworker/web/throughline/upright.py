"""The throughline standing upright on a phone: time runs down, now at the top edge."""

from __future__ import annotations

from collections.abc import Iterator

from keyworker.web.throughline.scale import Scale, ticks
from keyworker.web.throughline.shapes import (
    Line,
    Picture,
    Rect,
    Shape,
    Stop,
    Text,
    diamond,
    fitting,
    initials,
    small_shape,
    visit_shapes,
    width_of,
    wrapped,
)
from keyworker.web.throughline.strip import Hold, Open, Strip
from keyworker.web.words import days

WIDTH = 290.0
TOP = 40.0
MONTH = 26.0  # points for a month, where the whole stays readable
SHORTEST, LONGEST = 380.0, 2600.0
STATUS_X, BAND = 36.0, 13.0
VISITS_X, ENTRY_X, MARKS_X = 232.0, 253.0, 278.0


def stand(strip: Strip) -> Picture:
    """Stand a strip upright.

    Gives   a picture 290 points wide (a 320-point screen less its margins), as long as its months need.
    """
    months = (strip.to_on - strip.from_on).days / 30.4375
    length = min(max(months * MONTH, SHORTEST), LONGEST)
    scale = Scale(strip.from_on, strip.to_on, TOP, length, backwards=True)
    rows = min(max((band.row for band in strip.bands), default=-1) + 1, 3)
    ribbon_x = STATUS_X + rows * (BAND + 2) + 4
    ribbon_width = VISITS_X - 17 - ribbon_x - _thin_rows(strip) * 13
    shapes = (
        *_axis(strip.edge, scale, ribbon_x),
        *_status(strip, scale, rows),
        *_workers(strip, scale, ribbon_x, ribbon_width),
        *_visits(strip, scale),
        *_marks(strip, scale),
    )
    return Picture(WIDTH, TOP + length + 14, shapes)


def _thin_rows(strip: Strip) -> int:
    return min(max((hold.row for hold in strip.beside), default=-1) + 1, 3)


def _axis(edge: str, scale: Scale, ribbon_x: float) -> Iterator[Shape]:
    yield Text(0, 11, "Why", "lane")
    yield Text(ribbon_x, 11, "Worker", "lane")
    yield Text(VISITS_X, 11, "Visits", "lane", "middle")
    yield Text(WIDTH, 11, "Also", "lane", "end")
    for tick in ticks(scale, 24):
        y = scale.at(tick.on)
        yield Line(0, y, WIDTH, y, "tick is-year" if tick.opens_year else "tick")
        if y - TOP > 14:
            says = str(tick.on.year) if tick.opens_year else tick.says[:3]
            yield Text(0, y - 3, says, "tick-label is-year" if tick.opens_year else "tick-label")
    yield Line(0, TOP, WIDTH, TOP, "now")
    yield Text(0, TOP - 5, edge, "now-label")


def _status(strip: Strip, scale: Scale, rows: int) -> Iterator[Shape]:
    for band in strip.bands:
        if band.row >= rows:
            continue
        y, height = scale.span(band.from_on, band.to_on)
        x = STATUS_X + band.row * (BAND + 2)
        kind = band.kind.replace(" ", "-")
        yield Rect(x, y, BAND, max(height - 1, 1.5), f"band is-{kind}", 2, band.later)
        says = fitting((band.says, band.says.split(":")[0]), height - 8, 11)
        if says:
            cls = f"band-label is-small on-{'later' if band.later else kind}"
            yield Text(x + 10, y + height - 5, says, cls, turned=True)


def _workers(strip: Strip, scale: Scale, x: float, width: float) -> Iterator[Shape]:
    laid = [(hold.from_on, _ribbon(hold, index, scale, x, width)) for index, hold in enumerate(strip.main)]
    laid += [(gap.from_on, _gap(gap, scale, x, width)) for gap in strip.gaps]
    laid += [(one.from_on, _untold(one, scale, x, width)) for one in strip.untold]
    laid += [(hold.from_on, _thin(hold, scale, x + width + 3)) for hold in strip.beside if hold.row < 3]
    for _, shapes in sorted(laid, key=lambda pair: pair[0], reverse=True):
        yield from shapes


def _thin(hold: Hold, scale: Scale, x: float) -> list[Shape]:
    y, height = scale.span(hold.from_on, hold.to_on)
    left = x + hold.row * 13
    box = Rect(left, y, 11, max(height - 1, 2), f"thin is-{hold.role.value.replace(' ', '-')}", 2, hold.later)
    says = fitting((f"{hold.name}, {hold.role.value}", hold.name, initials(hold.name)), height - 8, 10)
    words = [Text(left + 9, y + height - 4, says, "thin-label is-small", turned=True)] if says else []
    rest = _rest(hold, scale, left, 11, f"thin is-{hold.role.value.replace(' ', '-')}")
    return [Stop(hold.anchor, hold.label, box), *rest, *words]


def _ribbon(hold: Hold, index: int, scale: Scale, x: float, width: float) -> list[Shape]:
    y, height = scale.span(hold.from_on, hold.to_on)
    lead = hold.role.value == "lead"
    across = width if lead else width * 0.66
    tone = f"ribbon is-{hold.role.value.replace(' ', '-')} {'is-even' if index % 2 else 'is-odd'}"
    on = " on-later" if hold.later else f" on-{hold.role.value}"
    box = Rect(x, y, across, max(height - 1.5, 2), tone, 2, hold.later)
    rest = _rest(hold, scale, x, across, tone)
    down = rest[0].height if rest else 0.0
    room = int((height - down - 4) // 15)
    lines = [(says, f"ribbon-name is-small{on}") for says in _name_lines(hold.name, across - 8, room)]
    lines.append((hold.lasted, f"ribbon-length is-small{on}"))
    if hold.cause:
        short = hold.cause.split(" (read from")[0] + ("*" if "(read from" in hold.cause else "")
        lines += [(says, f"ribbon-cause is-small{on}") for says in wrapped(short, across - 8, 11)]
    words = [Text(x + 5, y + down + 15 + row * 15, says, cls) for row, (says, cls) in enumerate(lines) if row < room]
    return [Stop(hold.anchor, hold.label, box), *rest, *words]


def _rest(hold: Hold, scale: Scale, x: float, across: float, tone: str) -> list[Rect]:
    """The part of a hold that had ended, as was learnt after the moment chosen: hatched."""
    if hold.learnt_end is None:
        return []
    y, height = scale.span(hold.learnt_end, hold.to_on)
    return [Rect(x, y, across, max(height - 1.5, 2), tone, 2, hatched=True)]


def _name_lines(name: str, across: float, room: int) -> list[str]:
    """A name whole, broken at its spaces, or the surname, or as initials: whichever leaves room for how long."""
    for says in (name, name.split()[-1]):
        lines = wrapped(says, across, 13, bold=True)
        widest = max(width_of(line, 13, bold=True) for line in lines)
        if len(lines) < max(room, 2) and widest <= across:
            return lines
    return [initials(name)]


def _gap(gap: Open, scale: Scale, x: float, width: float) -> list[Shape]:
    y, height = scale.span(gap.from_on, gap.to_on)
    shapes: list[Shape] = [Stop(gap.anchor, gap.label, Rect(x + 0.5, y + 1, width - 1, max(height - 2, 2), "gap", 2))]
    if height >= 15:
        says = fitting((f"no worker, {days(gap.days)}", days(gap.days)), width - 8, 12, bold=True)
        shapes.append(Text(x + 6, y + height / 2 + 4.5, says, "gap-days is-small"))
    return shapes


def _untold(one: Open, scale: Scale, x: float, width: float) -> list[Shape]:
    y, height = scale.span(one.from_on, one.to_on)
    shapes: list[Shape] = [
        Stop(one.anchor, one.label, Rect(x + 0.5, y + 1, width - 1, max(height - 2, 2), "untold", 2))
    ]
    if height >= 15:
        shapes.append(Text(x + 6, y + height / 2 + 4.5, fitting(("not told", "?"), width - 8, 12), "untold-label"))
    return shapes


def _visits(strip: Strip, scale: Scale) -> Iterator[Shape]:
    yield Line(VISITS_X, TOP, VISITS_X, TOP + scale.length, "rail")
    for due_on in strip.teeth:
        y = scale.middle(due_on)
        yield Line(VISITS_X - 10, y, VISITS_X + 10, y, "tooth")
    for missed in strip.missed:
        y, height = scale.span(missed.from_on, missed.to_on)
        yield Stop(missed.anchor, missed.label, Rect(VISITS_X - 12, y, 24, max(height, 2), "missed", 2))
        says = fitting((f"{days(missed.days)} past", days(missed.days)), height - 4, 10, bold=True)
        if says:
            yield Text(VISITS_X - 13, y + height - 3, says, "missed-label is-small", turned=True)
    for dot in strip.dots:
        if dot.entered_on and dot.entered_on < strip.to_on:
            y = scale.middle(dot.entered_on)
            if dot.entered_on != dot.on:
                yield Line(VISITS_X, scale.middle(dot.on), ENTRY_X, y, "hairline")
            yield Rect(ENTRY_X, y - 1.2, 8, 2.4, "entry")
    r = 4.5 if scale.per_day * 14 > 9 else 3.2
    for dot in strip.dots:
        yield from visit_shapes(VISITS_X, scale.middle(dot.on), r, dot.outcome, dot.later)


def _marks(strip: Strip, scale: Scale) -> Iterator[Shape]:
    for mark in strip.small:
        yield small_shape(mark.kind, MARKS_X + 9, scale.middle(mark.on), 3.6, mark.later)
    for meeting in strip.meetings:
        cls = "meeting" + (" is-late" if meeting.is_late else "") + (" is-later" if meeting.later else "")
        yield diamond(MARKS_X - 5, scale.middle(meeting.on), 4.8, cls)
