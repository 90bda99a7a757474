"""How the functions of this package that look at each row are compiled, and what they all count with: bits of dates.

A date of a series is a bit, 64 to a word; a row's bits are the dates that its span covers.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from keyworker.facts.compiled import compiled
from keyworker.measures.kernel.room import noughts, room

Bits = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]
Ordinals = npt.NDArray[np.int32]
WORD = 64
NOTHING = -1
"""The ordinal of an empty value."""


def words(dates: int) -> int:
    """How many words the bits of a row are."""
    return (dates + WORD - 1) // WORD


_MAGIC = np.uint64(0x03F79D71B4CB0A89)  # each six bits of it in a row differ, so a product tells which bit was set
_PLACES = np.zeros(WORD, np.int64)
for _place in range(WORD):
    _PLACES[((0x03F79D71B4CB0A89 << _place) & (2**64 - 1)) >> 58] = _place


@compiled
def lowest(word: np.uint64) -> int:
    """The place of the lowest bit that is set in a word that is not nought."""
    return int(_PLACES[((word & (~word + np.uint64(1))) * _MAGIC) >> np.uint64(58)])


@compiled
def run_end(word: np.uint64, start: int) -> int:
    """Where the run of set bits that begins at the lowest set bit of a word ends. Takes start, that bit's place."""
    left = ~(word >> np.uint64(start))
    return WORD if left == 0 else min(start + lowest(left), WORD)


@compiled
def without(word: np.uint64, end: int) -> np.uint64:
    """A word with only the bits from a place on."""
    return np.uint64(0) if end >= WORD else word & (~np.uint64(0) << np.uint64(end))


@compiled
def span_bits(from_on: Ordinals, to_on: Ordinals, place: Ordinals, first: int, wide: int) -> Bits:
    """The bits of spans.

    Takes   days since 1970 as whole numbers, the ends exclusive; place, for each day from `first` on, to the day after
            the last date, the number of dates before it.
    """
    bits = np.zeros((len(from_on), wide), np.uint64)
    top = len(place) - 1
    for row in range(len(from_on)):
        low = place[min(max(from_on[row] - first, 0), top)]
        high = place[min(max(to_on[row] - first, 0), top)]
        for word in range(low >> 6, (high + 63) >> 6 if high > low else 0):
            start, end = max(low - (word << 6), 0), min(high - (word << 6), WORD)
            bits[row, word] = (~np.uint64(0) >> np.uint64(WORD - end + start)) << np.uint64(start)
    return bits


def ends(day: Ordinals, first: int, until: Ordinals) -> Ordinals:
    """The first day after the window of each day; for a day that the counting table lacks, its own first day.

    Takes   until, for each day from `first` on the first day after its window.
    """
    found = room(len(day), np.int32)
    _ended(day, first, until, found)
    return found


@compiled
def _ended(day: Ordinals, first: int, until: Ordinals, found: Ordinals) -> None:
    for row in range(len(day)):
        place = np.int64(day[row]) - first
        found[row] = until[place] if 0 <= place < len(until) else day[row]


@compiled
def add_dates(
    subject: Ordinals, from_on: Ordinals, to_on: Ordinals, place: Ordinals, first: int, into: Bits
) -> None:  # fmt: skip
    """Add to the bits of each subject those of a span. Subjects beyond those in `into` are passed over."""
    top = len(place) - 1
    for row in range(len(subject)):
        if not 0 <= subject[row] < len(into):
            continue
        low = place[min(max(from_on[row] - first, 0), top)]
        high = place[min(max(to_on[row] - first, 0), top)]
        for word in range(low >> 6, (high + 63) >> 6 if high > low else 0):
            start, end = max(low - (word << 6), 0), min(high - (word << 6), WORD)
            into[subject[row], word] |= (~np.uint64(0) >> np.uint64(WORD - end + start)) << np.uint64(start)


@compiled
def add_bits(subject: Ordinals, bits: Bits, into: Bits) -> None:
    """Add to the bits of each subject those of its rows. Subjects beyond those in `into` are passed over."""
    for row in range(len(subject)):
        if 0 <= subject[row] < len(into):
            for word in range(bits.shape[1]):
                into[subject[row], word] |= bits[row, word]


def covered(from_on: Ordinals, to_on: Ordinals, place: Ordinals, first: int, wide: int) -> tuple[Ordinals, Bits]:
    """The rows whose spans cover any date, and their bits. Takes what `span_bits` takes."""
    found = room(len(from_on), np.int32)
    rows = found[: _covering(from_on, to_on, place, first, found)]
    bits = noughts((len(rows), wide), np.uint64)
    _fill(rows, from_on, to_on, place, first, bits)
    return rows, bits


