"""Who a sign-in is: the roles that the record says it holds on a day, and the worker it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import psycopg

from keyworker.access import BEFORE_LOADING, BEYOND, Asker, Beyond, Door, RoleHeld
from keyworker.actions.remembered import remembered
from keyworker.facts.belonging import (
    Holding,
    holdings,
    said_in_setting,
    teams_today,
    worker_belonging,
    workers_behind,
)
from keyworker.facts.ground import lens_at
from keyworker.facts.moment import Moment
from keyworker.facts.people import workers
from keyworker.facts.teams import COUNTY_WIDE, UNMAPPED
from keyworker.facts.teams import TABLES as TEAMS
from keyworker.vocabulary.errors import Refused

INSPECTOR = "inspector"
"""A role that is held only where it is said until when: nobody inspects for ever."""


TABLES = TEAMS | {"role_holding", "appointment", "professionals", "setting"}
"""The tables of which it is read who a sign-in is."""


@dataclass(frozen=True)
class _SignIn:
    """Everything about a sign-in on a day but what it is used for."""

    roles: tuple[RoleHeld, ...]
    name: str
    worker_id: str | None = None
    covered: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    districts: frozenset[str] = frozenset()
    beyond: Beyond = Beyond.TEAM


def signed_in(
    connection: psycopg.Connection, account: str, at: date, *, purpose: str, door: Door = Door.PAGE, reason: str = ""
) -> tuple[Asker, str]:
    """Who asks, with the roles held on a day, and the name by which they are greeted. Read anew after an act.

    Takes   reason, what was typed where a thing is open only for one: the log keeps it with the purpose.
    Gives   while nothing has been loaded, somebody who may see what is published anyway, and nothing else.
    Raises  Refused when the record gives this sign-in no role on that day, or its worker has left by then.
    """

    def read() -> _SignIn:
        return _read(connection, account, at)

    found: _SignIn = remembered(connection, "sign in", Moment(at), read, of=account, tables=TABLES)
    if found.roles[0].role == BEFORE_LOADING:
        # A load ends this, whichever tables it tells.
        found = remembered(connection, "sign in", Moment(at), read, of=account)
    asker = Asker(
        account,
        f"{purpose}; for a reason: {reason}" if reason else purpose,
        door,
        found.roles,
        found.worker_id,
        covered=found.covered,
        teams=found.teams,
        districts=found.districts,
        beyond=found.beyond,
        reason=reason,
    )
    return asker, found.name


def beyond_own(connection: psycopg.Connection, at: date) -> tuple[Beyond, str | None]:
    """How far most staff may see beyond their own children on a day, and what the council has said of it.

    Nothing said means the team; a word that means nothing opens nothing.
    """
    said = said_in_setting(connection, Moment(at), BEYOND)
    if said is None:
        return Beyond.TEAM, None
    word = said.strip().lower()
    return (Beyond(word) if word in set(Beyond) else Beyond.OWN), said


def _read(connection: psycopg.Connection, account: str, at: date) -> _SignIn:
    held = holdings(connection, account, at)
    if not held and not connection.execute("select 1 from record.act where kind = 'load' limit 1").fetchone():
        return _SignIn((RoleHeld(BEFORE_LOADING, "all"),), account)
    held = [one for one in held if one.role != INSPECTOR or one.until is not None]
    if not held:
        raise Refused(
            "This sign-in holds no role today, so no page is open to it.",
            remedy="Ask the analyst who keeps the roles to give it one; an inspector's needs a last day.",
        )
    worker_id = next((one.worker_id for one in held if one.worker_id), None)
    belongs = worker_belonging(connection, at, worker_id) if worker_id else None
    if belongs and belongs.has_left:
        raise Refused(
            "This sign-in belongs to somebody who has left the service, so no page is open to it.",
            remedy="If that is wrong, ask the analyst who keeps the data to look at the appointment's last day.",
        )
    return _described(connection, at, held, worker_id, account, belongs.teams if belongs else frozenset())


def _described(
    connection: psycopg.Connection,
    at: date,
    held: list[Holding],
    worker_id: str | None,
    account: str,
    teams: frozenset[str],
) -> _SignIn:
    known = teams_today(connection, Moment(at))
    districts = {team.district for team in known} - {UNMAPPED, COUNTY_WIDE}
    theirs = {ref.district for one in (*teams, *(one.scope for one in held)) if (ref := known.known.get(one))}
    covering = [one.covering_for for one in held if one.covering_for]
    named = workers(connection, lens_at(connection, Moment(at)), [worker_id]) if worker_id else {}
    return _SignIn(
        tuple(RoleHeld(one.role, one.scope, one.scope in districts, one.covering_for) for one in held),
        named[worker_id].name if worker_id else account,
        worker_id,
        workers_behind(connection, covering, at),
        teams,
        frozenset(theirs & districts),
        beyond_own(connection, at)[0],
    )
