"""Which groups the key of a row is in on each date, through whatever links lead there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt

from keyworker.facts.compiled import compiled
from keyworker.measures.kernel.compiled import NOTHING, Bits, Ints, Ordinals
from keyworker.measures.kernel.keys import numbered, starts_of, unlike
from keyworker.measures.kernel.ordered import those_at
from keyworker.measures.kernel.room import noughts, room
from keyworker.measures.kernel.rows import Rows
from keyworker.measures.kernel.threads import side_by_side
from keyworker.measures.kernel.words import Words
from keyworker.measures.passes.statement import THE_KEY

AT_ONCE = 1 << 16
_ITSELF = -2
"""Stands for the key itself where no row covers a date."""


@dataclass(frozen=True)
class Step:
    """A link or a group as rows of `key` and `value`, brought together by key.

    Takes   otherwise, the ordinal for the dates of a key that no row covers, or that it is the key itself.
    """

    rows: Rows
    starts: Ints
    order: Ordinals
    otherwise: int

    def without_days(self) -> Step:
        """The same, of which nothing is kept but what is looked up on the dates of a series."""
        return replace(self, rows=Rows({"value": self.rows.columns["value"]}, self.rows.bits))


def step(rows: Rows, known: Words, otherwise: str | None) -> Step:
    """A link or a group, ready to be followed."""
    said = NOTHING if otherwise is None else _ITSELF if otherwise == THE_KEY else known.ordinal(otherwise)
    starts, order = starts_of(rows.columns["key"], known.count)
    return Step(rows, starts, order, said)


@dataclass(frozen=True)
class Pieces:
    """Parts of rows: of which row, what each step led to, and on which dates."""

    row: Ordinals
    led_to: tuple[Ordinals, ...]
    bits: Bits


@dataclass(frozen=True)
class Ways:
    """For each key its places in `groups`, each with the dates: from `starts[key]` to `starts[key + 1]`.

    Those of an empty key stand last.
    """

    starts: Ints
    group: Ordinals
    bits: Bits
    groups: list[tuple[int, ...]]

    def keyed(self, keys: Ordinals) -> Ordinals:
        """Keys as they are looked up here."""
        return np.where(keys < 0, np.int32(len(self.starts) - 2), keys)


def parted(pieces: Pieces, key: Ordinals, by: Step) -> Pieces:
    """Each piece once for each value that its key has on its dates, and once for the dates on which it has none."""
    most = _room(key, by.starts)
    piece, value = room(most, np.int32), room(most, np.int32)
    bits = room((most, pieces.bits.shape[1]), np.uint64)
    count = _split(
        key, pieces.bits, by.starts, by.order, by.rows.columns["value"], by.rows.bits, by.otherwise, piece, value, bits
    )
    some = piece[:count]
    return Pieces(
        those_at(pieces.row, some), (*(those_at(one, some) for one in pieces.led_to), value[:count]), bits[:count]
    )


def ways(keys: Ordinals, links: Sequence[int | None], steps: Sequence[Step], full: Bits, known: Words) -> Ways:
    """The groups of each of some keys, each told once, in order. The pieces of so many keys at once are held.

    Takes   steps, in the order in which they are followed; links, for each step the place of the step whose value is
            its key (None: the key that is asked about); what no step follows leads to a group.
    """
    in_order = np.concatenate((keys[keys >= 0], keys[keys < 0]))
    some = [in_order[low : low + AT_ONCE] for low in range(0, max(len(keys), 1), AT_ONCE)]
    count = known.count  # others may meet words meanwhile
    return one_after_another(side_by_side(partial(_ways, one, links, steps, full, count) for one in some))


def _ways(keys: Ordinals, links: Sequence[int | None], steps: Sequence[Step], full: Bits, count: int) -> Ways:
    pieces = Pieces(numbered(len(keys)), (), np.tile(full, (len(keys), 1)))
    for link, one in zip(links, steps, strict=True):
        pieces = parted(pieces, keys[pieces.row] if link is None else pieces.led_to[link], one)
    ends = [place for place in range(len(steps)) if place not in links]
    key = np.where(keys < 0, np.int32(count), keys)[pieces.row]
    return gathered(key, [pieces.led_to[place] for place in ends], pieces.bits, count + 1)


def one_after_another(found: Sequence[Ways]) -> Ways:
    """Ways as one: each holds other keys, all of them after those of the one before."""
    if len(found) == 1:
        return found[0]
    groups = {group: place for place, group in enumerate(dict.fromkeys(group for one in found for group in one.groups))}
    group = [np.array([groups[group] for group in one.groups], np.int32)[one.group] for one in found]
    starts = np.sum([one.starts for one in found], axis=0)
    return Ways(starts, np.concatenate(group), np.concatenate([one.bits for one in found]), list(groups))


def gathered(key: Ordinals, led_to: Sequence[Ordinals], bits: Bits, keys: int) -> Ways:
    """Pieces as ways, those of one key and group made one."""
    groups, group = combined(led_to, len(key))
    starts, order = starts_of(key, keys)
    return Ways(*_merged(starts, order, group, bits), groups)


def combined(led_to: Sequence[Ordinals], count: int) -> tuple[list[tuple[int, ...]], Ordinals]:
    """The different combinations of some columns, and which of them each of `count` rows has."""
    groups: list[tuple[int, ...]] = [()]
    group = noughts(count, np.int32)
    for column in led_to:
        values = unlike(column)
        place = np.searchsorted(values, np.arange(-1, int(values.max(initial=-1)) + 1)).astype(np.int32)
        met = np.zeros(len(groups) * len(values), np.bool_)
        _pair(group, column, place, len(values), met)
        found = np.flatnonzero(met)
        into = np.zeros(len(met), np.int32)
        into[found] = np.arange(len(found))
        groups = [(*groups[one // len(values)], int(values[one % len(values)])) for one in found.tolist()]
        group = those_at(into, group)
    return groups, group


@compiled
def _pair(group: Ordinals, column: Ordinals, place: Ordinals, values: int, met: npt.NDArray[np.bool_]) -> None:
    """Make of each row's group and value the number of both. Takes place, of each value and of none before them."""
    for row in range(len(group)):
        both = group[row] * values + place[column[row] + 1]
        group[row] = both
        met[both] = True


