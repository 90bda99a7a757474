"""Every open child at a moment, as rows of a list: who holds them, when they were seen, what is due and why."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import psycopg

from keyworker.clocks.intervals import Intervals, intervals
from keyworker.clocks.visits import read_visit
from keyworker.facts import ahead, open_children, people, seen
from keyworker.facts.days import year_before
from keyworker.facts.ground import lens_at
from keyworker.facts.holds import Held, changes
from keyworker.facts.involved import (
    Involved,
    Unallocated,
    involved_now,
    main_holds,
    referred_teams,
    team_of_child,
    unallocated,
    worker_teams,
)
from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import ChildRow, NextDate, Role, Status, WorkerRef
from keyworker.facts.reach import holders_told_from
from keyworker.facts.role_words import role_words
from keyworker.facts.siblings import held_apart
from keyworker.facts.teams import UNMAPPED, Teams, teams_at

_NOBODY = Involved()
DAY = timedelta(days=1)


@dataclass(frozen=True)
class _Gathered:
    """All that is known of some children at a moment, each fact by child."""

    at: date
    year: tuple[date, date]  # the twelve months that end with the day, the second not included
    who: Mapping[str, people.Child]
    statuses: Mapping[str, tuple[Status, ...]]
    involved: Mapping[str, Involved]
    holds: Mapping[str, list[Held]]
    workers: Mapping[str, WorkerRef]
    worker_teams: Mapping[str, str]
    referred: Mapping[str, str]
    unallocated: Mapping[str, Unallocated]
    seen: Mapping[str, seen.LastSeen]
    supervised: Mapping[str, date]
    families: Mapping[str, str]
    siblings: Mapping[str, int]
    next_dates: Mapping[str, NextDate]
    door: Mapping[str, tuple[str, ...]]
    intervals: Intervals
    teams: Teams


def children_at(
    connection: psycopg.Connection,
    moment: Moment,
    *,
    worker_id: str | None = None,
    team_id: str | None = None,
    child_ids: Collection[str] | None = None,
    district: str | None = None,
) -> list[ChildRow]:
    """Every open child at a moment, or those of a worker, a team, a district or a list.

    Takes   connection, in a transaction whose isolation decides what is seen; filters narrow together.
    Gives   rows by name, then identifier. A child whom a worker co-works or reviews is among that worker's.
    """
    lens = lens_at(connection, moment)
    teams = teams_at(connection, lens)
    wanted = _wanted(connection, lens, teams, worker_id, team_id, child_ids, district)
    if wanted is not None and not wanted:
        return []
    found = open_children.open_among(connection, lens if wanted is None else lens.of(wanted))
    if team_id is not None or district is not None:
        found = _of_teams(connection, lens.of(found), teams, team_id, district)
    if not found:
        return []
    with _without_collecting():
        everyone = wanted is None and team_id is None and district is None
        rows = rows_of(connection, lens.of(found), teams, everyone=everyone)
    return sorted(rows, key=lambda row: (row.name, row.child_id))


def children_near(connection: psycopg.Connection, moment: Moment, team_id: str) -> list[ChildRow]:
    """Every open child whom a team or one of its workers may hold: the team's own, and its workers' in other teams."""
    near = open_children.near_teams(connection, lens_at(connection, moment), [team_id])
    return children_at(connection, moment, child_ids=near)


def rows_of(connection: psycopg.Connection, lens: Lens, teams: Teams, *, everyone: bool = False) -> list[ChildRow]:
    """The rows of the lens's children, who are open; everyone says that these are all who are."""
    gathered = _gather(connection, lens, teams, everyone=everyone)
    return [_row(gathered, child_id) for child_id in gathered.who]


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Thousands of rows that all live on would make the garbage collector look at each of them, again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _wanted(
    connection: psycopg.Connection,
    lens: Lens,
    teams: Teams,
    worker_id: str | None,
    team_id: str | None,
    child_ids: Collection[str] | None,
    district: str | None,
) -> list[str] | None:
    """Children among whom the filters can find any, or None where all must be looked at."""
    narrowed: list[set[str]] = []
    if child_ids is not None:
        narrowed.append({lens.root(child_id) for child_id in child_ids})
    if worker_id is not None:
        narrowed.append(set(open_children.worked_with_by(connection, lens, worker_id)))
    if team_id is not None:
        narrowed.append(set(open_children.near_teams(connection, lens, [team_id])))
    elif district is not None and district != UNMAPPED:
        narrowed.append(set(open_children.near_teams(connection, lens, teams.in_district(district))))
    return sorted(set.intersection(*narrowed)) if narrowed else None


def _of_teams(
    connection: psycopg.Connection, lens: Lens, teams: Teams, team_id: str | None, district: str | None
) -> list[str]:
    """Those of the lens's children who are with a team or in a district, before all else is read of them."""
    if not lens.child_ids:
        return []
    involved = involved_now(connection, lens, role_words(connection, lens))
    workers = {worker for child in involved.values() for held in child.by_role.values() for worker in held}
    their_teams = worker_teams(connection, lens, workers)
    referred = referred_teams(connection, lens)
    found = []
    for child_id in lens.child_ids:
        team = teams.ref(team_of_child(involved.get(child_id, _NOBODY), their_teams, referred.get(child_id)))
        in_team = team_id is None or (team is not None and team.team_id == team_id)
        if in_team and (district is None or (team.district if team else UNMAPPED) == district):
            found.append(child_id)
    return found


