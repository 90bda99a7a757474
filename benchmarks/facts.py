"""How fast facts answer: one child's story, a worker's, a team's and everybody's children, and any other moment.

`python -m benchmarks.facts URL` measures the record at URL and adds a line to the ledger; with `--fill` it first makes
a record of two million rows there (an empty database, as the owner). The simplest alternative is measured in the same
run: the same question of one child and of all, with the tables as they were known put in CTEs before the question.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from benchmarks.facts_record import AT, NOW, fill, fill_handles

from keyworker.clocks.children import children_at
from keyworker.clocks.story import story_at
from keyworker.clocks.workers import workers_at
from keyworker.facts.moment import Moment, best_known, known_then

LEDGER = Path(__file__).parent / "ledger.jsonl"
CHILD, WORKER, TEAM = "c90", "w40", "t10"

_NAIVE = """with {tables}
select h.child_id, h.worker_id, h.since, v.seen_on
from (
    select child_id, worker_id, min(from_on) as since from involvements
    where role = 'Allocated Case Worker' and child_id in (select child_id from involvements where to_on is null)
    group by child_id, worker_id having bool_or(to_on is null)
) h
join (
    select child_id from cin_episodes where to_on is null
    union select child_id from cp_plans where to_on is null
    union select child_id from cla_episodes where to_on is null
) o using (child_id)
left join (
    select child_id, max(happened_on) filter (where seen) as seen_on from (
        select child_id, happened_on, seen from cin_visits union all select child_id, happened_on, seen from cp_visits
        union all select child_id, happened_on, seen from cla_visits
    ) every_visit group by child_id
) v using (child_id)
{one}"""
_TABLES = ("involvements", "cin_episodes", "cp_plans", "cla_episodes", "cin_visits", "cp_visits", "cla_visits")


def naive(connection: psycopg.Connection, child_id: str | None) -> list[Any]:
    """Who holds whom and since when, and when last seen, with the known tables as CTEs that are used more than once."""
    known = "superseded_at is null and standing = 'reported'"
    tables = ", ".join(f"{name} as materialized (select * from record.{name} where {known})" for name in _TABLES)
    query = _NAIVE.format(tables=tables, one="where h.child_id = %(child)s" if child_id else "")
    return connection.execute(query.encode(), {"child": child_id}).fetchall()


def milliseconds(ask: Callable[[], Any], times: int) -> dict[str, float]:
    """The first answer, then the median and the worst of several more; wall time, and this process's own share."""
    walls, own = [], []
    for _ in range(times + 1):
        wall, cpu = time.perf_counter(), time.process_time()
        ask()
        walls.append((time.perf_counter() - wall) * 1000)
        own.append((time.process_time() - cpu) * 1000)
    return {
        "first": round(walls[0], 1),
        "median": round(statistics.median(walls[1:]), 1),
        "worst": round(max(walls[1:]), 1),
        "own_cpu_median": round(statistics.median(own[1:]), 1),
    }


def measure(connection: psycopg.Connection) -> dict[str, dict[str, float]]:
    """Every question, each on a moment of its own where an answer could be remembered."""
    now = best_known(AT)
    days = iter(range(1, 1000))

    def another() -> Moment:
        return known_then(AT - timedelta(days=next(days)), NOW)

    return {
        "story of one child": milliseconds(lambda: story_at(connection, now, CHILD), 20),
        "children of a worker": milliseconds(lambda: children_at(connection, now, worker_id=WORKER), 20),
        "children of a team": milliseconds(lambda: children_at(connection, now, team_id=TEAM), 10),
        "workers of a team": milliseconds(lambda: workers_at(connection, now, team_id=TEAM), 10),
        "all open children": milliseconds(lambda: children_at(connection, now), 5),
        "all open children, another moment": milliseconds(lambda: children_at(connection, another()), 5),
        "naive, one child": milliseconds(lambda: naive(connection, CHILD), 3),
        "naive, all": milliseconds(lambda: naive(connection, None), 3),
    }


def main() -> None:
    """Measure, print and keep."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("url")
    arguments.add_argument("--fill", action="store_true")
    given = arguments.parse_args()
    if given.fill:
        with psycopg.connect(given.url) as connection:
            print(f"{fill(connection):,} rows")
            fill_handles(connection)
        with psycopg.connect(given.url, autocommit=True) as connection:
            connection.execute("vacuum analyze")
    with psycopg.connect(given.url, options="-c jit=off", autocommit=True) as connection:
        numbers = measure(connection)
        opened = len(children_at(connection, best_known(AT)))
    line = {
        "date": date.fromtimestamp(datetime.now(UTC).timestamp()).isoformat(),
        "what": "facts: lists and stories from PostgreSQL, milliseconds",
        "open_children": opened,
        "load_average": os.getloadavg()[0],
        "numbers": numbers,
        "ratio_to_naive": {
            "one child": round(numbers["naive, one child"]["median"] / numbers["story of one child"]["median"], 1),
            "all": round(numbers["naive, all"]["median"] / numbers["all open children"]["median"], 2),
        },
    }
    print(json.dumps(line, indent=1))
    with LEDGER.open("a", encoding="utf-8") as ledger:
        ledger.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