@compiled
def _covering(from_on: Ordinals, to_on: Ordinals, place: Ordinals, first: int, found: Ordinals) -> int:
    top = len(place) - 1
    count = 0
    for row in range(len(from_on)):
        low = place[min(max(from_on[row] - first, 0), top)]
        high = place[min(max(to_on[row] - first, 0), top)]
        found[count] = row
        count += low < high
    return count


@compiled
def _fill(rows: Ordinals, from_on: Ordinals, to_on: Ordinals, place: Ordinals, first: int, bits: Bits) -> None:
    top = len(place) - 1
    for at in range(len(rows)):
        row = rows[at]
        low = place[min(max(from_on[row] - first, 0), top)]
        high = place[min(max(to_on[row] - first, 0), top)]
        for word in range(low >> 6, (high + 63) >> 6):
            start, end = max(low - (word << 6), 0), min(high - (word << 6), WORD)
            bits[at, word] = (~np.uint64(0) >> np.uint64(WORD - end + start)) << np.uint64(start)


def having(bits: Bits, rows: Ordinals) -> Ordinals:
    """Those of some rows, in their order, that have any bit."""
    found = room(len(rows), np.int32)
    return found[: _having(bits, rows, found)]


@compiled
def _having(bits: Bits, rows: Ordinals, found: Ordinals) -> int:
    count = 0
    for row in rows:
        some = np.uint64(0)
        for word in range(bits.shape[1]):
            some |= bits[row, word]
        found[count] = row
        count += some != 0
    return count


@compiled
def in_order(rows: Ordinals) -> bool:
    """Whether rows are the first of all, one after another."""
    same = True
    for place in range(len(rows)):
        same &= rows[place] == place
    return same


@compiled
def by_claim(starts: Ints, rows: Ordinals, rank: Any, since: Ints, order: Ints) -> None:
    """Put the rows of each key in the order in which they speak: by rank, beginning and number, the greatest first."""
    for key in range(len(starts) - 1):
        claim(rows, starts[key], starts[key + 1], rank, since, order)


@compiled
def claim(rows: Ordinals, low: int, high: int, rank: Any, since: Ints, order: Ints) -> None:
    """Put some rows, from a place to another, in the order in which they speak."""
    gap = (high - low) // 2
    while gap > 0:
        for place in range(low + gap, high):
            row = rows[place]
            at = place
            while at - gap >= low:
                other = rows[at - gap]
                if rank[other] != rank[row]:
                    before = rank[row] > rank[other]
                elif since[other] != since[row]:
                    before = since[row] > since[other]
                else:
                    before = order[row] > order[other]
                if not before:
                    break
                rows[at] = other
                at -= gap
            rows[at] = row
        gap //= 2


@compiled
def first_speaks(starts: Ints, rows: Ordinals, bits: Bits, rank: Any, since: Ints, order: Ints) -> None:
    """Of rows of one key that share a date, the first by its claim keeps it.

    Keys of which no two rows share one, as of most, are not put in order.
    """
    for key in range(len(starts) - 1):
        low, high = starts[key], starts[key + 1]
        if not share(rows, low, high, bits):
            continue
        claim(rows, low, high, rank, since, order)
        for word in range(bits.shape[1]):
            before = np.uint64(0)
            for place in range(low, high):
                own = bits[rows[place], word]
                bits[rows[place], word] = own & ~before
                before |= own


@compiled
def any_share(starts: Ints, rows: Ordinals, bits: Bits) -> bool:
    """Whether any two rows of one key have a date in common."""
    key = 0
    while key < len(starts) - 1 and not share(rows, starts[key], starts[key + 1], bits):
        key += 1
    return key < len(starts) - 1


@compiled
def share(rows: Ordinals, low: int, high: int, bits: Bits) -> bool:
    """Whether any two of some rows have a date in common."""
    for word in range(bits.shape[1]):
        before = np.uint64(0)
        for place in range(low, high):
            if bits[rows[place], word] & before != 0:
                return True
            before |= bits[rows[place], word]
    return False


@compiled
def only_within(key: Ordinals, bits: Bits, within_key: Ordinals, within_bits: Bits, keys: int) -> None:
    """Keep of each row the dates on which its key is within; a row without a key keeps all of them."""
    inside = np.zeros((keys, bits.shape[1]), np.uint64)
    for row in range(len(within_key)):
        if within_key[row] >= 0:
            for word in range(bits.shape[1]):
                inside[within_key[row], word] |= within_bits[row, word]
    for row in range(len(key)):
        if key[row] >= 0:
            for word in range(bits.shape[1]):
                bits[row, word] &= inside[key[row], word]
