"""Columns of rows: put child by child when they are read, and taken one by one when they are looked at.

Rows that stand child by child are gone through along memory by every pass after it, and of many rows most columns are
never looked at: who speaks first, say, where nobody else says anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from threading import RLock
from typing import Any

import numpy as np
import numpy.typing as npt

from keyworker.facts.compiled import compiled
from keyworker.measures.kernel.compiled import Ordinals

Columns = Mapping[str, npt.NDArray[Any]]
"""Ordinals of identifiers, days since 1970, numbers; what is empty is told as `kernel.rows` tells it."""


class Taken(Columns):
    """Columns of which each is taken when it is first looked at, whoever looks. Takes, for each, how."""

    def __init__(self, how: Mapping[str, Callable[[], npt.NDArray[Any]]]) -> None:
        self.how = dict(how)
        self._names = tuple(how)
        self._taken: dict[str, npt.NDArray[Any]] = {}
        self._one_at_a_time = RLock()

    def __getitem__(self, name: str) -> npt.NDArray[Any]:
        """The column."""
        if name not in self._taken:
            with self._one_at_a_time:
                if name not in self._taken:
                    self._taken[name] = self.how.pop(name)()
        return self._taken[name]

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self._names)

    def __len__(self) -> int:
        """How many columns there are."""
        return len(self._names)


def picked(columns: Columns, places: npt.NDArray[Any], names: Mapping[str, str] | None = None) -> Taken:
    """Some rows of columns. Takes names, of those that are wanted what each is called there (None: all, as called)."""
    wanted = names or {name: name for name in columns}
    return Taken({name: partial(_picked, columns, there, places) for name, there in wanted.items()})


def _picked(columns: Columns, name: str, places: npt.NDArray[Any]) -> npt.NDArray[Any]:
    values: npt.NDArray[Any] = at(columns[name], places)
    return values


def by_child(parts: dict[str, list[npt.NDArray[Any]]]) -> Columns:
    """Columns that came in parts, child by child, the rows of one child by their beginning; those of no child last.

    Parts are let go of column by column, so that they and what is made of them are never both held whole.
    """
    child, begun = np.concatenate(parts["child_id"]), np.concatenate(parts["from_on"])
    places = places_of(child, begun, int(child.max(initial=-1)) + 1)
    return {name: _put(parts.pop(name), places) for name in list(parts)}


def _put(parts: list[npt.NDArray[Any]], places: Ordinals) -> npt.NDArray[Any]:
    found = np.empty(len(places), parts[0].dtype)
    begun = 0
    for part in parts:
        put(part, places[begun : begun + len(part)], found)
        begun += len(part)
    return found


@compiled
def put(part: Any, places: Ordinals, into: Any) -> None:
    """Put each value in its place."""
    for row in range(len(part)):
        into[places[row]] = part[row]


@compiled
def places_of(key: Ordinals, day: Ordinals, keys: int) -> Ordinals:
    """The place of each row among all of them: key by key, of one key by day and then as they come; of no key, last."""
    starts = np.zeros(keys + 2, np.int64)
    for one in key:
        starts[(one if one >= 0 else keys) + 1] += 1
    for one in range(keys + 1):
        starts[one + 1] += starts[one]
    taken = starts[:-1].copy()
    dated = np.empty(len(key), np.int64)
    for row in range(len(key)):
        one = key[row] if key[row] >= 0 else keys
        dated[taken[one]] = (np.int64(day[row]) << np.int64(32)) | np.int64(row)
        taken[one] += 1
    for one in range(keys):
        _sorted(dated, starts[one], starts[one + 1])
    places = np.empty(len(key), np.int32)
    for place in range(len(key)):
        places[dated[place] & np.int64(0xFFFFFFFF)] = place
    return places


@compiled
def _sorted(values: Any, low: int, high: int) -> None:
    """Put a few values, from a place to another, in order."""
    gap = 1
    while gap * 6 < high - low:
        gap = 3 * gap + 1
    while gap > 0:
        for place in range(low + gap, high):
            value = values[place]
            to = place
            while to - gap >= low and values[to - gap] > value:
                values[to] = values[to - gap]
                to -= gap
            values[to] = value
        gap //= 3


@compiled
def at(values: Any, places: Any) -> Any:
    """The values at some places."""
    found = np.empty(len(places), values.dtype)
    for one in range(len(places)):
        found[one] = values[places[one]]
    return found
