"""By when a child who has no worker should have one: the council's own interval, counted from the first such day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.pictures import ChildRow
from keyworker.facts.rows import fetch
from keyworker.vocabulary.working_days import add_working_days

INTERVAL = "allocation interval"
"""The council's setting: within how many days of the first day without a worker a child has one."""
_SAID = f"""select value, unit from {{setting:in_force}} s
where lower(name) = '{INTERVAL}' and lower(applies_to) = 'all' order by from_on desc, entry_id desc limit 1"""


def allocate_by(connection: psycopg.Connection, lens: Lens, rows: Iterable[ChildRow]) -> dict[str, date]:
    """The last day by which each of some children should have a worker.

    Gives   nothing of a child of whom it cannot be told since when nobody has held them; nothing at all where the
            council has set no interval, or one that is no whole number of working or calendar days.
    """
    said = fetch(connection, lens, _SAID)
    value, unit = said[0] if said else ("", "")
    count = int(value) if value.strip().isdigit() else None
    if count is None or unit not in ("working_days", "calendar_days"):
        return {}
    return {
        row.child_id: add_working_days(row.unallocated_since, count)
        if unit == "working_days"
        else row.unallocated_since + timedelta(days=count)
        for row in rows
        if row.unallocated_since is not None and not row.perhaps_unallocated_before
    }
