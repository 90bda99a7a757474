"""A measure's rows as one reader may see them.

A reader who may ask for one grouping may ask for another, and for none, and subtract. So a table is released margin by
margin: the whole, then each group by itself, then groups together, each with all that stands above it taken as known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

from keyworker.measures.about import About
from keyworker.measures.guarding.cells import ABOVE, BELOW, group_of, kinds, named, table
from keyworker.measures.guarding.reader import Reader
from keyworker.measures.passes.asked import Asked
from keyworker.measures.registry.definition import Counts, Definition
from keyworker.measures.rows import MeasureRow, Tail
from keyworker.measures.suppression import OF, PUBLIC, WITH, Cell, Release, Rule, suppress
from keyworker.vocabulary.errors import Refused

MOST_GROUPS = 2
DAY = timedelta(days=1)
NO_ONE = "none"


def guarded(definition: Definition, asked: Asked, rows: Sequence[MeasureRow], reader: Reader) -> list[MeasureRow]:
    """The rows with what is too small taken out, and whatever would give it away; `suppressed` says of which.

    Raises  Refused for what would let a reader who is not responsible for everything subtract one answer from another:
            days that are not the last of a month, what was known at another instant, three groups at once.
    """
    if reader.everything or definition.small_numbers == NO_ONE:
        return list(rows)
    _refuse(definition, asked)
    by_day: dict[date, list[MeasureRow]] = defaultdict(list)
    for row in rows:
        by_day[row.at].append(row)
    hidden = {day: _hidden(definition, some, reader) for day, some in by_day.items()}
    return [_shown(definition, row, hidden[row.at], reader) for row in rows]


def _refuse(definition: Definition, asked: Asked) -> None:
    what = ""
    if any((day + DAY).day != 1 for day in asked.at):
        what = "Whoever is not responsible for all of it sees a measure on the last day of a month."
    elif asked.known_at is not None or asked.on_each_day:
        what = "Whoever is not responsible for all of it sees a measure as best known."
    elif len(asked.by) + definition.bands > MOST_GROUPS:
        what = f"Whoever is not responsible for all of it sees a measure by {MOST_GROUPS} groups at most."
    if what:
        raise Refused(
            what,
            where="the question",
            remedy="Ask for last days of months, as best known, by fewer groups; two answers could else be subtracted.",
        )


def _hidden(definition: Definition, rows: Sequence[MeasureRow], reader: Reader) -> frozenset[Cell]:
    """The cells of one day's rows that are not shown."""
    counts, scale = kinds(definition, rows)
    names = sorted({name for row in rows for name in row.group})
    rule = Rule(PUBLIC.smallest, PUBLIC.largest * scale, PUBLIC.must_allow * scale, PUBLIC.unanimous, PUBLIC.method)
    about = About(definition.title, definition.period, definition.source)
    hidden: set[Cell] = set()
    for together in ([WITH, "without", OF], [ABOVE], [BELOW]):
        some = {kind: counts[kind] for kind in together if kind in counts}
        if some:
            hidden |= _released(some, names, rule, about, reader)
    return frozenset(hidden)


def _released(
    counts: dict[str, dict[Cell, int]], names: Sequence[str], rule: Rule, about: About, reader: Reader
) -> set[Cell]:
    """What of the finest table is hidden, after all that stands above it was released."""
    earlier: list[Release] = []
    for size in range(len(names) + 1):
        level = []
        for kept in combinations(names, size):
            some = {kind: _gathered(leaves, kept) for kind, leaves in counts.items()}
            made = table(some, kept)
            known = [cell for cell in made.counts if reader.answers_for(group_of(cell[1:]))]
            level.append(suppress(made, rule, about, known=known, earlier=earlier))
        earlier += level
    last = earlier[-1]
    if last.exposed:  # nothing less than all of it is safe, nought too
        return {(kind, *cell) for kind, leaves in counts.items() for cell in leaves}
    above = {cell for one in earlier[:-1] for cell in one.suppressed}
    return set(last.suppressed) | (above & last.table.counts.keys())


def _gathered(leaves: dict[Cell, int], kept: Sequence[str]) -> dict[Cell, int]:
    found: dict[Cell, int] = {}
    for cell, number in leaves.items():
        margin = tuple(one for one in cell if one.partition("=")[0] in kept)
        found[margin] = found.get(margin, 0) + number
    return found


def _shown(definition: Definition, row: MeasureRow, hidden: frozenset[Cell], reader: Reader) -> MeasureRow:
    if row.reason or reader.answers_for(row.group):
        return row
    cell = named(row.group)
    spread = definition.counts in (Counts.DISTRIBUTION, Counts.DAYS)
    base = any((kind, *cell) in hidden for kind in (OF, BELOW))
    if definition.bands and row.denominator is not None:
        base = PUBLIC.small(int(row.denominator))
    part = base or any((kind, *cell) in hidden for kind in (WITH, "without", ABOVE))
    if part:
        left = None if base or spread else row.denominator
        empty = replace(row, numerator=None, denominator=left, value=None, tail=None, interval=None)
        return replace(empty, suppressed=True)
    return replace(row, tail=_cut(row.tail)) if row.tail else row


def _cut(tail: Tail) -> Tail:
    """A tail without the one at its end, and without a few who are above their own limit."""
    few = tail.above is not None and (PUBLIC.small(tail.above) or PUBLIC.small((tail.limited or 0) - tail.above))
    return Tail(tail.median, tail.p90, None, None if few else tail.above, None if few else tail.limited)
