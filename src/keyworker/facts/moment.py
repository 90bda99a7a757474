"""The moment a question is asked about, and the moment it is asked from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Moment:
    """A day to look at, and the knowledge to look with.

    Takes   at, a day that means its end in Europe/London;
            known_at, an instant with a time zone, or None for all that is known now.
    """

    at: date
    known_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.known_at is not None and self.known_at.tzinfo is None:
            raise ValueError("known_at needs a time zone; give one, such as 2026-03-01T09:00+00:00")

    @property
    def is_known_then(self) -> bool:
        """Whether the question is `known_then` rather than `best_known`."""
        return self.known_at is not None


def best_known(at: date) -> Moment:
    """The end of a day, with all that is known now."""
    return Moment(at)


def known_then(at: date, known_at: datetime) -> Moment:
    """The end of a day, with only what was known at an instant."""
    return Moment(at, known_at)
