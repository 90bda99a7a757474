"""One measure on one day, by looking at every span: nothing of the engines' passes is used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from keyworker.measures.registry.definition import Belongs, Counts, Definition, Grouped
from keyworker.measures.rows import Number, Tail

Span = Mapping[str, Any]
Key = tuple[str | None, ...]
GroupOf = Callable[[str, str, date], str | None]


@dataclass(frozen=True)
class Told:
    """What one group comes to on one day."""

    numerator: Number | None
    denominator: Number | None
    value: float | None
    tail: Tail | None = None


@dataclass
class Day:
    """A measure on a day.

    Takes   group_of, which says for a group's name, the key of whom a span belongs to and a day which group that is.
    Gives   told, by group, the band (where there is one) as the last part of the key; base, the denominators by group.
    """

    definition: Definition
    at: date
    by: Sequence[str]
    group_of: GroupOf
    told: dict[Key, Told] = field(default_factory=dict)
    base: dict[Key, Number] = field(default_factory=dict)

    def look_at(self, spans: Iterable[Span]) -> None:
        """Add up the spans that cover the day."""
        today = self._first_claims(self._within([span for span in spans if covers(span, self.at)]))
        grouped = [(self._key(span), span) for span in today]
        if self.definition.counts in (Counts.DISTRIBUTION, Counts.DAYS):
            self._spread(grouped)
        elif self.definition.counts in (Counts.SHARE, Counts.EACH):
            self._of_subjects(grouped)
        else:
            self._add_up(grouped)

    def of(self, key: Key) -> Told:
        """What a group comes to, also one of which there is nothing on this day."""
        if key in self.told:
            return self.told[key]
        if self.definition.counts in (Counts.DISTRIBUTION, Counts.DAYS):
            return Told(0, 0, None, Tail())
        base = self.base.get(key[:-1] if self.definition.bands else key, 0)
        return self._divided(0, base)

    def _within(self, spans: list[Span]) -> list[Span]:
        if self.definition.within is None:
            return spans
        column = self.definition.within.column
        inside = {span[column] for span in spans if span["part"] == "within"}
        kept = [span for span in spans if span["part"] != "within"]
        return [span for span in kept if span[column] is None or span[column] in inside]

    def _first_claims(self, spans: list[Span]) -> list[Span]:
        if self.definition.one_per is None:
            return spans
        by_key: dict[Any, list[Span]] = defaultdict(list)
        for span in spans:
            by_key[span[self.definition.one_per.column]].append(span)
        free = by_key.pop(None, [])
        return free + [max(held, key=claim) for held in by_key.values()]

    def _key(self, span: Span) -> Key:
        if self.definition.belongs_to is Belongs.NOBODY:
            return ()
        day = span["from_on"] if self.definition.grouped is Grouped.THE_EVENT else self.at
        whose = span[self.definition.belongs_to.column]
        return tuple(None if whose is None else self.group_of(name, whose, day) for name in self.by)

    def _banded(self, key: Key, span: Span) -> Key:
        return (*key, span["band"]) if self.definition.bands else key

    def _of_subjects(self, spans: list[tuple[Key, Span]]) -> None:
        """The subjects of the denominator by group; each brings the bands or weights that its numerators have."""
        of: dict[Key, set[Any]] = defaultdict(set)
        met: dict[Any, dict[str | None, Number]] = defaultdict(dict)
        for key, span in spans:
            if span["part"] == "denominator":
                of[key].add(span["subject_id"])
            else:
                held, band = met[span["subject_id"]], span.get("band")
                more = self._weight(span) if self.definition.counts is Counts.EACH else 1 - held.get(band, 0)
                held[band] = held.get(band, 0) + more
        for key, subjects in of.items():
            self.base[key] = len(subjects)
            bands = {band for one in subjects for band in met[one]} if self.definition.bands else {None}
            for band in bands:
                total = sum(met[one].get(band, 0) for one in subjects)
                self.told[(*key, band) if self.definition.bands else key] = self._divided(total, len(subjects))

    def _weight(self, span: Span) -> Number:
        return 1 if self.definition.ones else Decimal(span["weight"] or 0)

    def _add_up(self, spans: list[tuple[Key, Span]]) -> None:
        above: dict[Key, dict[Any, Number]] = defaultdict(dict)
        below: dict[Key, Number] = defaultdict(int)
        for place, (key, span) in enumerate(spans):
            if span["part"] == "denominator":
                below[key] += self._weight(span)
            elif self.definition.counts is Counts.DISTINCT:
                above[self._banded(key, span)][span["subject_id"]] = 1
            else:
                above[self._banded(key, span)][place] = self._weight(span)
        self.base = dict(below)
        for key in {*above, *(() if self.definition.bands else below)}:
            of = below.get(key[:-1] if self.definition.bands else key, 0)
            self.told[key] = self._divided(sum(above[key].values()), of)

    def _spread(self, spans: list[tuple[Key, Span]]) -> None:
        each: dict[Key, dict[Any, Decimal]] = defaultdict(dict)
        limits: dict[Any, Decimal] = defaultdict(Decimal)
        for key, span in spans:
            subject, held = span["subject_id"], each[self._banded(key, span)]
            if self.definition.counts is Counts.DAYS:
                days = Decimal((self.at - span["since_on"]).days)
                held[subject] = min(days, held.get(subject, days))
            elif span["part"] == "limit":
                limits[subject] += Decimal(span["weight"] or 0)
            elif self.definition.ones or span["weight"] is not None:
                held[subject] = held.get(subject, Decimal()) + self._weight(span)
        self.told = {key: _spread_of(held, limits) for key, held in each.items() if held}

    def _divided(self, numerator: Number, denominator: Number) -> Told:
        if not self.definition.divided:
            return Told(numerator, None, float(numerator))
        value = float(Fraction(numerator) / Fraction(denominator) * self.definition.per) if denominator else None
        return Told(numerator, denominator, value)


def covers(span: Span, day: date) -> bool:
    """Whether a span holds a day."""
    return span["from_on"] <= day and (span["to_on"] is None or span["to_on"] > day)


def claim(span: Span) -> tuple[Any, ...]:
    """What a span's claim is worth beside another's."""
    return (span["rank"], span["since_on"], span["order_id"])


def _spread_of(subjects: Mapping[Any, Decimal], limits: Mapping[Any, Decimal]) -> Told:
    values = sorted(subjects.values())
    count, total = len(values), sum(values, Decimal())
    middle = values[count // 2] if count % 2 else (values[count // 2 - 1] + values[count // 2]) / 2
    ninth = next(value for value in values if sum(1 for one in values if one <= value) * 10 >= count * 9)
    limited = [one for one in subjects if one in limits]
    above = sum(1 for one in limited if subjects[one] > limits[one])
    tail = Tail(middle, ninth, values[-1], above if limited else None, len(limited) or None)
    return Told(total, count, float(Fraction(total) / count), tail)
