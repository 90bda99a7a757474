"""How far back the record can be counted on.

An extract holds what ran on its first day and what came after. What had ended before is not in it, so a count of an
earlier day is a count of survivors: it looks like a service that grew, and it cannot be told what it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from statistics import median

import psycopg

from keyworker.facts.ground import lens_at
from keyworker.facts.lens import FAR, Lens
from keyworker.facts.moment import Moment
from keyworker.facts.relations import tables_named
from keyworker.facts.remembered import remembered
from keyworker.facts.rows import fetch

INVOLVED, APPOINTED, EPISODES = "involvements", "appointment", "cin_episodes"
BUSIEST, FEWEST = 12, 5
"""How many of the busiest months say what is usual; with fewer endings in a usual month any ending is taken."""


def question(table: str) -> str:
    """What is asked of a table to know how far back it goes."""
    return f"select to_on, count(*) as ended from {{{table}}} t where to_on is not null group by to_on"


def begins(endings: Iterable[tuple[date, int]]) -> date | None:
    """The first day from which endings are told as they come, by how many there were on each day.

    An extract also holds a little of what had ended before it: the earlier plans of those who are back. So it begins
    with the first month that has half as many endings as a usual one; where there are too few to say what is usual,
    with the first ending of all.
    """
    days = dict(endings)
    months: Counter[tuple[int, int]] = Counter()
    for day, ended in days.items():
        months[day.year, day.month] += ended
    if not months:
        return None
    usual = median(sorted(months.values(), reverse=True)[:BUSIEST])
    first = min(month for month, ended in months.items() if usual < FEWEST or ended >= usual / 2)
    return min(day for day in days if (day.year, day.month) == first)


def reach(connection: psycopg.Connection, lens: Lens, table: str) -> date | None:
    """The first day of which a table's counts are whole: from it on periods are known to end as they usually do.

    Gives   None where no period is known to have ended, so that nothing says how far back the table goes.
    """
    return remembered(
        connection,
        f"reach of {table}",
        lens.moment,
        lambda on: begins(fetch(on, lens.on_everyone, question(table))),
        of=tables_named(question(table)),
    )


def told_from(connection: psycopg.Connection, known_at: datetime | None, table: str) -> date | None:
    """The first day of which a table's counts are whole, by everything known at an instant, whatever day it is of."""
    return reach(connection, lens_at(connection, Moment(FAR, known_at)), table)


def holders_told_from(connection: psycopg.Connection, moment: Moment) -> date | None:
    """The first day of which it is told who held children, by everything known at the moment, whatever its day.

    Gives   None where nothing says how far back the involvements go.
    """
    return told_from(connection, moment.known_at, INVOLVED)
