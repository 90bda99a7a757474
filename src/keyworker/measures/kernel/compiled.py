"""How the functions of this package that look at each row are compiled, and what they all count with: bits of dates.

A date of a series is a bit, 64 to a word; a row's bits are the dates that its span covers.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from keyworker.facts.compiled import compiled

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


@compiled
def covering(bits: Bits) -> Ints:
    """The rows that have any bit."""
    found = np.empty(len(bits), np.int64)
    count = 0
    for row in range(len(bits)):
        some = np.uint64(0)
        for word in range(bits.shape[1]):
            some |= bits[row, word]
        if some != 0:
            found[count] = row
            count += 1
    return found[:count]


@compiled
def starts_of(key: Ordinals, keys: int) -> tuple[Ints, Ints]:
    """Rows brought together by their key, in their own order: where each key's rows start, and the rows.

    Rows with an empty key are left out.
    """
    starts = np.zeros(keys + 1, np.int64)
    for one in key:
        if one >= 0:
            starts[one + 1] += 1
    for one in range(keys):
        starts[one + 1] += starts[one]
    rows = np.empty(starts[keys], np.int64)
    taken = starts[:-1].copy()
    for row in range(len(key)):
        if key[row] >= 0:
            rows[taken[key[row]]] = row
            taken[key[row]] += 1
    return starts, rows


@compiled
def by_claim(starts: Ints, rows: Ints, rank: Any, since: Ints, order: Ints) -> None:
    """Put the rows of each key in the order in which they speak: by rank, beginning and number, the greatest first."""
    for key in range(len(starts) - 1):
        low, high = starts[key], starts[key + 1]
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
def first_speaks(starts: Ints, bits: Bits) -> None:
    """Of rows of one key that share a date, the first keeps it. Takes the bits key by key, the first to speak first."""
    for key in range(len(starts) - 1):
        for word in range(bits.shape[1]):
            before = np.uint64(0)
            for place in range(starts[key], starts[key + 1]):
                own = bits[place, word]
                bits[place, word] = own & ~before
                before |= own


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
