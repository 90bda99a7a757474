"""Made-up support in two made-up areas, and made-up months of any measure."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from keyworker.actions.areas import ASPECTS, Areas
from keyworker.clocks.granted import Withdrawn
from keyworker.facts.moment import Moment
from keyworker.measures.estimated import estimated
from keyworker.measures.passes.asked import Asked
from keyworker.measures.rebased import Rebased
from keyworker.measures.registry import shipped
from keyworker.measures.registry.definition import Counts
from keyworker.measures.rows import MeasureRow, Tail

WHOLE_FROM = date(2025, 5, 1)


def areas(at: date) -> Areas:
    """Two areas, and children whose area nobody knows; of the last, nothing can be told of supervision."""
    every = [name for names in ASPECTS.values() for name in names]
    rows = {}
    for number, area in enumerate(("Fenwick", "Marlow Vale", "", None), 1):
        for name in every:
            rows[name, area] = _row(name, area, at, number)
    rows["supervised-in-time", ""] = MeasureRow(
        "supervised-in-time", {"district": None}, at, None, None, None, None, reason="cannot tell: nothing is held"
    )
    return Areas(Moment(at), ("Fenwick", "Marlow Vale", ""), rows)


def _row(name: str, area: str | None, at: date, number: int) -> MeasureRow:
    counts = shipped().definition(name).counts
    tail = Tail(Decimal(15 + number), 30, 40) if counts in (Counts.DISTRIBUTION, Counts.DAYS) else None
    return MeasureRow(name, {"district": area}, at, None, 10 + number, 20, 5.0 * (10 + number), tail)


def measured(name: str, asked: Asked) -> list[MeasureRow]:
    """A measure that wavers from month to month; by a group, in four places, the last of them too small to show.

    The record is whole from 1 May 2025.
    """
    definition = shipped().definition(name)
    bands = ("one", "another") if definition.bands else (None,)
    rows = []
    for number, at in enumerate(asked.at):
        for place in ("Fenwick", "Marlow Vale", "Oakshott", "Tidewell") if asked.by else ("",):
            for band in bands:
                group = dict.fromkeys(asked.by, place) | ({"band": band} if band else {})
                rows.append(_row_of(name, group, at, 60 + (number * 7) % 11, is_small=place == "Tidewell"))
    return [replace(row, whole_from=WHOLE_FROM) for row in estimated(definition, rows)]


def _row_of(name: str, group: dict[str, str | None], at: date, counted: int, *, is_small: bool) -> MeasureRow:
    definition = shipped().definition(name)
    if is_small:
        return MeasureRow(name, group, at, None, None, None, None, suppressed=True)
    tail = Tail(Decimal(15), 30, 40) if definition.counts in (Counts.DISTRIBUTION, Counts.DAYS) else None
    base = 100 if definition.divided or tail else None
    value = counted * definition.per / base if base else float(counted)
    return MeasureRow(name, group, at, None, counted, base, value, tail)


def nothing(name: str, asked: Asked) -> list[MeasureRow]:
    """A record that holds nothing cannot tell."""
    group = dict.fromkeys(asked.by)
    return [
        MeasureRow(name, group, at, None, None, None, None, reason="cannot tell: nothing is held") for at in asked.at
    ]


STANDS, GONE = "e" * 32, "f" * 32


def rebases(measure: str) -> list[Rebased]:
    """One decision that holds from the end of March 2026, and one from the year before that was withdrawn."""
    at = datetime(2026, 4, 20, 9, 30, tzinfo=UTC)
    why = "Visits are planned by the duty team."
    return [
        Rebased(STANDS, measure, date(2026, 3, 31), "performance board", why, True, "sorrel", at, 2, None),
        Rebased(
            GONE,
            measure,
            date(2025, 9, 30),
            "performance board",
            "A new form.",
            True,
            "sorrel",
            at,
            1,
            Withdrawn("ash", at, "It did not last."),
        ),
    ]
