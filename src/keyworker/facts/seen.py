"""When a child was last attempted, last seen and last seen alone; and when their work was last supervised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from keyworker.facts.columns.everybody import Source
from keyworker.facts.days import london_day
from keyworker.facts.frames import frame_of
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

_LAST = """select child_id, max(attempted) as attempted, max(seen) as seen, max(alone) as alone, max(unsaid) as unsaid,
    (array_agg(entered_at order by seen desc nulls last, entered_at) filter (where seen is not null))[1] as entered_at
from (
    select child_id, entered_at, case when outcome <> 'cancelled' then happened_on end as attempted,
        case when outcome in ('seen', 'seen alone') then happened_on end as seen,
        case when outcome = 'seen alone' then happened_on end as alone,
        case when outcome = 'not recorded' then happened_on end as unsaid
    from {visit} v where happened_on > %(since)s
) marks
group by child_id"""


def last_seen(source: Source, lens: Lens) -> dict[str, LastSeen]:
    """The three clocks of each of the lens's children; a child without a visit is absent.

    Most children were seen alone lately, and then no earlier visit matters: only the others' whole lives are read.
    """
    if lens.child_ids is None or lens.is_narrow:
        return _since(source, lens, date.min)
    found = _since(source, lens, lens.moment.at - LATELY)
    rest = [child_id for child_id in lens.child_ids if found.get(child_id, NEVER).alone_on is None]
    return found | (_since(source, lens.of(rest), date.min) if rest else {})


def _since(source: Source, lens: Lens, since: date) -> dict[str, LastSeen]:
    found = {}
    for child_id, attempted, seen, alone, unsaid, entered_at in fetch(source, lens, _LAST, since=since):
        lag = (london_day(entered_at) - seen).days if entered_at else None
        found[child_id] = LastSeen(attempted, seen, alone, unsaid, lag)
    return found


def seen_columns(source: Source, lens: Lens, child_ids: Sequence[str]) -> pl.DataFrame:
    """When each of these children was last seen, and the last visit of which nobody has said whether they were.

    Gives   `child_id`, `seen`, `unsaid`. Of a child who was seen lately, no earlier visit matters, so none is read.
    """
    found = _columns(source, lens, lens.moment.at - LATELY)
    rest = sorted(set(child_ids) - set(found.filter(pl.col("seen").is_not_null())["child_id"].to_list()))
    if not rest:
        return found
    early = _columns(source, lens.of(rest), date.min)
    return pl.concat([found.join(early, on="child_id", how="anti"), early])


def _columns(source: Source, lens: Lens, since: date) -> pl.DataFrame:
    query = f"select child_id, seen, unsaid from ({_LAST}) clocks"
    return frame_of(source, lens, query, {"child_id": pl.String, "seen": pl.Date, "unsaid": pl.Date}, since=since)


def last_supervised(source: Source, lens: Lens) -> dict[str, date]:
    """The last day on which the work with each of the lens's children was supervised."""
    return dict(
        fetch(
            source,
            lens,
            """select child_id, max(happened_on) from {case_supervision} s
            where lower(outcome) = 'held' group by child_id""",
        )
    )
