"""Columns of shared relations, read once for a moment, and rows taken straight from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from keyworker.measures.kernel.branches import Branch, Shown, branches
from keyworker.measures.kernel.compiled import Ordinals, covered, ends
from keyworker.measures.kernel.ordered import Column, Columns, Taken, at, once, those_at
from keyworker.measures.kernel.rows import NEVER, NUMBERS, Grid, Rows, Until, column_of, days_of
from keyworker.measures.kernel.twins import UNIONS
from keyworker.measures.kernel.words import Words

How = Callable[[], npt.NDArray[Any]]
UNTIL = "until"
"""What the end of a counted window is called among columns."""
DAYS = frozenset({"from_on", "to_on", "happened_on"})
RANKS = frozenset({"rank", "team_rank"})
"""Columns that are never empty and always small."""


@dataclass
class Shared:
    """What is kept of one moment: the words met, and the columns of relations that were read or worked out."""

    known: Words = field(default_factory=Words)
    columns: dict[str, Columns | None] = field(default_factory=dict)


def members(branch: Branch, relations: Mapping[str, str]) -> list[Branch]:
    """A branch once for each relation that the one it names is a union of."""
    if branch.relation not in UNIONS:
        return [branch]
    return [branch.over(one.relation) for one in branches(relations[branch.relation])]


def columns_read(batches: pa.RecordBatchReader, known: Words) -> dict[str, npt.NDArray[Any]]:
    """A relation's columns from a query's rows: identifiers as ordinals, days, numbers."""
    columns = {name: Column(np.int8 if name in RANKS else np.int32) for name in batches.schema.names}
    for batch in batches:
        for name, column in columns.items():
            _read(name, batch.column(name), known, column)
    return {name: column.told() for name, column in columns.items()}


def _read(name: str, values: pa.Array, known: Words, into: Column) -> None:
    if name in RANKS:
        into.add(values.to_numpy(zero_copy_only=False).astype(np.int8))
    elif name in DAYS:
        into.add(days_of(values))
    elif name in NUMBERS:
        into.add(column_of(name, values, known))
    else:
        known.ordinals(values, into.more(len(values)))


def taken(
    branch: Branch, columns: Columns, names: Sequence[str], known: Words, grid: Grid, until: Until | None
) -> Rows | None:
    """A branch's rows that cover any of the dates; None where it shows a column that is not among these.

    Takes   names, the columns that are wanted beside the days; until, the counting table that it joins.
    """
    wanted = [branch.of(name) for name in ("from_on", "to_on", *names)]
    asked = [one[1:] for one in (*wanted, f".{branch.there}") if isinstance(one, str) and one[:1] == "." != one]
    if not {*asked, branch.day or "child_id"} - {UNTIL} <= columns.keys():
        return None
    start, end = (str(branch.of(name))[1:] for name in ("from_on", "to_on"))
    kept, bits = covered(*_spans(branch, columns, start, end, until), grid.place, grid.first, grid.wide)
    if branch.there:
        there = at(columns, branch.there, kept)
        is_there = (there != NEVER) if branch.there in NUMBERS else (there >= 0)
        if not is_there.all():
            some = np.flatnonzero(is_there)
            kept, bits = those_at(kept, some), those_at(bits, some)
    given = _Given(columns, branch.day, until)
    how = {name: _shown(name, branch.of(name), given, kept, known) for name in names}
    days = {"from_on": partial(given.at, start, kept), "to_on": partial(given.at, end, kept)}
    return Rows(Taken({**how, **days}), bits)


def _spans(
    branch: Branch, columns: Columns, start: str, end: str, until: Until | None
) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """The first days and the ends of all rows. Days from which a window is counted are not kept: few ask for them."""
    if until is None:
        return columns[start], columns[end]
    day = once(columns, branch.day)
    counted = {branch.day: day, UNTIL: ends(day, *until)}
    first, last = (counted[name] if name in counted else columns[name] for name in (start, end))
    return first, last


@dataclass(frozen=True)
class _Given:
    """Columns, and the ends of the windows that are counted from one of them."""

    columns: Columns
    day: str
    until: Until | None

    def at(self, name: str, kept: Ordinals, kind: type | None = None) -> npt.NDArray[Any]:
        """A column, or the ends, at some places."""
        if name == UNTIL and self.until is not None:
            return ends(at(self.columns, self.day, kept), *self.until)
        values = at(self.columns, name, kept)
        return values if kind is None else values.astype(kind, copy=False)


def _shown(name: str, shown: Shown, given: _Given, kept: Ordinals, known: Words) -> How:
    """How a column is taken. A word is looked up now, for nobody else may be meeting words meanwhile."""
    if isinstance(shown, str) and shown.startswith("."):
        return partial(given.at, shown[1:], kept, np.int64 if name in NUMBERS else None)
    if name in NUMBERS:
        return partial(np.full, len(kept), NEVER if shown is None else int(shown), np.int64)
    return partial(np.full, len(kept), -1 if shown is None else known.ordinal(str(shown)), np.int32)
