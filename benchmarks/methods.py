"""What the statistics cost: continuity of a service, a table's small numbers, a hundred charts, a survival curve.

`python -m benchmarks.methods` measures each beside the simplest good alternative in the same run, by processor time,
and adds a line to the ledger. It needs no database and about a minute.
"""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from lifelines import KaplanMeierFitter

from keyworker.measures.about import About
from keyworker.measures.charts import Chart, Plan, xmr
from keyworker.measures.continuity import VISITS, by_child, continuity, sequence
from keyworker.measures.drawing import draw_chart
from keyworker.measures.suppression import PUBLIC, Cell, Release, Table, Why, attack, shares, suppress
from keyworker.measures.survival import Spell, kaplan_meier

LEDGER = Path(__file__).parent / "ledger.jsonl"
ABOUT = About("made-up children", "2025", "a made-up record")
CHILDREN, EACH = 50_000, 20


def cpu(ask: Callable[[], Any], times: int = 3) -> tuple[float, Any]:
    """The least processor time of several runs, in seconds, and the answer. All threads of this process count."""
    best, answer = float("inf"), None
    for _ in range(times):
        before = time.process_time()
        answer = ask()
        best = min(best, time.process_time() - before)
    return best, answer


def visits() -> pl.DataFrame:
    """A million visits, each by one known worker of a few."""
    source, n = np.random.default_rng(1), CHILDREN * EACH
    child = np.repeat(np.arange(CHILDREN), EACH)
    epoch = date(2025, 1, 1).toordinal() - date(1970, 1, 1).toordinal()
    return pl.DataFrame(
        {
            "child_id": pl.Series(child).cast(pl.String),
            "on": pl.Series(source.integers(epoch, epoch + 365, n)).cast(pl.Int32).cast(pl.Date),
            "at": pl.Series([None] * n, dtype=pl.Time),
            "record_id": pl.Series(np.arange(n)).cast(pl.String),
            "worker_id": pl.Series(child % 400 * 10 + source.integers(0, 3, n)).cast(pl.String),
        },
        schema=VISITS,
    )


def plain_columns(frame: pl.DataFrame) -> pl.DataFrame:
    """UPC and SECON as somebody would write them who knows that each visit has one known worker."""
    ordered = frame.sort("child_id", "on", "at", "record_id", nulls_last=True)
    main = ordered.group_by("child_id", "worker_id").len().group_by("child_id").agg(pl.col("len").max())
    before = pl.col("worker_id").shift(1).over("child_id")
    same = ordered.with_columns((pl.col("worker_id") == before).alias("same"))
    return main.join(same.group_by("child_id").agg(pl.col("same").sum()), on="child_id").sort("child_id")


def one_by_one(frame: pl.DataFrame) -> int:
    """The same for each child in Python, with every index."""
    ordered = frame.sort("child_id", "on", "at", "record_id", nulls_last=True)
    grouped = ordered.group_by("child_id", maintain_order=True).agg("worker_id")["worker_id"]
    return sum(continuity(sequence(workers)).unknown for workers in grouped)


