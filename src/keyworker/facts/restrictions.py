"""The restrictions of children as they were decided, and everybody who was named for each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch

_RESTRICTIONS = """select r.restriction_id, r.entry_id, r.child_id, r.kind, r.reason, r.decided_by, r.from_on, r.to_on,
    r.lifted_by, r.lifted_why
from {restriction} r order by r.from_on desc, r.entry_id desc"""
_NAMED = """select n.restriction_id, n.named_id, n.entry_id, n.account, n.named_by, n.reason, n.from_on, n.to_on,
    n.ended_by, n.ended_why
from {restriction_named} n order by n.from_on, n.entry_id"""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who may see a restricted child. Takes to_on, the day on which that was taken back."""

    named_id: str
    entry_id: int
    account: str
    named_by: str
    reason: str
    from_on: date
    to_on: date | None
    ended_by: str | None
    ended_why: str | None


@dataclass(frozen=True, slots=True)
class Restriction:
    """One decision that only named people may see a child. Takes to_on, the day on which it was lifted."""

    restriction_id: str
    entry_id: int
    child_id: str
    kind: str
    reason: str
    decided_by: str
    from_on: date
    to_on: date | None
    lifted_by: str | None
    lifted_why: str | None
    named: tuple[Named, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether it has not been lifted."""
        return self.to_on is None

    @property
    def may_see(self) -> tuple[Named, ...]:
        """Whoever is named and still is."""
        return tuple(one for one in self.named if one.to_on is None)


def restrictions(connection: psycopg.Connection, lens: Lens) -> list[Restriction]:
    """The restrictions of the lens's children, also those that were lifted, the latest first."""
    named: dict[str, list[Named]] = defaultdict(list)
    for restriction_id, *said in fetch(connection, lens, _NAMED):
        named[restriction_id].append(Named(*said))
    return [_restriction(row, named) for row in fetch(connection, lens, _RESTRICTIONS)]


def _restriction(row: tuple[Any, ...], named: dict[str, list[Named]]) -> Restriction:
    return replace(Restriction(*row), named=tuple(named[row[0]]))
