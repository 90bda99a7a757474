"""Where people decided that a measure's limits start afresh: from which day, who, why, and what was withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import psycopg

from keyworker.clocks.granted import Withdrawn
from keyworker.facts.days import london_day
from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch
from keyworker.measures.charts import Decision, Rebase

_OF = """select b.rebase_id, b.measure, b.from_on, b.decided_by, b.why,
    (b.behaves_differently, b.cause_known, b.change_accepted, b.expected_to_last) = (true, true, true, true),
    written.author, written.recorded_at, b.entry_id,
    case when b.to_on <= b.from_on then last.author end, last.recorded_at, b.withdrawn_why
from {chart_rebase} b
join record.act last on last.act_id = b.act_id
join lateral (
    select a.author, a.recorded_at from record.chart_rebase e join record.act a on a.act_id = e.act_id
    where e.rebase_id = b.rebase_id and e.source = b.source order by e.entry_id limit 1
) written on true
where b.measure = %(measure)s
order by b.from_on desc, b.entry_id desc"""


@dataclass(frozen=True, slots=True)
class Rebased:
    """One decision that a measure's limits start afresh.

    Takes   from_on, the first point that the fresh limits judge; decided_by, a role or a meeting; all_four, whether all
            four questions were answered yes; written_by and written_at, who wrote it down and when; entry_id, the entry
            that stands; withdrawn, None while it holds.
    """

    rebase_id: str
    measure: str
    from_on: date
    decided_by: str
    why: str
    all_four: bool
    written_by: str
    written_at: datetime
    entry_id: int
    withdrawn: Withdrawn | None


def rebases_of(connection: psycopg.Connection, lens: Lens, measure: str) -> list[Rebased]:
    """The decisions about one measure, also those that were withdrawn, the latest first."""
    return [_rebased(row) for row in fetch(connection, lens, _OF, measure=measure)]


def _rebased(row: tuple[Any, ...]) -> Rebased:
    by, at, why = row[9:]
    withdrawn = None if by is None else Withdrawn(by, at, why or "")
    return Rebased(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8], withdrawn)


def standing(found: Iterable[Rebased]) -> list[Rebased]:
    """Those that hold, each day once, the earliest first."""
    by_day = {one.from_on: one for one in found if one.withdrawn is None and one.all_four}
    return [by_day[day] for day in sorted(by_day)]


def as_decided(one: Rebased) -> Rebase:
    """A decision as a chart takes it: it carries who and why wherever the chart goes."""
    decision = Decision(one.decided_by, london_day(one.written_at), one.why)
    return Rebase(one.from_on, decision, one.all_four, one.all_four, one.all_four, one.all_four)
