"""The population that rates divide by is the published one, a number for each council and year."""

import csv
from datetime import date
from pathlib import Path

from keyworker.measures.passes.population import published


def test_it_is_what_was_published(shared: Path):
    path = shared / "data" / "population" / "ons_mid_year_population_0_17_2012_to_2024.csv"
    with path.open(encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["geographic_level"] == "Local authority"]
    told = {
        (row["new_la_code"], date(int(row["time_period"]), 4, 1)): int(row["population_estimate"])
        for row in rows
        if row["population_estimate"] != "x"
    }
    held = published()
    assert dict(zip(zip(held["code"], held["from_on"], strict=True), held["children"], strict=True)) == told


def test_the_newest_estimate_goes_on_and_the_others_stand_for_a_year():
    held = published()
    ends = {(held["code"][n], held["from_on"][n]): held["to_on"][n] for n in range(len(held["code"]))}
    assert ends["E10000003", date(2023, 4, 1)] == date(2024, 4, 1)
    assert ends["E10000003", date(2024, 4, 1)] is None