@compiled
def _room(key: Ordinals, starts: Ints) -> int:
    """How many parts there may be at most."""
    most = 0
    for one in key:
        most += 1
        if 0 <= one < len(starts) - 1:
            most += starts[one + 1] - starts[one]
    return most


@compiled
def _split(
    key: Ordinals, bits: Bits, starts: Ints, order: Ordinals, value: Ordinals, of: Bits, otherwise: int,
    piece: Ordinals, found: Ordinals, parts: Bits,
) -> int:  # fmt: skip
    """Fill in, for each part, of which piece it is, its value and its dates. Gives how many parts there are."""
    wide = bits.shape[1]
    rest = np.empty(wide, np.uint64)
    count = 0
    for row in range(len(key)):
        one = key[row]
        rest[:] = bits[row]
        if 0 <= one < len(starts) - 1:
            for at in range(starts[one], starts[one + 1]):
                other = order[at]
                some = np.uint64(0)
                for word in range(wide):
                    both = bits[row, word] & of[other, word]
                    parts[count, word] = both
                    some |= both
                    rest[word] &= ~of[other, word]
                if some != 0:
                    piece[count] = row
                    found[count] = value[other]
                    count += 1
        some = np.uint64(0)
        for word in range(wide):
            parts[count, word] = rest[word]
            some |= rest[word]
        if some != 0:
            piece[count] = row
            found[count] = -1 if one < 0 else one if otherwise == -2 else otherwise
            count += 1
    return count


@compiled
def _merged(starts: Ints, order: Ordinals, group: Ordinals, bits: Bits) -> tuple[Ints, Ordinals, Bits]:
    wide = bits.shape[1]
    begins = np.zeros(len(starts), np.int64)
    found = np.empty(len(order), np.int32)
    merged = np.empty((len(order), wide), np.uint64)
    count = 0
    for key in range(len(starts) - 1):
        begins[key] = count
        for at in range(starts[key], starts[key + 1]):
            row = order[at]
            place = begins[key]
            while place < count and found[place] != group[row]:
                place += 1
            if place == count:
                found[place] = group[row]
                merged[place] = bits[row]
                count += 1
            else:
                for word in range(wide):
                    merged[place, word] |= bits[row, word]
    begins[len(starts) - 1] = count
    return begins, found[:count], merged[:count]


# groups on the day on which something happened


def on_its_day(key: Ordinals, day: Ordinals, rows: Rows, starts: Ints, order: Ordinals, otherwise: int) -> Ordinals:
    """The value of each key on its own day, by the first row in order that covers the day."""
    value, from_on, to_on = (rows.columns[name] for name in ("value", "from_on", "to_on"))
    return _on_its_day(key, day, starts, order, value, from_on, to_on, otherwise)


@compiled
def _on_its_day(
    key: Ordinals,
    day: Ordinals,
    starts: Ints,
    order: Ordinals,
    value: Ordinals,
    from_on: Ordinals,
    to_on: Ordinals,
    otherwise: int,
) -> Ordinals:
    found = np.empty(len(key), np.int32)
    for row in range(len(key)):
        one = key[row]
        found[row] = -1 if one < 0 else one if otherwise == -2 else otherwise
        if 0 <= one < len(starts) - 1:
            for at in range(starts[one], starts[one + 1]):
                other = order[at]
                if from_on[other] <= day[row] < to_on[other]:
                    found[row] = value[other]
                    break
    return found
