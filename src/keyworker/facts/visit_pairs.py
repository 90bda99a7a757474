"""Visits caught here of which an extract may tell too, on the day before or after: a person says whether it does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch
from keyworker.vocabulary.homes import HERE

# On the same day the extract's copy is taken for the same visit by itself: see `match` of the described tables.
_PAIRS = f"""select n.visit_id, n.child_id, n.happened_on, min(t.happened_on)
from {{visit_note}} n
join {{visit}} o on o.child_id = n.child_id and o.happened_on = n.happened_on and o.source = '{HERE}'
join {{visit}} t on t.child_id = n.child_id and t.kind = o.kind and t.source <> '{HERE}'
    and (t.happened_on = n.happened_on - 1 or t.happened_on = n.happened_on + 1)
    and (t.worker_id is null or o.worker_id is null or t.worker_id = o.worker_id)
where coalesce(n.withdrawn, false) = false and o.kind = n.visit_kind
    and (n.not_same_on is null or n.not_same_on <> t.happened_on)
group by n.visit_id, n.child_id, n.happened_on order by n.happened_on desc, n.visit_id"""

_WRITTEN_OF = """select distinct n.child_id from {visit_note} n join record.act a on a.act_id = n.act_id
where n.happened_on >= %(since)s and a.author = %(account)s"""


@dataclass(frozen=True, slots=True)
class VisitPair:
    """A visit that was written down here, and the day of one like it of which another source tells."""

    visit_id: str
    child_id: str
    happened_on: date
    theirs_on: date


def visit_pairs(connection: psycopg.Connection, lens: Lens) -> list[VisitPair]:
    """The visits of the lens's children of which an extract may tell too, the latest first."""
    return [VisitPair(*row) for row in fetch(connection, lens, _PAIRS)]


def children_written_of(connection: psycopg.Connection, lens: Lens, account: str, since: date) -> list[str]:
    """The children of whom somebody has written a visit down here since a day."""
    found = fetch(connection, lens, _WRITTEN_OF, account=account, since=since)
    return [row[0] for row in found]
