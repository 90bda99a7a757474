"""What clocks cost: one child's, as best known and as known then, and the whole service's on both engines.

`python -m benchmarks.clocks` makes the record that the pages are measured on (some minutes, and 2 GB of disk; kept
where KEYWORKER_BENCH_HOME says), and adds a line to the ledger.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from benchmarks import pages_record

from keyworker.clocks.duties import tables_read
from keyworker.clocks.engine import every_rule, open_readings, readings, readings_in_duckdb
from keyworker.facts.days import london_day
from keyworker.facts.moment import Moment
from keyworker.measures.sources.extract import extracted
from keyworker.record.connect import DatabaseRole, connect

LEDGER = Path(__file__).parent / "ledger.jsonl"
ASKED, REPEATS = 200, 3
CHILD_MS, SERVICE_SECONDS = 10.0, 1.5

_OPEN = """select child_id from (select distinct child_id from record.cin_episodes
    where superseded_at is null and to_on is null and standing = 'reported' and referral_nfa is not true) o
order by md5(child_id) limit %s"""


class TimedCursor(psycopg.Cursor[Any]):
    """A cursor that adds up the seconds from a question to its last row."""

    waited = 0.0

    def execute(self, *args: Any, **more: Any) -> TimedCursor:
        """Ask, and add up."""
        with self._waiting():
            super().execute(*args, **more)
        return self

    def fetchall(self) -> list[Any]:
        """Fetch, and add up."""
        with self._waiting():
            return super().fetchall()

    @contextmanager
    def _waiting(self) -> Any:
        begun = time.perf_counter()
        try:
            yield
        finally:
            TimedCursor.waited += time.perf_counter() - begun


def main() -> None:
    """Measure, and write the ledger."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", type=int, default=pages_record.CHILDREN, help="fewer only to try it")
    parser.add_argument("--note", default="")
    parser.add_argument("--no-ledger", action="store_true")
    given = parser.parse_args()
    pages_record.CHILDREN = given.children
    kept = os.environ.get("KEYWORKER_BENCH_HOME")
    with pages_record.record(Path(kept) if kept else None) as made:
        result = measured(made) | ({"note": given.note} if given.note else {})
    print(json.dumps(result, indent=1))
    if not given.no_ledger:
        with LEDGER.open("a", encoding="utf-8") as ledger:
            ledger.write(json.dumps(result) + "\n")


def measured(made: pages_record.Measured) -> dict[str, Any]:
    """What one child and the whole service cost, as best known today and as known at the first extract."""
    now = datetime.now(UTC)
    today, then = Moment(london_day(now)), Moment(london_day(now), made.first_cut + timedelta(days=2))
    with connect(DatabaseRole.APPLICATION, home=made.home) as connection:
        connection.execute("set transaction isolation level repeatable read, read only")
        children = [row[0] for row in connection.execute(_OPEN, [ASKED]).fetchall()]
        one = {
            name: _children(connection, moment, children)
            for name, moment in (("best_known", today), ("known_then", then))
        }
        service = {
            "duckdb_with_extraction": _least(lambda: _in_duckdb(connection, today)),
            "postgresql_open_only": _least(lambda: open_readings(connection, today)[0].height),
        }
    return {
        "date": now.date().isoformat(),
        "what": "clocks",
        "rows": made.rows,
        "open_children": made.open_children,
        "one_child": one,
        "whole_service": service,
        "wanted": f"p95 {CHILD_MS:.0f} ms of database time a child; whole service {SERVICE_SECONDS} s on each engine",
        "met": all(told["database_ms_p95"] <= CHILD_MS for told in one.values())
        and all(told["seconds"] <= SERVICE_SECONDS for told in service.values()),
        "load_average": [round(load, 2) for load in os.getloadavg()],
    }


def _children(connection: psycopg.Connection, moment: Moment, children: list[str]) -> dict[str, Any]:
    """Every clock of one child at a time: the time in the database, and the processor time of this process."""
    readings(connection, moment, child_ids=children[:1])
    connection.cursor_factory = TimedCursor
    waited, worked, found = [], [], 0
    for child in children:
        TimedCursor.waited, begun = 0.0, time.process_time()
        found += len(readings(connection, moment, child_ids=[child]))
        worked.append(1000 * (time.process_time() - begun))
        waited.append(1000 * TimedCursor.waited)
    connection.cursor_factory = psycopg.Cursor
    return {
        "asked": len(children),
        "readings": found,
        "database_ms_median": _share(waited, 0.5),
        "database_ms_p95": _share(waited, 0.95),
        "python_cpu_ms_median": _share(worked, 0.5),
        "python_cpu_ms_p95": _share(worked, 0.95),
    }


def _in_duckdb(connection: psycopg.Connection, moment: Moment) -> int:
    with extracted(connection, tables_read(every_rule())) as source:
        return readings_in_duckdb(source._connection, moment)[0].height


def _least(ask: Callable[[], int]) -> dict[str, Any]:
    """The least of several runs, after one that is not counted."""
    ask()
    runs = []
    for _ in range(REPEATS):
        wall, cpu = time.perf_counter(), time.process_time()
        found = ask()
        runs.append((time.perf_counter() - wall, time.process_time() - cpu))
    return {
        "readings": found,
        "seconds": round(min(wall for wall, _ in runs), 2),
        "client_cpu_seconds": round(min(cpu for _, cpu in runs), 2),
    }


def _share(taken: list[float], share: float) -> float:
    return round(sorted(taken)[min(int(len(taken) * share), len(taken) - 1)], 1)


if __name__ == "__main__":
    main()
