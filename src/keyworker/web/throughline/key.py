"""What the shapes of the picture mean: only those that the picture holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from keyworker.facts.pictures import Outcome, Role
from keyworker.web.throughline.shapes import (
    Line,
    Picture,
    Rect,
    Shape,
    Text,
    diamond,
    initials,
    small_shape,
    visit_shapes,
)
from keyworker.web.throughline.strip import Strip
from keyworker.web.throughline.svg import still
from keyworker.web.throughline.words import OUTCOME_WORDS

WIDE, HIGH = 26.0, 18.0
NAMED = {"supervision": "case supervision", "direct work": "direct work", "missing": "missing episode"}


@dataclass(frozen=True)
class KeyLine:
    """One shape and its meaning."""

    picture: str
    says: str


def key_lines(strip: Strip) -> tuple[KeyLine, ...]:
    """The key to one picture."""
    found: list[tuple[tuple[Shape, ...], str]] = []
    roles = {hold.role for hold in strip.holds}
    if Role.LEAD in roles:
        found.append(((Rect(1, 2, 24, 14, "ribbon is-lead is-odd", 2),), "leads"))
    if Role.ACCOUNTABLE in roles:
        found.append(((Rect(1, 4, 24, 10, "thin is-accountable", 2),), "accountable"))
    if Role.CO_WORKER in roles:
        found.append(((Rect(1, 4, 24, 10, "thin is-co-worker", 2),), "co-worker"))
    if Role.UNMAPPED in roles:
        found.append(((Rect(1, 4, 24, 10, "thin is-unmapped", 2),), "role not yet given a meaning"))
    if strip.gaps:
        found.append(((Rect(1, 2, 24, 14, "gap", 2),), "no worker"))
    if strip.untold:
        found.append(((Rect(1, 2, 24, 14, "untold", 2),), "no extract tells who"))
    outcomes = {dot.outcome for dot in strip.dots}
    found += [(visit_shapes(13, 9, 5, one, False), OUTCOME_WORDS[one]) for one in Outcome if one in outcomes]
    if strip.teeth:
        found.append(((Line(13, 2, 13, 16, "tooth"),), "to be seen by this day"))
    if strip.missed:
        found.append(((Rect(1, 2, 24, 14, "missed", 2),), "past that day, not seen"))
    if strip.knows_entry:
        found.append(
            ((Line(2, 2, 22, 12, "hairline"), Rect(21, 10, 2.4, 7, "entry")), "typed in later: longer is later")
        )
    if strip.meetings:
        found.append(((diamond(13, 9, 5.5, "meeting"),), "meeting"))
    if any(meeting.is_late for meeting in strip.meetings):
        found.append(
            ((Line(3, 9, 16, 9, "meeting-late"), diamond(16, 9, 5.5, "meeting is-late")), "meeting after its due day")
        )
    kinds = [mark.kind.lower() for mark in strip.small]
    for kind, says in (*NAMED.items(), ("", "another dated step")):
        if any(kind in one for one in kinds) if kind else any(not any(n in one for n in NAMED) for one in kinds):
            found.append(((small_shape(kind, 13, 9, 4.2, False),), says))
    return tuple(KeyLine(still_silent(shapes), says) for shapes, says in found)


def initials_meant(pictures: Iterable[Picture], names: Iterable[str]) -> tuple[KeyLine, ...]:
    """Whose initials stand in some pictures, where there was no room for the name.

    Takes   names, of all who may stand in them.
    """
    written = {shape.says for picture in pictures for shape in picture.shapes if isinstance(shape, Text)}
    return tuple(
        KeyLine(still_silent((Text(WIDE / 2, 14, letters, "initials", "middle"),)), name)
        for name in dict.fromkeys(names)
        if (letters := initials(name)) in written
    )


def still_silent(shapes: tuple[Shape, ...]) -> str:
    """A shape of the key: its words stand beside it, so it says nothing itself."""
    drawn = still(Picture(WIDE, HIGH, shapes), key="key", cls="kw-line kw-key", label="")
    return drawn.replace('role="img" aria-label=""', 'aria-hidden="true"')
