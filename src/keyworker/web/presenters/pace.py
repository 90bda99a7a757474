"""At what pace duties are done: a spread against their day, and what will pass its day in the next ten working days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from keyworker.actions.paces import Pace
from keyworker.clocks.counting import Unit
from keyworker.measures.pace import AHEAD, ENOUGH, NEAR, Outlook, Spread
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.throughline.shapes import Line, Picture, Rect, Shape, Text
from keyworker.web.throughline.svg import still
from keyworker.web.words import in_words, number, plural, spoken

Address = Callable[[str], str]
WIDTH, HEIGHT, FLOOR, TOP = 320.0, 150.0, 122.0, 18.0


@dataclass(frozen=True)
class SpreadShown:
    """When duties of one kind were done against their day: the answer, the picture and the same as a table."""

    answer: str
    base: str
    picture: str
    table: Table


@dataclass(frozen=True)
class AheadPage:
    """What falls due in ten working days, and how much of it will pass its day."""

    answer: str
    table: Table


def spread_shown(pace: Pace) -> SpreadShown:
    """How near their day the duties of one timescale were done in the year before, over the whole service."""
    found = pace.spread
    return SpreadShown(_answer(found), _base(found), _drawn(found), _table(found))


def _answer(found: Spread) -> str:
    if not found.due:
        return "None of them fell due in the year before without having ended first."
    share = round(100 * found.in_time / found.due)
    said = f"{found.in_time:,} of {found.due:,} were done in time ({share}%)."
    if found.in_time:
        last = round(100 * found.at_the_last / found.in_time)
        said += f" Of those, {found.at_the_last:,} ({last}%) on their last day or the one before."
    return said


def _base(found: Spread) -> str:
    more = [f"{plural(found.ended, 'ended', 'ended')} before its day or without being done"] if found.ended else []
    if found.left_out:
        more.append(f"{found.left_out:,} cannot be told or were not asked for")
    left = f" Left out: {'; '.join(more)}." if more else ""
    return (
        f"Everything of this kind in the whole service that fell due from {spoken(found.past.from_on)} to the day "
        f"before {spoken(found.past.to_on)}.{left} Done late is not the same as recorded late: "
        "this counts the day on which it was done."
    )


def _places(found: Spread) -> list[tuple[str, str, int]]:
    """Each distance as the table says it, as the picture does, and how many."""
    unit = "working day" if found.past.unit is Unit.WORKING_DAYS else "day"
    places = [(f"More than {plural(NEAR, unit)} before", "", found.earlier)]
    for before, count in zip(range(NEAR, -NEAR - 1, -1), found.near, strict=True):
        said = f"{plural(abs(before), unit)} {'before' if before > 0 else 'after'}" if before else "On its day"
        places.append((said, "due" if not before else "", count))
    places.append((f"More than {plural(NEAR, unit)} after", "", found.later))
    places.append(("Not done yet", "", found.not_done))
    return places


def _table(found: Spread) -> Table:
    return Table(
        id="spread",
        caption="When it was done, against its day",
        headings=heads("Done", "#How many"),
        rows=tuple((Cell(said), Cell(f"{count:,}", sort=count)) for said, _, count in _places(found)),
        empty="None fell due in the year before.",
    )


def _drawn(found: Spread) -> str:
    places = _places(found)
    most = max((count for _, _, count in places), default=0)
    if not most:
        return ""
    pitch = WIDTH / len(places)
    shapes: list[Shape] = [Line(0, FLOOR, WIDTH, FLOOR, "floor")]
    for place, (_, mark, count) in enumerate(places):
        height = (FLOOR - TOP) * count / most
        x = place * pitch
        shapes.append(Rect(round(x + 1, 1), round(FLOOR - height, 1), round(pitch - 2, 1), round(height, 1), "bar"))
        if mark:
            shapes.append(Line(round(x + pitch, 1), TOP - 8, round(x + pitch, 1), FLOOR, "mean"))
            shapes.append(Text(round(x + pitch - 4, 1), TOP - 2, "in time", "tick-label", "end"))
            shapes.append(Text(round(x + pitch + 4, 1), TOP - 2, "late", "tick-label"))
    shapes += [
        Text(0, HEIGHT - 12, "long before", "tick-label"),
        Text(WIDTH / 2, HEIGHT - 12, "its day", "tick-label", "middle"),
        Text(WIDTH, HEIGHT - 12, "not done", "tick-label", "end"),
    ]
    return still(
        Picture(WIDTH, HEIGHT, tuple(shapes)),
        key="spread",
        cls="kw-line kw-tail",
        label=f"A bar for each day. {_answer(found)}",
    )


def ahead_page(found: Sequence[Outlook], rule: Address) -> AheadPage:
    """What falls due in the next ten working days, by timescale, and how much of it will pass its day at this pace."""
    return AheadPage(
        _ahead_answer(found),
        Table(
            id="ahead",
            caption=f"Due in the next {AHEAD} working days",
            headings=heads("^Duty", "#^Fall due", "#^Likely to pass", "Of such duties"),
            rows=tuple(_ahead(one, rule) for one in found),
            empty=f"Nothing falls due in the next {AHEAD} working days.",
        ),
    )


def _ahead_answer(found: Sequence[Outlook]) -> str:
    if not found:
        return f"Nothing falls due in the next {AHEAD} working days."
    until = found[0].until
    duties, told = sum(one.duties for one in found), sum(one.told for one in found)
    said = f"{in_words(duties)} {'duty falls' if duties == 1 else 'duties fall'} due by {until:%A} {spoken(until)}."
    if not told:
        return f"{said} Of none of them is enough known to say how many will pass their day."
    passing = sum(one.passing for one in found)
    low, high = sum(one.low for one in found), sum(one.high for one in found)
    between = f"{round(low):,} to {round(high):,}"
    return f"{said} At the pace of the last year about {round(passing):,} will pass their day ({between})."


def _ahead(one: Outlook, rule: Address) -> tuple[Cell, ...]:
    if not one.told:
        likely = Cell("Too few to say", tone="quiet", sort=-1)
    else:
        likely = Cell(
            number(one.passing),
            notes=(f"{number(one.low)} to {number(one.high)}",),
            sort=one.passing,
            why=f"Of past duties that were still open as long before their day, the share that passed it. Where fewer "
            f"than {ENOUGH} were, nothing is said: here of {one.duties - one.told} of {one.duties}.",
        )
    return (
        Cell(one.title, rule(one.rule)),
        Cell(f"{one.duties:,}", sort=one.duties),
        likely,
        Cell(f"{one.past:,} fell due in the last year"),
    )
