"""What clocks cost: one child's, as best known and as known then; a team's, a district's and the whole service's.

What is kept for today is measured beside the same worked out anew, and what it costs to make it and to renew it.

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
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import psycopg
from benchmarks import pages_record

from keyworker.actions import remembered
from keyworker.actions.due import Whose, due_to
from keyworker.actions.paces import ahead_of, keep_open_paces
from keyworker.actions.reading import one_keeping, one_reading
from keyworker.actions.whole import whole_at
from keyworker.clocks.duties import Asked, duties_in_postgresql, duties_of_people
from keyworker.clocks.engine import ground_at, open_readings, read, readings
from keyworker.clocks.rules import Subject
from keyworker.clocks.stored import People, keep_all, kept_open, renew
from keyworker.facts.columns import follow
from keyworker.facts.days import london_day
from keyworker.facts.ground import lens_at
from keyworker.facts.moment import Moment
from keyworker.measures.pace import carry_paces
from keyworker.record.connect import DatabaseRole, connect
from keyworker.record.writer import Act, append

LEDGER = Path(__file__).parent / "ledger.jsonl"
ASKED, REPEATS, RENEWED = 200, 3, 30
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
    parser.add_argument("--service", action="store_true", help="the whole service alone, no child and no team")
    parser.add_argument("--no-ledger", action="store_true")
    given = parser.parse_args()
    pages_record.CHILDREN = given.children
    kept = os.environ.get("KEYWORKER_BENCH_HOME")
    with pages_record.record(Path(kept) if kept else None) as made:
        found = measured_whole(made) if given.service else measured(made)
        result = found | ({"note": given.note} if given.note else {})
    print(json.dumps(result, indent=1))
    if not given.no_ledger:
        with LEDGER.open("a", encoding="utf-8") as ledger:
            ledger.write(json.dumps(result) + "\n")


def measured(made: pages_record.Measured) -> dict[str, Any]:
    """What one child, a team, a district and the whole service cost, as best known today and as known then."""
    now = datetime.now(UTC)
    today, then = Moment(london_day(now)), Moment(london_day(now), made.first_cut + timedelta(days=2))
    with connect(DatabaseRole.SERVICE, home=made.home, autocommit=True) as connection:
        connection.execute("set statement_timeout = 0")
        with one_reading(connection):
            children = [row[0] for row in connection.execute(_OPEN, [ASKED]).fetchall()]
            one = {
                name: _children(connection, moment, children)
                for name, moment in (("best_known", today), ("known_then", then))
            }
        service = _service(connection, today, then)
        parts = _parts(connection, made, today)
    with connect(DatabaseRole.LOADER, home=made.home) as loader:
        renewal = _renewal(loader, children, now)
    return {
        "date": now.date().isoformat(),
        "what": "clocks",
        "rows": made.rows,
        "open_children": made.open_children,
        "one_child": one,
        "whole_service": service,
        **_ratios(service),
        "parts": parts,
        "renewing_one_child": renewal,
        "wanted": f"p95 {CHILD_MS:.0f} ms of database time a child; whole service {SERVICE_SECONDS} s on each engine",
        "met": {
            "one_child": all(told["database_ms_p95"] <= CHILD_MS for told in one.values()),
            **_met(service),
        },
        "load_average": [round(load, 2) for load in os.getloadavg()],
    }


def measured_whole(made: pages_record.Measured) -> dict[str, Any]:
    """What the whole service costs alone, as best known today and as known then."""
    now = datetime.now(UTC)
    today, then = Moment(london_day(now)), Moment(london_day(now), made.first_cut + timedelta(days=2))
    with connect(DatabaseRole.SERVICE, home=made.home, autocommit=True) as connection:
        connection.execute("set statement_timeout = 0")
        service = _service(connection, today, then)
    return {
        "date": now.date().isoformat(),
        "what": "clocks of the whole service",
        "rows": made.rows,
        "open_children": made.open_children,
        "whole_service": service,
        **_ratios(service),
        "wanted": f"{SERVICE_SECONDS} s on each engine",
        "met": _met(service),
        "load_average": [round(load, 2) for load in os.getloadavg()],
    }


def _ratios(service: dict[str, Any]) -> dict[str, float]:
    """How much less processor time it takes to read what is kept, and to take out what is read, than SQL takes."""
    in_sql = _cpu(service["postgresql_open_in_sql"])
    return {
        "kept_is_quicker_by": round(in_sql / _cpu(service["postgresql_open_kept"]), 1),
        "taken_is_quicker_by": round(in_sql / _cpu(service["duckdb_open_with_extraction"]), 1),
    }


def _met(service: dict[str, Any]) -> dict[str, bool]:
    return {
        "postgresql": service["postgresql_open_kept"]["seconds"] <= SERVICE_SECONDS,
        "postgresql_anew": service["open_worked_out"]["seconds"] <= SERVICE_SECONDS,
        "duckdb": service["duckdb_open_with_extraction"]["seconds"] <= SERVICE_SECONDS,
    }


def _service(connection: psycopg.Connection, today: Moment, then: Moment) -> dict[str, Any]:
    """What nothing has met of everybody's duties: worked out anew in SQL alone, as the product does it, and in DuckDB
    of what is taken out of the record for it; kept; as known then; and the columns and the paces."""
    with one_reading(connection):
        whole = whole_at(connection, today)
    people = People([row.child_id for row in whole.children], [row.worker.worker_id for row in whole.workers])

    def anew() -> int:
        with one_reading(connection):
            found, _ = open_readings(connection, today, child_ids=people.child_ids, worker_ids=people.worker_ids)
        return found.height

    def known_then() -> int:
        with one_reading(connection):
            found, _ = open_readings(connection, then, child_ids=people.child_ids, worker_ids=people.worker_ids)
        return found.height

    def keep() -> int:
        with one_keeping(connection):
            return keep_all(connection, today.at, people)
        return 0

    def paces() -> int:
        with one_keeping(connection):
            connection.execute("delete from kept.pace_ground")
            keep_open_paces(connection, today.at)
            told = connection.execute("select count(*) from kept.pace_ground").fetchone()
            return int(told[0]) if told else 0
        return 0

    def kept() -> int:
        with one_reading(connection):
            found = kept_open(connection, today.at, people)
        return found[0].height if found else 0

    def in_duckdb() -> int:
        with one_reading(connection):
            return _open_beside(connection, today, people)

    def held() -> int:
        with one_reading(connection):
            follow(connection)
        return 0

    def in_sql() -> int:
        with one_reading(connection):
            return _open(connection, today, people, duties_in_postgresql)

    return {
        "postgresql_open_in_sql": _least(connection, in_sql, repeats=1),
        "open_worked_out": _least(connection, anew, repeats=REPEATS),
        "open_known_then": _least(connection, known_then, repeats=1),
        "making_what_is_kept": _least(connection, keep, repeats=1),
        "postgresql_open_kept": _least(connection, kept, repeats=REPEATS),
        "duckdb_open_with_extraction": _least(connection, in_duckdb, repeats=REPEATS),
        "taking_the_columns_in": _least(connection, held, repeats=1),
        "making_the_paces": _least(connection, paces, repeats=1),
    }


def _parts(connection: psycopg.Connection, made: pages_record.Measured, today: Moment) -> dict[str, Any]:
    """What is due to the largest team and district, today and on another day, and what is ahead of the team."""
    team = connection.execute("select id from record.handle where handle = %s", [made.largest_team]).fetchone()
    assert team is not None
    of_team, of_district = Whose(team_id=team[0]), Whose(district=made.largest_district)
    asked: dict[str, tuple[Callable[..., Any], Whose, Moment]] = {
        "team_today": (due_to, of_team, today),
        "team_another_day": (due_to, of_team, Moment(today.at - timedelta(days=40))),
        "district_today": (due_to, of_district, today),
        "district_another_day": (due_to, of_district, Moment(today.at - timedelta(days=41))),
        "ahead_of_team_today": (ahead_of, of_team, today),
    }
    found = {}
    for name, (ask, whose, moment) in asked.items():
        _forget()
        with one_reading(connection):
            whole_at(connection, moment)  # who is open that day is another question than what is due to them
            found[name] = _least(connection, partial(_count, connection, ask, whose, moment), repeats=1)
    return found


def _count(connection: psycopg.Connection, ask: Callable[..., Any], whose: Whose, moment: Moment) -> int:
    return len(ask(connection, moment, whose))


def _forget() -> None:
    """Let go of what this process remembers, as a command that has just begun remembers nothing."""
    for kind in ("open duties", "due", "pace"):
        remembered._kept[kind].clear()


def _renewal(connection: psycopg.Connection, children: list[str], now: datetime) -> dict[str, Any]:
    """What a write of one visit takes longer for renewing its child, and what carrying the paces over it takes later;
    undone each time."""
    taken, carried = [], []
    for number, child in enumerate(children[:RENEWED]):
        said = {"cin_visit_id": f"bench {number}", "child_id": child, "happened_on": now.date(), "seen": True}
        with connection.transaction(force_rollback=True):
            written = append(connection, Act("entry", "benchmark", "one visit", "ssd"), now, {"cin_visits": [said]})
            begun = time.perf_counter()
            if not renew(connection, written.act_id):
                raise RuntimeError("nothing was kept to renew")
            taken.append(1000 * (time.perf_counter() - begun))
            begun = time.perf_counter()
            if not carry_paces(connection, london_day(now)):
                raise RuntimeError("no paces were kept to carry")
            carried.append(1000 * (time.perf_counter() - begun))
    told = {"asked": len(taken), "ms_median": _share(taken, 0.5), "ms_p95": _share(taken, 0.95)}
    return told | {"paces_ms_median": _share(carried, 0.5), "paces_ms_p95": _share(carried, 0.95)}


def _children(connection: psycopg.Connection, moment: Moment, children: list[str]) -> dict[str, Any]:
    """Every clock of one child at a time: the time in the database, and the processor time of this process."""
    readings(connection, moment, child_ids=children[:1])
    connection.cursor_factory = TimedCursor
    waited, worked, found, server = [], [], 0, _worked(connection)
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
        "database_cpu_ms_mean": round(1000 * (_worked(connection) - server) / len(children), 1),
        "python_cpu_ms_median": _share(worked, 0.5),
        "python_cpu_ms_p95": _share(worked, 0.95),
    }


def _open(
    connection: psycopg.Connection,
    moment: Moment,
    people: People,
    find: Callable[[psycopg.Connection, Asked], pl.DataFrame],
) -> int:
    """How many readings of what nothing has met one way of finding duties gives."""
    ground, lens = ground_at(connection, moment), lens_at(connection, moment)
    of_child, of_worker = ground.rulebook.of(Subject.CHILD), ground.rulebook.of(Subject.WORKER)
    to_children = Asked(of_child, lens.of(people.child_ids), is_open=True, about=(Subject.CHILD,))
    workers = tuple(people.worker_ids)
    of_workers = Asked(of_worker, lens.on_workers, workers, is_open=True, about=(Subject.WORKER,))
    found = ((find(connection, asked), asked.rulebook) for asked in (to_children, of_workers))
    return sum(read(duties, rules, ground, moment.at).height for duties, rules in found)


def _open_beside(connection: psycopg.Connection, moment: Moment, people: People) -> int:
    """The same of the children's rows taken out into DuckDB; the workers are asked about in SQL meanwhile."""
    ground, lens = ground_at(connection, moment), lens_at(connection, moment)
    rules = ground.rulebook.of(Subject.CHILD, Subject.WORKER)
    to_children = Asked(rules, lens.of(people.child_ids), is_open=True, about=(Subject.CHILD,))
    workers = tuple(people.worker_ids)
    of_workers = Asked(rules, lens.on_workers, workers, is_open=True, about=(Subject.WORKER,))
    duties = duties_of_people(connection, to_children, of_workers)
    return read(duties, rules, ground, moment.at).height


def _least(connection: psycopg.Connection, ask: Callable[[], int], *, repeats: int) -> dict[str, Any]:
    """The least of several runs: the time on the wall, and the processor time of this process and of the database's."""
    runs = []
    for _ in range(repeats):
        wall, cpu, server = time.perf_counter(), time.process_time(), _worked(connection)
        found = ask()
        runs.append((time.perf_counter() - wall, time.process_time() - cpu, _worked(connection) - server))
    return {
        "found": found,
        "seconds": round(min(run[0] for run in runs), 2),
        "client_cpu_seconds": round(min(run[1] for run in runs), 2),
        "database_cpu_seconds": round(min(run[2] for run in runs), 2),
    }


def _cpu(told: dict[str, Any]) -> float:
    """The processor time of both, which others who use the machine do not lengthen."""
    return float(told["client_cpu_seconds"] + told["database_cpu_seconds"])


def _worked(connection: psycopg.Connection) -> float:
    """The processor time of the connection's server process, which runs on this machine."""
    told = Path(f"/proc/{connection.info.backend_pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _share(taken: list[float], share: float) -> float:
    return round(sorted(taken)[min(int(len(taken) * share), len(taken) - 1)], 1)


if __name__ == "__main__":
    main()
