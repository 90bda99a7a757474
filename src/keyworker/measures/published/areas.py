"""The councils, regions and the country that figures are published of, their neighbours and what changed of them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

import yaml

from keyworker.vocabulary.errors import KeyworkerError

ENGLAND = "E92000001"
MODEL = "Children’s services statistical neighbour model, 2025 (Department for Education)"


class Level(StrEnum):
    """What kind of area it is."""

    COUNCIL = "council"
    JOINT = "joint return"
    REGION = "region"
    COUNTRY = "country"


@dataclass(frozen=True)
class Area:
    """A place that figures are published of.

    Takes   code, the three-digit code of a council, which outlives a change of its nine-character one, or the code of a
            region or country; first_year and last_year, the years for which any figure of it is known.
    """

    code: str
    name: str
    level: Level
    region: str
    new_code: str
    first_year: int
    last_year: int

    @property
    def is_gone(self) -> bool:
        """Whether it is a council that has been replaced by others."""
        return self.level is Level.COUNCIL and self.last_year < max(one.last_year for one in areas().values())

    @property
    def full_name(self) -> str:
        """Its name, with its years where it is gone: two councils are called Dorset."""
        return f"{self.name} (until {self.last_year})" if self.is_gone else self.name


@dataclass(frozen=True)
class Near:
    """A statistical neighbour and how close the model says it is."""

    area: Area
    close: str


@dataclass(frozen=True)
class Known:
    """What must be said beside some areas' figures of some measures."""

    areas: frozenset[str]
    of: tuple[str, ...]
    years: tuple[int, ...]
    says: str


def _rows(name: str) -> list[dict[str, str]]:
    text = files("keyworker.measures.published").joinpath("data").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def areas() -> dict[str, Area]:
    """Every area by its code."""
    return {
        row["code"]: Area(
            row["code"],
            row["name"],
            Level(row["level"]),
            row["region"],
            row["new_code"],
            int(row["first_year"]),
            int(row["last_year"]),
        )
        for row in _rows("areas.csv")
    }


def councils() -> list[Area]:
    """Every council, by name; those that are gone among them."""
    return sorted((one for one in areas().values() if one.level is Level.COUNCIL), key=lambda one: one.full_name)


def council(said: str) -> Area:
    """A council by its three-digit code, its nine-character code or its name. Raises KeyworkerError for none such."""
    wanted = said.strip().casefold()
    found = [one for one in councils() if wanted in {one.code, one.new_code.casefold(), one.full_name.casefold()}]
    found = found or [one for one in councils() if one.name.casefold() == wanted]
    if not found:
        close = [one.full_name for one in councils() if wanted and wanted in one.name.casefold()][:5]
        raise KeyworkerError(
            "No council is known by that code or name.",
            where=said,
            remedy=f"Did you mean {' or '.join(close)}?"
            if close
            else "Write its three-digit code, such as 873, or its name as the Department for Education writes it.",
        )
    return found[0]


@cache
def _near() -> Mapping[str, tuple[Near, ...]]:
    found: dict[str, list[Near]] = {}
    for row in _rows("neighbours.csv"):
        found.setdefault(row["code"], []).append(Near(areas()[row["neighbour"]], row["close"]))
    return {code: tuple(sorted(ones, key=lambda one: one.area.name)) for code, ones in found.items()}


def neighbours(code: str) -> tuple[Near, ...]:
    """A council's statistical neighbours by name, not by closeness; none where the model has none for it."""
    return _near().get(code, ())


def joint(code: str) -> Area | None:
    """The joint return that a council makes with another, if it makes one."""
    return next((one for one in areas().values() if one.level is Level.JOINT and code in one.code.split("/")), None)


@cache
def _known() -> tuple[Known, ...]:
    text = files("keyworker.measures.published").joinpath("known.yaml").read_text(encoding="utf-8")
    return tuple(
        Known(frozenset(one["areas"]), tuple(one.get("of", ())), tuple(one.get("years", ())), one["says"])
        for one in yaml.load(text, yaml.CSafeLoader)
    )


def known(measure: str, codes: Iterable[str], years: Iterable[int]) -> list[str]:
    """What must be said beside figures of some areas, in sentences."""
    shown, when = set(codes), set(years)
    return [
        one.says
        for one in _known()
        if (not one.areas or one.areas & shown)
        and (not one.of or measure.startswith(one.of))
        and (not one.years or when & set(one.years))
    ]
