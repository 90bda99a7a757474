"""Visits written here of which another source most likely tells too, on the day before or after.

A row of ours gives way to the other source's where both tell of the same child, the same kind of visit, the same worker
(or one names none) and both say that the child was seen, or both that the child was not; where nobody said that they
are two; and where neither has its like on its own day already. One row of theirs stands for one of ours, that of the
day before it first. Whether the child was seen is never taken away: where the two differ in it, both stand.
"""

from __future__ import annotations

from collections.abc import Callable

from keyworker.vocabulary import Table
from keyworker.vocabulary.homes import HERE

NOT_SAME = "not_same_on"
"""The column of a visit in which somebody's word stands that another source's of that day is another visit."""
_NEEDED = ("child_id", "happened_on", "worker_id", "outcome", "seen", "seen_alone", NOT_SAME)


def has_likely(table: Table) -> bool:
    """Whether rows of a table may be visits that two sources tell of on neighbouring days."""
    return table.has(NOT_SAME) and table.has("seen")


def without_likely(table: Table, rows: str, seen: Callable[[str], str]) -> str:
    """The rows of a table without ours of which another source most likely tells too, as a subquery in parentheses.

    Takes   rows, a subquery in parentheses; seen, from a condition on an entry `t` to the rows of the table that the
            lens sees, whatever their source, in parentheses.
    """
    ours, theirs = seen(f"t.source = '{HERE}'"), seen(f"t.source <> '{HERE}'")
    days = " and ".join(f"{{}}.{name} = {{}}.{name}" for name in table.match)
    likely = (
        f"select h.entry_id from {ours} h join {theirs} o on o.child_id = h.child_id"
        " and (o.happened_on = h.happened_on - 1 or o.happened_on = h.happened_on + 1)"
        f" and {_alike(table, 'h', 'o')}\n"
        f" where not exists (select 1 from {theirs} z where {days.format(*_pairs(table, 'z', 'h'))})"
        f" and not exists (select 1 from {ours} y where {days.format(*_pairs(table, 'y', 'o'))})"
        f" and (o.happened_on > h.happened_on or not exists (select 1 from {ours} x where x.child_id = o.child_id"
        f" and x.happened_on = o.happened_on - 1 and {_alike(table, 'x', 'o')}))"
    )
    # Not as `not exists`: without statistics PostgreSQL would look for the pairs anew for each row.
    return f"(select c.* from {rows} c\n where c.entry_id not in ({likely}))"


def needed(table: Table) -> tuple[str, ...]:
    """The columns by which likely pairs are found."""
    kind = ("visit_kind",) if table.has("visit_kind") else ()
    return (*_NEEDED, *kind, *(name for name in table.match if name not in _NEEDED))


def _pairs(table: Table, one: str, other: str) -> list[str]:
    return [one, other] * len(table.match)


def _alike(table: Table, ours: str, theirs: str) -> str:
    """Whether a row of ours and one of theirs, of neighbouring days, are most likely of one visit."""
    kind = f" and {_kind(ours)} = {_kind(theirs)}" if table.has("visit_kind") else ""
    return (
        f"({ours}.worker_id is null or {theirs}.worker_id is null or {ours}.worker_id = {theirs}.worker_id)"
        f" and ({ours}.{NOT_SAME} is null or {ours}.{NOT_SAME} <> {theirs}.happened_on)"
        f" and {_was_seen(ours)} = {_was_seen(theirs)}{kind}"
    )


def _kind(alias: str) -> str:
    return f"coalesce({alias}.visit_kind, 'other')"


def _was_seen(alias: str) -> str:
    """Whether the child was seen, as the relation of all visits reads it; empty where nothing says."""
    said = f"lower(replace({alias}.outcome, '_', ' '))"
    return (
        f"case when {said} in ('seen alone', 'seen') then 'yes'"
        f" when {said} in ('not seen', 'cancelled', 'no access') or {alias}.seen = false then 'no'"
        f" when {alias}.seen_alone or {alias}.seen then 'yes' end"
    )
