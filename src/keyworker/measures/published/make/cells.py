"""One cell of a published table: a number, or the symbol that stands in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from keyworker.measures.published.symbols import Symbol, gravest
from keyworker.vocabulary.errors import KeyworkerError

_NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?")


@dataclass(frozen=True)
class Cell:
    """A number as it was published, exactly, or why there is none."""

    number: Decimal | None
    symbol: Symbol | None = None


def cell(said: str | None, where: str) -> Cell:
    """Read a cell. Raises KeyworkerError for words that are neither a number nor a known symbol."""
    text = (said or "").strip()
    if _NUMBER.fullmatch(text):
        return Cell(Decimal(text))
    try:
        return Cell(None, Symbol(text))
    except ValueError as unknown:
        raise KeyworkerError(
            f"A published table holds '{text}', which is neither a number nor a known symbol.",
            where=where,
            remedy="Say in `symbols.py` what it means.",
        ) from unknown


def added(cells: Iterable[Cell]) -> Cell:
    """Cells added up; where one has no number, neither has the sum."""
    known = list(cells)
    missing = gravest({one.symbol for one in known if one.symbol is not None})
    if missing is not None:
        return Cell(None, missing)
    return Cell(sum((one.number or Decimal(0) for one in known), Decimal(0)))


def divided(top: Cell, base: Cell, per: int) -> Cell:
    """One over another times `per`, to six places; not applicable where nobody is in the base."""
    missing = gravest({one.symbol for one in (top, base) if one.symbol is not None})
    if missing is not None:
        return Cell(None, missing)
    if not base.number or top.number is None:
        return Cell(None, Symbol.NOT_APPLICABLE)
    return Cell(round(top.number * per / base.number, 6))
