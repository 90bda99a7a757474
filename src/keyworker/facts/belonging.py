"""Where somebody stands in the service: a child's workers and teams, a worker's teams. Whoever may see them follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import psycopg

from keyworker.facts.ground import lens_at
from keyworker.facts.lens import FAR, Lens
from keyworker.facts.moment import Moment
from keyworker.facts.remembered import asked_once, remembered
from keyworker.facts.rows import fetch
from keyworker.facts.teams import TABLES as TEAMS
from keyworker.facts.teams import Teams, teams_at

STANDS = """select child_id, worker_id, team_id from (
    select child_id, worker_id, team_id, to_on,
        bool_or(to_on is null or to_on > %(at)s) over (partition by child_id) as is_with_somebody,
        max(to_on) over (partition by child_id) as last_on
    from {involvements} i
) j where to_on is null or to_on > %(at)s or (not is_with_somebody and to_on = last_on)
union all select child_id, cast(null as text), team_id from {cin_episodes:in_force} e where team_id is not null
union all select child_id, worker_id, team_id from {handover} h
where answer is null or answer = 'accepted' and starts_on > %(at)s"""
"""Of a child's involvements those that stand, or where none does the last that ended; the teams of referrals; and to
whom the child is offered: whoever is to hold a child reads the record before they answer, or take the child over."""
_APPOINTED = (
    "select worker_id, team_id from {appointment:in_force} a"
    " where worker_id = any(%(workers)s::text[]) and team_id is not null"
)
_APPOINTED_IN = "select worker_id from {appointment:in_force} a where team_id = any(%(teams)s::text[])"
_APPOINTMENTS = "select worker_id, team_id, from_on, to_on from {appointment} a"
_OF_ONE = f"{_APPOINTMENTS} where worker_id = %(worker)s"
_HELD = """select role, scope, worker_id, covering_for, to_on from {role_holding} r
where account = %(account)s and from_on <= %(day)s and (to_on is null or to_on > %(day)s)
order by role, scope, from_on, entry_id"""
_SIGNS_IN = """select distinct worker_id from {role_holding} r
where account = any(%(accounts)s::text[]) and worker_id is not null
and from_on <= %(day)s and (to_on is null or to_on > %(day)s)"""
_ACCOUNTS = """select distinct worker_id, account from {role_holding} r
where worker_id = any(%(workers)s::text[]) and from_on <= %(day)s and (to_on is null or to_on > %(day)s)"""
_SETTING = """select value from {setting:in_force} s
where lower(name) = %(name)s and lower(applies_to) = any(%(to)s::text[])
order by lower(applies_to) = 'all', from_on desc, entry_id desc limit 1"""


@dataclass(frozen=True)
class ChildBelonging:
    """Who works with a child, or is offered them, and in which teams; where nobody works with them, who did last."""

    workers: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()


@dataclass(frozen=True)
class WorkerBelonging:
    """In which teams a worker is appointed on a day, and whether they have left the service by then."""

    teams: frozenset[str] = frozenset()
    has_left: bool = False


@dataclass(frozen=True)
class Holding:
    """One role that a sign-in holds on a day. Takes until, the first day on which it is held no more, also to come."""

    role: str
    scope: str
    worker_id: str | None
    covering_for: str | None
    until: date | None


def child_belonging(connection: psycopg.Connection, moment: Moment, child_id: str) -> ChildBelonging:
    """Where one child stands at a moment. The same questions are asked of an identifier that nobody has."""
    return asked_once(
        connection,
        ("belonging", moment, child_id),
        lambda: children_belonging(connection, moment, [child_id])[child_id],
    )


def children_belonging(
    connection: psycopg.Connection, moment: Moment, child_ids: Sequence[str]
) -> dict[str, ChildBelonging]:
    """Where each of some children stands at a moment."""
    everyone = lens_at(connection, moment)
    roots = {child_id: everyone.root(child_id) for child_id in child_ids}
    workers: dict[str, set[str]] = defaultdict(set)
    teams: dict[str, set[str]] = defaultdict(set)
    for child_id, worker_id, team_id in fetch(connection, everyone.of(roots.values()), STANDS):
        workers[child_id] |= {worker_id} - {None}
        teams[child_id] |= {team_id} - {None}
    appointed: dict[str, set[str]] = defaultdict(set)
    every = sorted(set().union(*workers.values()))
    for worker_id, team_id in fetch(connection, everyone, _APPOINTED, workers=every):
        appointed[worker_id].add(team_id)
    return {child_id: _child(workers[root], teams[root], appointed) for child_id, root in roots.items()}


def _child(workers: set[str], teams: set[str], appointed: Mapping[str, set[str]]) -> ChildBelonging:
    theirs = (appointed[worker] for worker in workers if worker in appointed)
    return ChildBelonging(frozenset(workers), frozenset(teams).union(*theirs))


def appointed_in(connection: psycopg.Connection, moment: Moment, teams: Collection[str]) -> frozenset[str]:
    """The workers who are appointed to some teams at a moment."""
    rows = fetch(connection, lens_at(connection, moment), _APPOINTED_IN, teams=sorted(teams))
    return frozenset(row[0] for row in rows)


def worker_belonging(connection: psycopg.Connection, day: date, worker_id: str) -> WorkerBelonging:
    """Where one worker stands on a day, by all that is known now. Of one who left, the teams of the last appointment.

    A worker has left when every appointment that is known had ended by the day; of whom none is known, that is not.
    """
    return _standing(fetch(connection, _now(connection), _OF_ONE, worker=worker_id), day)


def workers_belonging(connection: psycopg.Connection, day: date) -> dict[str, WorkerBelonging]:
    """Where every worker of whom an appointment is known stands on a day; read anew after an act."""

    def read(on: psycopg.Connection) -> dict[str, WorkerBelonging]:
        found: dict[str, list[tuple[str, str | None, date, date | None]]] = defaultdict(list)
        for row in fetch(on, _now(on), _APPOINTMENTS):
            found[row[0]].append((row[0], row[1], row[2], row[3]))
        return {worker_id: _standing(rows, day) for worker_id, rows in found.items()}

    return remembered(connection, "workers belonging", Moment(day), read, of={"appointment"})


def _standing(rows: Sequence[tuple[Any, ...]], day: date) -> WorkerBelonging:
    begun = [row for row in rows if row[2] <= day]
    now = [row for row in begun if row[3] is None or row[3] > day]
    last = max((row[3] for row in begun if row[3] is not None), default=None)
    teams = frozenset(row[1] for row in now or [row for row in begun if row[3] == last] if row[1])
    return WorkerBelonging(teams, bool(begun) and not now)


def teams_today(connection: psycopg.Connection, moment: Moment) -> Teams:
    """Every team at a moment, those that are no more as they were last; read anew after an act."""
    return remembered(connection, "teams", moment, lambda on: teams_at(on, lens_at(on, moment), ended=True), of=TEAMS)


def holdings(connection: psycopg.Connection, account: str, day: date) -> list[Holding]:
    """The roles that a sign-in holds on a day."""
    return [Holding(*row) for row in fetch(connection, _now(connection), _HELD, account=account, day=day)]


def workers_behind(connection: psycopg.Connection, accounts: Sequence[str], day: date) -> frozenset[str]:
    """The workers to whom some sign-ins belong on a day."""
    rows = fetch(connection, _now(connection), _SIGNS_IN, accounts=list(accounts), day=day) if accounts else []
    return frozenset(row[0] for row in rows)


def accounts_of(connection: psycopg.Connection, worker_ids: Sequence[str], day: date) -> dict[str, set[str]]:
    """The sign-ins that belong to some workers on a day, by worker; nothing of one who has none."""
    found: dict[str, set[str]] = defaultdict(set)
    for worker_id, account in fetch(connection, _now(connection), _ACCOUNTS, workers=list(worker_ids), day=day):
        found[worker_id].add(account)
    return found


def said_in_setting(
    connection: psycopg.Connection, moment: Moment, name: str, of: str = "all", *, alone: bool = False
) -> str | None:
    """What the council has set under a name; None where it has set nothing.

    Takes   of, for what: where nothing is set for that, what is set for everything counts, unless it is asked of alone.
    """
    kept = f"setting {name}" if of == "all" else f"setting {name} of {of}{' alone' if alone else ''}"
    to = [of.lower()] if alone else ["all", of.lower()]
    said = remembered(
        connection,
        kept,
        moment,
        lambda on: fetch(on, lens_at(on, moment), _SETTING, name=name, to=to),
        of={"setting"},
    )
    return said[0][0] if said else None


def _now(connection: psycopg.Connection) -> Lens:
    """A lens that sees endings to come: a role's last day is known before it is past."""
    return lens_at(connection, Moment(FAR))
