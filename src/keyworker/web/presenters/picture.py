"""A page that stands on one picture: an answer, a summary, the picture, the same as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from keyworker.facts.pictures import TeamRef, WorkerRef
from keyworker.web.over_time.lanes import Lanes
from keyworker.web.over_time.sheet import lie, narrow
from keyworker.web.tables import Cell, Table, Tabled
from keyworker.web.throughline.key import KeyLine, initials_meant
from keyworker.web.throughline.shapes import Picture
from keyworker.web.throughline.svg import svg
from keyworker.web.words import spoken

Address = Callable[[str], str]
DAY = timedelta(days=1)
NOT_RECORDED = Cell("Not recorded")


def nowhere(_: str) -> str:
    """No address: what is named is not this person's to open."""
    return ""


@dataclass(frozen=True)
class Ways:
    """Where what is named leads: from a handle to an address, empty where this person may not go."""

    child: Address = nowhere
    worker: Address = nowhere
    post: Address = nowhere
    team: Address = nowhere

    def to_team(self, team: TeamRef | None, *notes: str) -> Cell:
        """A team by its name, with what leads to it."""
        if team is None:
            return NOT_RECORDED
        return Cell(team.name, self.team(team.handle) if team.handle else "", tuple(filter(None, notes)))

    def to_worker(self, worker: WorkerRef | None, nobody: Cell = NOT_RECORDED) -> Cell:
        """A worker by their name, with what leads to them. Takes nobody, what to say where there is none."""
        return Cell(worker.name, self.worker(worker.handle)) if worker else nobody


def until(to_on: date | None, still: str) -> Cell:
    """The last day of a stretch. Takes to_on, exclusive; still, what to say while it goes on."""
    return Cell(spoken(to_on - DAY) if to_on else still)


@dataclass(frozen=True)
class Fact:
    """One line of a summary: a name, what is known, and why where it can be asked."""

    name: str
    cell: Cell


@dataclass(frozen=True)
class Drawn:
    """A picture with its words.

    Takes   id, by which the page knows it; skip_to, the table that says the same.
    """

    id: str
    finding: str
    lying: str
    narrow: str
    description: str
    key: tuple[KeyLine, ...]
    skip_to: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class PicturePage(Tabled):
    """The answer, the summary, the picture and the tables."""

    title: str
    under: str
    answer: str
    facts: tuple[Fact, ...]
    drawn: Drawn
    tables: tuple[Table, ...]
    how: tuple[str, ...]


def drawn(
    id: str,
    lanes: Lanes,
    finding: str,
    description: str,
    key: tuple[KeyLine, ...],
    skip_to: str,
    notes: tuple[str, ...] = (),
    names: Iterable[str] = (),
) -> Drawn:
    """Draw lanes twice, for a page and for a phone; only one of the two is ever shown.

    Takes   names, of the workers in it: the key says whom initials mean, where there was no room for more.
    """

    def one(picture: Picture, name: str) -> str:
        return svg(
            picture,
            key=f"{id}-{name}",
            cls=f"kw-line kw-lanes kw-line--{name}",
            title=finding,
            description=description,
        )

    lying, upright = lie(lanes), narrow(lanes)
    whole_key = (*key, *initials_meant((lying, upright), names))
    return Drawn(id, finding, one(lying, "lying"), one(upright, "upright"), description, whole_key, skip_to, notes)


def reach_note(reach: date | None, of: str) -> tuple[str, ...]:
    """From which day on the record can be counted on, where that is later than what is shown began.

    Takes   of, what cannot be told before that day.
    """
    return (f"The record is whole from {spoken(reach)}; before that day {of} cannot be told.",) if reach else ()
