"""What measures cost: four indicators by district at 60 month-ends, from the shared definitions and written by hand.

`python -m benchmarks.indicators` makes 2 million allocations and 10 million visits (some minutes, kept where
KEYWORKER_BENCH_HOME says), asks each engine in a process of its own, and adds a line to the ledger. All of them read
Parquet; the opponents a few columns, the definitions the record's own tables, with the same whole numbers for children
and workers, and once more with text for them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.memory import peak_mib, without

LEDGER = Path(__file__).parent / "ledger.jsonl"
NAMES = ("open-children", "caseload", "cp-seen-20-working-days", "changes-of-worker-12-months")
MONTHS = 60


def main() -> None:
    """Ask every engine, and write the ledger."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", help="ask this one alone, in this process, and print what it took")
    parser.add_argument("--make", action="store_true", help="make the data in the folder that is given, and no more")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--note", default="")
    parser.add_argument("--no-ledger", action="store_true")
    given = parser.parse_args()
    if given.make:
        from benchmarks.indicators_data import make

        print(json.dumps(make(given.data, scale=given.scale)))
        return
    if given.engine:
        print(json.dumps(asked(given.engine, given.data)))
        return
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(os.environ.get("KEYWORKER_BENCH_HOME") or scratch) / "indicators"
        result = compared(given.data or home, given.scale)
    result |= {"note": given.note} if given.note else {}
    print(json.dumps(result, indent=1))
    if not given.no_ledger:
        with LEDGER.open("a", encoding="utf-8") as ledger:
            ledger.write(json.dumps(result) + "\n")


def compared(folder: Path, scale: float) -> dict[str, Any]:
    """Every engine on the same history, each in a process of its own."""
    from benchmarks.indicators_opponents import OPPONENTS

    if not (folder / "record_text").exists():
        _process(folder, "--make", "--scale", str(scale))
    engines = ("keyworker", "keyworker, text", *OPPONENTS)
    found = {engine: _process(folder, "--engine", engine) for engine in engines}
    ours, polars = found["keyworker"], found["polars"]
    same = len({one["checksum"] for one in found.values()}) == 1
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "what": "indicators",
        "scale": scale,
        "engines": found,
        "same_checksum": same,
        "ratio": round(polars["cpu_seconds"] / ours["cpu_seconds"], 2),
        "ratio_wall": round(polars["seconds"] / ours["seconds"], 2),
        "ratio_by_team_then_known_then": round(polars["cpu_seconds"] / ours["by_team_known_then"]["cpu_seconds"], 2),
        "wanted": "twice as fast as Polars, level by team as known then, 512 MiB, one month-end in 0.3 s",
        "met": bool(
            same
            and polars["seconds"] >= 2 * ours["seconds"]
            and polars["seconds"] >= ours["by_team_known_then"]["seconds"]
            and ours["peak_mib"] < 512
            and ours["one_month_end"]["seconds"] < 0.3
        ),
        "load_average": [round(one, 2) for one in os.getloadavg()],
    }


def _process(folder: Path, *asked: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.indicators", "--data", str(folder), *asked]
    told = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parent.parent)
    return dict(json.loads(told.stdout))


def asked(engine: str, folder: Path) -> dict[str, Any]:
    """One engine in this process: seconds from Parquet to rows, the processor's too, and the peak of memory."""
    if engine.startswith("keyworker"):
        without("pandas")
    if engine == "keyworker":
        return _definitions(folder / "record")
    if engine == "keyworker, text":
        return _definitions(folder / "record_text")
    from benchmarks.indicators_opponents import OPPONENTS

    took, (read, rows) = _timed(lambda: OPPONENTS[engine](folder / "plain", MONTHS))
    return {**took, "reading_cpu_seconds": round(read, 2), "checksum": checksum(rows), "peak_mib": peak_mib()}


