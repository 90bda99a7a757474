"""Every worker in their first year with what is promised to them, read once after each act."""

from __future__ import annotations

from collections import defaultdict

import psycopg

from keyworker.actions.remembered import remembered
from keyworker.actions.stories import story_of_worker
from keyworker.actions.whole import whole_at
from keyworker.clocks.engine import readings
from keyworker.clocks.reading import Reading
from keyworker.facts.first_year import in_first_year, promises_set
from keyworker.facts.ground import lens_at
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import WorkerRow
from keyworker.measures.first_year import RULES, FirstYear, first_year
from keyworker.measures.over_time import Level


def first_years_at(connection: psycopg.Connection, moment: Moment) -> list[FirstYear]:
    """Everybody's, at a moment, by district, team and name: never by what is not kept."""
    return remembered(connection, "first years", moment, lambda: _read(connection, moment))


def first_year_of(connection: psycopg.Connection, moment: Moment, row: WorkerRow) -> FirstYear | None:
    """One worker's, with the day since which their load has been within or above what is promised; None of others."""
    worker_id, lens = row.worker.worker_id, lens_at(connection, moment)
    year = next(iter(in_first_year(connection, lens, worker_id)), None)
    if year is None:
        return None
    found = readings(connection, moment, worker_ids=[worker_id], rules=RULES)
    story = story_of_worker(connection, moment, worker_id)
    held = Level(story.held) if story else None
    return first_year(row, year, promises_set(connection, lens), found, moment.at, held)


def _read(connection: psycopg.Connection, moment: Moment) -> list[FirstYear]:
    lens = lens_at(connection, moment)
    years = {one.worker_id: one for one in in_first_year(connection, lens)}
    if not years:
        return []
    rows = [row for row in whole_at(connection, moment).workers if row.worker.worker_id in years]
    settings, theirs = promises_set(connection, lens), defaultdict[str, list[Reading]](list)
    for one in readings(connection, moment, worker_ids=list(years), rules=RULES):
        theirs[one.subject].append(one)
    found = [
        first_year(row, years[row.worker.worker_id], settings, theirs[row.worker.worker_id], moment.at) for row in rows
    ]
    return sorted(found, key=_place)


def _place(one: FirstYear) -> tuple[str, str, str]:
    team = one.row.team
    return (team.district if team else "", team.name if team else "", one.row.worker.name)
