"""What a token may be used for: to read or to write a thing of the table of who may see what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from keyworker.access import Thing
from keyworker.vocabulary.errors import KeyworkerError


class Doing(StrEnum):
    """Whether a token reads or writes."""

    READ = "read"
    WRITE = "write"


@dataclass(frozen=True)
class Use:
    """One thing that a token may read, or write. What OAuth calls a scope."""

    doing: Doing
    thing: Thing

    def __str__(self) -> str:
        """As people and programs write it: `read: a child's record`."""
        return f"{self.doing}: {self.thing}"


NAMES = Use(Doing.READ, Thing.NAMES)
"""Without it no name, birth date, free word or number of another system stands in any answer."""


def use_of(said: str) -> Use:
    """The use that words name. Raises KeyworkerError for words that name none."""
    doing, _, thing = said.partition(":")
    try:
        return Use(Doing(doing.strip()), Thing(thing.strip()))
    except ValueError as error:
        raise KeyworkerError(
            "These words name nothing that a token may be used for.",
            where="what the token is for",
            remedy="Write it as the manual's page on the interface lists it, such as: read: a child's record.",
        ) from error
