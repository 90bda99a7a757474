"""A council's published figures drawn over the years, beside England, its region and its neighbours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from keyworker.measures.about import About
from keyworker.measures.charts.words import Meaning
from keyworker.measures.drawing.drawn import Drawn, Listed, Width
from keyworker.measures.drawing.frame import (
    Key,
    Space,
    Words,
    framed,
    lying,
    room,
    source_line,
    unit_on,
    upright,
)
from keyworker.measures.drawing.marks import dot, path
from keyworker.measures.drawing.scale import Scale, scale
from keyworker.measures.published.beside import Beside, Line

OWN, ENGLAND, REGION, NEAR = (3.0, ""), (1.75, "9 4"), (1.75, "2 3"), (0.6, "")
NO_FIGURE = "–"


@dataclass(frozen=True)
class Drawable:
    """A line with the way it is drawn; only the first of the neighbours is named in the key."""

    line: Line
    width: float
    dash: str
    named: str


def draw_beside(shown: Beside, key: str = "figures") -> Drawn:
    """The lines as pictures, words and table."""
    series = shown.series
    about = About(
        base=f"{series.inside}{f', {shown.band.lower()}' if shown.band else ''}",
        period=f"{shown.years[0]} to {shown.years[-1]}",
        source=series.releases[0].title,
    )
    said = Words(finding(shown), series.unit, _along(shown), description(shown), about)
    pictures = [_picture(shown, width, key, said) for width in (Width.WIDE, Width.NARROW)]
    return Drawn(
        title=said.title,
        unit=series.unit,
        source=source_line(about),
        description=said.description,
        wide=pictures[0],
        narrow=pictures[1],
        notes=shown.notes,
        table=_listed(shown),
    )


def finding(shown: Beside) -> str:
    """What the lines show, in one sentence: the last figure of each, and where the neighbours lie."""
    year, series = shown.latest, shown.series
    figure = shown.council.by_year.get(year)
    if figure is None or figure.value is None:
        return f"{shown.council.name}: no figure is published for {shown.years[0]} to {shown.years[-1]}"
    found = [f"{shown.council.name} {figure.said(series.decimals)} {series.unit} {series.said(year)}"]
    for one in (shown.england, shown.region):
        beside = one.by_year.get(year) if one else None
        if one and beside and beside.value is not None:
            found.append(f"{one.name} {beside.said(series.decimals)}")
    near = shown.spread(year)
    if near:
        low, high = (f"{value:,.{series.decimals}f}" for value in (near.low, near.high))
        found.append(
            f"its {near.known} neighbours from {low} to {high}"
            if near.known == near.of
            else f"the {near.known} of its {near.of} neighbours with a figure from {low} to {high}"
        )
    return "; ".join(found)


def description(shown: Beside) -> str:
    """The picture in a few sentences, for those who do not see it. The table holds every point."""
    parts = [f"Line chart of {shown.series.inside}, {_along(shown).lower()}, {len(shown.years)} years."]
    for one in (shown.council, shown.england, shown.region):
        known = [(year, value) for year in shown.years if one and (value := one.value(year)) is not None]
        if one and known:
            (first, was), (last, now) = known[0], known[-1]
            places = shown.series.decimals
            parts.append(f"{one.name}: {was:,.{places}f} in {first}, {now:,.{places}f} in {last}.")
    if shown.neighbours:
        parts.append(f"Thin lines: {len(shown.neighbours)} statistical neighbours, by name in the table.")
    return " ".join(parts)


def _along(shown: Beside) -> str:
    return ("At" if "snapshot" in shown.series.period else "Year to") + (
        " 30 September" if shown.series.month == 9 else " 31 March"
    )


def _listed(shown: Beside) -> Listed:
    lines = list(shown.lines)
    places = shown.series.decimals
    return Listed(
        f"{shown.series.title}, {shown.years[0]} to {shown.years[-1]}",
        ("Year", *(one.name for one in lines)),
        tuple(
            (str(year), *(one.by_year[year].said(places) if year in one.by_year else NO_FIGURE for one in lines))
            for year in reversed(shown.years)
        ),
    )


def _drawable(shown: Beside) -> list[Drawable]:
    found = [
        Drawable(one, *NEAR, "each neighbour" if at == 0 else "")
        for at, one in enumerate(shown.neighbours)
        if _has(one)
    ]
    for one, (width, dash) in ((shown.region, REGION), (shown.england, ENGLAND), (shown.council, OWN)):
        if one is not None and _has(one):
            found.append(Drawable(one, width, dash, one.name))
    return found


def _has(one: Line) -> bool:
    return any(figure.value is not None for figure in one.by_year.values())


def _picture(shown: Beside, width: Width, key: str, said: Words) -> str:
    drawn = _drawable(shown)
    values = [value for one in drawn for year in shown.years if (value := one.line.value(year)) is not None]
    heights = scale(values, 0, 1, floor_at=0.0)

    def inside(space: Space) -> Iterable[str]:
        up = Scale(heights.low, heights.high, heights.step, space.bottom, space.top)
        across = {
            year: space.left + 10 + (space.right - space.left - 20) * (at / max(len(shown.years) - 1, 1))
            for at, year in enumerate(shown.years)
        }
        yield from upright(up, space)
        yield from lying([(x, str(year)) for year, x in across.items()], space)
        for one in drawn:
            yield from _line(one, across, up)

    keys = [Key(one.named, one.width, one.dash) for one in reversed(drawn) if one.named]
    words_said = Words(said.title, unit_on(said.unit, heights), said.along, said.description, said.about)
    return framed(width, key, words_said, room(heights), inside, keys)


def _line(one: Drawable, across: dict[int, float], up: Scale) -> Iterable[str]:
    """One line, broken where a year has no figure; dots on the council's own, and where a point stands alone."""
    runs: list[list[tuple[float, float]]] = [[]]
    for year, x in across.items():
        value = one.line.value(year)
        if value is None:
            runs.append([])
        else:
            runs[-1].append((x, up.at(value)))
    kind = "own" if one.line.of is None else str(one.line.of)
    for run in runs:
        yield path(run, kind, one.width, one.dash)
        if one.line.of is None or len(run) == 1:
            for x, y in run:
                yield dot(x, y, Meaning.COMMON)
