"""Who a sign-in is: the roles that the record says it holds on a day, and the worker it belongs to."""

from __future__ import annotations

from datetime import date

import psycopg

from keyworker.access import BEFORE_LOADING, Asker, Door, RoleHeld
from keyworker.facts.ground import lens_at
from keyworker.facts.moment import Moment
from keyworker.facts.people import workers
from keyworker.facts.rows import fetch
from keyworker.vocabulary.errors import Refused

_HELD = "select role, scope, worker_id from {role_holding:in_force} r where account = %(account)s order by role, scope"


def signed_in(
    connection: psycopg.Connection, account: str, at: date, *, purpose: str, door: Door = Door.PAGE
) -> tuple[Asker, str]:
    """Who asks, with the roles held on a day, and the name by which they are greeted.

    Gives   while nothing has been loaded, somebody who may see what is published anyway, and nothing else.
    Raises  Refused when the record gives this sign-in no role on that day.
    """
    lens = lens_at(connection, Moment(at))
    rows = fetch(connection, lens, _HELD, account=account)
    if not rows and not connection.execute("select 1 from record.act where kind = 'load' limit 1").fetchone():
        return Asker(account, purpose, door, (RoleHeld(BEFORE_LOADING, "all"),)), account
    if not rows:
        raise Refused(
            "This sign-in holds no role today, so no page is open to it.",
            remedy="Ask the analyst who keeps the roles to give it one.",
        )
    worker_id = next((row[2] for row in rows if row[2]), None)
    roles = tuple(RoleHeld(role, scope) for role, scope, _ in rows)
    asker = Asker(account, purpose, door, roles, worker_id)
    return asker, workers(connection, lens, [worker_id])[worker_id].name if worker_id else account
