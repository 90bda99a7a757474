"""The engines' exact counts made into rows: the one place where anything is divided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from keyworker.measures.passes.dates import Dates
from keyworker.measures.passes.steps import Chain
from keyworker.measures.registry.definition import Counts, Definition
from keyworker.measures.rows import MeasureRow, Number, Tail

Key = tuple[str | None, ...]
Place = tuple[Key, date]
Each = tuple[Key, int, list[Number], tuple[int, int]]
"""A group, the place of a date in its series, the number of each subject; how many have a limit of their own and are
above it, and how many have one."""


@dataclass
class Collected:
    """What the runs of a series came to, by group and date, until the last of them is there.

    Takes   names, what the columns after `part` are called in the result.
    """

    definition: Definition
    names: Sequence[str]
    known: dict[date, datetime | None] = field(default_factory=dict)
    lacking: dict[date, str] = field(default_factory=dict)
    above: dict[Place, Number] = field(default_factory=dict)
    below: dict[Place, Number] = field(default_factory=dict)
    values: dict[Place, list[Number]] = field(default_factory=lambda: defaultdict(list))
    limits: dict[Place, tuple[int, int]] = field(default_factory=dict)

    def lacks(self, days: Iterable[date], known_at: datetime | None, reason: str) -> None:
        """On these dates the number cannot be told."""
        for day in days:
            self.known[day], self.lacking[day] = known_at, reason

    def add(self, other: Collected) -> None:
        """Add what another place came to, of which nothing is here: another council's children, at the same dates.

        A date of which one of them cannot tell, neither can both together.
        """
        self.known |= other.known
        self.lacking = other.lacking | self.lacking
        for mine, theirs in ((self.above, other.above), (self.below, other.below)):
            for place, number in theirs.items():
                mine[place] = whole(mine.get(place, 0) + number)
        for place, values in other.values.items():
            self.values[place] += values
        for place, limited in other.limits.items():
            self._limited(place, limited)

    def take(self, on: Dates, known_at: datetime | None, rows: Iterable[tuple[Any, ...]]) -> None:
        """Take in the rows of one statement, a column for each date."""
        self.known |= dict.fromkeys(on.days, known_at)
        width = len(self.names)
        spread = self.definition.counts in (Counts.DISTRIBUTION, Counts.DAYS)
        for part, *rest in rows:
            key, said = tuple(rest[:width]), rest[width:]
            if spread:
                self._each(key, on.days, said)
            else:
                self._counts(part, key, on.days, said)

    def take_each(self, on: Dates, known_at: datetime | None, each: Iterable[Each]) -> None:
        """Take in what each subject comes to, brought together by group and date already."""
        self.known |= dict.fromkeys(on.days, known_at)
        for key, place, values, limited in each:
            self.values[key, on.days[place]] += values
            self._limited((key, on.days[place]), limited)

    def _limited(self, place: Place, more: tuple[int, int]) -> None:
        above, limited = self.limits.get(place, (0, 0))
        self.limits[place] = above + more[0], limited + more[1]

    def _counts(self, part: str, key: Key, days: Sequence[date], counts: Sequence[Any]) -> None:
        held = self.above if part == "numerator" else self.below
        for day, count in zip(days, counts, strict=True):
            held[key, day] = whole(count or 0)

    def _each(self, key: Key, days: Sequence[date], said: Sequence[Any]) -> None:
        limits = said[len(days) :] or [None] * len(days)
        for day, value, limit in zip(days, said, limits, strict=False):
            if value is None:
                continue
            told = (day - value).days if self.definition.counts is Counts.DAYS else whole(value)
            self.values[key, day].append(told)
            if limit is not None:
                self._limited((key, day), (int(told > whole(limit)), 1))

    def rows(self) -> list[MeasureRow]:
        """A row for each group and date; a group that has anything on one date has a row on each."""
        if self.definition.counts in (Counts.DISTRIBUTION, Counts.DAYS):
            return [self._spread(key, day) for key, day in self._places(self.values)]
        if self.definition.bands:
            return [self._divided(key, day) for key, day in self._places(self.above)]
        return [self._divided(key, day) for key, day in self._places({**self.above, **self.below})]

    def _places(self, held: Iterable[Place]) -> list[Place]:
        told = sorted(day for day in self.known if day not in self.lacking)
        keys = dict.fromkeys(key for key, _ in held) or ({(): None} if not self.names and told else {})
        days = dict.fromkeys(keys, told)
        if self.lacking:
            nobody = (None,) * len(self.names)
            days[nobody] = sorted([*days.get(nobody, []), *self.lacking])
        in_order = sorted(days, key=lambda key: tuple((one is None, one or "") for one in key))
        return [(key, day) for key in in_order for day in days[key]]

    def _divided(self, key: Key, day: date) -> MeasureRow:
        numerator, denominator = self.above.get((key, day), 0), None
        if self.definition.divided:
            denominator = self.below.get(((*key[:-1], None) if self.definition.bands else key, day), 0)
        return self._row(key, day, numerator, denominator, _value(numerator, denominator, self.definition.per))

    def _spread(self, key: Key, day: date) -> MeasureRow:
        values = self.values.get((key, day), [])
        total = sum(values)
        tail = tail_of(values, self.limits.get((key, day), (0, 0)))
        return self._row(key, day, total, len(values), _value(total, len(values), 1), tail)

    def _row(
        self,
        key: Key,
        day: date,
        numerator: Number,
        denominator: Number | None,
        value: float | None,
        tail: Tail | None = None,
    ) -> MeasureRow:
        reason = self.lacking.get(day, "")
        return MeasureRow(
            measure=self.definition.name,
            group=dict(zip(self.names, key, strict=True)),
            at=day,
            known_at=self.known[day],
            numerator=None if reason else numerator,
            denominator=None if reason else denominator,
            value=None if reason else value,
            tail=None if reason else tail,
            reason=reason,
            unconfirmed=self.definition.unconfirmed,
        )


@dataclass(frozen=True)
class ToCount:
    """A definition to count by some groups, and where what it comes to is collected."""

    definition: Definition
    ways: Sequence[Chain]
    found: Collected


def _value(numerator: Number, denominator: Number | None, per: int) -> float | None:
    """What the numbers come to, rounded once."""
    if denominator is None:
        return float(numerator)
    if not denominator:
        return None
    if isinstance(numerator, int) and isinstance(denominator, int):
        return numerator * per / denominator  # of whole numbers Python rounds a quotient correctly, as a fraction does
    return float(Fraction(numerator) / Fraction(denominator) * per)


def tail_of(values: Iterable[Number], limits: tuple[int, int] = (0, 0)) -> Tail:
    """How a distribution lies.

    Takes   limits, of the subjects that have a limit of their own how many are above it, and how many there are.
    """
    ordered = sorted(values)
    if not ordered:
        return Tail()
    count = len(ordered)
    median = Decimal(ordered[(count - 1) // 2] + ordered[count // 2]) / 2
    p90 = ordered[-(-9 * count // 10) - 1]
    above, limited = limits
    return Tail(median, p90, ordered[-1], above if limited else None, limited or None)


def whole(number: Any) -> Number:
    """A count as a whole number where it is one, else as an exact decimal."""
    if isinstance(number, int):
        return number
    exact = Decimal(number)
    return int(exact) if exact == exact.to_integral_value() else exact.normalize()
