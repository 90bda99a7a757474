"""What is to be seen on a throughline, before anybody says where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from keyworker.facts.pictures import Outcome, Role

SEEN = frozenset({Outcome.SEEN, Outcome.SEEN_ALONE})


@dataclass(frozen=True)
class Band:
    """One status for a stretch of days, in a row of its own where statuses overlap."""

    kind: str
    says: str
    from_on: date
    to_on: date
    row: int
    later: bool


@dataclass(frozen=True)
class Hold:
    """One worker's hold of the child. `main` holds lie in the widest lane; others lie thin beside it, in rows."""

    anchor: str
    name: str
    role: Role
    lasted: str
    from_on: date
    to_on: date
    ongoing: bool
    cause: str
    main: bool
    row: int
    later: bool
    label: str
    handle: str = ""  # the worker's
    learnt_end: date | None = None  # where it ended, when that was entered after the moment chosen


@dataclass(frozen=True)
class Open:
    """A stretch on which nobody held the child, or of which nothing tells who did."""

    anchor: str
    from_on: date
    to_on: date
    ongoing: bool
    label: str

    @property
    def days(self) -> int:
        """How many days it lasted."""
        return (self.to_on - self.from_on).days


@dataclass(frozen=True)
class Dot:
    """One visit on its day, and the day it was typed in where the source says."""

    on: date
    outcome: Outcome
    entered_on: date | None
    later: bool
    label: str


@dataclass(frozen=True)
class Missed:
    """Days past an interval on which the child had not been seen."""

    anchor: str
    from_on: date
    to_on: date
    ongoing: bool
    label: str

    @property
    def days(self) -> int:
        """How many days past."""
        return (self.to_on - self.from_on).days


@dataclass(frozen=True)
class Meeting:
    """A conference, a review or another mark that has a name, with the day by which it was due."""

    on: date
    says: str
    due_on: date | None
    later: bool

    @property
    def is_late(self) -> bool:
        """Whether it came after the day by which it was due."""
        return self.due_on is not None and self.on > self.due_on


@dataclass(frozen=True)
class Small:
    """A small mark on a day: case supervision, direct work, a contact, a missing episode."""

    kind: str
    on: date
    later: bool


@dataclass(frozen=True)
class Strip:
    """Everything that a throughline shows."""

    name: str
    edge: str
    from_on: date
    to_on: date
    bands: tuple[Band, ...]
    holds: tuple[Hold, ...]
    gaps: tuple[Open, ...]
    untold: tuple[Open, ...]
    dots: tuple[Dot, ...]
    teeth: tuple[date, ...]  # days by which the child was to be seen, and was
    missed: tuple[Missed, ...]
    meetings: tuple[Meeting, ...]
    small: tuple[Small, ...]
    knows_entry: bool

    @property
    def main(self) -> tuple[Hold, ...]:
        """The holds of the widest lane, in time order."""
        return tuple(hold for hold in self.holds if hold.main)

    @property
    def has_later(self) -> bool:
        """Whether anything on it was entered after the moment it is drawn for."""
        holds = any(one.later or one.learnt_end for one in self.holds) or any(one.later for one in self.bands)
        return (
            holds
            or any(one.later for one in self.dots)
            or any(one.later for one in self.meetings)
            or any(one.later for one in self.small)
        )

    @property
    def beside(self) -> tuple[Hold, ...]:
        """The thin holds."""
        return tuple(hold for hold in self.holds if not hold.main)
