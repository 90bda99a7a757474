"""What the pages need from the rooms below: one seam, bound once when the site opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from keyworker.facts.moment import Moment
from keyworker.facts.pictures import Absent, ChildRow, SourceAge, Story, WorkerRow
from keyworker.measures.pictures import ServicePicture, TeamPicture


@dataclass(frozen=True)
class MyChildren:
    """The children of one worker at a moment, by how the worker holds them, and whom the worker supervises."""

    moment: Moment
    led: tuple[ChildRow, ...]
    co_worked: tuple[ChildRow, ...]
    accountable_for: tuple[ChildRow, ...]
    unmapped: tuple[ChildRow, ...]
    supervises: tuple[WorkerRow, ...]
    sources: tuple[SourceAge, ...]
    absent: tuple[Absent, ...]


@dataclass(frozen=True)
class Load:
    """One load of one source, with its counts, as the list of loads shows it."""

    number: int
    source: str
    format: str
    cut_on: str
    loaded_on: str
    read: int
    added: int
    changed: int
    ended: int
    unchanged: int
    set_aside: int


@dataclass(frozen=True)
class Meaning:
    """One team, job title, role or visit kind that a source uses, and what somebody has said it means."""

    kind: str
    said: str
    count: int
    means: str | None
    guess: str | None


@dataclass(frozen=True)
class Weakness:
    """Something that the data cannot support, how often, and which figures it weakens."""

    what: str
    count: int
    of: int | None
    weakens: str
    remedy: str


@dataclass(frozen=True)
class Visitor:
    """A signed-in person: what may they open, and whom are they greeted as."""

    account: str
    name: str
    routes: frozenset[str]
    home: str


class Source(Protocol):
    """Where the pages' pictures come from. Every method may refuse, in words fit for a page."""

    def visitor(self, account: str) -> Visitor:
        """Who has signed in, and which pages are part of their work."""

    def sources(self, account: str) -> tuple[SourceAge, ...]:
        """How old each source is."""

    def my_children(self, account: str, moment: Moment) -> MyChildren:
        """The children of the worker who has signed in."""

    def child_story(self, account: str, handle: str, moment: Moment) -> Story:
        """One child's whole time with the service."""

    def team(self, account: str, handle: str | None, moment: Moment, since: date | None) -> TeamPicture:
        """One team; the person's own when no handle is given."""

    def teams(self, account: str, moment: Moment) -> tuple[tuple[str, str, str], ...]:
        """The teams that this person may open: handle, name, district."""

    def service(self, account: str, moment: Moment, by: str, then: Moment | None) -> ServicePicture:
        """The whole service by district or by team, beside an earlier moment."""

    def loads(self, account: str) -> tuple[Load, ...]:
        """Every load of every source, latest first."""

    def meanings(self, account: str) -> tuple[Meaning, ...]:
        """What each source's own words mean."""

    def quality(self, account: str, moment: Moment) -> tuple[Weakness, ...]:
        """What the data cannot support."""
