"""How fast an extract of two million rows is loaded, and loaded again in another order, beside a bare COPY of its rows.

Run it as `python benchmarks/load.py`; every run adds its results to `ledger.jsonl`, worse ones included.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import tempfile
import time
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import psycopg

from keyworker.intake.headings import prefix
from keyworker.intake.load import load_paths
from keyworker.record import schema
from keyworker.record.connect import DatabaseRole, connect
from keyworker.record.entry import listed
from keyworker.record.server.launch import release, stop
from keyworker.record.writer import stage_ddl
from keyworker.vocabulary import TABLES

LEDGER = Path(__file__).parent / "ledger.jsonl"
CHILDREN = 100_000
WANTED = {"load": 100_000, "reload": 300_000}
# Rows for each child over ten years; together twenty.
SHARES = {
    "person": 1.0,
    "contacts": 3.0,
    "cin_episodes": 1.5,
    "cin_assessments": 1.5,
    "involvements": 3.0,
    "cin_plans": 1.0,
    "cin_visits": 6.0,
    "cp_visits": 2.0,
    "professionals": 0.02,
    "family": 0.98,
}


def extract(rows: int, folder: Path) -> int:
    """Write a made-up extract of about that many rows, with nothing in it that could be anyone. Gives the rows."""
    children = rows // 20
    return sum(_table(name, max(1, int(children * share)), children, folder) for name, share in SHARES.items())


def _table(name: str, rows: int, children: int, folder: Path) -> int:
    table = TABLES[name]
    number = pl.int_range(rows, eager=True)
    day = pl.lit(date(2014, 1, 1)) + pl.duration(days=number * 7 % 3650)
    columns = []
    for column in table.columns:
        said = column.ssd or f"{prefix(table)}_{column.name}"
        if column.name in table.key and column.name != "child_id":
            value = pl.format(f"{table.name[:4]}-{{}}", number)
        elif column.name == "child_id":
            value = pl.format("CHILD-{}", number % children)
        elif column.name == "worker_id":
            value = pl.format("WORKER-{}", number % 1000)
        elif column.name == "to_on":
            value = pl.when(number % 5 > 0).then((day + pl.duration(days=90)).dt.strftime("%Y-%m-%d"))
        elif column.type == "date":
            value = day.dt.strftime("%Y-%m-%d 00:00:00")
        elif column.type == "flag":
            value = pl.when(number % 3 == 0).then(pl.lit("Y")).otherwise(pl.lit("N"))
        elif column.type == "text" and column.ssd:
            value = pl.format(f"Made-up {column.name} {{}}", number % 7)
        else:
            continue
        columns.append(pl.select(value.alias(said)).to_series())
    pl.DataFrame(columns).write_csv(folder / f"{table.ssd}.csv")
    return rows


def shuffled(folder: Path, into: Path) -> None:
    """The same extract, exported again in another row order."""
    for path in folder.glob("*.csv"):
        pl.read_csv(path, infer_schema=False).sample(fraction=1, shuffle=True, seed=7).write_csv(into / path.name)


def bare_copy(loader: psycopg.Connection) -> float:
    """Seconds for PostgreSQL to COPY the rows that the record now holds into tables of their own, without history."""
    spent = 0.0
    with loader.transaction():
        for name in SHARES:
            columns = listed(["row_key", "digest", "entered_at", *TABLES[name].column_names])
            with loader.cursor() as cursor:
                with cursor.copy(f"copy (select {columns} from record.{name}) to stdout (format csv)".encode()) as copy:
                    content = b"".join(copy)
                cursor.execute(stage_ddl(name, f"pg_temp.bare_{name}").encode())
                began = time.perf_counter()
                with cursor.copy(f"copy pg_temp.bare_{name} ({columns}) from stdin (format csv)".encode()) as copy:
                    copy.write(content)
                spent += time.perf_counter() - began
                cursor.execute(f"drop table pg_temp.bare_{name}".encode())
    return spent


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _database_worked(home: Path) -> float:
    """Processor time of the server's processes so far, those that have ended included."""
    ticks = 0
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended meanwhile
            if (process / "cwd").resolve().is_relative_to(home / "database"):
                ticks += sum(map(int, (process / "stat").read_text().rpartition(")")[2].split()[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _timed(folder: Path, loader: psycopg.Connection, home: Path) -> dict[str, float]:
    began, worked, database = time.perf_counter(), time.process_time(), _database_worked(home)
    load_paths([folder], connection=loader, home=home, now=datetime.now(UTC), author="benchmark")
    return {
        "seconds": time.perf_counter() - began,
        "client_cpu_seconds": time.process_time() - worked,
        "database_cpu_seconds": _database_worked(home) - database,
    }


def measured(rows: int, home: Path) -> list[dict[str, object]]:
    """Load, load again, copy; and what each took."""
    (home / "extract").mkdir()
    (home / "again").mkdir()
    written = extract(rows, home / "extract")
    shuffled(home / "extract", home / "again")
    with connect(DatabaseRole.OWNER, home=home) as owner:
        schema.create(owner)
    with connect(DatabaseRole.LOADER, home=home) as loader:
        before = _memory()
        first = _timed(home / "extract", loader, home)
        again = _timed(home / "again", loader, home)
        peak = _memory()
        bare = bare_copy(loader)
    common = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "rows": written,
        "peak_mib": peak,
        "mib_before": before,
        "bare_copy_rows_per_second": round(written / bare),
        "load_average": round(os.getloadavg()[0], 1),
        "cores": os.cpu_count(),
    }
    return [
        {"what": name}
        | {measure: round(taken, 2) for measure, taken in spent.items()}
        | {"rows_per_second": round(written / spent["seconds"]), "ratio": round(bare / spent["seconds"], 3)}
        | common
        | {"wanted": WANTED[name], "met": written / spent["seconds"] >= WANTED[name] and peak <= 2048}
        for name, spent in (("load", first), ("reload", again))
    ]


def main() -> None:
    """Measure in a data folder of its own, on the embedded server, and write the ledger."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--no-ledger", action="store_true")
    given = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="keyworker-benchmark-"))
    try:
        results = measured(given.rows, home)
    finally:
        release(home)
        stop(home)
        shutil.rmtree(home, ignore_errors=True)
    for result in results:
        print(json.dumps(result))
    if not given.no_ledger:
        with LEDGER.open("a") as ledger:
            ledger.writelines(json.dumps(result) + "\n" for result in results)


if __name__ == "__main__":
    main()
