"""How fast a county of 100,000 children and ten years is made up, cut as an extract and written as files.

Run it as `python benchmarks/county.py`; every run adds its results to `ledger.jsonl`, worse ones included.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

from keyworker.county.county import generate
from keyworker.returns.write import write

LEDGER = Path(__file__).parent / "ledger.jsonl"
END = date(2024, 3, 31)
WANTED_SECONDS = 60.0


def measured(children: int, years: int, out: Path) -> list[dict[str, object]]:
    """Seconds for each of the three steps, with rows and the largest memory so far."""
    steps, found = [], []
    began = time.perf_counter()
    county = generate(children, years, 1, END)
    steps.append(("county: make up", time.perf_counter() - began))
    began = time.perf_counter()
    frames = county.frames()
    steps.append(("county: cut an extract", time.perf_counter() - began))
    began = time.perf_counter()
    write("ssd", frames, END, out)
    steps.append(("county: write as ssd", time.perf_counter() - began))
    rows = sum(frame.height for frame in frames.values())
    for what, seconds in steps:
        result = {"what": what, "seconds": round(seconds, 2), "children": children, "years": years, "rows": rows}
        result |= {"rows_per_second": round(rows / seconds), "wanted_seconds": WANTED_SECONDS}
        result |= {"date": datetime.now(UTC).isoformat(timespec="seconds"), "cores": os.cpu_count()}
        result |= {"peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}
        result |= {"load_average": round(os.getloadavg()[0], 1), "met": seconds <= WANTED_SECONDS}
        found.append(result)
    return found


def main() -> None:
    """Measure in a folder that is thrown away, and write the ledger."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--children", type=int, default=100_000)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--no-ledger", action="store_true")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="keyworker-benchmark-"))
    try:
        results = measured(given.children, given.years, folder / "out")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for result in results:
        print(json.dumps(result))
    if not given.no_ledger:
        with LEDGER.open("a") as ledger:
            ledger.writelines(json.dumps(result) + "\n" for result in results)


if __name__ == "__main__":
    main()
