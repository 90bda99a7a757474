"""A team's and the service's pictures, put together from the rows that every page shares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

import psycopg

from keyworker.access import Asker
from keyworker.actions.remembered import at_hand, remembered
from keyworker.actions.whole import Whole, of_team, supervisors_of
from keyworker.clocks.unallocated import allocate_by
from keyworker.facts import people
from keyworker.facts.columns import each_of_everybody, of_everybody
from keyworker.facts.columns.everybody import Source
from keyworker.facts.ground import lens_at
from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import ChildRow, TeamRef
from keyworker.facts.reach import holders_told_from
from keyworker.facts.sources import absent, source_ages
from keyworker.facts.supervisors import in_role_since, spans
from keyworker.facts.teams import Teams, teams_at
from keyworker.facts.worker_life import absences
from keyworker.intake.meaning import Found, found
from keyworker.measures.caseload import holder
from keyworker.measures.evidence import evidence
from keyworker.measures.pictures import Change, GroupRow, ServicePicture, TeamPicture
from keyworker.measures.quality import Finding, findings
from keyworker.measures.service import groups
from keyworker.measures.team import came_or_went, changes_since, whereabouts
from keyworker.vocabulary.errors import KeyworkerError

Groups = tuple[tuple[GroupRow, ...], GroupRow]
"""Every district or team, and the whole service."""

Figures = dict[str, Groups]
"""The groups by district and by team."""

LOOKED = timedelta(days=7)
"""How far back a team's page looks for what moved, for somebody who has not looked before."""


LEAD_A_TEAM = ("team manager", "consultant social worker")
"""The roles that have a team of their own."""


def team_picture(
    connection: psycopg.Connection,
    moment: Moment,
    team_id: str | None,
    *,
    since: date,
    asker: Asker,
    may_see: Callable[[Moment, Sequence[ChildRow]], Sequence[ChildRow]],
) -> TeamPicture:
    """A team at a moment, and what moved since a day. Takes may_see, which of some children the asker may see today."""
    teams = teams_at(connection, lens_at(connection, moment))
    team = _team(teams, team_id, asker)
    now = _seen(of_team(connection, moment, team.team_id), moment, may_see)
    manager_id = teams.manager_of.get(team.team_id)
    above = supervisors_of(connection, moment, now.workers, manager_id)
    everybody = {row.worker.worker_id for row in (*now.workers, *above)}
    lens = lens_at(connection, moment)
    before = Moment(since, moment.known_at)
    then = _seen(of_team(connection, before, team.team_id), before, may_see)
    unallocated = tuple(child for child in now.children if holder(child) is None)
    return TeamPicture(
        team=team,
        moment=moment,
        since=since,
        changes=_changes(connection, moment, now, then),
        workers=tuple(now.workers),
        children=tuple(now.children),
        unallocated=unallocated,
        sources=tuple(source_ages(connection)),
        absent=tuple(absent(connection, moment)),
        supervisors=tuple(above),
        spans=spans(connection, lens, everybody),
        in_role_since=in_role_since(connection, lens, everybody),
        manager=people.workers(connection, lens, [manager_id])[manager_id] if manager_id else None,
        allocate_by=allocate_by(connection, lens, unallocated),
    )


def _seen(whole: Whole, moment: Moment, may_see: Callable[[Moment, Sequence[ChildRow]], Sequence[ChildRow]]) -> Whole:
    return Whole(list(may_see(moment, whole.children)), whole.workers)


def _changes(connection: psycopg.Connection, moment: Moment, now: Whole, then: Whole) -> tuple[Change, ...]:
    """What moved, with the days on which it did: read of those who moved alone."""
    lens = lens_at(connection, moment)
    moved = came_or_went(now.children, then.children)
    where = whereabouts(connection, lens.of(moved), teams_at(connection, lens, ended=True)) if moved else {}
    was_away = {row.worker.worker_id: row.is_away for row in then.workers}
    turned = [
        row.worker.worker_id
        for row in now.workers
        if row.worker.worker_id in was_away and row.is_away != was_away[row.worker.worker_id]
    ]
    away = {one: spells[-1] for one in turned if (spells := absences(connection, lens, one))}
    return changes_since(now.children, then.children, now.workers, then.workers, moment.at, where, away)


def _team(teams: Teams, team_id: str | None, asker: Asker) -> TeamRef:
    wanted = team_id
    if wanted is None:
        managed = [team for team, manager in teams.manager_of.items() if manager in asker.acts_as]
        held = [one.team for one in asker.roles if one.role in LEAD_A_TEAM and one.team in teams.known]
        wanted = next(iter([*held, *managed]), None)
    ref = teams.ref(wanted)
    if ref is None:
        raise KeyworkerError(
            "No team is yours to manage at that moment.", remedy="Choose a team from the service's page."
        )
    return ref


def service_picture(connection: psycopg.Connection, moment: Moment, by: str, then: Moment | None) -> ServicePicture:
    """The service by district or team at a moment, beside an earlier one where it is wanted."""
    figures = figures_of(connection, [moment, then] if then else [moment])
    now, total = figures[0][by]
    before, total_before = figures[1][by] if then else ((), None)
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
        told_from=holders_told_from(connection, moment),
    )


def figures_at(connection: psycopg.Connection, moment: Moment) -> Figures:
    """The service's figures at a moment by district and by team; both come of the same evidence."""
    return figures_of(connection, [moment])[0]


def figures_of(connection: psycopg.Connection, moments: Sequence[Moment]) -> list[Figures]:
    """The same at several moments, those that are not remembered read side by side."""
    asked = [moment for moment in moments if at_hand(connection, "figures", moment) is None]
    found = dict(zip(asked, _ask(connection, asked), strict=True)) if len(asked) > 1 else {}

    def one(moment: Moment) -> Figures:
        return found[moment] if moment in found else _ask(connection, [moment])[0]

    return [remembered(connection, "figures", moment, partial(one, moment)) for moment in moments]


def _ask(connection: psycopg.Connection, moments: Sequence[Moment]) -> list[Figures]:
    lenses = [lens_at(connection, moment) for moment in moments]
    teams = [teams_at(connection, lens) for lens in lenses]
    asks = [partial(_figures, lens=lens, teams=known) for lens, known in zip(lenses, teams, strict=True)]
    return each_of_everybody(connection, asks)


def _figures(source: Source, lens: Lens, teams: Teams) -> Figures:
    known = evidence(source, lens, teams)
    return {by: groups(known, by) for by in ("district", "team")}


def quality_at(connection: psycopg.Connection, moment: Moment) -> list[Finding]:
    """What the data cannot support at a moment."""
    lens = lens_at(connection, moment)
    ask = partial(of_everybody, connection, lambda source: findings(source, lens))
    return remembered(connection, "quality", moment, ask)


def meanings_at(connection: psycopg.Connection, moment: Moment) -> list[Found]:
    """Every word that needs a meaning, with the meaning it has."""
    return remembered(connection, "meaning", moment, lambda: found(connection, moment))
