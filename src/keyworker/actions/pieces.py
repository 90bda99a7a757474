"""What a copy is made of: pieces, each one line about one child, and what every copy asks of a child's story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from keyworker.facts.pictures import Ribbon, Role, Story

DAY = timedelta(days=1)
LOOKS_BACK = timedelta(days=365)
"""How far back visits are told: what is older is asked for, and given, in another way."""


CHILD = "child"
"""The relation of the child itself, who is spoken to as `you`."""


@dataclass(frozen=True)
class Piece:
    """One line of a copy.

    Takes   section, the heading under which it stands; about, the child whom it tells of; is_of_place, whether it may
            tell an area.
    """

    section: str
    text: str
    about: str
    is_of_place: bool = False


def held_by(story: Story) -> list[Ribbon]:
    """Everybody who led or answered for the work with a child, now and before."""
    return [one for one in story.ribbons if one.role in (Role.LEAD, Role.ACCOUNTABLE)]


def holds(one: Ribbon, at: date) -> bool:
    """Whether somebody held the child on a day."""
    return one.from_on <= at and (one.to_on is None or one.to_on > at)
