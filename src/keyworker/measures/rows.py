"""What a measure says: one row for each group and day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

Number = int | Decimal


@dataclass(frozen=True)
class Tail:
    """How a distribution lies: its middle, its tail, and how many are above their own limit.

    Gives   median, the middle value (half-way between two); p90, the smallest value that at least nine in ten do not
            exceed; most, the largest; above of limited, those above their own limit among those who have one.
    """

    median: Decimal | None = None
    p90: Number | None = None
    most: Number | None = None
    above: int | None = None
    limited: int | None = None


@dataclass(frozen=True)
class Interval:
    """How far an estimate may be from the truth, and by which method that was worked out."""

    low: float
    high: float
    method: str


@dataclass(frozen=True)
class MeasureRow:
    """One number with all that it is made of.

    Takes   group, the parts asked for by name (a value of None is not known); numerator and denominator exact;
            value, the numerator over the denominator times `per`, or the numerator where there is no denominator;
            reason, why the number cannot be told, and then it is None: not known is not zero;
            whole_from, the first day on which the number is whole: before it the extracts hold only survivors (None
            where nothing says how far back the record goes).
    """

    measure: str
    group: Mapping[str, str | None]
    at: date
    known_at: datetime | None
    numerator: Number | None
    denominator: Number | None
    value: float | None
    tail: Tail | None = None
    interval: Interval | None = None
    suppressed: bool = False
    reason: str = ""
    unconfirmed: str = ""
    whole_from: date | None = None
    _order: tuple[Any, ...] = field(default=(), repr=False, compare=False)

    @property
    def is_whole(self) -> bool | None:
        """Whether the record goes back far enough for the number; None where nothing says how far back it goes."""
        return None if self.whole_from is None else self.whole_from <= self.at


def record(row: MeasureRow) -> dict[str, Any]:
    """A row as a flat mapping: what a command, a download and a data frame all hold."""
    tail = row.tail or Tail()
    return {
        "measure": row.measure,
        **row.group,
        "at": row.at,
        "known_at": row.known_at,
        "numerator": _plain(row.numerator),
        "denominator": _plain(row.denominator),
        "value": row.value,
        "low": row.interval.low if row.interval else None,
        "high": row.interval.high if row.interval else None,
        "interval": row.interval.method if row.interval else None,
        "median": _plain(tail.median),
        "p90": _plain(tail.p90),
        "most": _plain(tail.most),
        "above": tail.above,
        "limited": tail.limited,
        "suppressed": row.suppressed,
        "reason": row.reason or None,
        "unconfirmed": row.unconfirmed or None,
        "whole_from": row.whole_from,
        "is_whole": row.is_whole,
    }


def _plain(number: Number | None) -> int | float | None:
    if number is None or isinstance(number, int):
        return number
    return int(number) if number == number.to_integral_value() else float(number)
