"""Rows brought together by their key."""

from __future__ import annotations

from typing import Any

import numpy as np

from keyworker.facts.compiled import compiled
from keyworker.measures.kernel.compiled import Ints, Ordinals
from keyworker.measures.kernel.room import room


def starts_of(key: Ordinals, keys: int) -> tuple[Ints, Ordinals]:
    """Rows brought together by their key, in their own order: where each key's rows start, and the rows.

    Rows with an empty key are left out.
    """
    starts = np.zeros(keys + 1, np.int64)
    if _starting(key, starts):
        return starts, numbered(len(key))
    rows = room(int(starts[keys]), np.int32)
    _brought_together(key, starts[:-1].copy(), rows)
    return starts, rows


def numbered(count: int) -> Ordinals:
    """The first numbers from nought on."""
    found = room(count, np.int32)
    _number(found)
    return found


@compiled
def _number(found: Ordinals) -> None:
    for place in range(len(found)):
        found[place] = place


@compiled
def _starting(key: Ordinals, starts: Ints) -> bool:
    """Fill in where each key's rows start. Gives whether the rows stand key by key, none of them with an empty key."""
    in_order = True
    last = np.int32(0)
    for one in key:
        in_order &= one >= last
        last = one
        if one >= 0:
            starts[one + 1] += 1
    for one in range(len(starts) - 1):
        starts[one + 1] += starts[one]
    return in_order


@compiled
def _brought_together(key: Ordinals, taken: Ints, rows: Ordinals) -> None:
    for row in range(len(key)):
        if key[row] >= 0:
            rows[taken[key[row]]] = row
            taken[key[row]] += 1


def unlike(ordinals: Ordinals) -> Ordinals:
    """The different ordinals of a column, in order."""
    met = np.zeros(int(ordinals.max(initial=-1)) + 2, np.bool_)
    _mark(ordinals, met)
    return (np.flatnonzero(met) - 1).astype(np.int32)


@compiled
def _mark(ordinals: Ordinals, met: Any) -> None:
    for one in ordinals:
        met[one + 1] = True
