"""What it costs that who works with a child is recorded here beside an extract: who holds whom, with both sources.

Run it as `python -m benchmarks.homes`; every run adds a line to `ledger.jsonl`, worse ones included. The rows are made
up: of each child several holdings that ended and one that goes on, one in fifty ended here. Beside it stand the extract
alone, and the general way for rows of several sources, which orders all rows to find who speaks first.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from benchmarks import ledger

from keyworker.facts.ground import lens_at
from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment
from keyworker.facts.rows import fetch
from keyworker.record import upgrade
from keyworker.record.connect import DatabaseRole, connect
from keyworker.record.server.launch import release, stop
from keyworker.record.writer import Act, append

CHILDREN, EACH, TIMES = 8_000, 5, 7
TODAY = date(2026, 11, 27)
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
MONTH = timedelta(days=30)
ASKS = {
    "who holds whom now": "select count(*) from {involvements:in_force} i",
    "the lead of every child": "select count(*) from {held_now} h",
    "every holding": "select count(*) from {involvements} i",
}


def holdings() -> Iterator[dict[str, Any]]:
    """What an extract tells: each child's workers one after the other, the last of them to this day."""
    for child in range(CHILDREN):
        for place in range(EACH):
            begun = TODAY - MONTH * (EACH - place)
            yield {
                "involvement_id": f"i{child}-{place}",
                "child_id": f"c{child}",
                "worker_id": f"w{(child * 7 + place) % 400}",
                "role": "lead",
                "from_on": begun,
                "to_on": begun + MONTH if place + 1 < EACH else None,
            }


def measured(connection: psycopg.Connection, lens: Lens) -> dict[str, float]:
    """Milliseconds of wall, the median of some runs."""
    found = {}
    for name, query in ASKS.items():
        walls = []
        for _ in range(TIMES):
            begun = time.perf_counter()
            fetch(connection, lens, query)
            walls.append((time.perf_counter() - begun) * 1000)
        found[name] = round(statistics.median(walls), 1)
    return found


def run(home: Path) -> dict[str, Any]:
    """Each question of the extract alone, with what was written here beside it, and in the general way."""
    home_here = {"name": "home of allocations", "applies_to": "all", "value": "keyworker", "from_on": TODAY}
    rows = list(holdings())
    ended = [
        row | {"involvement_id": f"h{row['child_id']}", "to_on": TODAY}
        for row in rows
        if row["to_on"] is None and int(row["child_id"][1:]) % 50 == 0
    ]
    with connect(DatabaseRole.LOADER, home=home, autocommit=True) as loader:
        load = Act("load", author="benchmark", purpose="benchmark", source="ssd")
        append(loader, load, NOW, {"involvements": rows, "setting": [home_here]})
    with connect(DatabaseRole.OWNER, home=home, autocommit=True) as owner:
        owner.execute("analyze record.involvements")
        alone = measured(owner, lens_at(owner, Moment(TODAY)))
    with connect(DatabaseRole.LOADER, home=home, autocommit=True) as loader:
        append(loader, Act("entry", "benchmark", "benchmark", "keyworker"), NOW, {"involvements": ended})
    with connect(DatabaseRole.OWNER, home=home, autocommit=True) as owner:
        owner.execute("analyze record.involvements")
        lens = lens_at(owner, Moment(TODAY))
        both = measured(owner, lens)
        general = measured(owner, replace(lens, precedence={"involvements": ("ssd", "keyworker")}))
    return {
        name: {
            "extract alone": alone[name],
            "both": both[name],
            "general way": general[name],
            "ratio": round(both[name] / general[name], 2),
        }
        for name in ASKS
    }


def main() -> None:
    """Measure on a record of its own, and write the ledger."""
    given = ledger.options().parse_args()
    with tempfile.TemporaryDirectory(prefix="keyworker-homes-") as folder:
        home = Path(folder)
        upgrade.ready(home)
        numbers = run(home)
        release(home)
        stop(home)
    what = "homes: who holds whom, from an extract and what was written here, milliseconds"
    ledger.end(ledger.begun(what) | {"rows": CHILDREN * EACH, "numbers": numbers}, given)


if __name__ == "__main__":
    main()
