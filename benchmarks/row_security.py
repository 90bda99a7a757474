"""What row-level security costs: a child's page, a child's duties and a list, as somebody and as the service.

Run it as `python -m benchmarks.row_security`; every run adds a line to `ledger.jsonl`, worse ones included. It uses the
record of the pages (`KEYWORKER_BENCH_HOME`), or makes one of as many children as `--children` says. Each question is
asked in the same run under the policies, as a head of one district, who has some thousand children in sight, and as the
service, whom no policy keeps from anything.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from benchmarks import ledger, pages_record

from keyworker.actions import Keyworker
from keyworker.clocks.engine import readings
from keyworker.clocks.story import story_at
from keyworker.facts.days import london_day
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.moment import Moment

ACCOUNT = "head.of.service"
SOME = 60
"""How many children are asked about, each once: no answer is at hand."""


def measured(home: Path, now: datetime) -> dict[str, Any]:
    """Milliseconds of wall, by the median and the 95th of a hundred, as somebody and as the service."""
    begun = time.perf_counter()
    with Keyworker.open_as(ACCOUNT, purpose="measure", now=now, home=home) as door:
        entered = (time.perf_counter() - begun) * 1000
        laid = _timed(lambda _: door._lay_down(), [""] * 5)
        moment = Moment(london_day(now))
        (district,) = {held.scope for held in door.asker.roles}
        every = door.children(moment, district=district)
        some = [row.child_id for row in every[:: max(1, len(every) // SOME)]][:SOME]
        asks: dict[str, Callable[[psycopg.Connection, str], object]] = {
            "a child's story": lambda on, child: story_at(on, moment, child),
            "a child's duties": lambda on, child: readings(on, moment, child_ids=[child]),
            "handles of a whole list": lambda on, _: handles_of(on, HandleKind.CHILD, [row.child_id for row in every]),
        }
        found = {}
        for name, ask in asks.items():
            for _ in range(2):  # the first round warms what is remembered
                plain = _timed(lambda child, ask=ask: ask(door.connection, child), some)
                kept = _timed(lambda child, ask=ask: ask(door.own, child), some)
            found[name] = {
                "as somebody": kept,
                "as the service": plain,
                "ratio": round(kept["median"] / plain["median"], 2),
            }
        sight = door.own.execute("select count(*) from access.whereabouts").fetchone()
    return {
        "in_sight": sight[0] if sight else 0,
        "listed": len(every),
        "sign in and lay down": round(entered, 1),
        "lay down anew": laid,
        "numbers": found,
    }


def _timed(ask: Callable[[str], object], some: list[str]) -> dict[str, float]:
    walls = []
    for one in some:
        begun = time.perf_counter()
        ask(one)
        walls.append((time.perf_counter() - begun) * 1000)
    return {"median": round(statistics.median(walls), 2), "p95": round(sorted(walls)[int(len(walls) * 0.95)], 2)}


def main() -> None:
    """Measure on the record of the pages, and write the ledger."""
    parser = ledger.options()
    parser.add_argument("--children", type=int, help="how many children of how many years a record made anew has")
    parser.add_argument("--years", type=int, default=pages_record.YEARS)
    given = parser.parse_args()
    if given.children:
        pages_record.CHILDREN, pages_record.YEARS = given.children, given.years
    kept = os.environ.get("KEYWORKER_BENCH_HOME")
    with pages_record.record(Path(kept) if kept else None) as made:
        now = datetime.now(UTC)
        result = ledger.begun("row security, milliseconds") | measured(made.home, now)
    ledger.end(result, given)


if __name__ == "__main__":
    main()
