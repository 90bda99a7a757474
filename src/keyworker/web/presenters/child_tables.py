"""A child's story as tables: the rows to which the picture's keyboard stops lead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from keyworker.facts.days import london_day
from keyworker.facts.marked import Marker
from keyworker.facts.own_words import Beside
from keyworker.facts.pictures import Mark, Story, VisitMark
from keyworker.web.coded import mark_words
from keyworker.web.presenters.markers import beside
from keyworker.web.presenters.own_words import NOBODY, not_agreed
from keyworker.web.presenters.picture import Address
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.throughline.gathered import is_small
from keyworker.web.throughline.statuses import status_words
from keyworker.web.throughline.strip import Hold, Strip
from keyworker.web.throughline.words import OUTCOME_WORDS
from keyworker.web.words import days, length, sentence, spoken, spoken_instant

DAY = timedelta(days=1)
LATER = "Entered after the moment you chose"


def holds_table(strip: Strip, worker: Address, said: Beside = NOBODY) -> Table:
    """Every worker who held the child and every stretch without one, in time order.

    Takes   worker, from a worker's handle to their page; said, beside which entries somebody does not agree.
    """
    lines: list[tuple[date, str, tuple[Cell, ...]]] = []
    for hold in strip.holds:
        theirs = not_agreed(said.hold(hold.handle, hold.from_on, None if hold.ongoing else hold.to_on))
        notes = (*((LATER,) if hold.later else ()), *theirs)
        ends = Cell(
            "Still holds" if hold.ongoing else spoken(hold.to_on - DAY),
            notes=(*_learnt(hold), *(() if hold.ongoing else (sentence(hold.cause),))),
        )
        cells = (
            Cell(hold.name, worker(hold.handle), notes),
            Cell(sentence(hold.role.value)),
            Cell(spoken(hold.from_on)),
            ends,
            Cell(hold.lasted),
        )
        lines.append((hold.from_on, hold.anchor, cells))
    for gap in strip.gaps:
        ends = Cell("Still nobody" if gap.ongoing else spoken(gap.to_on - DAY))
        cells = (
            Cell("No worker", tone="past"),
            Cell("Nobody leads or is accountable"),
            Cell(spoken(gap.from_on)),
            ends,
            Cell(days(gap.days)),
        )
        lines.append((gap.from_on, gap.anchor, cells))
    for one in strip.untold:
        cells = (
            Cell("Not told", tone="quiet"),
            Cell("No extract goes back so far"),
            Cell(spoken(one.from_on)),
            Cell(spoken(one.to_on - DAY)),
            Cell(days(one.days)),
        )
        lines.append((one.from_on, one.anchor, cells))
    lines.sort(key=lambda line: (line[0], line[1]))
    return Table(
        "workers",
        "Workers",
        heads("Worker", "Role", "From", "Until", "How long"),
        tuple(cells for _, _, cells in lines),
        "No worker is recorded. An allocation list would fill this: who held the child, as what, from when to when.",
        row_ids=tuple(anchor for _, anchor, _ in lines),
    )


def _learnt(hold: Hold) -> tuple[str, ...]:
    if hold.learnt_end is None:
        return ()
    return (f"That it ended {spoken(hold.learnt_end - DAY)} was entered after the moment you chose",)


def missed_table(strip: Strip) -> Table:
    """Every stretch on which the child was past the day to be seen."""
    rows = tuple(
        (
            Cell(spoken(one.from_on - DAY)),
            Cell("Not yet" if one.ongoing else spoken(one.to_on - DAY)),
            Cell(days(one.days), tone="past" if one.ongoing else ""),
        )
        for one in strip.missed
    )
    return Table(
        "missed",
        "Past the day to be seen",
        heads("Should have been seen by", "Was seen", "Past"),
        rows,
        "The child was seen within every interval that is known.",
        row_ids=tuple(one.anchor for one in strip.missed),
    )


def visits_table(story: Story, strip: Strip, said: Beside = NOBODY) -> Table:
    """Every visit, latest first, with the day of typing in where the source says, and who does not agree with it."""
    visits = sorted(
        (one for one in story.visits if one.happened_on < strip.to_on), key=lambda one: one.happened_on, reverse=True
    )
    later = {(dot.on, dot.outcome) for dot in strip.dots if dot.later}
    return Table(
        "visits",
        "Visits",
        heads("Day", "Outcome", "By", "Typed in"),
        tuple(
            _visit(one, (one.happened_on, one.outcome) in later, not_agreed(said.entry(one.entry_id))) for one in visits
        ),
        "No visit is recorded. A visits list would fill this.",
        folded=True,
    )


def _visit(visit: VisitMark, later: bool, theirs: tuple[str, ...]) -> tuple[Cell, ...]:
    reasons = (visit.reason or "", f"cancelled by {visit.cancelled_by}" if visit.cancelled_by else "", *theirs)
    return (
        Cell(spoken(visit.happened_on), notes=(LATER,) if later else ()),
        Cell(sentence(OUTCOME_WORDS[visit.outcome]), notes=tuple(filter(None, reasons))),
        Cell(visit.worker.name if visit.worker else "Not recorded"),
        entered(visit),
    )


def entered(visit: VisitMark) -> Cell:
    """When a visit was typed in, or between which extracts it came to be known: that is never called late."""
    if visit.entered_at:
        lag = (london_day(visit.entered_at) - visit.happened_on).days
        return Cell("The same day" if lag <= 0 else f"{days(lag)} later", notes=(spoken(london_day(visit.entered_at)),))
    if visit.known_after and visit.known_by:
        between = (
            f"between the extracts of {spoken(london_day(visit.known_after))} and {spoken(london_day(visit.known_by))}"
        )
        return Cell("Not given by the source", notes=(f"Came to be known {between}",), tone="quiet")
    if visit.known_by:
        return Cell(
            "Not given by the source",
            notes=(f"Known by the extract of {spoken_instant(visit.known_by)}",),
            tone="quiet",
        )
    return Cell("Not given by the source", tone="quiet")


def marks_table(story: Story, strip: Strip, marked: Sequence[Marker] = (), said: Beside = NOBODY) -> Table:
    """Statuses, meetings and other dated things, latest first.

    Takes   marked, what must not be told today; said, beside which entries somebody does not agree.
    """
    lines: list[tuple[date, tuple[Cell, ...]]] = []
    for status in story.statuses:
        if status.from_on < strip.to_on:
            closed = status.to_on is not None and status.to_on <= strip.to_on
            until = spoken(status.to_on - DAY) if status.to_on and closed else "still open"
            lasted = length(status.from_on, min(status.to_on or strip.to_on, strip.to_on))
            theirs = not_agreed(said.status(status.kind, status.from_on, status.to_on))
            what = Cell(status_words(status), notes=theirs)
            cells = (Cell(spoken(status.from_on)), what, Cell(f"Until {until}", notes=(lasted,)))
            lines.append((status.from_on, cells))
    for mark in story.marks:
        if mark.on < strip.to_on:
            lines.append(
                (
                    mark.on,
                    (
                        Cell(spoken(mark.on)),
                        Cell(
                            mark_words(mark.kind, mark.says),
                            notes=(*_not_told(mark, marked), *not_agreed(said.entry(mark.entry_id))),
                        ),
                        Cell(_due(mark.on, mark.due_on, is_small(mark))),
                    ),
                )
            )
    lines.sort(key=lambda line: line[0], reverse=True)
    return Table(
        "marks",
        "Statuses, meetings and other dates",
        heads("Day", "What", "How it stood"),
        tuple(cells for _, cells in lines),
        "Nothing else is recorded.",
        folded=True,
    )


def _not_told(mark: Mark, marked: Sequence[Marker]) -> tuple[str, ...]:
    said = beside(marked, mark.on) if mark.kind == "placement" else ""
    return (said,) if said else ()


def _due(on: date, due_on: date | None, small: bool) -> str:
    if due_on is None:
        return "" if small else "No due date recorded"
    late = (on - due_on).days
    return f"Due by {spoken(due_on)}, {days(late)} late" if late > 0 else f"Due by {spoken(due_on)}, in time"


def disagreements_table(story: Story) -> Table:
    """Where two sources say different things of this child."""
    rows = tuple(
        (
            Cell(f"{sentence(one.table.replace('_', ' '))}: {one.column.replace('_', ' ')}"),
            Cell(one.shown or "Blank", notes=(f"from {one.shown_source}",)),
            Cell(one.other or "Blank", notes=(f"from {one.other_source}",)),
        )
        for one in story.disagreements
    )
    return Table(
        "disagreements",
        "Where sources disagree",
        heads("What", "Shown here", "Another source says"),
        rows,
        "No source disagrees with another about this child.",
    )
