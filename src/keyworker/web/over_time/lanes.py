"""What a picture in lanes is made of, before anybody says where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from keyworker.facts.stories import Count
from keyworker.web.throughline.shapes import Circle, Line, Path, Rect

Shapes = tuple[Rect | Line | Path | Circle, ...]


@dataclass(frozen=True)
class Bar:
    """A stretch of days as a box.

    Takes   cls, how it looks; says, wordings of which the first that fits is written on it; y and height, within the
            lane; anchor and label, where it leads by keyboard and what it says there, if it is a stop.
    """

    from_on: date
    to_on: date
    cls: str
    y: float
    height: float
    says: tuple[str, ...] = ()
    says_cls: str = "thin-label"
    size: float = 12
    bold: bool = False
    anchor: str = ""
    label: str = ""


@dataclass(frozen=True)
class Mark:
    """A thing on one day.

    Takes   draw, from a point to its shapes; y, within the lane.
    """

    on: date
    y: float
    draw: Callable[[float, float], Shapes]


@dataclass(frozen=True)
class Curve:
    """Numbers from day to day.

    Takes   counts; limit, a line that they are held against; until, the day after the last.
    """

    counts: Sequence[Count]
    until: date
    limit: Sequence[Count] = ()
    before: float | None = 0


@dataclass(frozen=True)
class Lane:
    """One row of the picture.

    Takes   name, wordings of which the first that fits stands beside it; top, the highest number that a curve in it
            reaches (0 where it has none).
    """

    name: tuple[str, ...]
    height: float
    bars: tuple[Bar, ...] = ()
    marks: tuple[Mark, ...] = ()
    curve: Curve | None = None
    top: float = 0
    strong: bool = False


@dataclass(frozen=True)
class Lanes:
    """A picture in lanes on one time scale.

    Takes   edge, what its last day is called; labels, the room that the names of the lanes take on a wide page;
            joins, lines from one lane to another on a day.
    """

    from_on: date
    to_on: date  # exclusive
    edge: str
    lanes: tuple[Lane, ...]
    labels: float = 104
    joins: tuple[Join, ...] = field(default=())


@dataclass(frozen=True)
class Join:
    """One lane goes on as another from a day on, with the word for how."""

    on: date
    above: int
    below: int
    says: str


def clipped(from_on: date, to_on: date | None, first: date, end: date) -> tuple[date, date] | None:
    """The part of a stretch that falls inside a picture; nothing when none does."""
    begun, ended = max(from_on, first), min(to_on or end, end)
    return (begun, ended) if begun < ended else None


def rows_apart(spans: Sequence[tuple[date, date]]) -> list[int]:
    """For each stretch the row in which it meets no other, the first that is free."""
    rows: list[list[tuple[date, date]]] = []
    placed = []
    for begun, ended in spans:
        row = next(
            (n for n, taken in enumerate(rows) if all(ended <= low or high <= begun for low, high in taken)), len(rows)
        )
        if row == len(rows):
            rows.append([])
        rows[row].append((begun, ended))
        placed.append(row)
    return placed


def years_of(first: date, end: date) -> list[tuple[int, date, date]]:
    """Each calendar year of a time, with the part of it that falls inside."""
    return [
        (year, max(first, date(year, 1, 1)), min(end, date(year + 1, 1, 1)))
        for year in range(first.year, (end - timedelta(days=1)).year + 1)
    ]
