"""Which council, region or country each row of a published file is about, by one code for all its years."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from keyworker.vocabulary.errors import KeyworkerError

ENGLAND = "E92000001"
BY_NAME = {
    "Bedford Borough": "822",
    "Bournemouth (Pre LG)": "837",
    "Dorset (Pre LG)": "835",
    "Dorset": "838",
    "Poole (Pre LG)": "836",
    "Durham": "840",
    "Herefordshire": "884",
    "London (Inner)": "E13000001",
    "London (Outer)": "E13000002",
    "Yorkshire and the Humber": "E12000003",
    "England": ENGLAND,
}
"""Names by which the interactive tool calls an area otherwise than the releases do, or that two areas have."""

JOINED = " / "


@dataclass
class Areas:
    """Every area that a file names, gathered while the files are read."""

    names: dict[str, str] = field(default_factory=dict)
    levels: dict[str, str] = field(default_factory=dict)
    regions: dict[str, str] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def of(self, row: Mapping[str, str]) -> str:
        """The code of a row's area: the old code of a council, which outlives a change of the new one."""
        level = row["geographic_level"]
        if level == "National":
            code, name, kept = ENGLAND, "England", "country"
        elif level == "Regional":
            code, name, kept = row["region_code"], row["region_name"], "region"
        else:
            code, name = row["old_la_code"].replace(JOINED, "/"), row["la_name"]
            kept = "joint return" if "/" in code else "council"
            self.codes[code][row["time_period"]] = row["new_la_code"].replace(JOINED, "/")
            self.regions[code] = row["region_code"]
        self.names.setdefault(code, name.strip())
        self.levels[code] = kept
        return code

    def named(self, name: str) -> str:
        """The code of an area that a file gives only by name. Raises KeyworkerError for one that is not known."""
        found = BY_NAME.get(name) or self._by_name.get(name.casefold())
        if found is None:
            raise KeyworkerError("A published file names an area that no other names.", where=name, remedy="Add it.")
        return found

    @cached_property
    def _by_name(self) -> dict[str, str]:
        return {said.casefold(): code for code, said in self.names.items()}

    def listed(self, years: Mapping[str, tuple[int, int]]) -> Iterable[dict[str, str]]:
        """Every area as a row of `areas.csv`, by level and name. Takes years, the first and last with a figure."""
        order = ("country", "region", "council", "joint return")
        for code in sorted(self.names, key=lambda one: (order.index(self.levels[one]), self.names[one], one)):
            new = self.codes.get(code) or {"": code}
            yield {
                "code": code,
                "name": self.names[code],
                "level": self.levels[code],
                "region": self.regions.get(code, ""),
                "new_code": new[max(new)],
                "first_year": str(years[code][0]),
                "last_year": str(years[code][1]),
            }


def neighbours(path: Path) -> Iterable[dict[str, str]]:
    """Each council's ten statistical neighbours of a published model, with how close each is."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            for place in range(1, 11):
                yield {
                    "code": row["old_la_code"],
                    "neighbour": row[f"SN_{place}"],
                    "close": row[f"SN_{place}P"].strip(),
                }
