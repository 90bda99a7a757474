"""Whose pages are open to somebody, by handle, so that no page leads them to one that is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import psycopg

from keyworker.access import Asker, Place, Thing, sight_of
from keyworker.actions.remembered import remembered
from keyworker.actions.sign_ins import TABLES as WHO
from keyworker.facts.belonging import teams_today, workers_belonging
from keyworker.facts.ground import lens_at
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.moment import Moment
from keyworker.facts.teams import names_of
from keyworker.facts.workers import supervised_by

TABLES = WHO | {"supervision_line", "supervision_deputy"}
"""The tables of which it is read what is open to a sign-in."""


@dataclass(frozen=True)
class Opening:
    """The handles of the teams and workers whose pages are open to somebody; None stands for every one."""

    teams: frozenset[str] | None = None
    workers: frozenset[str] | None = None


EVERY_PAGE = Opening()
"""Nothing is closed."""


def opening(connection: psycopg.Connection, asker: Asker, at: date) -> Opening:
    """Which teams' and workers' pages are open to somebody on a day. Read anew after an act."""

    def read() -> Opening:
        return Opening(_teams(connection, asker, at), _workers(connection, asker, at))

    return remembered(connection, "sign in", Moment(at), read, of=f"what is open to {asker.account}", tables=TABLES)


def _teams(connection: psycopg.Connection, asker: Asker, at: date) -> frozenset[str] | None:
    sight = sight_of(asker, Thing.TEAM)
    if sight.everything:
        return None
    teams = teams_today(connection, Moment(at))
    return frozenset(
        ref.handle
        for ref in teams
        if sight.covers(Place(teams.manager_of.get(ref.team_id) in asker.acts_as, False, names_of(ref)))
    )


def _workers(connection: psycopg.Connection, asker: Asker, at: date) -> frozenset[str] | None:
    sight = sight_of(asker, Thing.WORKER)
    if sight.everything:
        return None
    lens, teams = lens_at(connection, Moment(at)), teams_today(connection, Moment(at))
    below = frozenset().union(*(supervised_by(connection, lens, one) for one in asker.acts_as))
    known = workers_belonging(connection, at)
    found = []
    for worker_id in {*known, *below, *asker.acts_as}:
        places = (teams.ref(one) for one in known[worker_id].teams) if worker_id in known else ()
        names = frozenset().union(*map(names_of, places))
        if sight.covers(Place(worker_id == asker.worker_id, worker_id in below, names)):
            found.append(worker_id)
    return frozenset(handles_of(connection, HandleKind.WORKER, found).values())
