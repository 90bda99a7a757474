"""The one table of who may see what, read from `who-may.yaml` and checked against the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from keyworker.access.scopes import Purpose, Scope, Subject, Thing
from keyworker.vocabulary.codes import codes

BEFORE_LOADING = "before anything is loaded"
"""What stands for a role while the record is empty and can give nobody one: it opens what is published anyway."""
EVERYBODY = "everybody"
"""In the table: every role of the vocabulary."""
FIELDS = frozenset({"says", "about", "routes", "within", "waits", "may"})


@dataclass(frozen=True)
class Cell:
    """How far one role may look at one thing, and for which purpose.

    Takes   is_widened, whether the council's setting may widen it; needs_reason, whether a reason must be typed.
    """

    scope: Scope = Scope.NONE
    purpose: Purpose | None = None
    is_widened: bool = False
    needs_reason: bool = False


NOTHING = Cell()


@dataclass(frozen=True)
class Row:
    """One thing: what it is, how it is asked for, and who may see it.

    Takes   routes, the names by which the access log knows it; within, where it is shown when it has none; waits, why
            it cannot be asked for yet; cells, by role. A role that is not there may see nothing of it.
    """

    thing: Thing
    says: str
    about: Subject
    routes: tuple[str, ...]
    within: str
    waits: str
    cells: Mapping[str, Cell]

    def cell(self, role: str) -> Cell:
        """What a role may see of it."""
        return self.cells.get(role, NOTHING)

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that may see any of it, in the vocabulary's order."""
        return tuple(role for role in roles() if role in self.cells)


def roles() -> tuple[str, ...]:
    """Every role in which somebody may sign in."""
    return tuple(codes("sign_in_role"))


@cache
def who_may() -> Mapping[Thing, Row]:
    """The whole table, a row for each thing."""
    text = files("keyworker.access").joinpath("who-may.yaml").read_text(encoding="utf-8")
    return read(yaml.load(text, yaml.CSafeLoader))


@cache
def thing_of(route: str) -> Thing | None:
    """The thing for which a route asks; None for a route that the table does not hold, which nobody may take."""
    plain = route.split(" ")[0] if route.startswith("return ") else route
    return next((row.thing for row in who_may().values() if plain in row.routes), None)


def read(said: Mapping[str, Mapping[str, Any]]) -> Mapping[Thing, Row]:
    """The table from its text.

    Raises  ValueError for a thing, role, scope or purpose that the vocabulary does not have, a role named twice for
            one thing, a route of two things, and a thing that neither can be asked for nor says why not.
    """
    missing = sorted(set(Thing) - set(said))
    if missing:
        raise ValueError(f"the table has no row for: {', '.join(missing)}")
    found = {Thing(name): _row(Thing(name), row) for name, row in said.items()}
    routes = [route for row in found.values() for route in row.routes]
    twice = sorted({route for route in routes if routes.count(route) > 1})
    if twice:
        raise ValueError(f"two things share a route: {', '.join(twice)}")
    return found


def _row(thing: Thing, said: Mapping[str, Any]) -> Row:
    if set(said) - FIELDS:
        raise ValueError(f"{thing}: unknown words {sorted(set(said) - FIELDS)}")
    ways = [name for name in ("routes", "within", "waits") if said.get(name)]
    if len(ways) != 1:
        raise ValueError(f"{thing}: needs one of routes, within and waits, has {ways}")
    row = Row(
        thing,
        said["says"],
        Subject(said["about"]),
        tuple(said.get("routes", ())),
        said.get("within", ""),
        said.get("waits", ""),
        _cells(thing, said["may"]),
    )
    if row.about is Subject.NOBODY and any(cell.is_widened for cell in row.cells.values()):
        raise ValueError(f"{thing}: is about nobody, so nothing widens it")
    return row


def _cells(thing: Thing, said: Iterable[Mapping[str, Any]]) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for grant in said:
        cell = Cell(
            Scope(grant["far"]), Purpose(grant["for"]), grant.get("widened", False), grant.get("needs") == "reason"
        )
        for role in roles() if grant["roles"] == [EVERYBODY] else grant["roles"]:
            if role not in (*roles(), BEFORE_LOADING):
                raise ValueError(f"{thing}: the vocabulary has no role {role!r}")
            if role in cells:
                raise ValueError(f"{thing}: {role} stands twice")
            cells[role] = cell
    return cells
