"""Columns of shared relations, read once for a moment, and rows taken straight from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from keyworker.measures.kernel.branches import Branch, Shown, branches
from keyworker.measures.kernel.compiled import Ordinals, covering, span_bits
from keyworker.measures.kernel.rows import NEVER, NUMBERS, Grid, Rows, column_of, days_of
from keyworker.measures.kernel.twins import UNIONS, Columns
from keyworker.measures.kernel.words import Words

DAYS = frozenset({"from_on", "to_on", "happened_on"})
RANKS = frozenset({"rank", "team_rank"})
"""Columns that are never empty and always small."""
Until = tuple[int, Ordinals]
"""The first day of a counting table, and for each day from then on the first day after its window."""


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


def columns_read(batches: pa.RecordBatchReader, known: Words) -> Columns:
    """A relation's columns from a query's rows: identifiers as ordinals, days, numbers."""
    names = batches.schema.names
    parts: dict[str, list[npt.NDArray[Any]]] = {name: [] for name in names}
    for batch in batches:
        for name in names:
            parts[name].append(_read(name, batch.column(name), known))
    # Each column's parts are let go of as soon as they are one: all of them at once would be held twice.
    return {name: np.concatenate(found) if (found := parts.pop(name)) else _none(name) for name in names}


def _read(name: str, values: pa.Array, known: Words) -> npt.NDArray[Any]:
    if name in RANKS:
        return np.asarray(values.cast(pa.int8()).to_numpy(zero_copy_only=False))
    return days_of(values) if name in DAYS else column_of(name, values, known)


def _none(name: str) -> npt.NDArray[Any]:
    return np.zeros(0, np.int64 if name in NUMBERS else np.int32)


def taken(
    branch: Branch, columns: Columns, names: Sequence[str], known: Words, grid: Grid, until: Until | None
) -> Rows | None:
    """A branch's rows that cover any of the dates; None where it shows a column that is not among these.

    Takes   names, the columns that are wanted beside the days; until, the counting table that it joins.
    """
    wanted = [branch.of(name) for name in ("from_on", "to_on", *names)]
    asked = [one[1:] for one in (*wanted, f".{branch.there}") if isinstance(one, str) and one[:1] == "." != one]
    if not {*asked, branch.day or "child_id"} - {"until"} <= columns.keys():
        return None
    given = columns
    if until is not None:
        given = columns | {"until": _ends(columns[branch.day], until)}
    start, end = (given[str(branch.of(name))[1:]] for name in ("from_on", "to_on"))
    bits = span_bits(start, end, grid.place, grid.first, grid.wide)
    kept = covering(bits)
    if branch.there:
        there = columns[branch.there]
        kept = kept[(there[kept] != NEVER) if branch.there in NUMBERS else (there[kept] >= 0)]
    shown = {name: _shown(name, branch.of(name), given, kept, known) for name in names}
    return Rows(shown, start[kept], end[kept], bits[kept])


def _shown(name: str, shown: Shown, columns: Columns, kept: npt.NDArray[Any], known: Words) -> npt.NDArray[Any]:
    if isinstance(shown, str) and shown.startswith("."):
        values = columns[shown[1:]][kept]
        return values.astype(np.int64) if name in NUMBERS else values
    if name in NUMBERS:
        return np.full(len(kept), NEVER if shown is None else int(shown), np.int64)
    return np.full(len(kept), -1 if shown is None else known.ordinal(str(shown)), np.int32)


def _ends(days: Ordinals, until: Until) -> Ordinals:
    """The first day after the window of each day; for a day that the counting table lacks, its own first day."""
    first, ends = until
    place = days - np.int32(first)
    lacking = (place < 0) | (place >= len(ends))
    return np.where(lacking, days, ends[np.clip(place, 0, len(ends) - 1)]).astype(np.int32)
