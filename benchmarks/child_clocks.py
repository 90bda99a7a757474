"""What a child's clocks cost the database under row-level security: as best known, and as known then.

`python -m benchmarks.child_clocks` asks for every duty to some hundred children, each once, through the session of the
head of a district, who sees some children, and of the director, who sees all; and beside them as the service, whom no
policy keeps from anything. Database time is the time that the backends worked, planning and policies included, as the
kernel counts it in nanoseconds: what other work on the machine does to the wall is left out. Beside it stands what
PostgreSQL itself says of the one large question, by EXPLAIN (ANALYZE), in milliseconds of wall.
It uses the record of the pages (`KEYWORKER_BENCH_HOME`); every run adds a line to `ledger.jsonl`.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from benchmarks import ledger, pages_record

from keyworker.actions import Keyworker
from keyworker.clocks.engine import every_rule, readings
from keyworker.clocks.one_child import tables_of
from keyworker.clocks.rules import Subject
from keyworker.facts.days import london_day
from keyworker.facts.entries import question
from keyworker.facts.ground import lens_at
from keyworker.facts.moment import Moment

ASKED, WARMING, EXPLAINED, WANTED = 200, 10, 40, 10.0
PEOPLE = ("head.of.service", "director")


def main() -> None:
    """Measure, and write the ledger."""
    parser = ledger.options()
    parser.add_argument("--note", default="")
    given = parser.parse_args()
    kept = os.environ.get("KEYWORKER_BENCH_HOME")
    now, line = datetime.now(UTC), ledger.begun("a child's clocks: milliseconds of database time")
    with pages_record.record(Path(kept) if kept else None) as made:
        found = {account: _asked(made, account, now) for account in PEOPLE}
    line |= {
        "rows": made.rows,
        "open_children": made.open_children,
        "numbers": found,
        "wanted": f"p95 {WANTED:.0f} ms under row-level security",
        "met": all(one["under_policies"]["p95"] <= WANTED for kinds in found.values() for one in kinds.values()),
    } | ({"note": given.note} if given.note else {})
    ledger.end(line, given)


def _asked(made: pages_record.Measured, account: str, now: datetime) -> dict[str, Any]:
    moments = {
        "best_known": Moment(london_day(now)),
        "known_then": Moment(london_day(now), made.first_cut + timedelta(days=2)),
    }
    found = {}
    with Keyworker.open_as(account, purpose="measure", now=now, home=made.home) as door:
        listed = door.children(moments["best_known"])
        children = [row.child_id for row in listed[:: max(1, len(listed) // ASKED)]][:ASKED]
        for name, moment in moments.items():
            kept = _times(door, door.own, moment, children)
            plain = _times(door, door.connection, moment, children)
            found[name] = {
                "children": len(children),
                "under_policies": _shape(kept),
                "without": _shape(plain),
                "ratio": round(statistics.median(kept) / statistics.median(plain), 2),
                "explained": _shape(_explained(door, moment, children[:EXPLAINED])),
            }
    return found


def _times(door: Keyworker, on: psycopg.Connection, moment: Moment, children: list[str]) -> list[float]:
    """Milliseconds that the backends worked for each child. The first few warm what is remembered."""
    spent = []
    for child in [*children[:WARMING], *children]:
        with door.one_page(), _working(door.own, door.connection) as worked:
            readings(on, moment, child_ids=[child])
        spent.append(worked[0])
    return spent[WARMING:]


@contextmanager
def _working(*connections: psycopg.Connection) -> Iterator[list[float]]:
    """The milliseconds that some connections' backends worked within it."""
    worked = [0.0]
    before = sum(map(_on_processor, connections))
    yield worked
    worked[0] = sum(map(_on_processor, connections)) - before


def _on_processor(connection: psycopg.Connection) -> float:
    return int(Path(f"/proc/{connection.info.backend_pid}/schedstat").read_text().split()[0]) / 1_000_000


def _explained(door: Keyworker, moment: Moment, children: list[str]) -> list[float]:
    """Planning and execution of the question for a child's entries, as PostgreSQL says it, under the policies."""
    tables = tables_of(every_rule().of(Subject.CHILD))
    spent = []
    for child in children:
        with door.one_page():
            lens = lens_at(door.own, moment)
            asked, bound = question(lens.of([lens.root(child)]), tables)
            query = f"explain (analyze, buffers, summary, format json) {asked}"
            row = door.own.execute(query.encode(), bound).fetchone()
        assert row is not None
        spent.append(row[0][0]["Planning Time"] + row[0][0]["Execution Time"])
    return spent


def _shape(spent: list[float]) -> dict[str, float]:
    ordered = sorted(spent)
    return {
        "median": round(statistics.median(ordered), 2),
        "p95": round(ordered[round(0.95 * (len(ordered) - 1))], 2),
        "most": round(ordered[-1], 2),
    }


if __name__ == "__main__":
    main()
