"""Workers at a moment, with what they hold, whom they have not seen, and who looks after them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

import psycopg

from keyworker.clocks.children import children_at, children_near
from keyworker.facts import people
from keyworker.facts.ground import lens_at
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import ChildRow, Standing, WorkerRef, WorkerRow
from keyworker.facts.teams import Teams, teams_at
from keyworker.facts.workers import WorkerFacts, supervised_by
from keyworker.facts.workers import workers_at as facts_of_workers


def workers_at(
    connection: psycopg.Connection,
    moment: Moment,
    *,
    team_id: str | None = None,
    supervisor_id: str | None = None,
    worker_ids: Collection[str] | None = None,
    children: Sequence[ChildRow] | None = None,
) -> list[WorkerRow]:
    """Every worker at a moment, or those of a team, or those whom somebody supervises, or those who are named.

    Takes   children, every open child whom these workers may hold, where the caller has them already.
    Gives   rows by name. A child counts with its lead, or with its accountable worker where nobody leads.
            A worker without an appointment is in the team in which they hold most children.
    """
    lens = lens_at(connection, moment)
    named = _named(connection, moment, supervisor_id, worker_ids)
    if named is not None and not named:
        return []
    held = list(children) if children is not None else _children(connection, moment, team_id, named)
    mine = _by_worker(held)
    held_in = [(worker, child.team.team_id if child.team else None) for worker, rows in mine.items() for child in rows]
    known = facts_of_workers(connection, lens, held_in=held_in)
    wanted = named if named is not None else known.keys()
    chosen = [
        known.get(worker_id, WorkerFacts(worker_id))
        for worker_id in wanted
        if team_id is None or (worker_id in known and known[worker_id].team_id == team_id)
    ]
    supervisors = {worker.supervisor_id for worker in chosen if worker.supervisor_id}
    refs = people.workers(connection, lens, {worker.worker_id for worker in chosen} | supervisors)
    teams = teams_at(connection, lens)
    answering = _accountable_only(held)
    rows = [
        _row(worker, mine.get(worker.worker_id, []), answering.get(worker.worker_id, 0), refs, teams, moment.at)
        for worker in chosen
    ]
    return sorted(rows, key=lambda row: (row.worker.name, row.worker.worker_id))


def _named(
    connection: psycopg.Connection, moment: Moment, supervisor_id: str | None, worker_ids: Collection[str] | None
) -> Collection[str] | None:
    """The workers who are asked about one by one; None where a team's or everybody's are."""
    if supervisor_id is not None:
        return supervised_by(connection, lens_at(connection, moment), supervisor_id)
    return worker_ids


def _children(
    connection: psycopg.Connection, moment: Moment, team_id: str | None, named: Collection[str] | None
) -> list[ChildRow]:
    """The open children whom the wanted workers may hold, in whichever team the children are."""
    if team_id is not None:
        return children_near(connection, moment, team_id)
    if named is not None:
        found = {
            row.child_id: row for worker in sorted(named) for row in children_at(connection, moment, worker_id=worker)
        }
        return list(found.values())
    return children_at(connection, moment)


def _by_worker(children: Sequence[ChildRow]) -> dict[str, list[ChildRow]]:
    found: dict[str, list[ChildRow]] = defaultdict(list)
    for child in children:
        holder = child.lead or child.accountable
        if holder:
            found[holder.worker_id].append(child)
    return found


def _accountable_only(children: Sequence[ChildRow]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for child in children:
        if child.lead and child.accountable and child.lead.worker_id != child.accountable.worker_id:
            found[child.accountable.worker_id] += 1
    return found


def _row(
    worker: WorkerFacts,
    mine: Sequence[ChildRow],
    accountable_only: int,
    refs: Mapping[str, WorkerRef],
    teams: Teams,
    at: date,
) -> WorkerRow:
    last = worker.last_supervised_on
    return WorkerRow(
        worker=refs[worker.worker_id],
        team=teams.ref(worker.team_id),
        role_class=worker.role_class,
        children=len(mine),
        families=len({child.family_id or child.child_id for child in mine}),
        accountable_only=accountable_only,
        longest_since_seen_days=max(
            ((at - child.last_seen_on).days for child in mine if child.last_seen_on), default=None
        ),
        past_interval=sum(1 for child in mine if child.standing is Standing.PAST),
        agreed_capacity=worker.agreed_capacity,
        hours_today=worker.hours_today,
        away_until=worker.away_until,
        is_away=worker.is_away,
        supervisor=refs[worker.supervisor_id] if worker.supervisor_id else None,
        last_supervised_on=last,
        days_since_supervised=(at - last).days if last else None,
        fte=worker.fte,
    )
