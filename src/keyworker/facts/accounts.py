"""Who signs in: every account that holds a role on a day, with the name of the worker behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import psycopg

from keyworker.facts.ground import lens_at
from keyworker.facts.lens import FAR
from keyworker.facts.moment import Moment
from keyworker.facts.people import workers
from keyworker.facts.rows import fetch

_HELD = "select account, role, worker_id from {role_holding:in_force} r order by account, role"


@dataclass(frozen=True)
class Account:
    """A way to sign in. Takes name, that of the worker behind it, or where there is none the account's own."""

    account: str
    name: str
    worker_id: str | None
    roles: tuple[str, ...]

    @property
    def in_words(self) -> str:
        """The worker's name with the role first held; of a sign-in that belongs to no worker, its own name."""
        return f"{self.name}, {self.roles[0]}" if self.worker_id else self.account


def accounts_at(connection: psycopg.Connection, moment: Moment) -> Mapping[str, Account]:
    """Every account that holds a role at a moment, by its name."""
    lens = lens_at(connection, moment)
    roles: dict[str, list[str]] = defaultdict(list)
    behind: dict[str, str] = {}
    for account, role, worker_id in fetch(connection, lens, _HELD):
        roles[account].append(role)
        if worker_id:
            behind.setdefault(account, worker_id)
    named = workers(connection, lens, behind.values())
    return {
        account: Account(
            account,
            named[behind[account]].name if account in behind else account,
            behind.get(account),
            tuple(dict.fromkeys(held)),
        )
        for account, held in roles.items()
    }


def named_in(accounts: Mapping[str, Account], account: str) -> str:
    """Who an account is, in words; the account's own name for one that holds no role any more."""
    return accounts[account].in_words if account in accounts else account


_HELD_SINCE = """select account, role, scope, covering_for, from_on, to_on, worker_id from {role_holding} r
where to_on is null or to_on > %(at)s order by account, role, scope, from_on, entry_id"""


@dataclass(frozen=True)
class RoleHeldBy:
    """One role that a sign-in holds, or is to hold.

    Takes   until, the day after its last; worker_id, whose sign-in it is; None where it belongs to no worker.
    """

    account: str
    name: str
    role: str
    scope: str
    covering_for: str | None
    from_on: date
    until: date | None
    worker_id: str | None = None


def roles_held(connection: psycopg.Connection, day: date) -> list[RoleHeldBy]:
    """Every role that is held on a day or from a later one, by all that is known now."""
    rows = fetch(connection, lens_at(connection, Moment(FAR)), _HELD_SINCE, at=day)
    named = workers(connection, lens_at(connection, Moment(day)), (row[6] for row in rows if row[6]))
    return [RoleHeldBy(row[0], named[row[6]].name if row[6] else "", *row[1:7]) for row in rows]
