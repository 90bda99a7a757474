"""How far back the record can be counted on.

An extract holds what ran on its first day and what came after. What had ended before is not in it, so a count of an
earlier day is a count of survivors: it looks like a service that grew, and it cannot be told what it was.
"""

from __future__ import annotations

from datetime import date, datetime

import psycopg

from keyworker.facts.ground import lens_at
from keyworker.facts.lens import FAR, Lens
from keyworker.facts.moment import Moment
from keyworker.facts.remembered import remembered
from keyworker.facts.rows import fetch

INVOLVED, APPOINTED, EPISODES = "involvements", "appointment", "cin_episodes"
TELLING = frozenset({INVOLVED, APPOINTED, EPISODES, "cla_episodes", "cp_plans"})
"""The tables of which so many rows end, week by week, that the first known ending says how far back they go."""


def question(table: str) -> str:
    """What is asked of a table to know how far back it goes."""
    return f"select min(to_on) from {{{table}}} t"


def reach(connection: psycopg.Connection, lens: Lens, table: str) -> date | None:
    """The first day of which a table's counts are whole: the earliest on which a period is known to have ended.

    Gives   None where no period is known to have ended, so that nothing says how far back the table goes.
    """

    def ask() -> date | None:
        found: date | None = fetch(connection, lens.on_everyone, question(table))[0][0]
        return found

    return remembered(connection, f"reach of {table}", lens.moment, ask)


def told_from(connection: psycopg.Connection, known_at: datetime | None, table: str) -> date | None:
    """The first day of which a table's counts are whole, by everything known at an instant, whatever day it is of."""
    return reach(connection, lens_at(connection, Moment(FAR, known_at)), table)


def holders_told_from(connection: psycopg.Connection, moment: Moment) -> date | None:
    """The first day of which it is told who held children, by everything known at the moment, whatever its day.

    Gives   None where nothing says how far back the involvements go.
    """
    return told_from(connection, moment.known_at, INVOLVED)
