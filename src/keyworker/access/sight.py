"""How far one person may look at one thing: the table's cells of their roles, laid over one another."""

from __future__ import annotations

from dataclasses import dataclass

from keyworker.access.asker import EVERYWHERE, Asker, RoleHeld
from keyworker.access.scopes import Beyond, Purpose, Scope, Subject, Thing
from keyworker.access.table import Cell, who_may


@dataclass(frozen=True)
class Place:
    """Where a child, a worker or a team stands today, as seen by whoever asks.

    Takes   is_own, whether it is the asker's own: a child whom the asker works with, the asker, a team that the asker
            manages; is_supervised, whether it is of somebody whom the asker supervises; names, its teams and districts.
    """

    is_own: bool = False
    is_supervised: bool = False
    names: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Sight:
    """How far somebody may look at one thing. Takes places, the teams and districts of which they may see all."""

    everything: bool = False
    own: bool = False
    supervised: bool = False
    places: frozenset[str] = frozenset()

    def covers(self, place: Place) -> bool:
        """Whether what stands there may be seen."""
        return (
            self.everything
            or (self.own and place.is_own)
            or (self.supervised and place.is_supervised)
            or not self.places.isdisjoint(place.names)
        )

    @property
    def is_of_places(self) -> bool:
        """Whether any team or district may be looked at as such, not only the asker's own and supervised."""
        return self.everything or bool(self.places)

    def __or__(self, other: Sight) -> Sight:
        return Sight(
            self.everything or other.everything,
            self.own or other.own,
            self.supervised or other.supervised,
            self.places | other.places,
        )


@dataclass(frozen=True)
class Warrant:
    """By what somebody may look: the role, and the purpose that the table's cell names."""

    role: str
    purpose: str


EVERYTHING = Sight(everything=True)
NOTHING = Sight()
OF_THE_PAIR = frozenset({Thing.PERSONAL_SUPERVISION})
"""What whoever holds the machine may not see for that: it is asked of the person's own roles by every door."""
EMERGENCY = Purpose.EMERGENCY.value
"""The purpose of what is seen only because a record was opened in an emergency."""


def sight_of(asker: Asker, thing: Thing) -> Sight:
    """How far somebody may look at a thing, by all the roles that they hold.

    Whoever keeps the machine that holds the data folder, and has not signed in, sees all of it, and is logged.
    """
    if asker.is_keeper and thing not in OF_THE_PAIR:
        return EVERYTHING
    found = NOTHING
    for held in asker.roles:
        cell = who_may()[thing].cell(held.role)
        if cell.scope is not Scope.NONE and (asker.reason or not cell.needs_reason):
            found |= _of(asker, held, cell, who_may()[thing].about)
    return found


def warrant_of(asker: Asker, thing: Thing, place: Place | None = None) -> Warrant:
    """By which role somebody may look at a thing, and what for.

    Takes   place, where what is looked at stands; None for a list or a figure.
    Gives   of several roles that let them the one that looks least far, for a list the one that looks farthest; every
            role and no purpose where none lets them; no role where they came by no page.
    """
    row, found = who_may()[thing], []
    for held in asker.roles:
        cell = row.cell(held.role)
        if cell.scope is Scope.NONE or cell.purpose is None or (cell.needs_reason and not asker.reason):
            continue
        sight = _of(asker, held, cell, row.about)
        if sight != NOTHING and (place is None or sight.covers(place)):
            found.append((cell.scope.width, Warrant(held.role, cell.purpose.value)))
    if not found:
        return every_role(asker)
    return (max if place is None else min)(found, key=lambda one: one[0])[1]


def every_role(asker: Asker) -> Warrant:
    """What the access log keeps of a question that nothing warrants: every role that was held when it was asked."""
    return Warrant(", ".join(held.role for held in asker.roles), "")


def opened_things(asker: Asker) -> list[Thing]:
    """The things of which somebody may see any."""
    return [thing for thing in Thing if sight_of(asker, thing) != NOTHING]


def _of(asker: Asker, held: RoleHeld, cell: Cell, about: Subject) -> Sight:
    if about is Subject.NOBODY:
        return Sight(own=True) if cell.scope is Scope.OWN_ACTIONS else EVERYTHING
    found = Sight(own=cell.scope.takes_in(Scope.OWN), supervised=cell.scope.takes_in(Scope.SUPERVISED))
    found |= _held(asker, held, cell.scope)
    return found | _widened(asker, held) if cell.is_widened else found


def _held(asker: Asker, held: RoleHeld, scope: Scope) -> Sight:
    """The teams and districts that a cell opens."""
    if scope is Scope.TEAM:
        return Sight(places=frozenset({held.team}) if held.team else asker.teams)
    if scope not in (Scope.DISTRICT, Scope.ALL):
        return NOTHING
    return EVERYTHING if held.scope == EVERYWHERE else Sight(places=frozenset({held.scope}))


def _widened(asker: Asker, held: RoleHeld) -> Sight:
    """The teams and districts that the council's setting opens beside them."""
    if asker.beyond is Beyond.SERVICE:
        return EVERYTHING
    if asker.beyond is Beyond.OWN:
        return NOTHING
    team = _held(asker, held, Scope.TEAM)
    return team if asker.beyond is Beyond.TEAM else team | Sight(places=asker.districts)