def _definitions(folder: Path) -> dict[str, Any]:
    from benchmarks.indicators_data import KNOWN_AT, opened
    from benchmarks.indicators_opponents import month_ends

    from keyworker.measures.passes.asked import Asked
    from keyworker.measures.passes.run import measured_together
    from keyworker.measures.sources.duck import DuckSource

    days = tuple(day for day, _ in month_ends(MONTHS))

    def ask(at: Sequence[date], by: str, known_at: datetime | None = None) -> Any:
        with opened(folder, tables(by)) as connection:
            question = Asked(tuple(at), (by,), known_at)
            return measured_together(DuckSource(connection), NAMES, question, windows=weekdays())

    cold, _ = _timed(lambda: ask(days, "district"))
    new, found = _timed(lambda: ask(days, "district"))
    peak = peak_mib()
    by_team, _ = _timed(lambda: ask(days, "team", KNOWN_AT))
    return {
        **new,
        "checksum": checksum(_rows(found)),
        "peak_mib": peak,
        "cold": cold,
        "by_team_known_then": by_team,
        **_warm(folder, days),
    }


def _warm(folder: Path, days: Sequence[date]) -> dict[str, Any]:
    """A session that stays open: the series again, its last date alone, and another date alone."""
    from benchmarks.indicators_data import opened

    from keyworker.measures.passes.asked import Asked
    from keyworker.measures.passes.run import measured_together
    from keyworker.measures.sources.duck import DuckSource

    with opened(folder, tables("district")) as connection:
        source = DuckSource(connection, warm=True)

        def ask(*at: date) -> Any:
            return measured_together(source, NAMES, Asked(at, ("district",)), windows=weekdays())

        ask(*days)
        return {
            "warm": _timed(lambda: ask(*days))[0],
            "one_month_end": _timed(lambda: ask(days[-1]))[0],
            "another_month_end": _timed(lambda: ask(days[-2]))[0],
        }


def _rows(found: Any) -> list[tuple[Any, ...]]:
    """The definitions' answers as the opponents give theirs."""
    by = {name: {(row.at, row.group["district"]): row for row in rows} for name, rows in found.items()}
    rows = []
    for (at, district), opened in by["open-children"].items():
        if not opened.numerator:
            continue
        load, seen, changes = (by[name].get((at, district)) for name in NAMES[1:])
        mean = round(load.value, 6) if load and load.value else 0.0
        plans = (seen.denominator, seen.numerator) if seen else (0, 0)
        number = int(district.removeprefix("District "))
        rows.append((str(at), number, opened.numerator, mean, *plans, changes.numerator if changes else 0))
    return rows


def tables(by: str) -> set[str]:
    """The tables that the four read, as the product tells them."""
    from keyworker.measures.registry import shipped

    return set().union(*(shipped().tables_for(name, (by,)) for name in NAMES))


@cache
def weekdays() -> Any:
    """The opponents' windows: 20 weekdays without bank holidays, and a year of 365 days."""
    from benchmarks.indicators_opponents import before

    from keyworker.measures.passes.windows import Windows

    days = np.arange(np.datetime64("1979-01-01"), np.datetime64("2028-01-01"))
    begun = before(days)

    @cache
    def seen(day: date) -> date:
        found: date = days[np.searchsorted(begun, np.datetime64(day), side="right")].item()
        return found

    return Windows(special={"within 20 working days": seen, "past 12 months": lambda day: day + timedelta(365)})


def checksum(rows: list[Any]) -> str:
    """What all engines must share."""
    return hashlib.sha256("\n".join(",".join(map(str, row)) for row in sorted(rows)).encode()).hexdigest()[:16]


def _timed(ask: Callable[[], Any]) -> tuple[dict[str, float], Any]:
    wall, cpu = time.perf_counter(), time.process_time()
    answer = ask()
    took = {"seconds": round(time.perf_counter() - wall, 2), "cpu_seconds": round(time.process_time() - cpu, 2)}
    return took, answer


if __name__ == "__main__":
    main()
