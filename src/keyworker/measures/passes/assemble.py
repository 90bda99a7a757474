"""The engines' exact counts made into rows: the one place where anything is divided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from keyworker.measures.passes.dates import Dates
from keyworker.measures.registry.definition import Counts, Definition
from keyworker.measures.rows import MeasureRow, Number, Tail

Key = tuple[str | None, ...]


def assembled(
    definition: Definition,
    dates: Dates,
    names: Sequence[str],
    known_at: datetime | None,
    rows: Iterable[tuple[Any, ...]],
) -> list[MeasureRow]:
    """Rows of the measure, by group and date.

    Takes   names, what the columns after `part` are called in the result; rows, as the statement gives them.
    """
    if definition.counts in (Counts.DISTRIBUTION, Counts.DAYS):
        return _distributions(definition, dates, names, known_at, rows)
    return _counts(definition, dates, names, known_at, rows)


def _counts(
    definition: Definition,
    dates: Dates,
    names: Sequence[str],
    known_at: datetime | None,
    rows: Iterable[tuple[Any, ...]],
) -> list[MeasureRow]:
    above: dict[Key, Sequence[Number | None]] = {}
    below: dict[Key, Sequence[Number | None]] = {}
    for part, *rest in rows:
        key = tuple(rest[: len(names)])
        (above if part == "numerator" else below)[key] = rest[len(names) :]
    divided = definition.counts in (Counts.SHARE, Counts.RATIO)
    banded = names[-1:] == ["band"]
    empty = (None,) * len(dates.days)
    found = []
    keys = dict.fromkeys([*above, *([] if banded and divided else below)])
    for key in keys or ([()] if not names else []):
        base = below.get((*key[:-1], None) if banded else key, empty) if divided else empty
        for day, count, of in zip(dates.days, above.get(key, empty), base, strict=True):
            numerator, denominator = whole(count or 0), whole(of or 0) if divided else None
            group = dict(zip(names, key, strict=True))
            value = _value(numerator, denominator, definition)
            found.append(_row(definition, group, day, known_at, numerator, denominator, value))
    return found


def _value(numerator: Number, denominator: Number | None, definition: Definition) -> float | None:
    if denominator is None:
        return float(numerator)
    return float(Fraction(numerator) / Fraction(denominator) * definition.per) if denominator else None


def _distributions(
    definition: Definition,
    dates: Dates,
    names: Sequence[str],
    known_at: datetime | None,
    rows: Iterable[tuple[Any, ...]],
) -> list[MeasureRow]:
    values: dict[Key, list[tuple[Any, ...]]] = defaultdict(list)
    for _, *rest in rows:
        values[tuple(rest[: len(names)])].append(tuple(rest[len(names) :]))
    found = []
    for key, each in values.items() or [((), [])] if not names else values.items():
        for place, day in enumerate(dates.days):
            told = [_told(definition, one[place], day) for one in each if one[place] is not None]
            limits = [
                (_told(definition, one[place], day), whole(one[len(dates.days) + place]))
                for one in each
                if definition.counts is Counts.DISTRIBUTION
                and one[place] is not None
                and one[len(dates.days) + place] is not None
            ]
            group = dict(zip(names, key, strict=True))
            total = sum(told) if told else 0
            value = float(Fraction(total) / len(told)) if told else None
            row = _row(definition, group, day, known_at, total, len(told), value, tail_of(told, limits))
            found.append(row)
    return found


def _told(definition: Definition, said: Any, day: date) -> Number:
    return (day - said).days if definition.counts is Counts.DAYS else whole(said)


def tail_of(values: Iterable[Number], limits: Sequence[tuple[Number, Number]] = ()) -> Tail:
    """How a distribution lies.

    Takes   limits, for each subject that has a limit of its own its value and that limit.
    """
    ordered = sorted(values)
    if not ordered:
        return Tail()
    count = len(ordered)
    median = Decimal(ordered[(count - 1) // 2] + ordered[count // 2]) / 2
    p90 = ordered[-(-9 * count // 10) - 1]
    above = sum(1 for value, limit in limits if value > limit) if limits else None
    return Tail(median, p90, ordered[-1], above, len(limits) or None)


def whole(number: Any) -> Number:
    """A count as a whole number where it is one, else as an exact decimal."""
    if isinstance(number, int):
        return number
    exact = Decimal(number)
    return int(exact) if exact == exact.to_integral_value() else exact.normalize()


def _row(
    definition: Definition,
    group: Mapping[str, str | None],
    at: date,
    known_at: datetime | None,
    numerator: Number | None,
    denominator: Number | None,
    value: float | None,
    tail: Tail | None = None,
) -> MeasureRow:
    return MeasureRow(
        measure=definition.name,
        group=group,
        at=at,
        known_at=known_at,
        numerator=numerator,
        denominator=denominator,
        value=value,
        tail=tail,
        unconfirmed=definition.unconfirmed,
    )
