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
from keyworker.measures.kernel.room import room
from keyworker.measures.kernel.threads import side_by_side

Columns = Mapping[str, npt.NDArray[Any]]
"""Ordinals of identifiers, days since 1970, numbers; what is empty is told as `kernel.rows` tells it."""
AT_FIRST, AT_LAST = 1 << 10, 1 << 20
"""So much room a column has at first, and so much from which on it is but doubled."""


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

    def not_taken(self, name: str) -> tuple[Columns, str, npt.NDArray[Any]] | None:
        """Of a column that is some rows of another and was not looked at: which columns, which of them, which rows."""
        how = self.how.get(name)
        return how.args if isinstance(how, partial) and how.func is _picked else None

    def __contains__(self, name: object) -> bool:
        """Whether there is a column of this name; it is not taken to find out."""
        return name in self._names

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


def at(columns: Columns, name: str, places: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """A column at some places. One that is itself some rows of another is not taken whole for it, nor kept."""
    if isinstance(columns, Taken) and (picks := columns.not_taken(name)) is not None:
        others, there, own = picks
        return at(others, there, those_at(own, places))
    return those_at(columns[name], places)


def once(columns: Columns, name: str) -> npt.NDArray[Any]:
    """A column that is looked at once and not kept, unless somebody keeps it anyway."""
    if isinstance(columns, Taken) and (picks := columns.not_taken(name)) is not None:
        return _picked(*picks)
    return columns[name]


def _picked(columns: Columns, name: str, places: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return those_at(columns[name], places)


class Column:
    """A column that grows at its end. One piece of memory for all of it is asked of the system as few large pages.

    Takes   kind, of its numbers; whole numbers become those of twice as many bits when one comes that is too large.
    """

    def __init__(self, kind: npt.DTypeLike) -> None:
        self._held = room(AT_FIRST, kind)
        self._count = 0

    def add(self, values: npt.NDArray[Any]) -> None:
        """Put numbers at its end."""
        if values.dtype.itemsize > self._held.dtype.itemsize and not _fits(values, self._held.dtype):
            self._held = self.told().astype(values.dtype)
        self.more(len(values))[:] = values

    def more(self, count: int) -> npt.NDArray[Any]:
        """The place of so many numbers at its end, for whoever puts them there."""
        begun = self._count
        self._count += count
        if self._count > len(self._held):
            times = 16 if len(self._held) < AT_LAST else 2
            held = room(max(self._count, times * len(self._held)), self._held.dtype)
            held[:begun] = self._held[:begun]
            self._held = held
        return self._held[begun : self._count]

    def told(self) -> npt.NDArray[Any]:
        """All of it."""
        return self._held[: self._count]


def _fits(values: npt.NDArray[Any], kind: np.dtype[Any]) -> bool:
    limits = np.iinfo(kind)
    return not len(values) or bool(limits.min <= values.min() and values.max() <= limits.max)


def by_child(columns: dict[str, npt.NDArray[Any]]) -> Columns:
    """Columns child by child, the rows of one child by their beginning; those of no child last.

    Columns are let go of one by one, so that they and what is made of them are never both held whole.
    """
    rows = order_of(columns["child_id"], columns["from_on"])
    if rows is None:
        return columns
    names = list(columns)
    return dict(zip(names, side_by_side(partial(_moved, columns, name, rows) for name in names), strict=True))


def _moved(columns: dict[str, npt.NDArray[Any]], name: str, rows: Ordinals) -> npt.NDArray[Any]:
    return those_at(columns.pop(name), rows)


def order_of(key: Ordinals, day: Ordinals) -> Ordinals | None:
    """The rows key by key, of one key by day and then as they come; those of no key last. None where they stand so."""
    starts = np.zeros(int(key.max(initial=-1)) + 3, np.int64)
    if _counted(key, day, starts):
        return None
    dated = room(len(key), np.int64)
    rows = room(len(key), np.int32)
    half = int(np.searchsorted(starts, len(key) // 2))
    parts = ((0, half), (half, len(starts) - 1))
    side_by_side(partial(_brought_together, key, day, starts, low, high, dated, rows) for low, high in parts)
    return rows


@compiled
def _counted(key: Ordinals, day: Ordinals, starts: Any) -> bool:
    """Where each key's rows start, those of no key being of the last key of all. Gives whether all stand in order."""
    none = len(starts) - 2
    out_of_order = 0
    last, last_day = none + 1, 0
    for row in range(len(key)):
        one, own = int(key[row]), int(day[row])
        if one < 0:
            one = none
        out_of_order += row > 0 and (one < last or (one == last and own < last_day))
        last, last_day = one, own
        starts[one + 1] += 1
    for one in range(none + 1):
        starts[one + 1] += starts[one]
    return out_of_order == 0


@compiled
def _brought_together(key: Ordinals, day: Ordinals, starts: Any, low: int, high: int, dated: Any, rows: Any) -> None:
    """Fill in the rows of some keys in order. Takes dated, room for a day and a row in one number, which are sorted."""
    none = len(starts) - 2
    taken = starts[low:high].copy()
    for row in range(len(key)):
        one = np.int64(key[row]) if key[row] >= 0 else none
        if low <= one < high:
            dated[taken[one - low]] = (np.int64(day[row]) << np.int64(32)) | np.int64(row)
            taken[one - low] += 1
    for one in range(low, min(high, none)):
        _sorted(dated, starts[one], starts[one + 1])
    for place in range(starts[low], starts[high]):
        rows[place] = np.int32(dated[place] & np.int64(0xFFFFFFFF))


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


def those_at(values: npt.NDArray[Any], places: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The values, or the rows of bits, at some places."""
    if values.ndim > 1:
        return those_at(values.reshape(-1), places).reshape(-1, 1) if values.shape[1] == 1 else values[places]
    found = room(len(places), values.dtype)
    _put(values, places, found)
    return found


@compiled
def _put(values: Any, places: Any, found: Any) -> None:
    for one in range(len(places)):
        found[one] = values[places[one]]
