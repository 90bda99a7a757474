"""A team's and the service's pictures, put together from the rows that every page shares."""

from __future__ import annotations

from datetime import date

import psycopg

from keyworker.access import Asker
from keyworker.actions.remembered import remembered, whole_at
from keyworker.clocks.children import children_at
from keyworker.clocks.workers import workers_at
from keyworker.facts.ground import lens_at
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import TeamRef
from keyworker.facts.sources import absent, source_ages
from keyworker.facts.teams import teams_at
from keyworker.measures.caseload import holder
from keyworker.measures.pictures import GroupRow, ServicePicture, TeamPicture
from keyworker.measures.service import evidence, groups
from keyworker.measures.team import changes_since
from keyworker.vocabulary.errors import KeyworkerError


def team_picture(
    connection: psycopg.Connection, moment: Moment, team_id: str | None, *, since: date, asker: Asker
) -> TeamPicture:
    """A team at a moment, and what moved since a day."""
    team = _team(connection, moment, team_id, asker)
    before = Moment(since, moment.known_at)
    children = children_at(connection, moment, team_id=team.team_id)
    workers = workers_at(connection, moment, team_id=team.team_id)
    moved = changes_since(
        children,
        children_at(connection, before, team_id=team.team_id),
        workers,
        workers_at(connection, before, team_id=team.team_id),
        moment.at,
    )
    return TeamPicture(
        team=team,
        moment=moment,
        since=since,
        changes=moved,
        workers=tuple(workers),
        children=tuple(children),
        unallocated=tuple(child for child in children if holder(child) is None),
        sources=tuple(source_ages(connection)),
        absent=tuple(absent(connection, moment)),
    )


def _team(connection: psycopg.Connection, moment: Moment, team_id: str | None, asker: Asker) -> TeamRef:
    teams = teams_at(connection, lens_at(connection, moment))
    wanted = team_id
    if wanted is None:
        managed = [team for team, manager in teams.manager_of.items() if manager == asker.worker_id]
        held = [scope for scope in asker.scopes("team manager", "consultant social worker") if teams.ref(scope)]
        wanted = next(iter([*held, *managed]), None)
    ref = teams.ref(wanted)
    if ref is None:
        raise KeyworkerError(
            "No team is yours to manage at that moment.", remedy="Choose a team from the service's page."
        )
    return ref


def service_picture(connection: psycopg.Connection, moment: Moment, by: str, then: Moment | None) -> ServicePicture:
    """The service by district or team at a moment, beside an earlier one where it is wanted."""
    now, total = _groups(connection, moment, by)
    before, total_before = _groups(connection, then, by) if then else ((), None)
    return ServicePicture(
        moment=moment,
        by=by,
        groups=now,
        total=total,
        then=then,
        groups_then=before,
        sources=tuple(source_ages(connection)),
        absent=tuple(absent(connection, moment)),
        total_then=total_before,
    )


def _groups(connection: psycopg.Connection, moment: Moment, by: str) -> tuple[tuple[GroupRow, ...], GroupRow]:
    answer: tuple[tuple[GroupRow, ...], GroupRow] = remembered(
        connection, f"groups by {by}", moment, lambda: _ask(connection, moment, by)
    )
    return answer


def _ask(connection: psycopg.Connection, moment: Moment, by: str) -> tuple[tuple[GroupRow, ...], GroupRow]:
    lens = lens_at(connection, moment)
    whole = whole_at(connection, moment)
    return groups(evidence(connection, lens, whole.children, whole.workers, teams_at(connection, lens)), by)
