"""The throughline made small for a row in a list: twelve months, each worker, when the child was last seen."""

from __future__ import annotations

from datetime import date, timedelta

from keyworker.facts.holds import main_workers
from keyworker.facts.pictures import ChildRow, Outcome, Standing
from keyworker.web.throughline.scale import Scale
from keyworker.web.throughline.shapes import Line, Picture, Rect, Shape, visit_shapes
from keyworker.web.throughline.svg import still
from keyworker.web.words import days_ago, plural

WIDTH, HEIGHT = 150.0, 26.0


def spark(row: ChildRow, at: date) -> str:
    """A child's last twelve months as one small picture, drawn from the row alone."""
    end = at + timedelta(days=1)
    scale = Scale(end - timedelta(days=365), end, 1, WIDTH - 8)
    shapes: list[Shape] = [Line(1, 19, WIDTH - 7, 19, "rail")]
    held = _held(row, scale.from_on, end)
    for index, (from_on, to_on, _) in enumerate(reversed(held)):
        x, width = scale.span(from_on, to_on)
        tone = "is-even" if index % 2 else "is-odd"
        shapes.append(Rect(x, 2, max(width - 1, 1.5), 8, f"ribbon is-lead {tone}", 1))
    if row.perhaps_unallocated_before:
        told = row.unallocated_since or end
        opened = min((status.from_on for status in row.statuses), default=told)
        x, width = scale.span(opened, told)
        shapes += [Rect(x, 2.5, width, 7, "untold", 1)] if width else []
    if row.unallocated_since:
        x, width = scale.span(row.unallocated_since, end)
        shapes.append(Rect(x, 2.5, max(width, 3), 7, "gap", 1))
    if row.standing is Standing.PAST and row.due_on:
        x, width = scale.span(row.due_on, end)
        shapes.append(Rect(x, 13, max(width, 2), 12, "missed"))
    elif row.due_on and row.due_on < end:
        x = scale.middle(row.due_on)
        shapes.append(Line(x, 13, x, 25, "tooth"))
    shapes += [
        shape for day, outcome in _visits(row) for shape in visit_shapes(scale.middle(day), 19, 4, outcome, False)
    ]
    shapes.append(Line(WIDTH - 6, 1, WIDTH - 6, HEIGHT - 1, "now"))
    return still(Picture(WIDTH, HEIGHT, tuple(shapes)), key="spark", cls="kw-line kw-spark", label=_label(row, at))


def _held(row: ChildRow, from_on: date, end: date) -> list[tuple[date, date, str]]:
    """Each stretch with one main worker that falls in the twelve months, earliest first."""
    stretches = main_workers(row.holds)
    if not stretches and row.lead and row.lead_since:
        stretches = [(row.lead_since, None, row.lead.worker_id)]
    found = [(max(began, from_on), min(ended or end, end), worker) for began, ended, worker in stretches]
    return [one for one in found if one[0] < one[1]]


def _visits(row: ChildRow) -> list[tuple[date, Outcome]]:
    found = []
    if row.last_attempted_on and row.last_attempted_on != row.last_seen_on:
        found.append((row.last_attempted_on, Outcome.NOT_SEEN))
    if row.last_seen_on and row.last_seen_on != row.last_seen_alone_on:
        found.append((row.last_seen_on, Outcome.SEEN))
    if row.last_seen_alone_on:
        found.append((row.last_seen_alone_on, Outcome.SEEN_ALONE))
    return found


def _label(row: ChildRow, at: date) -> str:
    end = at + timedelta(days=1)
    workers = len({worker for _, _, worker in _held(row, end - timedelta(days=365), end)})
    many = f"{plural(workers, 'worker')}; " if workers > 1 else ""
    lead = f"{row.lead.name} leads" if row.lead else "nobody leads"
    since = f", from {days_ago(row.lead_since, at)}" if row.lead_since else ""
    seen = f"last seen {days_ago(row.last_seen_on, at)}" if row.last_seen_on else "no visit recorded"
    return f"The last 12 months: {many}{lead}{since}, {seen}"
