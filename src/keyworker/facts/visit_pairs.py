"""Visits caught here of which an extract may tell too, on the day before or after: a person says whether it does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch
from keyworker.vocabulary.homes import HERE

# On the same day the extract's copy is taken for the same visit by itself: see `match` of the described tables. Where
# another visit was written here on the day of theirs, theirs is that one.
_PAIRS = f"""select n.visit_id, n.child_id, n.happened_on, min(t.happened_on), o.entry_id
from {{visit_note}} n
join (select child_id, happened_on, kind, worker_id, entry_id, not_same_on from {{visit}} v where source = '{HERE}') o
    on o.child_id = n.child_id and o.happened_on = n.happened_on
join {{visit}} t on t.child_id = n.child_id and t.kind = o.kind and t.source <> '{HERE}'
    and (t.happened_on = n.happened_on - 1 or t.happened_on = n.happened_on + 1)
    and (t.worker_id is null or o.worker_id is null or t.worker_id = o.worker_id)
where coalesce(n.withdrawn, false) = false and o.kind = n.visit_kind
    and (o.not_same_on is null or o.not_same_on <> t.happened_on)
    and not exists (
        select 1 from {{visit_note}} m where m.child_id = t.child_id and m.happened_on = t.happened_on
            and m.visit_kind = t.kind and coalesce(m.withdrawn, false) = false)
group by n.visit_id, n.child_id, n.happened_on, o.entry_id order by n.happened_on desc, n.visit_id"""
_COUNTED = f"select entry_id from {{visit}} v where source = '{HERE}' and happened_on = any(%(days)s)"

_WRITTEN_OF = """select distinct n.child_id from {visit_note} n join record.act a on a.act_id = n.act_id
where n.happened_on >= %(since)s and a.author = %(account)s"""


@dataclass(frozen=True, slots=True)
class VisitPair:
    """A visit that was written down here, and the day of one like it of which another source tells.

    Takes   is_one, whether both are counted as one visit until somebody answers: they most likely are.
    """

    visit_id: str
    child_id: str
    happened_on: date
    theirs_on: date
    is_one: bool = False


def visit_pairs(connection: psycopg.Connection, lens: Lens) -> list[VisitPair]:
    """The visits of the lens's children of which an extract may tell too, the latest first."""
    found = fetch(connection, lens.on_each_told, _PAIRS)
    days = sorted({row[2] for row in found})
    counted = {row[0] for row in fetch(connection, lens, _COUNTED, days=days)} if found else set()
    return [
        VisitPair(visit_id, child_id, on, theirs_on, entry_id not in counted)
        for visit_id, child_id, on, theirs_on, entry_id in found
    ]


def children_written_of(connection: psycopg.Connection, lens: Lens, account: str, since: date) -> list[str]:
    """The children of whom somebody has written a visit down here since a day."""
    found = fetch(connection, lens, _WRITTEN_OF, account=account, since=since)
    return [row[0] for row in found]
