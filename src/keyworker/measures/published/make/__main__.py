"""Write the shipped figures: read the published files, hold each figure to its own counts, write Parquet and CSV."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from keyworker.measures.published.make.areas import neighbours
from keyworker.measures.published.make.cells import Cell
from keyworker.measures.published.make.read import Files, found
from keyworker.measures.published.series import WHOLE, Series, every

HERE = Path(__file__).parent.parent / "data"
CATEGORICAL = pl.Categorical()
SCHEMA: pl.Schema = pl.Schema(
    {
        "series": CATEGORICAL,
        "band": CATEGORICAL,
        "area": CATEGORICAL,
        "year": pl.Int16(),
        "value": pl.Float64(),
        "symbol": CATEGORICAL,
        "numerator": pl.Int64(),
        "denominator": pl.Int64(),
        "release": CATEGORICAL,
    }
)
YEAR = pl.col("year")
ORDER = ("series", "band", "area", "year")


@dataclass
class Held:
    """How many figures were held to their own counts, and how many of those counts do not give them again."""

    agree: int = 0
    differ: int = 0


def made(folder: Path) -> tuple[pl.DataFrame, list[dict[str, str]], list[dict[str, str]], dict[str, Held]]:
    """The figures, the areas, the neighbours, and by series how its figures were held to their counts.

    Takes   folder, which holds the folders that `series.yaml` names, `population` and `geography`.
    """
    files = Files(folder)
    rows: list[tuple[object, ...]] = []
    held: dict[str, Held] = {}
    # The interactive tool knows areas by name alone, so the releases that name them all are read before it.
    for first in ("cin-rate-31-march", "cla-31-march"):
        taken = every()[first].taken[WHOLE][0]
        files.rows(taken.release, taken.file, taken.where)
    for series in every().values():
        held[series.id] = Held()
        for band in series.taken:
            rows += _rows(files, series, band, held[series.id])
    frame = pl.DataFrame(rows, schema={name: _plain(kind) for name, kind in SCHEMA.items()}, orient="row")
    near = list(neighbours(folder / "geography" / "statistical_neighbours_2025.csv"))
    # The interactive tool carries some councils on after they were gone, and others back before they were.
    known = frame.filter(pl.col("value").is_not_null() & (pl.col("release") != "lait")).group_by("area")
    years = {area: (first, last) for area, first, last in known.agg(first=YEAR.min(), last=YEAR.max()).iter_rows()}
    return frame.sort(*ORDER).cast(SCHEMA), list(files.areas.listed(years)), near, held


def _plain(kind: Any) -> Any:
    return pl.String if kind == CATEGORICAL else kind


def _rows(files: Files, series: Series, band: str, held: Held) -> Iterable[tuple[object, ...]]:
    first_year: int | None = None
    for taken in series.taken[band]:
        years: set[int] = set()
        for (area, year), value, top, candidates in found(files, series, taken):
            if first_year is not None and year >= first_year:
                continue
            years.add(year)
            base = _base(series, value, top, candidates)
            if value.number is not None and top is not None and top.number is not None and candidates:
                held.agree, held.differ = held.agree + (base is not None), held.differ + (base is None)
            number = None if value.number is None else float(value.number)
            whole = [None if one is None or one.number is None else int(one.number) for one in (top, base)]
            yield (series.id, band, area, year, number, value.symbol, *whole, taken.release)
        first_year = min(years, default=first_year or 9999) if first_year is None else min(first_year, *years, 9999)


def _base(series: Series, value: Cell, top: Cell | None, candidates: list[Cell]) -> Cell | None:
    """The denominator that gives the published figure again, to its rounding; none is kept that does not."""
    for base in candidates:
        if top is None or top.number is None or not base.number:
            continue
        if value.number is None:
            return None
        half = Decimal(1).scaleb(-series.decimals) / 2 + Decimal("0.000001")
        if abs(top.number * series.per / base.number - value.number) <= half:
            return base
    return None


def _csv(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main(folder: Path) -> None:
    """Write the files that ship, and say how the figures were held to their counts."""
    frame, areas, near, held = made(folder)
    frame.write_parquet(HERE / "figures.parquet", compression="zstd", compression_level=19, statistics=False)
    _csv(HERE / "areas.csv", areas)
    _csv(HERE / "neighbours.csv", near)
    sys.stdout.write(f"{frame.height:,} figures of {len(held)} measures for {len(areas)} areas\n")
    for name, one in held.items():
        if one.agree or one.differ:
            sys.stdout.write(f"{name}: {one.agree:,} agree with their counts, {one.differ:,} do not\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
