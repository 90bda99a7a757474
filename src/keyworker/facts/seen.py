"""When a child was last attempted, last seen and last seen alone; and when their work was last supervised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import psycopg

from keyworker.facts.days import london_day
from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch


@dataclass(frozen=True, slots=True)
class LastSeen:
    """Three clocks. A visit at which the child was not seen moves only the first.

    Takes   unsaid_on, the last visit of which nobody has said whether the child was seen;
            lag_days, from the last visit seen to its entry, None where the source does not say.
    """

    attempted_on: date | None = None
    seen_on: date | None = None
    alone_on: date | None = None
    unsaid_on: date | None = None
    lag_days: int | None = None


NEVER = LastSeen()
LATELY = timedelta(days=92)

_LAST = """select child_id, max(attempted), max(seen), max(alone), max(unsaid),
    (array_agg(entered_at order by seen desc nulls last, entered_at) filter (where seen is not null))[1]
from (
    select child_id, entered_at, case when outcome <> 'cancelled' then happened_on end as attempted,
        case when outcome in ('seen', 'seen alone') then happened_on end as seen,
        case when outcome = 'seen alone' then happened_on end as alone,
        case when outcome = 'not recorded' then happened_on end as unsaid
    from {visit} v where happened_on > %(since)s
) marks
group by child_id"""


def last_seen(connection: psycopg.Connection, lens: Lens) -> dict[str, LastSeen]:
    """The three clocks of each of the lens's children; a child without a visit is absent.

    Most children were seen alone lately, and then no earlier visit matters: only the others' whole lives are read.
    """
    if lens.child_ids is None or lens.is_narrow:
        return _since(connection, lens, date.min)
    found = _since(connection, lens, lens.moment.at - LATELY)
    rest = [child_id for child_id in lens.child_ids if found.get(child_id, NEVER).alone_on is None]
    return found | (_since(connection, lens.of(rest), date.min) if rest else {})


def _since(connection: psycopg.Connection, lens: Lens, since: date) -> dict[str, LastSeen]:
    found = {}
    for child_id, attempted, seen, alone, unsaid, entered_at in fetch(connection, lens, _LAST, since=since):
        lag = (london_day(entered_at) - seen).days if entered_at else None
        found[child_id] = LastSeen(attempted, seen, alone, unsaid, lag)
    return found


def last_supervised(connection: psycopg.Connection, lens: Lens) -> dict[str, date]:
    """The last day on which the work with each of the lens's children was supervised."""
    return dict(
        fetch(
            connection,
            lens,
            """select child_id, max(happened_on) from {case_supervision} s
            where lower(outcome) = 'held' group by child_id""",
        )
    )
