"""Support by area: what people can count on in each, side by side, because it must not depend on where one works."""

from __future__ import annotations

from dataclasses import dataclass

from keyworker.actions.areas import ASPECTS, Areas, definition_of
from keyworker.facts.moment import Moment
from keyworker.measures.registry.definition import Counts, Definition
from keyworker.measures.rows import MeasureRow
from keyworker.web.tables import Cell, Heading, Table, Tabled
from keyworker.web.words import number, plural, sentence, spoken

FIRST = "supervised-in-time"


@dataclass(frozen=True)
class AreasPage(Tabled):
    """The answer, of which day it is where that is not the one asked about, and a table for each aspect."""

    answer: str
    other_day: str
    tables: tuple[Table, ...]


def areas_page(areas: Areas, asked: Moment) -> AreasPage:
    """Each aspect in each area, by the areas' names: not a league. Takes asked, which may not be what is told of."""
    return AreasPage(
        _answer(areas),
        _other_day(areas.moment, asked),
        tuple(_table(areas, aspect, names) for aspect, names in ASPECTS.items()),
    )


def _answer(areas: Areas) -> str:
    shares = [row.value for area in areas.names if area and (row := areas.row(FIRST, area)) and row.value is not None]
    if not shares:
        return "Nothing is known yet of the support that each area gives."
    low, high = round(min(shares)), round(max(shares))
    if len(shares) == 1:
        return f"In the one area of which it can be told here, {low}% of workers were supervised in time."
    across = plural(len(shares), "area")
    return f"Across {across}, the share of workers supervised in time lies between {low}% and {high}%."


def _other_day(told: Moment, asked: Moment) -> str:
    if told == asked:
        return ""
    return (
        f"All of this is of {spoken(told.at)}, as best known. Whoever is not responsible for the whole service is told "
        "of the last day of a month, so that nobody can work small numbers out from one day to the next."
    )


def _table(areas: Areas, aspect: str, names: tuple[str, ...]) -> Table:
    definitions = [definition_of(name) for name in names]
    return Table(
        id=aspect.lower(),
        caption=aspect,
        headings=(Heading("Area"), *(Heading(one.title, numeric=True, sortable=False) for one in definitions)),
        rows=tuple(
            (Cell(_called(area)), *(_cell(one, areas.row(one.name, area)) for one in definitions))
            for area in (*areas.names, None)
        )
        if areas.names
        else (),
        empty="No area is known yet.",
        note=" ".join(_noted(one) for one in definitions),
    )


def _called(area: str | None) -> str:
    if area is None:
        return "The whole service"
    return sentence(area) or "No area is known"


def _noted(one: Definition) -> str:
    unconfirmed = f" Unconfirmed: {one.unconfirmed.rstrip('.')}." if one.unconfirmed else ""
    return f"{one.title}: {one.says}{unconfirmed}"


def _cell(definition: Definition, row: MeasureRow | None) -> Cell:
    if row is None:
        return Cell("Nobody", tone="quiet")
    if row.suppressed:
        return Cell("Too few to show", tone="quiet")
    if row.value is None:
        return Cell("Cannot tell" if row.reason else "Nobody to count", notes=(row.reason,) if row.reason else ())
    unit = "%" if definition.unit == "percent" else ""
    base: tuple[str, ...] = ()
    if row.denominator is not None:
        base = (f"{number(float(row.numerator or 0))} of {number(float(row.denominator))}",)
    if definition.counts in (Counts.DISTRIBUTION, Counts.DAYS) and row.tail:
        middle, most = row.tail.median, row.tail.most
        return Cell(
            number(float(middle)) if middle is not None else "Nobody to count",
            notes=(
                f"in the middle of {number(float(row.denominator or 0))}",
                *((f"most {number(float(most))}",) if most is not None else ()),
            ),
        )
    return Cell(f"{number(row.value)}{unit}", notes=base)
