"""The throughline lying along a wide page: time runs from left to right, now at the right edge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
)
from keyworker.web.throughline.strip import Hold, Meeting, Open, Strip
from keyworker.web.words import days

WIDTH = 1120.0
LABELS = 104.0  # the room that the names of the lanes take
EDGE = 12.0
BAND, MAIN, THIN = 22.0, 58.0, 18.0


@dataclass
class _Pen:
    """Where the next lane goes, and what has been laid so far."""

    scale: Scale
    y: float = 34.0

    def take(self, height: float) -> float:
        top = self.y
        self.y += height
        return top


def lie(strip: Strip) -> Picture:
    """Lay a strip along a page.

    Gives   a picture 1,120 points wide, as high as its lanes need.
    """
    scale = Scale(strip.from_on, strip.to_on, LABELS, WIDTH - LABELS - EDGE)
    pen = _Pen(scale)
    lanes = [
        *_status(strip, pen),
        *_meetings(strip, pen),
        *_workers(strip, pen),
        *_visits(strip, pen),
        *_small(strip, pen),
    ]
    height = pen.y + 6
    return Picture(WIDTH, height, (*_axis(strip, scale, height), *lanes))


def _axis(strip: Strip, scale: Scale, height: float) -> Iterator[Shape]:
    now_x = scale.at(strip.to_on)
    free_from = 0.0
    for tick in ticks(scale, 34):
        x = scale.at(tick.on)
        width = width_of(tick.says, 12, tick.opens_year)
        yield Line(x, 24 if tick.opens_year else 28, x, height - 4, "tick is-year" if tick.opens_year else "tick")
        if x >= free_from and now_x - x > width + width_of(strip.edge, 12, bold=True) + 14:
            yield Text(x + 3, 19, tick.says, "tick-label is-year" if tick.opens_year else "tick-label")
            free_from = x + width + 6
    yield Text(now_x, 13, strip.edge, "now-label", "end")
    yield Line(now_x, 18, now_x, height - 4, "now")


def _lane(label: str, y: float) -> Text:
    return Text(0, y, label, "lane")


def _status(strip: Strip, pen: _Pen) -> Iterator[Shape]:
    if not strip.bands:
        return
    rows = max(band.row for band in strip.bands) + 1
    top = pen.take(rows * (BAND + 3) + 8)
    yield _lane("Why involved", top + 15)
    for band in strip.bands:
        x, width = pen.scale.span(band.from_on, band.to_on)
        y = top + band.row * (BAND + 3)
        kind = band.kind.replace(" ", "-")
        yield Rect(x, y, max(width - 1, 1.5), BAND, f"band is-{kind}", 2, band.later)
        says = fitting((band.says, band.says.split(":")[0]), width - 12, 13)
        if says:
            yield Text(x + 6, y + 15.5, says, f"band-label on-{'later' if band.later else kind}")


def _meetings(strip: Strip, pen: _Pen) -> Iterator[Shape]:
    if not strip.meetings:
        return
    top = pen.take(34)
    yield _lane("Meetings", top + 14)
    marks: list[Shape] = []
    placed = [0.0, 0.0]
    meetings = sorted(strip.meetings, key=lambda one: one.on)
    points = [pen.scale.middle(one.on) for one in meetings]
    for index, (meeting, x) in enumerate(zip(meetings, points, strict=True)):
        if meeting.is_late and meeting.due_on:
            due_x = pen.scale.middle(meeting.due_on)
            marks += [Line(due_x, top + 9, x, top + 9, "meeting-late")]
            marks += [Line(due_x, top + 4, due_x, top + 14, "meeting-due")]
        marks.append(diamond(x, top + 9, 5.5, _meeting_class(meeting)))
        following = points[index + 1] if index + 1 < len(points) else WIDTH
        yield from _meeting_label(meeting, x, following - 10, top, placed)
    yield from marks
    pen.y += 8 if placed[1] else 0


def _meeting_class(meeting: Meeting) -> str:
    return "meeting" + (" is-late" if meeting.is_late else "") + (" is-later" if meeting.later else "")


def _meeting_label(meeting: Meeting, x: float, until: float, top: float, placed: list[float]) -> Iterator[Shape]:
    """Put the words beside the mark, else beneath it, else leave them to the table."""
    late = f", {days((meeting.on - meeting.due_on).days)} late" if meeting.is_late and meeting.due_on else ""
    for says in (meeting.says + late, meeting.says):
        width = width_of(says, 12)
        if x + 9 >= placed[0] + 6 and x + 9 + width <= until:
            placed[0] = x + 9 + width
            yield Text(x + 9, top + 13, says, "meeting-label")
            return
    width = width_of(meeting.says + late, 12)
    left = max(min(x - 5, WIDTH - EDGE - width), LABELS)
    if left >= placed[1] + 6:
        placed[1] = left + width
        yield Text(left, top + 30, meeting.says + late, "meeting-label")


def _workers(strip: Strip, pen: _Pen) -> Iterator[Shape]:
    top = pen.take(MAIN)
    yield _lane("Worker", top + MAIN / 2 + 5)
    yield Line(LABELS, top + MAIN, WIDTH - EDGE, top + MAIN, "rail")
    laid = [(hold.from_on, _ribbon(hold, index, top, pen)) for index, hold in enumerate(strip.main)]
    laid += [(gap.from_on, _gap(gap, top, pen)) for gap in strip.gaps]
    laid += [(one.from_on, _untold(one, top, pen)) for one in strip.untold]
    for _, shapes in sorted(laid, key=lambda pair: pair[0]):
        yield from shapes
    yield from _causes(strip, pen)
    yield from _beside(strip, pen)


def _gap(gap: Open, top: float, pen: _Pen) -> list[Shape]:
    x, width = pen.scale.span(gap.from_on, gap.to_on)
    shapes: list[Shape] = [Stop(gap.anchor, gap.label, Rect(x + 0.5, top + 1, max(width - 1, 2), MAIN - 2, "gap", 2))]
    count = fitting((days(gap.days), str(gap.days)), width - 2, 13, bold=True)
    if count:
        shapes.append(Text(x + width / 2, top + 25, count, "gap-days", "middle"))
        shapes.append(
            Text(x + width / 2, top + 42, fitting(("no worker", "none"), width - 2, 12), "gap-none", "middle")
        )
    return shapes


def _untold(one: Open, top: float, pen: _Pen) -> list[Shape]:
    x, width = pen.scale.span(one.from_on, one.to_on)
    box = Rect(x + 0.5, top + 1, max(width - 1, 2), MAIN - 2, "untold", 2)
    says = fitting(("not told", "?"), width - 6, 12)
    words: list[Shape] = [Text(x + width / 2, top + MAIN / 2 + 4, says, "untold-label", "middle")] if says else []
    return [Stop(one.anchor, one.label, box), *words]


def _ribbon(hold: Hold, index: int, top: float, pen: _Pen) -> list[Shape]:
    x, width = pen.scale.span(hold.from_on, hold.to_on)
    lead = hold.role.value == "lead"
    y, height = (top, MAIN) if lead else (top + 12, MAIN - 24)
    tone = f"ribbon is-{hold.role.value.replace(' ', '-')} {'is-even' if index % 2 else 'is-odd'}"
    on = " on-later" if hold.later else f" on-{hold.role.value}"
    box = Rect(x, y, max(width - 1.5, 2), height, tone, 2, hold.later)
    shapes: list[Shape] = [Stop(hold.anchor, hold.label, box)]
    if hold.learnt_end:
        over, rest = pen.scale.span(hold.learnt_end, hold.to_on)
        shapes.append(Rect(over, y, max(rest - 1.5, 2), height, tone, 2, hatched=True))
        width -= rest
    name = fitting((hold.name, hold.name.split()[-1], initials(hold.name)), width - 12, 15, bold=True)
    middle = y + height / 2
    if name:
        lasted = hold.lasted + (", current" if hold.ongoing else "")
        below = fitting((lasted, hold.lasted), width - 12, 13) if lead else ""
        shapes.append(Text(x + 7, middle - 3 if below else middle + 5, name, f"ribbon-name{on}"))
        if below:
            shapes.append(Text(x + 7, middle + 15, below, f"ribbon-length{on}"))
    return shapes


def _causes(strip: Strip, pen: _Pen) -> Iterator[Shape]:
    ended = [hold for hold in strip.main if hold.cause]
    if not ended:
        pen.take(10)
        return
    rows = [0.0, 0.0]
    top = pen.take(20)
    for hold in ended:
        x = pen.scale.at(hold.to_on)
        short = hold.cause.split(" (read from")[0] + ("*" if "(read from" in hold.cause else "")
        for says in (hold.cause, short):
            width = width_of(says, 12)
            left = max(LABELS, x - width)
            row = next((index for index, taken in enumerate(rows) if left >= taken + 8), None)
            if row is not None:
                rows[row] = left + width
                yield Line(x - 0.7, top - 2, x - 0.7, top + 2 + row * 14, "cause-tick")
                yield Text(left, top + 13 + row * 14, says, "cause")
                break
    pen.y += 14 if rows[1] else 0
    pen.take(4)


def _beside(strip: Strip, pen: _Pen) -> Iterator[Shape]:
    if not strip.beside:
        return
    rows = max(hold.row for hold in strip.beside) + 1
    top = pen.take(rows * (THIN + 3) + 8)
    yield _lane("With", top + 13)
    for hold in strip.beside:
        x, width = pen.scale.span(hold.from_on, hold.to_on)
        y = top + hold.row * (THIN + 3)
        role = hold.role.value.replace(" ", "-")
        box = Rect(x, y, max(width - 1, 2), THIN, f"thin is-{role}", 2, hold.later)
        yield Stop(hold.anchor, hold.label, box)
        if hold.learnt_end:
            over, rest = pen.scale.span(hold.learnt_end, hold.to_on)
            yield Rect(over, y, max(rest - 1, 2), THIN, f"thin is-{role}", 2, hatched=True)
            width -= rest
        says = fitting((f"{hold.name}, {hold.role.value}", hold.name, initials(hold.name)), width - 10, 12)
        if says:
            yield Text(x + 5, y + 13, says, "thin-label")


def _visits(strip: Strip, pen: _Pen) -> Iterator[Shape]:
    top = pen.take(50)
    y = top + 32
    yield _lane("Visits", y + 5)
    yield Line(LABELS, y, WIDTH - EDGE, y, "rail")
    for due_on in strip.teeth:
        x = pen.scale.middle(due_on)
        yield Line(x, y - 13, x, y + 13, "tooth")
    for missed in strip.missed:
        x, width = pen.scale.span(missed.from_on, missed.to_on)
        yield Stop(missed.anchor, missed.label, Rect(x, y - 14, max(width, 2), 28, "missed", 2))
    yield from _missed_labels(strip, pen, y - 18)
    r = 5.5 if pen.scale.per_day * 14 > 11 else 4.2 if pen.scale.per_day * 14 > 7 else 3.0
    yield from _entries(strip, pen, y)
    for dot in strip.dots:
        yield from visit_shapes(pen.scale.middle(dot.on), y, r, dot.outcome, dot.later)


def _missed_labels(strip: Strip, pen: _Pen, y: float) -> Iterator[Shape]:
    """How long past, over each stretch; where two would meet, the one that still goes on is kept, then the earlier."""
    free_from, free_to = LABELS, WIDTH
    now = next((one for one in strip.missed if one.ongoing), None)
    if now:
        x, width = pen.scale.span(now.from_on, now.to_on)
        says = f"not seen, {days(now.days)} past"
        free_to = x + width - width_of(says, 12, bold=True) - 6
        yield Text(x + width, y, says, "missed-label", "end")
    for missed in strip.missed:
        x, width = pen.scale.span(missed.from_on, missed.to_on)
        past, middle = days(missed.days), x + width / 2
        room = min(width + 16, 2 * (middle - free_from), 2 * (free_to - middle))
        says = "" if missed.ongoing else fitting((f"not seen, {past} past", f"{past} past", past), room, 12, bold=True)
        if says:
            free_from = middle + width_of(says, 12, bold=True) / 2 + 6
            yield Text(middle, y, says, "missed-label", "middle")


def _entries(strip: Strip, pen: _Pen, y: float) -> Iterator[Shape]:
    if not strip.dots:
        return
    top = pen.take(20)
    yield _lane("Typed in", top + 12)
    if not strip.knows_entry:
        yield Text(LABELS + 4, top + 12, "The source does not say when visits were typed in.", "note")
        return
    for dot in strip.dots:
        if dot.entered_on is None or dot.entered_on >= strip.to_on:
            continue
        x = pen.scale.middle(dot.entered_on)
        if dot.entered_on != dot.on:
            yield Line(pen.scale.middle(dot.on), y, x, top + 3, "hairline")
        yield Rect(x - 1.2, top + 3, 2.4, 9, "entry")


def _small(strip: Strip, pen: _Pen) -> Iterator[Shape]:
    for label, wanted in (("Supervision", "supervision"), ("Direct work", "direct work")):
        found = [mark for mark in strip.small if wanted in mark.kind.lower()]
        if found:
            y = pen.take(22) + 10
            yield _lane(label, y + 5)
            yield from (small_shape(mark.kind, pen.scale.middle(mark.on), y, 4.2, mark.later) for mark in found)
    others = [mark for mark in strip.small if not any(k in mark.kind.lower() for k in ("supervision", "direct work"))]
    if others:
        y = pen.take(22) + 10
        yield _lane("Also", y + 5)
        yield from (small_shape(mark.kind, pen.scale.middle(mark.on), y, 4.2, mark.later) for mark in others)
