"""Read the published files, each once, and find the cells that a series is taken from."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from keyworker.measures.published.make.areas import Areas
from keyworker.measures.published.make.cells import Cell, added, cell, divided
from keyworker.measures.published.series import Series, Taken, releases

LAIT = "lait"
POPULATION = ("population",)
Rows = dict[tuple[str, int], Mapping[str, str]]
Where = tuple[str, int]


class Files:
    """The folder of published files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.areas = Areas()
        self._read: dict[tuple[str, str, frozenset[tuple[str, str]]], Rows] = {}
        self._held: dict[Path, list[dict[str, str]]] = {}

    def rows(self, release: str, file: str, where: Mapping[str, str]) -> Rows:
        """The rows of a file that meet a condition, by area and year."""
        key = (release, file, frozenset(where.items()))
        if key not in self._read:
            path = self.folder / releases()[release].folder / file
            self._read[key] = {
                (self.areas.of(row), int(row["time_period"])): row
                for row in self._lines(path)
                if all(row[name] == value for name, value in where.items())
            }
        return self._read[key]

    def _lines(self, path: Path) -> list[dict[str, str]]:
        if path not in self._held:
            with path.open(encoding="utf-8-sig", newline="") as file:
                self._held[path] = list(csv.DictReader(file))
        return self._held[path]

    @cached_property
    def tool(self) -> dict[str, dict[Where, str]]:
        """The interactive tool's figures: by measure, then area and year."""
        found: dict[str, dict[Where, str]] = {}
        path = self.folder / LAIT / "lait_social_care_long_2016_to_2024.csv.gz"
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["period"].isdecimal():
                    at = (self.areas.named(row["area"]), int(row["period"]))
                    found.setdefault(row["measure"], {})[at] = row["value"]
        return found

    @cached_property
    def population(self) -> tuple[dict[Where, str], dict[Where, str]]:
        """Children aged 0 to 17 for a year to 31 March: as the looked after releases print them, and as estimated for
        the middle of the year before."""
        printed: dict[Where, str] = {}
        for release, file in (("cla-2023", "2023"), ("cla-2024", "2024")):
            name = f"cla_number_and_rate_per_10k_children__release{file}.csv"
            where = {"population_count": "Children looked after at 31 March each year"}
            printed |= {at: row["population_estimate"] for at, row in self.rows(release, name, where).items()}
        path = self.folder / "population" / "ons_mid_year_population_0_17_2012_to_2024.csv"
        estimated = {
            (self.areas.of(row), int(row["time_period"]) + 1): row["population_estimate"] for row in self._lines(path)
        }
        return printed, estimated


def found(files: Files, series: Series, taken: Taken) -> Iterator[tuple[Where, Cell, Cell | None, list[Cell]]]:
    """Each area and year: the figure, its numerator, and what its denominator may be, likeliest first."""
    if taken.release == LAIT:
        yield from _of_the_tool(files, taken)
        return
    bases = files.rows(taken.release, taken.file, taken.base_where) if taken.base_where else None
    for at, row in files.rows(taken.release, taken.file, taken.where).items():
        where = f"{taken.file}, {at[0]}, {at[1]}"

        def read(name: str, row: Mapping[str, str] = row, where: str = where) -> Cell:
            return cell(row[name], f"{where}, {name}")

        top = added(map(read, taken.numerator)) if taken.numerator else None
        if taken.denominator == POPULATION:
            candidates = [cell(held[at], where) for held in files.population if at in held]
        else:
            under = row if bases is None else bases.get(at)
            candidates = (
                [added(cell(under[name], where) for name in taken.denominator)] if under and taken.denominator else []
            )
        if taken.value:
            yield at, read(taken.value), top, candidates
        elif top is not None and candidates:
            yield at, divided(top, candidates[0], series.per), top, candidates


def _of_the_tool(files: Files, taken: Taken) -> Iterator[tuple[Where, Cell, Cell | None, list[Cell]]]:
    tops = [files.tool[one] for one in taken.numerator]
    bases = [files.tool[one] for one in taken.denominator]
    for at, said in files.tool[taken.value].items():
        where = f"interactive tool, {taken.value}, {at[0]}, {at[1]}"
        top = added(cell(one.get(at, "-"), where) for one in tops) if tops else None
        yield at, cell(said, where), top, [added(cell(one.get(at, "-"), where) for one in bases)] if bases else []
