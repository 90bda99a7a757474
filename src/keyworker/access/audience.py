"""For whom something leaves: somebody inside the service, one named person, or anybody else outside."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reach(StrEnum):
    """How far something goes."""

    INSIDE = "inside the service only"
    NAMED = "one named person"
    BY_LAW = "a body to which the law sends it"


@dataclass(frozen=True)
class Audience:
    """For whom something leaves, without which nothing does.

    Takes   relation, what a named person is to the child, a code of `relation`; name, the person's or the body's.
    """

    reach: Reach
    relation: str = ""
    name: str = ""

    def __post_init__(self) -> None:
        if self.reach is Reach.NAMED and not (self.relation and self.name.strip()):
            raise ValueError("a copy for a person needs the person's relation and name")
        if self.reach is Reach.BY_LAW and not self.name.strip():
            raise ValueError("what the law sends out goes to a body by name")

    @property
    def says(self) -> str:
        """For whom, in words that name nobody: they are kept in the list of what left."""
        if self.reach is Reach.NAMED:
            return f"a person outside ({self.relation})"
        return self.name if self.reach is Reach.BY_LAW else self.reach.value


INSIDE = Audience(Reach.INSIDE)
"""Whoever works in the service, for the purpose that is logged."""

INSIDE_ONLY = (
    "Inside the service only. Something in it may be marked not to be told to somebody: for anybody else, make a copy "
    "for them in Keyworker."
)
"""What everything says that stays inside: the same words whether or not anything is marked."""
