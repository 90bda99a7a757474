"""A funnel drawn: places by the size of their base, walls for 95% and 99.8%, no order but size and name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from keyworker.measures.about import CannotTell
from keyworker.measures.charts.funnel import Funnel, Placed, Standing
from keyworker.measures.charts.words import Meaning, Side
from keyworker.measures.drawing.drawn import Drawn, Listed, Width
from keyworker.measures.drawing.frame import SMALL, Space, Words, framed, lying, room, source_line, unit_on, upright
from keyworker.measures.drawing.marks import dot, line, path, ring, wide, words
from keyworker.measures.drawing.said import number
from keyworker.measures.drawing.scale import Scale, said, scale

STEPS = 90
MOST_NAMED = 10


def draw_funnel(funnel: Funnel, key: str = "funnel", *, own: str = "") -> Drawn:
    """A funnel as pictures, words and table.

    Takes   own, the name of the place that the reader came for, which is ringed and named (none when empty).
    """
    words_said = Words(finding(funnel), funnel.unit, f"Base: {funnel.about.base}", _description(funnel), funnel.about)
    pictures = [_picture(funnel, width, key, words_said, own) for width in (Width.WIDE, Width.NARROW)]
    return Drawn(
        title=words_said.title,
        unit=funnel.unit,
        source=source_line(funnel.about),
        description=words_said.description,
        wide=pictures[0],
        narrow=pictures[1],
        notes=_notes(funnel),
        table=_listed(funnel),
    )


def finding(funnel: Funnel) -> str:
    """What the funnel shows, in one sentence."""
    beyond = [one for one in funnel.placed if one.standing in {Standing.BEYOND_95, Standing.BEYOND_998}]
    far = sum(one.standing is Standing.BEYOND_998 for one in beyond)
    if not beyond:
        return f"{funnel.name}: chance alone could explain how {funnel.places} differ"
    placed = sum(one.value is not None for one in funnel.placed)
    some = f"{len(beyond)} of {placed} {funnel.places} lie beyond the 95% limits"
    return f"{funnel.name}: {some}" + (f", {far} of them beyond 99.8%" if far else "")


def _description(funnel: Funnel) -> str:
    beyond = [f"{one.name} ({_side(one)})" for one in funnel.placed if one.side]
    named = f" Beyond: {', '.join(beyond)}." if beyond else " None lies beyond the limits."
    middle = number(funnel.target * funnel.per)
    return f"Funnel plot of {len(funnel.placed)} {funnel.places} about {middle}, by size of base.{named}"


def _side(one: Placed) -> str:
    return "above" if one.side is Side.HIGH else "below"


def _notes(funnel: Funnel) -> tuple[str, ...]:
    inner, outer = funnel.beyond_by_chance
    middle = "a figure that was set" if funnel.target_is_set else f"that of all {funnel.places} together"
    found = [
        f"The middle line is {middle}.",
        f"Drawn: {funnel.drawn}.",
        f"By chance alone about {said(inner, 1)} would lie beyond the 95% limits and {said(outer, 2)} beyond 99.8%.",
    ]
    if isinstance(funnel.widened, CannotTell):
        found.append(f"Not widened: {funnel.widened.reason}.")
    elif funnel.widened.tau2:
        spread = number(funnel.widened.tau2**0.5 * funnel.per)
        found.append(
            f"Widened because {funnel.places} differ beyond chance (τ = {spread}, φ = {number(funnel.widened.phi)})."
        )
    found += [f"{one.name} has nobody in the base and is not placed." for one in funnel.placed if one.value is None]
    return tuple(found)


def _listed(funnel: Funnel) -> Listed:
    def row(one: Placed) -> tuple[str, ...]:
        ends = one.walls or (None,) * 4
        scaled = [number(None if end is None else end * funnel.per) for end in ends]
        value = number(None if one.value is None else one.value * funnel.per)
        means = f", {one.meaning}" if one.meaning is not Meaning.COMMON else ""
        says = f"{one.standing}{f' ({_side(one)}{means})' if one.side else ''}"
        return (one.name, value, number(one.numerator), number(one.denominator), *scaled, says)

    ends = ("Lower 95%", "Upper 95%", "Lower 99.8%", "Upper 99.8%")
    headings = (str(funnel.places).capitalize(), funnel.unit, "Counted", "Out of", *ends, "What it says")
    return Listed(f"{funnel.name}, {funnel.about.period}", headings, tuple(row(one) for one in funnel.placed))


def _picture(funnel: Funnel, width: Width, key: str, said_words: Words, own: str) -> str:
    placed = [one for one in funnel.placed if one.value is not None]
    largest = max(one.denominator for one in placed)
    least = min(one.denominator for one in placed) / 2
    ends = [end * funnel.per for one in placed for end in (*(one.walls or ()), one.value or 0.0)]
    heights = scale(ends, 0, 1, floor_at=0.0)

    def inside(space: Space) -> Iterable[str]:
        up = Scale(heights.low, heights.high, heights.step, space.bottom, space.top)
        across = scale([0, largest], space.left, space.right)
        yield from upright(up, space)
        yield from lying([(across.at(value), across.says(value)) for value in across.ticks], space)
        middle = up.at(funnel.target * funnel.per)
        yield line(space.left, middle, space.right, middle, "centre", 1.25)
        bases = [least + (across.high - least) * step / STEPS for step in range(STEPS + 1)]
        walls = [funnel.walls_at(base) for base in bases]
        for wall, dash in ((0, "6 4"), (1, "6 4"), (2, ""), (3, "")):
            points = [
                (across.at(base), up.at(min(max(ends[wall] * funnel.per, up.low), up.high)))
                for base, ends in zip(bases, walls, strict=True)
            ]
            yield path(points, "wall-95" if dash else "wall-998", 1.25 if dash else 1, dash)
        spots = [(across.at(one.denominator), up.at((one.value or 0.0) * funnel.per)) for one in placed]
        taken = [(x - 6, x + 6, y + 4) for x, y in spots]
        # The reader's own place is named first, while there is room beside it.
        for one, (x, y) in sorted(zip(placed, spots, strict=True), key=lambda pair: pair[0].name != own):
            yield dot(x, y, one.meaning)
            if one.name == own:
                yield ring(x, y)
            if one.name == own or one.side or len(placed) <= MOST_NAMED:
                yield from _named(one.name, x, y, space, taken)

    return framed(width, key, replace(said_words, unit=unit_on(said_words.unit, heights)), room(heights), inside)


def _named(name: str, x: float, y: float, space: Space, taken: list[tuple[float, float, float]]) -> Iterable[str]:
    """A place's name beside its point, where there is room for it; the table has every name."""
    length = wide(name, SMALL)
    for start, height in ((x + 9, y + 4), (x - 9 - length, y + 4), (x - length / 2, y - 11), (x - length / 2, y + 20)):
        clear = all(abs(height - other) > 13 or start > right or start + length < left for left, right, other in taken)
        if clear and start >= space.left and start + length <= space.right and space.top < height < space.bottom:
            taken.append((start, start + length, height))
            yield words(start, height, name, "place", size=SMALL)
            return
