"""What asking who may see costs: a sign-in, one child, a list of everybody narrowed to a district.

Run it as `python -m benchmarks.access`; every run adds a line to `ledger.jsonl`, worse ones included. It uses the
record of the pages (`KEYWORKER_BENCH_HOME`). Beside it stands the plain way: asking the database each time for the
district's children, from teams and allocations, with nothing remembered.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg
from benchmarks import ledger, pages_record

from keyworker.access import Thing
from keyworker.actions import Keyworker
from keyworker.actions.opening import opening
from keyworker.actions.sign_ins import signed_in
from keyworker.actions.whole import whole_at
from keyworker.facts.moment import Moment
from keyworker.record.connect import DatabaseRole, connect

ACCOUNT = "head.of.service"
TIMES = 20
_PLAIN = """select distinct i.child_id from record.involvements i join record.team t on t.team_id = i.team_id
where i.superseded_at is null and i.standing = 'reported' and (i.to_on is null or i.to_on > %(at)s)
and t.superseded_at is null and t.standing = 'reported' and (t.to_on is null or t.to_on > %(at)s)
and t.district = %(district)s"""


def measured(connection: psycopg.Connection, at: date, now: datetime) -> dict[str, Any]:
    """Milliseconds of wall and of this process's processor time, each the median of some runs but the first sign-in."""
    first = _timed(lambda: signed_in(connection, ACCOUNT, at, purpose="measure"), 1)
    asker, _ = signed_in(connection, ACCOUNT, at, purpose="measure")
    rows = whole_at(connection, Moment(at)).children
    some = [row.child_id for row in rows[:: len(rows) // 50]]
    door = Keyworker(asker, connection, now)
    district = asker.roles[0].scope
    found = {
        "sign in, first after an act": first,
        "sign in again": _timed(lambda: signed_in(connection, ACCOUNT, at, purpose="measure"), TIMES),
        "whose pages are open, again": _timed(lambda: opening(connection, asker, at), TIMES),
        "one child": _timed(lambda: [door.may_see_child(Thing.CHILD, one) for one in some], 5, each=len(some)),
        "everybody narrowed to a district": _timed(lambda: door.narrowed(Moment(at), rows), TIMES),
        "plain query of a district's children": _timed(
            lambda: connection.execute(_PLAIN, {"at": at, "district": district}).fetchall(), TIMES
        ),
    }
    narrowed, plain = (found[name]["wall"] for name in list(found)[-2:])
    return {
        "rows": len(rows),
        "kept": len(door.narrowed(Moment(at), rows)),
        "ratio": round(narrowed / plain, 2),
        "numbers": found,
    }


def _timed(ask: Callable[[], object], times: int, each: int = 1) -> dict[str, float]:
    walls, cpus = [], []
    for _ in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        ask()
        walls.append((time.perf_counter() - wall) / each * 1000)
        cpus.append((time.process_time() - cpu) / each * 1000)
    return {"wall": round(statistics.median(walls), 2), "cpu": round(statistics.median(cpus), 2)}


def main() -> None:
    """Measure on the record of the pages, and write the ledger."""
    given = ledger.options().parse_args()
    kept = os.environ.get("KEYWORKER_BENCH_HOME")
    with (
        pages_record.record(Path(kept) if kept else None) as made,
        connect(DatabaseRole.SERVICE, home=made.home, autocommit=True) as connection,
    ):
        now = datetime.now(UTC)
        result = ledger.begun("access: who may see, milliseconds") | measured(connection, now.date(), now)
    ledger.end(result, given)


if __name__ == "__main__":
    main()
