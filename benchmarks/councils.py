"""What a region's 33 and a nation's 153 councils cost: four indicators by council at twelve month-ends, from Parquet.

`python -m benchmarks.councils` makes nine councils and repeats them under other made-up codes as links to the same
files, so that a nation takes no more disk than nine. Each engine asks them in a process of its own: the definitions on
DuckDB, in one process and, of a region, in two that share the councils; a script written by hand in Polars. `--part
cluster` asks two councils and one month-end of Spark, on one worker and on two, for which `tools/spark-environment`
must have been run.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.indicators import LEDGER, checksum

REGION, NATION, FEW = 33, 153, 2
MONTHS, ONE = 12, 1
SCALE = 0.05
TICKS = os.sysconf("SC_CLK_TCK")
PARTS = MANY, CLUSTER = "many", "cluster"
ENGINES = ("keyworker", "polars", "spark")


def main() -> None:
    """Ask every engine, and write the ledger."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", choices=ENGINES, help="ask this one alone, in this process")
    parser.add_argument("--data", type=Path, help="with --engine: where the councils are")
    parser.add_argument("--councils", default="", help="with --engine: their codes, with commas between")
    parser.add_argument("--months", type=int, default=MONTHS, help="with --engine")
    parser.add_argument("--workers", type=int, default=1, help="with --engine spark")
    parser.add_argument("--scale", type=float, default=SCALE, help="1: a council of 200,000 children in seven years")
    parser.add_argument("--part", choices=PARTS, default=MANY, help="many councils on DuckDB, or a few on Spark")
    parser.add_argument("--note", default="")
    parser.add_argument("--no-ledger", action="store_true")
    given = parser.parse_args()
    if given.engine:
        codes = given.councils.split(",")
        print(json.dumps(_asked(given.engine, given.data, codes, given.months, given.workers)))
        return
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(os.environ.get("KEYWORKER_BENCH_HOME") or scratch) / "councils"
        result = compared(home, given.scale, given.part) | ({"note": given.note} if given.note else {})
    print(json.dumps(result, indent=1))
    if not given.no_ledger:
        with LEDGER.open("a", encoding="utf-8") as ledger:
            ledger.write(json.dumps(result) + "\n")


def compared(home: Path, scale: float, part: str) -> dict[str, Any]:
    """Every engine on the same councils: many of them, or the few that Spark is asked."""
    from benchmarks.councils_data import MADE, councils, size

    home.mkdir(parents=True, exist_ok=True)
    codes = councils(home, NATION, scale)
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "what": "councils" if part == MANY else "councils on a cluster",
        "scale": scale,
        "made": {"councils": MADE, **size(home)},
        **(_many(home, codes) if part == MANY else _few(home, codes[:FEW])),
        "cores": os.cpu_count(),
        "load_average": [round(one, 2) for one in os.getloadavg()],
    }


def _many(home: Path, codes: Sequence[str]) -> dict[str, Any]:
    region, nation = _size(home, codes[:REGION], halved=True), _size(home, codes)
    return {"month_ends": MONTHS, "region": region, "nation": nation, "ratio": nation["ratio"]}


def _size(home: Path, codes: Sequence[str], *, halved: bool = False) -> dict[str, Any]:
    """One number of councils: the definitions, also in two processes that share them, and the script by hand."""
    asked = {engine: [(engine, codes, MONTHS, 1)] for engine in ("keyworker", "polars")}
    if halved:
        half = len(codes) // 2
        asked["keyworker, two processes"] = [("keyworker", some, MONTHS, 1) for some in (codes[:half], codes[half:])]
    found = {name: _apart(questions, home) for name, questions in asked.items()}
    return {
        "councils": len(codes),
        **found,
        "same_checksum": len({one["checksum"] for one in found.values()}) == 1,
        "ratio": round(found["polars"]["cpu_seconds"] / found["keyworker"]["cpu_seconds"], 2),
    }