def _gather(connection: psycopg.Connection, lens: Lens, teams: Teams, *, everyone: bool) -> _Gathered:
    words = role_words(connection, lens)
    involved = involved_now(connection, lens, words)
    holds = main_holds(connection, lens, words)
    worker_ids = {worker for child in involved.values() for held in child.by_role.values() for worker in held}
    families = people.families(connection, lens)
    waiting = [child for child in lens.child_ids or () if not involved.get(child, _NOBODY).is_allocated]
    return _Gathered(
        at=lens.moment.at,
        year=(year_before(lens.moment.at) + DAY, lens.moment.at + DAY),
        who=people.children(connection, lens),
        statuses=open_children.statuses_now(connection, lens),
        involved=involved,
        holds=holds,
        workers=people.workers(connection, lens, worker_ids),
        worker_teams=worker_teams(connection, lens, worker_ids),
        referred=referred_teams(connection, lens),
        unallocated=_unallocated(connection, lens.of(waiting), holds) if waiting else {},
        seen=seen.last_seen(connection, lens),
        supervised=seen.last_supervised(connection, lens),
        families=families,
        siblings=_siblings(connection, lens, families, everyone=everyone),
        next_dates=ahead.next_dates(connection, lens),
        door=ahead.before_the_door(connection, lens, everyone=everyone),
        intervals=intervals(connection, lens),
        teams=teams,
    )


def _siblings(
    connection: psycopg.Connection, lens: Lens, families: Mapping[str, str], *, everyone: bool
) -> dict[str, int]:
    """How many other open children of the family each child has, never across an adoption: not even as a count."""
    open_now: set[str] = set(lens.child_ids or ())
    whole = lens.on_everyone
    if everyone:
        several = {family for family, kin in people.by_family(families).items() if len(kin) > 1}
        members = people.kin(connection, whole, several) if several else {}
    else:
        members = people.kin(connection, whole, set(families.values()))
        others = {child for kin in members.values() for child in kin} - open_now
        if others:
            open_now |= set(open_children.open_among(connection, whole.of(others)))
    shared = [kin for kin in members.values() if len(kin & open_now) > 1]
    apart = held_apart(connection, whole, sorted(set().union(*shared))) if shared else frozenset()
    counted = [(kin & open_now) - apart for kin in shared]
    return {child: len(kin) - 1 for kin in counted for child in kin}


def _row(known: _Gathered, child_id: str) -> ChildRow:
    child = known.who[child_id]
    involved = known.involved.get(child_id, _NOBODY)
    holds = known.holds.get(child_id, [])
    statuses = known.statuses.get(child_id, ())
    last = known.seen.get(child_id, seen.NEVER)
    reading = read_visit(child_id, statuses, last, known.intervals, known.at)
    family_id = known.families.get(child_id)
    lead = involved.first(Role.LEAD)
    accountable = involved.first(Role.ACCOUNTABLE)
    waiting = known.unallocated.get(child_id)
    return ChildRow(
        child_id=child_id,
        handle=child.handle,
        name=child.name,
        birth_on=child.birth_on,
        age_years=child.age_on(known.at),
        family_id=family_id,
        siblings_open=known.siblings.get(child_id, 0),
        statuses=statuses,
        lead=known.workers[lead] if lead else None,
        accountable=known.workers[accountable] if accountable else None,
        co_workers=_refs(known, involved.by_role.get(Role.CO_WORKER.value, ())),
        unmapped_roles=_refs(known, involved.by_role.get(Role.UNMAPPED.value, ())),
        team=known.teams.ref(team_of_child(involved, known.worker_teams, known.referred.get(child_id))),
        unallocated_since=waiting.since if waiting else None,
        lead_since=_since(lead, holds, known.at),
        last_attempted_on=last.attempted_on,
        last_seen_on=last.seen_on,
        last_seen_alone_on=last.alone_on,
        last_seen_lag_days=last.lag_days,
        due_on=reading.due_on,
        standing=reading.standing,
        why_due=reading.why,
        last_case_supervision_on=known.supervised.get(child_id),
        changes_in_12_months=changes(holds, *known.year),
        next_date=known.next_dates.get(child_id),
        before_the_door=known.door.get(child_id, ()),
        holds=tuple(holds),
        perhaps_unallocated_before=waiting is not None and waiting.perhaps_before,
    )


def _refs(known: _Gathered, worker_ids: Iterable[str]) -> tuple[WorkerRef, ...]:
    return tuple(known.workers[worker_id] for worker_id in worker_ids)


def _unallocated(connection: psycopg.Connection, lens: Lens, holds: Mapping[str, list[Held]]) -> dict[str, Unallocated]:
    """Since when nobody has held each of the lens's children, who have nobody now."""
    told, at = holders_told_from(connection, lens.moment), lens.moment.at
    return {
        child_id: unallocated(opened_on, holds.get(child_id, ()), told, at)
        for child_id, opened_on in open_children.opened_on(connection, lens).items()
    }


def _since(worker_id: str | None, holds: list[Held], at: date) -> date | None:
    lead = Role.LEAD.value
    days = [hold.from_on for hold in holds if hold.worker_id == worker_id and hold.role == lead and hold.on(at)]
    return max(days, default=None)
