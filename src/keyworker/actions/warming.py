"""The answers with which today's pages begin, and the columns that answer for other days, read before anybody asks.

Nothing is shown to anybody here, so nothing is logged: an answer leaves only by `Keyworker`, to an asker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

import psycopg

from keyworker.actions.areas import count_areas
from keyworker.actions.carried_on import carried
from keyworker.actions.due import every_open, keep_open
from keyworker.actions.missed import every_missed
from keyworker.actions.nothing_recent import every_unheard
from keyworker.actions.paces import keep_open_paces
from keyworker.actions.pictures import LOOKED, figures_at, meanings_at, quality_at
from keyworker.actions.reading import one_keeping, one_reading
from keyworker.actions.stories import posts_of
from keyworker.actions.whole import whole_at
from keyworker.facts.columns import follow
from keyworker.facts.moment import Moment
from keyworker.facts.names_kept import keep_up
from keyworker.facts.whereabouts import keep_whereabouts
from keyworker.measures.judged import month_ends

Ask = Callable[[psycopg.Connection, Moment], object]


def warm(connection: psycopg.Connection, today: date, beside: Iterable[timedelta]) -> Iterator[None]:
    """Read what today's pages show, the most wanted first, and hold the columns.

    Takes   connection in the service's role, outside any transaction; beside, how long before today the days are
            that the service's page sets beside it.
    Gives   nothing, after each answer, so that the caller may stop between two.
    """
    asked: list[tuple[Ask, date]] = [
        (keep_whereabouts, today),
        (whole_at, today),
        (_keep_names, today),
        (_follow, today),
        (figures_at, today),
        (whole_at, today - LOOKED),
        (quality_at, today),
        (meanings_at, today),
        (posts_of, today),
        *((figures_at, today - ago) for ago in beside),
        (_keep, today),
        (every_open, today),
        (every_unheard, today),
        (every_missed, today),
        *((count_areas, day) for day in (today, *month_ends(today, 1))),
        (_keep_paces, today),
    ]
    for ask, day in asked:
        with (one_keeping if ask in _KEEPING else one_reading)(connection):
            ask(connection, Moment(day))
        yield


def read_rows(connection: psycopg.Connection, today: date) -> bool:
    """Read everybody's rows of today anew, where an act since may have changed what is told of anybody.

    Gives   whether it had.
    """
    with one_reading(connection):
        if carried(connection, Moment(today)) is not None:
            return False
        whole_at(connection, Moment(today))
        return True


def _keep(connection: psycopg.Connection, moment: Moment) -> None:
    keep_open(connection, moment.at)


def _follow(connection: psycopg.Connection, _: Moment) -> None:
    follow(connection)


def _keep_names(connection: psycopg.Connection, _: Moment) -> None:
    keep_up(connection)


def _keep_paces(connection: psycopg.Connection, moment: Moment) -> None:
    keep_open_paces(connection, moment.at)


_KEEPING = (keep_whereabouts, _keep, _keep_names, _keep_paces)