def _few(home: Path, codes: Sequence[str]) -> dict[str, Any]:
    """The few that Spark is asked, with one worker and with two, and the others beside it."""
    found = {engine: _apart([(engine, codes, ONE, 1)], home) for engine in ("keyworker", "polars")}
    for workers in (1, 2):
        found[f"spark, workers: {workers}"] = _apart([("spark", codes, ONE, workers)], home)
    ours, spark = found["keyworker"], found["spark, workers: 2"]
    return {
        "ratio": round(ours["cpu_seconds"] / spark["cpu_seconds"], 3),
        "councils": len(codes),
        "month_ends": ONE,
        **found,
        "same_checksum": len({one["checksum"] for one in found.values()}) == 1,
    }


def _apart(asked: Sequence[tuple[str, Sequence[str], int, int]], home: Path) -> dict[str, Any]:
    """Questions asked at once, each in a process of its own, and what they took together."""
    begun = time.perf_counter()
    started = [_started(home, *one) for one in asked]
    told = [json.loads(one.communicate()[0]) for one in started]
    rows = [tuple(row) for one in told for row in one.pop("rows")]
    together = {key: sum(one[key] for one in told) for key in told[0] if key != "seconds"}
    return {
        "seconds": max(one["seconds"] for one in told),
        "seconds_with_starting": round(time.perf_counter() - begun, 2),
        **{key: round(value, 2) for key, value in together.items()},
        "checksum": checksum(rows),
    }


def _started(home: Path, engine: str, codes: Sequence[str], months: int, workers: int) -> subprocess.Popen[str]:
    given = {"engine": engine, "data": home, "councils": ",".join(codes), "months": months, "workers": workers}
    options = [f"--{name}={value}" for name, value in given.items()]
    command = [sys.executable, "-m", "benchmarks.councils", *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent)


def _asked(engine: str, home: Path, codes: Sequence[str], months: int, workers: int) -> dict[str, Any]:
    """One engine in this process: seconds and processor time from Parquet to rows, and the peak of memory."""
    from benchmarks import councils_engines as engines

    if engine == "spark":
        return _on_spark(home, codes, months, workers)
    ask = engines.on_duckdb if engine == "keyworker" else engines.by_hand
    wall, cpu = time.perf_counter(), time.process_time()
    rows = ask(home, codes, months)
    return {
        "seconds": round(time.perf_counter() - wall, 2),
        "cpu_seconds": round(time.process_time() - cpu, 2),
        "peak_mib": _peak(os.getpid()),
        "rows": rows,
    }


def _on_spark(home: Path, codes: Sequence[str], months: int, workers: int) -> dict[str, Any]:
    """Spark, whose driver and workers are processes of their own: the first council warms them, and is asked again."""
    from benchmarks.councils_engines import cluster, on_spark

    session = cluster(workers)
    begun = time.perf_counter()
    on_spark(session, home, codes[:1], months)
    first = time.perf_counter() - begun
    before, wall = _processor(), time.perf_counter()
    rows = on_spark(session, home, codes, months)
    found = {
        "seconds": round(time.perf_counter() - wall, 2),
        "cpu_seconds": round(_processor() - before, 2),
        "first_council_seconds": round(first, 2),
        "peak_mib": sum(map(_peak, _family())),
        "rows": rows,
    }
    session.stop()
    return found


def _family() -> dict[int, list[str]]:
    """This process, its children, and theirs, each with what the kernel says of it from its state on."""
    told = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            told[int(place.parent.name)] = place.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
    found = [os.getpid()]
    for one in found:
        found += [child for child, fields in told.items() if int(fields[1]) == one]
    return {one: told[one] for one in found}


def _processor() -> float:
    """The seconds of processor time of this process and all below it."""
    return sum(int(fields[11]) + int(fields[12]) for fields in _family().values()) / TICKS


def _peak(process: int) -> int:
    """The most memory that a process held, in mebibytes."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    held = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(held[0].split()[1]) >> 10 if held else 0


if __name__ == "__main__":
    main()
