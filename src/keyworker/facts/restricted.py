"""Which children only named people may see, who is named for each, and whose record stands open in an emergency."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import psycopg

from keyworker.facts.ground import lens_at
from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment
from keyworker.facts.remembered import remembered
from keyworker.facts.rows import fetch

_RESTRICTED = "select restriction_id, child_id from {restriction:in_force} r"
TABLES = frozenset({"restriction", "restriction_named", "broken_glass"})
_NAMED = "select restriction_id, account from {restriction_named:in_force} n"
_OPENED = """select child_id, glass_id, account, role, reason, opened_at, until_at from {broken_glass} g
where child_id is not null order by opened_at, entry_id"""


@dataclass(frozen=True)
class Standing:
    """One record that somebody opened in an emergency. Takes until_at, the first instant at which it is closed."""

    glass_id: str
    account: str
    role: str
    reason: str
    opened_at: datetime
    until_at: datetime


@dataclass(frozen=True)
class Restricted:
    """Who is restricted today, by every identifier of theirs, with the accounts that may see each."""

    named: Mapping[str, frozenset[str]]
    opened: Mapping[str, tuple[Standing, ...]]

    def hides(self, child_id: str, account: str) -> bool:
        """Whether to this account the child does not exist."""
        return child_id in self.named and account not in self.named[child_id]

    def hidden_from(self, account: str) -> frozenset[str]:
        """Every identifier of the children who to this account do not exist."""
        return frozenset(child_id for child_id, accounts in self.named.items() if account not in accounts)

    def standing(self, child_id: str, account: str, now: datetime) -> Standing | None:
        """The opening by which this account may look at the child now, the one that stands longest."""
        theirs = [
            one
            for one in self.opened.get(child_id, ())
            if one.account == account and one.opened_at <= now < one.until_at
        ]
        return max(theirs, key=lambda one: one.until_at, default=None)


def restricted_at(connection: psycopg.Connection, moment: Moment) -> Restricted:
    """Who is restricted at a moment, and what was opened up to it; read anew after an act.

    Whoever is named must be named for each restriction of the child that is in force.
    """
    return remembered(connection, "restricted", moment, lambda on: _read(on, lens_at(on, moment)), of=TABLES)


def _read(connection: psycopg.Connection, lens: Lens) -> Restricted:
    accounts: dict[str, set[str]] = defaultdict(set)
    for restriction_id, account in fetch(connection, lens, _NAMED):
        accounts[restriction_id].add(account)
    named: dict[str, frozenset[str]] = {}
    for restriction_id, root in fetch(connection, lens, _RESTRICTED):
        theirs = frozenset(accounts[restriction_id])
        named[root] = named[root] & theirs if root in named else theirs
    opened: dict[str, list[Standing]] = defaultdict(list)
    for root, *said in fetch(connection, lens, _OPENED):
        opened[root].append(Standing(*said))
    return Restricted(
        {one: accounts_ for root, accounts_ in named.items() for one in identifiers(lens, root)},
        {one: tuple(found) for root, found in opened.items() for one in identifiers(lens, root)},
    )


def identifiers(lens: Lens, root: str) -> Iterable[str]:
    """Every identifier of one child, that which stands for the child first."""
    return dict.fromkeys([root, *(one for one, above in lens.roots.items() if above == root)])
