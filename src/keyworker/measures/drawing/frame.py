"""What every chart has around its marks: title, axes with their units, source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from keyworker.measures.about import About
from keyworker.measures.drawing.drawn import Width
from keyworker.measures.drawing.marks import line, picture, wide, words, wrapped
from keyworker.measures.drawing.scale import Scale

LARGE, SMALL = 15.0, 12.0


@dataclass(frozen=True)
class Space:
    """The rectangle in which marks lie, in points from the top left."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Key:
    """What one line of a chart is called, and how it is drawn."""

    says: str
    width: float
    dash: str


@dataclass(frozen=True)
class Words:
    """What is written around a chart, and its description."""

    title: str
    unit: str
    along: str
    description: str
    about: About


def source_line(about: About) -> str:
    """Of whom, when and from where, in one line."""
    return f"{about.base[:1].upper()}{about.base[1:]}, {about.period}. Source: {about.source}."


def framed(
    width: Width,
    key: str,
    said: Words,
    left: float,
    inside: Callable[[Space], Iterable[str]],
    lines: Sequence[Key] = (),
) -> str:
    """A chart with its title and unit above, its source beneath, and its marks between.

    Takes   left, the room that the words of the upright axis need; inside, draws marks and axes in the space given;
            lines, a key to stand above the marks where there is no room for names beside them.
    """
    titles = wrapped(said.title, width - 8, LARGE, bold=True)
    unit, source = (wrapped(one, width - 8, SMALL) for one in (said.unit, source_line(said.about)))
    below_titles = 8 + len(titles) * 20
    top = below_titles + (len(unit) + len(lines)) * 16 + 12
    space = Space(left, top, width - 12, top + (260 if width is Width.WIDE else 210))
    parts = [words(4, 20 + at * 20, one, "title", size=LARGE, bold=True) for at, one in enumerate(titles)]
    parts += [words(4, below_titles + 14 + at * 16, one, "unit", size=SMALL) for at, one in enumerate(unit)]
    for at, one in enumerate(lines):
        y = below_titles + 14 + (len(unit) + at) * 16
        parts += [line(4, y - 4, 32, y - 4, "key", one.width, one.dash), words(38, y, one.says, "key", size=SMALL)]
    parts += inside(space)
    below = space.bottom + 22
    if said.along:
        below += 16
        parts.append(words((space.left + space.right) / 2, below, said.along, "along", size=SMALL, anchor="middle"))
    parts += [words(4, below + 20 + at * 16, one, "source", size=SMALL) for at, one in enumerate(source)]
    height = below + 26 + (len(source) - 1) * 16
    return picture(width, height, parts, key=f"{key}-{width}", title=said.title, description=said.description)


def unit_on(unit: str, scale: Scale) -> str:
    """An axis's unit, which says so where the axis does not begin at nought."""
    return unit if scale.low == 0 else f"{unit} (the axis begins at {scale.says(scale.low)})"


def upright(scale: Scale, space: Space) -> list[str]:
    """The ticks and figures of an upright axis."""
    found = []
    for value in scale.ticks:
        y = scale.at(value)
        found.append(line(space.left - 4, y, space.left, y, "tick"))
        found.append(words(space.left - 7, y + 4, scale.says(value), "tick-label", size=SMALL, anchor="end"))
    found.append(line(space.left, space.top, space.left, space.bottom, "axis"))
    return found


def room(scale: Scale) -> float:
    """How much room the figures of an upright axis need at their left."""
    return max(wide(scale.says(value), SMALL) for value in scale.ticks) + 14


def lying(labels: Sequence[tuple[float, str]], space: Space) -> list[str]:
    """The ticks and words of a lying axis: as many words as do not touch."""
    found, free = [line(space.left, space.bottom, space.right, space.bottom, "axis")], -1000.0
    for x, says in labels:
        half = wide(says, SMALL) / 2
        at = min(max(x, half + 2), space.right + 10 - half)
        found.append(line(x, space.bottom, x, space.bottom + 4, "tick"))
        if at - half >= free:
            found.append(words(at, space.bottom + 18, says, "tick-label", size=SMALL, anchor="middle"))
            free = at + half + 10
    return found


def spread(labels: Sequence[tuple[float, str]], lowest: float, height: float = 14) -> list[tuple[float, str]]:
    """Words moved up or down so far that none lies on another, and none beneath `lowest`."""
    found: list[tuple[float, str]] = []
    for y, says in sorted(labels):
        found.append((max(y, found[-1][0] + height) if found else y, says))
    ceiling = lowest
    for at, (y, says) in reversed(list(enumerate(found))):
        found[at] = (min(y, ceiling), says)
        ceiling = found[at][0] - height
    return found
