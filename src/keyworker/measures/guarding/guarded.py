"""A measure's rows as one reader may see them.

A reader who may ask for one grouping may ask for another, and for none, and subtract. So the finest places are counted
whenever any are asked about, and what is told of every grouping is read off one answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

from keyworker.measures.guarding.laid import ABOVE, BELOW, OF, WITH, WITHOUT, Laid, laid, parts_of, places, reached
from keyworker.measures.guarding.reader import Reader
from keyworker.measures.guarding.released import Released
from keyworker.measures.passes.asked import Asked
from keyworker.measures.registry.definition import Counts, Definition
from keyworker.measures.rows import MeasureRow, Tail
from keyworker.measures.suppression import PUBLIC
from keyworker.vocabulary.errors import Refused

MOST_GROUPS = 2
DAY = timedelta(days=1)
NO_ONE = "none"
Count = Callable[[Asked], Sequence[MeasureRow]]
"""Counts the same measure for other groups."""


def guarded(
    definition: Definition, asked: Asked, rows: Sequence[MeasureRow], reader: Reader, count: Count
) -> list[MeasureRow]:
    """The rows with what is too small taken out, and whatever would give it away; `suppressed` says of which.

    Takes   count, which gives the same measure by the finest groups, from which it is known what would give it away.
    Raises  Refused for what would let a reader who is not responsible for everything subtract one answer from another:
            days that are not the last of a month, what was known at another instant, three groups at once, or two of
            which neither is a place.
    """
    if reader.everything or definition.small_numbers == NO_ONE:
        return list(rows)
    _refuse(definition, asked)
    finest = by_day(_finest(definition, asked, rows, reader, count))
    found: list[MeasureRow] = []
    for day, some in by_day(rows).items():
        own = _Told(definition, laid(definition, finest.get(day, [])), finest.get(day, []), reader)
        found += [own.shown(row) for row in [*some, *own.absent(some)]]
    return sorted(found, key=lambda row: ([(part is None, part or "") for part in row.group.values()], row.at))


def may_be_parted(definition: Definition, by: str, reader: Reader) -> bool:
    """Whether a reader is told a measure by one group: by bands and a second that is no place only who sees all."""
    return reader.everything or definition.small_numbers == NO_ONE or not definition.bands or by in places()


def by_day(rows: Iterable[MeasureRow]) -> dict[date, list[MeasureRow]]:
    """Rows by their day."""
    found: dict[date, list[MeasureRow]] = defaultdict(list)
    for row in rows:
        found[row.at].append(row)
    return found


def _refuse(definition: Definition, asked: Asked) -> None:
    what = ""
    others = [name for name in asked.by if name not in places()]
    if any((day + DAY).day != 1 for day in asked.at):
        what = "Whoever is not responsible for all of it sees a measure on the last day of a month."
    elif asked.known_at is not None or asked.on_each_day:
        what = "Whoever is not responsible for all of it sees a measure as best known."
    elif len(asked.by) + definition.bands > MOST_GROUPS:
        what = f"Whoever is not responsible for all of it sees a measure by {MOST_GROUPS} groups at most."
    elif len(others) + definition.bands > 1:
        what = "Whoever is not responsible for all of it sees a measure by one group beside a place, not by two."
    if what:
        raise Refused(
            what,
            where="the question",
            remedy="Ask for last days of months, as best known, by one group, or by a place (such as district) and one "
            "other; two answers could else be subtracted.",
        )


def _finest(
    definition: Definition, asked: Asked, rows: Sequence[MeasureRow], reader: Reader, count: Count
) -> Sequence[MeasureRow]:
    """The rows by every place too, where one was asked for, or the reader answers for one and could take it away."""
    wanted = [name for name in reached(definition) if name not in asked.by]
    placed = not reader.answers_for_nobody or any(name in places() for name in asked.by)
    if not placed or not wanted or not rows or all(row.reason for row in rows):
        return rows
    return count(replace(asked, by=(*asked.by, *wanted)))


class _Told:
    """What a reader is told on one day."""

    def __init__(self, definition: Definition, counts: Laid, rows: Sequence[MeasureRow], reader: Reader) -> None:
        self._definition, self._reader, self._counts = definition, reader, counts
        self._own = counts.own(reader)
        self._released = Released(counts, self._own)
        bases = [replace(row, group=_unbanded(row), numerator=row.denominator, denominator=None) for row in rows]
        self._bases = None
        if definition.bands and any(row.denominator is not None for row in rows):
            of_bases = laid(definition, bases)
            self._bases = Released(of_bases, of_bases.own(reader))

    def shown(self, row: MeasureRow) -> MeasureRow:
        """A row as it is shown."""
        if row.reason or self._reader.answers_for(row.group):
            return row
        hidden = self._released.hidden(row.group)
        # Of what the places do not add up to nobody can say what it would give away.
        adds_up = self._counts.adds_up_to(row.group, parts_of(self._definition, row))
        # Where all of a group are the reader's own, nothing is left beside them to hide: few are still not shown.
        base = not adds_up or bool(hidden & {OF, BELOW}) or self._are_few(row.denominator)
        if self._bases and self._bases.hidden(_unbanded(row)):
            base = True
        few = self._are_few(row.numerator, (row.denominator or 0) - (row.numerator or 0))
        if base or few or hidden & {WITH, WITHOUT, ABOVE}:
            spread = self._definition.counts in (Counts.DISTRIBUTION, Counts.DAYS)
            left = None if base or spread else row.denominator
            empty = replace(row, numerator=None, denominator=left, value=None, tail=None, interval=None)
            return replace(empty, suppressed=True)
        return replace(row, tail=_cut(row.tail)) if row.tail else row

    def _are_few(self, *numbers: Decimal | int | None) -> bool:
        somebody_each = self._definition.counts in (Counts.DISTINCT, Counts.SHARE)
        return somebody_each and any(number is not None and PUBLIC.small(int(number)) for number in numbers)

    def absent(self, rows: Sequence[MeasureRow]) -> list[MeasureRow]:
        """A row, hidden, for each two groups that nobody is in: that there is none would tell of those beside it."""
        if not rows or not {*rows[0].group} & {*places()} or not {*rows[0].group} - {*places()}:
            return []
        names = list(rows[0].group)
        counts = self._counts.without(self._own)
        values = [sorted({*counts.values(name)}, key=lambda one: one or "") for name in names]
        held = {tuple(row.group.values()) for row in rows}
        groups = [dict(zip(names, some, strict=True)) for some in product(*values) if some not in held]
        like = replace(rows[0], numerator=0, reason="")
        return [replace(like, group=one) for one in groups if self._released.hidden(one)]


def _unbanded(row: MeasureRow) -> dict[str, str | None]:
    return {name: value for name, value in row.group.items() if name != "band"}


def _cut(tail: Tail) -> Tail:
    """A tail without the one at its end, and without how many are above their own limit, which could be subtracted."""
    return Tail(tail.median, tail.p90, None, None, None)
