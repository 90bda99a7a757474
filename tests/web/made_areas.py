"""Made-up support in two made-up areas."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from keyworker.actions.areas import ASPECTS, Areas
from keyworker.measures.registry import shipped
from keyworker.measures.registry.definition import Counts
from keyworker.measures.rows import MeasureRow, Tail


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
    return Areas(("Fenwick", "Marlow Vale", ""), rows)


def _row(name: str, area: str | None, at: date, number: int) -> MeasureRow:
    counts = shipped().definition(name).counts
    tail = Tail(Decimal(15 + number), 30, 40) if counts in (Counts.DISTRIBUTION, Counts.DAYS) else None
    return MeasureRow(name, {"district": area}, at, None, 10 + number, 20, 5.0 * (10 + number), tail)
