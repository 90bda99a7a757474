"""What is published of each measure of the catalogue: in which unit, how rounded, by whom and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from keyworker.measures.catalogue import published
from keyworker.vocabulary.errors import KeyworkerError

WHOLE = ""
"""The band of a measure that has none."""


class Of(StrEnum):
    """What a published figure is, which decides what chart may be made of it."""

    SHARE = "share"
    RATE = "rate"
    COUNT = "count"
    MEAN = "mean"
    FTE = "fte"


@dataclass(frozen=True)
class Release:
    """One publication: its title, when it came out, and where its files lie below the folder that `make` is given."""

    id: str
    title: str
    published: str
    folder: str


@dataclass(frozen=True)
class Taken:
    """From which columns of which release a figure is taken.

    Takes   value, the published column (empty: worked out from the counts); numerator and denominator, columns that are
            added up; where, the rows that are meant; base_where, the rows that hold the denominator.
    """

    release: str
    file: str
    value: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    where: Mapping[str, str]
    base_where: Mapping[str, str]


@dataclass(frozen=True)
class Series:
    """One measure of the catalogue, as it is published.

    Takes   bands, those in which it is published (empty for a single figure); taken, by band, the first source and
            those for earlier years; complement, whether the published share is of those whom the definition does not
            count; apart, why the record's own figure is not set beside it (empty: it may be).
    """

    id: str
    title: str
    domain: str
    definition: str
    unit: str
    period: str
    better: str
    rounding: str
    source: str
    source_url: str
    unconfirmed: str
    of: Of
    decimals: int
    note: str
    complement: bool
    apart: str
    bands: tuple[str, ...]
    taken: Mapping[str, tuple[Taken, ...]]

    @property
    def inside(self) -> str:
        """Its title as it stands inside a sentence: without the capital that opens it."""
        return self.title if self.title[1:2].isupper() else self.title[:1].lower() + self.title[1:]

    @property
    def per(self) -> int:
        """By what a numerator over its denominator is multiplied: 100 for a share, 10,000 for a rate."""
        return {Of.SHARE: 100, Of.RATE: 10_000}.get(self.of, 1)

    @property
    def publishes_counts(self) -> bool:
        """Whether the count that a share or a rate is made of is published beside it."""
        return all(one[0].numerator for one in self.taken.values())

    @property
    def worked_out(self) -> bool:
        """Whether the figure itself is not published, and is worked out here from published counts."""
        return not all(one[0].value for one in self.taken.values())

    @property
    def month(self) -> int:
        """The month at whose end the figure's day or year ends: March, or September for the workforce."""
        return 9 if "September" in self.period else 3

    def day(self, year: int) -> date:
        """The day that a figure of a year is about, or on which its year ends."""
        return date(year, self.month, 30 if self.month == 9 else 31)

    def said(self, year: int) -> str:
        """A year's figure in words: at 31 March 2024, or year to 31 March 2024."""
        day = self.day(year)
        return f"{'at' if 'snapshot' in self.period else 'year to'} {day.day} {day:%B} {day.year}"

    def band(self, said: str) -> str:
        """A band by its name; the first where none is named. Raises KeyworkerError for a name that none has."""
        if not said:
            return self.bands[0] if self.bands else WHOLE
        if said not in self.bands:
            raise KeyworkerError(
                "This measure is not published for such a band.",
                where=said,
                remedy=f"Its bands are: {'; '.join(self.bands)}." if self.bands else "It is one figure: name no band.",
            )
        return said

    @property
    def releases(self) -> tuple[Release, ...]:
        """The publications that its figures come from, the first source first."""
        found = dict.fromkeys(one.release for taken in self.taken.values() for one in taken)
        return tuple(releases()[one] for one in found)


@cache
def _file() -> dict[str, Any]:
    text = files("keyworker.measures.published").joinpath("series.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, yaml.CSafeLoader)
    return found


@cache
def releases() -> dict[str, Release]:
    """Every publication that figures were taken from, by its short name."""
    return {name: Release(name, **said) for name, said in _file()["releases"].items()}


def licence() -> tuple[str, str, str]:
    """Who published the figures, under which licence, and the licence's address."""
    return _file()["publisher"], _file()["licence"], _file()["licence_url"]


@cache
def without() -> dict[str, str]:
    """Official statistics of the catalogue whose figures are not shipped, and why."""
    return dict(_file()["without"])


@cache
def every() -> dict[str, Series]:
    """Every measure that figures are shipped of, by its id, in the catalogue's order."""
    said = _file()["series"]
    return {name: _series(name, said[name], entry) for name, entry in published().items() if name in said}


def series(name: str) -> Series:
    """One measure by its id in the catalogue. Raises KeyworkerError where no figures are shipped of it, saying why."""
    found = every().get(name)
    if found is None:
        known = published().get(name)
        raise KeyworkerError(
            f"No published figures are shipped of this measure: {without()[name]}."
            if name in without()
            else "No published figures are shipped of this measure: it is not an official statistic by council."
            if known
            else "The catalogue has no measure of this name.",
            where=name,
            remedy="See `keyworker figures` for those that are.",
        )
    return found


def _series(name: str, said: dict[str, Any], entry: dict[str, Any]) -> Series:
    bands = tuple(said.get("bands", ()))
    source = entry.get("source") or {}
    return Series(
        id=name,
        title=entry["title"],
        domain=entry["domain"],
        definition=entry["definition"],
        unit=entry["unit"],
        period=entry["period"],
        better=entry.get("polarity") or "neither",
        rounding=entry.get("rounding_suppression") or "",
        source=source.get("document") or "",
        source_url=source.get("url") or "",
        unconfirmed=entry.get("unconfirmed_detail") or "",
        of=Of(said["of"]),
        decimals=said["decimals"],
        note=said.get("note") or "",
        complement=said.get("complement", False),
        apart=said.get("apart") or "",
        bands=bands,
        taken={band: _every_taken(said, said["bands"][band] if bands else {}) for band in bands or (WHOLE,)},
    )


def _every_taken(said: dict[str, Any], band: dict[str, Any]) -> tuple[Taken, ...]:
    return tuple(_taken(one) for one in ({**said, **band}, *said.get("earlier", ())))


def _taken(said: dict[str, Any]) -> Taken:
    return Taken(
        release=said["release"],
        file=said.get("file") or "",
        value=said.get("value") or "",
        numerator=_columns(said.get("numerator")),
        denominator=_columns(said.get("denominator")),
        where=said.get("where") or {},
        base_where=said.get("base_where") or {},
    )


def _columns(said: str | list[str] | None) -> tuple[str, ...]:
    return () if said is None else (said,) if isinstance(said, str) else tuple(said)
