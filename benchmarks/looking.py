"""What reading the access log costs: who has looked at a child, and first pages of a week, a sign-in, a route.

Run it as `python -m benchmarks.looking`; every run adds a line to `ledger.jsonl`, worse ones included. The log is made
up: a year's lines, most of one child, one in fifty of a list of 300. Beside it stands the plain way: the same question
without an index.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from benchmarks import ledger

from keyworker.record import upgrade
from keyworker.record.connect import DatabaseRole, connect
from keyworker.record.looking import Search, lines, looks
from keyworker.record.server.launch import release, stop

LINES, CHILDREN, ACCOUNTS, TIMES = 200_000, 10_000, 400, 9
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
YEAR = timedelta(days=365)
_FILL = """insert into record.access_log (at, account, role, warrant, door, route, purpose, kind, handles, count)
select %(now)s - make_interval(mins => ((%(lines)s - n) * 525600::bigint / %(lines)s)::int),
    'account' || n %% %(accounts)s, 'social worker', 'direct work',
    'page', case when n %% 50 = 0 then 'children' else 'child' end, 'made up', 'child',
    case when n %% 50 = 0 then (select array_agg('h' || (n * 7 + i) %% %(children)s) from generate_series(1, 300) i)
        else array['h' || (n * 31) %% %(children)s] end, 1
from generate_series(1, %(lines)s) n"""


def measured(connection: psycopg.Connection) -> dict[str, Any]:
    """Milliseconds of wall, the median of some runs, with an index and without."""
    week, year = NOW - timedelta(days=7), NOW - YEAR
    asks: dict[str, Callable[[], object]] = {
        "who has looked at a child": lambda: looks(connection, ["h31"], year, NOW),
        "a week, first page": lambda: lines(connection, Search(week, NOW), first=0, most=101),
        "a year of a sign-in, first page": lambda: lines(connection, Search(year, NOW, "account7"), first=0, most=101),
        "a year of a route, first page": lambda: lines(
            connection, Search(year, NOW, route="children"), first=0, most=101
        ),
        "a year of a child, first page": lambda: lines(
            connection, Search(year, NOW, handles=["h31"]), first=0, most=101
        ),
    }
    found = {name: {"indexed": _timed(ask, TIMES)} for name, ask in asks.items()}
    for method in ("indexscan", "bitmapscan", "indexonlyscan"):
        connection.execute(f"set enable_{method} = off".encode())
    for name, ask in asks.items():
        found[name]["plain"] = _timed(ask, 3)
        found[name]["ratio"] = round(found[name]["indexed"] / found[name]["plain"], 2)
    return found


def _timed(ask: Callable[[], object], times: int) -> float:
    walls = []
    for _ in range(times):
        begun = time.perf_counter()
        ask()
        walls.append((time.perf_counter() - begun) * 1000)
    return round(statistics.median(walls), 1)


def main() -> None:
    """Measure on a log of its own, and write the ledger."""
    given = ledger.options().parse_args()
    with tempfile.TemporaryDirectory(prefix="keyworker-looking-") as folder:
        home = Path(folder)
        upgrade.ready(home)
        with connect(DatabaseRole.OWNER, home=home, autocommit=True) as owner:
            owner.execute(_FILL, {"now": NOW, "lines": LINES, "children": CHILDREN, "accounts": ACCOUNTS})
            owner.execute("analyze record.access_log")
            numbers = measured(owner)
        release(home)
        stop(home)
    result = ledger.begun("looking: reading the access log, milliseconds") | {"lines": LINES, "numbers": numbers}
    ledger.end(result, given)


if __name__ == "__main__":
    main()