def measure_continuity() -> dict[str, Any]:
    """A million visits of fifty thousand children."""
    frame = visits()
    ours, found = cpu(lambda: by_child(frame))
    plain, other = cpu(lambda: plain_columns(frame))
    assert (found["main_least"] // 60).to_list() == other["len"].to_list()
    assert found["same_least"].to_list() == other["same"].to_list()
    tenth = frame.filter(pl.col("child_id").cast(pl.Int64) < CHILDREN // 10)
    slow, _ = cpu(lambda: one_by_one(tenth), 1)
    return {
        "by_child_cpu_seconds": round(ours, 2),
        "plain_columns_cpu_seconds": round(plain, 2),
        "each_child_in_python_cpu_seconds": round(slow * 10, 2),
        "ratio_to_plain_columns": round(ours / plain, 2),
    }


def county() -> Table:
    """Numerators and bases of forty teams in five districts, many of them small."""
    source = random.Random(1)
    bases = {(f"d{d}", f"t{t}"): source.randint(5, 60) for d in range(5) for t in range(8)}
    some = {path: source.randint(0, n) if source.random() < 0.7 else min(n, 4) for path, n in bases.items()}
    return shares(some, bases)


def next_lowest(table: Table) -> Release:
    """The usual hand method: in each sum with a single suppressed cell suppress the next lowest, until none is left."""
    why: dict[Cell, Why] = {cell: Why.SMALL for cell, count in table.counts.items() if PUBLIC.small(count)}
    moved = True
    while moved:
        moved = False
        for one in table.sums:
            cells = (one.total, *one.parts)
            shown = [cell for cell in cells if cell not in why]
            if len(cells) - len(shown) == 1 and shown:
                why[min(shown, key=lambda cell: table.counts[cell])] = Why.WOULD_GIVE_AWAY
                moved = True
    return Release(table, PUBLIC, why, {}, (), ABOUT)


def measure_suppression() -> dict[str, Any]:
    """One county's table of shares."""
    table = county()
    ours, release = cpu(lambda: suppress(table, PUBLIC, ABOUT), 2)
    by_hand, other = cpu(lambda: next_lowest(table))
    found = {
        name: sum(
            why is Why.SMALL and not ranges.covers(0, PUBLIC.must_allow)
            for (cell, why), ranges in zip(one.suppressed.items(), attack(one).values(), strict=True)
        )
        for name, one in (("ours", release), ("next lowest", other))
    }
    return {
        "cells": len(table.counts),
        "small": sum(PUBLIC.small(count) for count in table.counts.values()),
        "suppress_cpu_seconds": round(ours, 2),
        "next_lowest_cpu_seconds": round(by_hand, 4),
        "suppressed": {"ours": len(release.suppressed), "next lowest": len(other.suppressed)},
        "small_cells_given_away": found,
    }


def measure_charts() -> dict[str, Any]:
    """A hundred charts of sixty months, judged and drawn."""
    source = np.random.default_rng(2)
    bases = source.integers(80, 400, (100, 60)).tolist()
    tops = [[int(n * 0.7 + 3 * source.standard_normal()) for n in row] for row in bases]
    months = [date(2020 + at // 12, at % 12 + 1, 1) for at in range(60)]
    plan = Plan("Seen in time", "% seen in time", ABOUT)

    def judged() -> list[Chart]:
        return [xmr(months, top, base, plan=plan, per=100) for top, base in zip(tops, bases, strict=True)]

    def limits_alone() -> list[tuple[float, float]]:
        found = []
        for top, base in zip(tops, bases, strict=True):
            y = 100 * np.array(top) / np.array(base)
            steps = np.abs(np.diff(y))
            size = steps[steps < 3.267 * steps.mean()].mean()
            found.append((y.mean() - 2.66 * size, y.mean() + 2.66 * size))
        return found

    charts, made = cpu(judged)
    alone, ends = cpu(limits_alone)
    assert all(abs((one.points[0].lower or 0) - low) < 1e-9 for one, (low, _) in zip(made, ends, strict=True))
    drawing, _ = cpu(lambda: [draw_chart(one) for one in made])
    return {
        "judged_ms_each": round(charts * 10, 2),
        "drawn_ms_each": round(drawing * 10, 2),
        "limits_alone_in_floats_ms_each": round(alone * 10, 3),
        "vega_lite_ms_each_as_measured_before": [25, 50],
    }


def measure_survival() -> dict[str, Any]:
    """Twenty thousand spells with late entry."""
    source = np.random.default_rng(3)
    entry = source.integers(0, 200, 20_000)
    length = entry + 1 + source.geometric(0.004, 20_000)
    seen = source.random(20_000) < 0.8
    given = [
        Spell(int(start), int(end), "changed" if event else None)
        for start, end, event in zip(entry, length, seen, strict=True)
    ]
    ours, _ = cpu(lambda: kaplan_meier(given, ABOUT))
    theirs, _ = cpu(lambda: KaplanMeierFitter().fit(length, seen, entry=entry))
    return {
        "kaplan_meier_cpu_seconds": round(ours, 2),
        "lifelines_cpu_seconds": round(theirs, 2),
        "ratio": round(ours / theirs, 2),
    }


def main() -> None:
    """Measure, print and keep."""
    line = {
        "date": datetime.now(UTC).date().isoformat(),
        "what": "methods: continuity, small numbers, charts and survival, by processor time",
        "load_average": round(os.getloadavg()[0], 1),
        "continuity": measure_continuity(),
        "suppression": measure_suppression(),
        "charts": measure_charts(),
        "survival": measure_survival(),
    }
    print(json.dumps(line, indent=1))
    with LEDGER.open("a", encoding="utf-8") as ledger:
        ledger.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
