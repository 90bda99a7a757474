"""The engines that the benchmark of many councils asks, each as whoever has only it would use it.

Each gives rows of the council, the date, and what `indicators_opponents` gives of a district.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.councils_data import PLAIN, RECORD
from benchmarks.indicators import NAMES, weekdays
from benchmarks.indicators_opponents import in_polars, month_ends

from keyworker.measures.passes.asked import Asked
from keyworker.measures.passes.councils import COUNCIL, Opening, of_councils
from keyworker.measures.passes.windows import Windows
from keyworker.measures.rows import MeasureRow
from keyworker.measures.sources.folder import PREFIX, councils_in_duckdb

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Rows = list[tuple[Any, ...]]


class Weekdays(Windows):
    """The opponents' windows, counted once for all councils, as the shipped ones are."""

    def table(self, name: str, last: date) -> tuple[list[date], list[date]]:
        return _weekdays(name, last)


@cache
def _weekdays(name: str, last: date) -> tuple[list[date], list[date]]:
    found: tuple[list[date], list[date]] = weekdays().table(name, last)
    return found


def by_hand(home: Path, codes: Sequence[str], months: int) -> Rows:
    """The script in Polars: a council after the other, its few columns read whole."""
    return [
        (code, str(at), *numbers)
        for code in codes
        for at, _, *numbers in in_polars(home / PLAIN / f"{PREFIX}{code}", months)[1]
    ]


def on_duckdb(home: Path, codes: Sequence[str], months: int) -> Rows:
    """The definitions, as `keyworker measure --from FOLDER --by council` asks them."""
    with councils_in_duckdb(home / RECORD) as opening:
        return _defined(opening, codes, months)


def on_spark(session: SparkSession, home: Path, codes: Sequence[str], months: int) -> Rows:
    """The same with `--engine spark`."""
    from keyworker.measures.sources.extract import GROUND
    from keyworker.measures.sources.spark import SparkSource

    @contextmanager
    def opening(council: str, tables: Collection[str]) -> Iterator[SparkSource]:
        place = home / RECORD / f"{PREFIX}{council}"
        yield SparkSource.opened(session, str(place), GROUND | set(tables))

    return _defined(opening, codes, months)


def cluster(workers: int) -> SparkSession:
    """A Spark cluster of so many workers on this machine, each a process of one core and a gibibyte."""
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.master(f"local-cluster[{workers},1,1024]").appName("keyworker benchmark")
    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.memory": "1g",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": str(2 * workers),
        "spark.log.level": "ERROR",
    }
    return builder.config(map=settings).getOrCreate()


def _defined(opening: Opening, codes: Sequence[str], months: int) -> Rows:
    asked = Asked(tuple(day for day, _ in month_ends(months)), (COUNCIL,))
    found = {name: _by_place(of_councils(codes, opening, name, asked, windows=Weekdays())) for name in NAMES}
    opened, loads, plans, changes = (found[name] for name in NAMES)
    rows = []
    for (code, at), row in opened.items():
        load, seen, changed = loads[code, at].value, plans[code, at], changes[code, at].numerator
        rows.append((code, at, row.numerator, round(load or 0, 6), seen.denominator, seen.numerator, changed))
    return rows


def _by_place(rows: Sequence[MeasureRow]) -> dict[tuple[str | None, str], MeasureRow]:
    return {(row.group[COUNCIL], str(row.at)): row for row in rows}
