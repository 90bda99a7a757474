"""A child's whole time with the service, as known at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import psycopg

from keyworker.clocks.children import rows_of
from keyworker.clocks.comb import comb
from keyworker.clocks.intervals import intervals
from keyworker.facts import life, people
from keyworker.facts.disagreements import disagreements
from keyworker.facts.gaps import Without, without
from keyworker.facts.ground import lens_at
from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment
from keyworker.facts.open_children import open_among
from keyworker.facts.pictures import ChildRow, Ribbon, Role, Story, WorkerRef
from keyworker.facts.read_causes import Around, around
from keyworker.facts.siblings import relatives
from keyworker.facts.teams import Teams, teams_at
from keyworker.vocabulary.causes import published_cause


def story_at(
    connection: psycopg.Connection, moment: Moment, child_id: str, row: ChildRow | None = None
) -> Story | None:
    """A child's story; None when nothing was known of such a child at the moment.

    Takes   child_id, any identifier of the child; an identifier joined to another gives the whole story; row, how the
            child stands in a list at the moment, where that is known: it is read where it is not.
    """
    everyone = lens_at(connection, moment)
    root = everyone.root(child_id)
    lens = everyone.of([root])
    if not life.is_known(connection, lens):
        return None
    statuses = life.statuses(connection, lens)
    held = life.holds(connection, lens)
    visited = life.visits(connection, lens)
    marks = life.marks(connection, lens)
    teams = teams_at(connection, everyone)
    workers = people.workers(connection, lens, life.worker_ids(held, visited))
    visits = tuple(one.mark(workers.get(one.worker_id or "")) for one in visited)
    child = people.children(connection, lens)[root]
    nobody = without(connection, lens).get(root, Without())
    rows = [row] if row else rows_of(connection, lens, teams) if open_among(connection, lens) else []
    return Story(
        child=rows[0] if rows else None,
        child_id=root,
        handle=child.handle,
        name=child.name,
        birth_on=child.birth_on,
        age_years=child.age_on(moment.at),
        family=relatives(connection, lens),
        statuses=statuses,
        ribbons=_ribbons(connection, lens, held, workers, teams),
        gaps=nobody.gaps,
        visits=visits,
        marks=marks,
        interval_days=comb(root, statuses, visits, intervals(connection, lens)),
        disagreements=disagreements(connection, lens),
        untold=nobody.untold,
    )


def _ribbons(
    connection: psycopg.Connection,
    lens: Lens,
    held: Iterable[life.Held],
    workers: Mapping[str, WorkerRef],
    teams: Teams,
) -> tuple[Ribbon, ...]:
    unexplained = [one for one in held if one.to_on and not one.cause]
    read = (
        around(
            connection,
            lens,
            {one.worker_id for one in unexplained},
            {one.team_id for one in unexplained if one.team_id},
        )
        if unexplained
        else None
    )
    return tuple(_ribbon(one, workers[one.worker_id], teams, read) for one in held)


def _ribbon(one: life.Held, worker: WorkerRef, teams: Teams, read: Around | None) -> Ribbon:
    cause = (published_cause(one.cause) or one.cause) if one.to_on else None
    found = read.cause(one.worker_id, one.team_id, one.to_on) if read and one.to_on and not cause else None
    return Ribbon(
        worker=worker,
        role=Role(one.role),
        role_said=one.role_said or "",
        team=teams.ref(one.team_id),
        from_on=one.from_on,
        to_on=one.to_on,
        cause=found.cause if found else cause,
        cause_read_from=found.read_from if found else None,
        recorded_at=one.recorded_at,
    )
