"""Every open child and every worker at a moment, and the parts of it that a worker or a team is shown.

When the whole is at hand, or can be carried on to the last act, a part is taken from it; when it is not, the part alone
is read. Both give the same rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import psycopg

from keyworker.actions.carried_on import carried, carry
from keyworker.actions.remembered import at_hand, remembered
from keyworker.clocks.children import children_at
from keyworker.clocks.workers import workers_at
from keyworker.facts.ground import lens_at
from keyworker.facts.moment import Moment
from keyworker.facts.open_children import near_teams, worked_with_by
from keyworker.facts.pictures import ChildRow, WorkerRow
from keyworker.facts.workers import supervised_by


@dataclass(frozen=True)
class Whole:
    """Children and workers at a moment: everybody's, or a part."""

    children: list[ChildRow]
    workers: list[WorkerRow]


def whole_at(connection: psycopg.Connection, moment: Moment) -> Whole:
    """Every open child and every worker at a moment, read anew when the record has changed."""
    return remembered(connection, "whole", moment, lambda: _read(connection, moment))


def _read(connection: psycopg.Connection, moment: Moment) -> Whole:
    known = carried(connection, moment)
    children = known.everybody() if known else children_at(connection, moment)
    carry(connection, moment, children)
    return Whole(children, workers_at(connection, moment, children=children))


def of_worker(connection: psycopg.Connection, moment: Moment, worker_id: str) -> Whole:
    """The children with whom a worker is involved, and the workers whom they supervise."""
    known = carried(connection, moment)
    if known is None:
        return Whole(
            children_at(connection, moment, worker_id=worker_id),
            workers_at(connection, moment, supervisor_id=worker_id),
        )
    lens = lens_at(connection, moment)
    supervised = supervised_by(connection, lens, worker_id)
    held = known.children(worked_with_by(connection, lens, *supervised)) if supervised else ()
    return Whole(
        known.children(worked_with_by(connection, lens, worker_id)),
        workers_at(connection, moment, worker_ids=supervised, children=held),
    )


def every_child(connection: psycopg.Connection, moment: Moment) -> list[ChildRow]:
    """Every open child at a moment, without the workers, of whom the most has to be counted anew."""
    known = carried(connection, moment)
    return known.everybody() if known else whole_at(connection, moment).children


def of_children(connection: psycopg.Connection, moment: Moment, child_ids: Collection[str]) -> list[ChildRow]:
    """Those of some children who are open."""
    known = carried(connection, moment)
    if known is None:
        return children_at(connection, moment, child_ids=child_ids)
    return known.children(map(lens_at(connection, moment).root, child_ids))


def of_team(connection: psycopg.Connection, moment: Moment, team_id: str) -> Whole:
    """A team's children and workers."""
    whole: Whole | None = at_hand(connection, "whole", moment)
    if whole is None:
        return remembered(connection, "team", moment, lambda: _read_team(connection, moment, team_id), of=team_id)
    return Whole(
        [row for row in whole.children if row.team is not None and row.team.team_id == team_id],
        [row for row in whole.workers if row.team is not None and row.team.team_id == team_id],
    )


def _read_team(connection: psycopg.Connection, moment: Moment, team_id: str) -> Whole:
    near = of_children(connection, moment, near_teams(connection, lens_at(connection, moment), [team_id]))
    return Whole(
        [row for row in near if row.team is not None and row.team.team_id == team_id],
        workers_at(connection, moment, team_id=team_id, children=near),
    )


def supervisors_of(
    connection: psycopg.Connection, moment: Moment, workers: Iterable[WorkerRow], manager_id: str | None
) -> list[WorkerRow]:
    """Whoever supervises some workers of a team, and its manager, by name: they may be in another team."""
    wanted = {row.supervisor.worker_id for row in workers if row.supervisor} | ({manager_id} if manager_id else set())
    whole: Whole | None = at_hand(connection, "whole", moment)
    if whole is None or not wanted <= {row.worker.worker_id for row in whole.workers}:
        return workers_at(connection, moment, worker_ids=wanted)
    return [row for row in whole.workers if row.worker.worker_id in wanted]
