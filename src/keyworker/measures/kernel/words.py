"""Words as ordinals: each identifier and each name of a group stands for a whole number while a measure is counted."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from keyworker.facts.compiled import compiled
from keyworker.measures.kernel.compiled import Ordinals

Bytes = npt.NDArray[np.uint8]
Offsets = npt.NDArray[np.int64]
Slots = npt.NDArray[np.uint64]


SHORT = 11
"""Letters of a word that stands in its slot whole, so that it is found at one look; most identifiers are as short."""
FARTHEST = 1 << 23
"""Whole numbers below this are looked up by their own value; others are hashed."""


class Words:
    """Every word met so far, each with its own ordinal from 0 on, compared by all of its bytes.

    A whole number is the word of its digits, so that a number in one table and the same digits as text in another are
    one identifier.
    """

    def __init__(self) -> None:
        self.count = 0
        self._numbered = np.full(1 << 12, -1, np.int32)
        self._slots = np.zeros((1 << 12, 2), np.uint64)
        self._ends: Offsets = np.zeros((1 << 11) + 1, np.int64)
        self._bytes: Bytes = np.empty(1 << 14, np.uint8)

    def ordinals(self, words: pa.Array, into: Ordinals | None = None) -> Ordinals:
        """The ordinal of each word or whole number of an Arrow column; -1 where there is none.

        Takes   into, where they are to be put; None for a column of their own.
        """
        found = np.empty(len(words), np.int32) if into is None else into
        if pa.types.is_integer(words.type):
            self._of_numbers(words, found)
        elif pa.types.is_dictionary(words.type):
            self._of_dictionary(words, found)
        else:
            self._of_words(words if pa.types.is_string(words.type) else words.cast(pa.string()), found)
        return found

    def numbers(self, ordinals: Ordinals) -> Ordinals | None:
        """The whole numbers that some ordinals stand for; None where some of these never came as a number."""
        asked = np.zeros(self.count + 1, np.bool_)
        asked[ordinals] = True
        asked[-1] = False
        numbers = np.flatnonzero(asked[self._numbered])
        return numbers.astype(np.int32) if len(numbers) == asked.sum() else None

    def as_given(self, ordinals: Ordinals) -> list[Any]:
        """What each ordinal stands for: whole numbers if all of these came as numbers, else words."""
        numbers = np.full(self.count, -1, np.int64)
        places = np.flatnonzero(self._numbered >= 0)
        numbers[self._numbered[places]] = places
        found = numbers[ordinals]
        return list(found.tolist()) if (found >= 0).all() else [self.word(one) for one in ordinals.tolist()]

    def only(self, ordinals: Ordinals) -> Words:
        """Other words, for somebody else to go on with: these first, in their order. Takes ordinals, each told once."""
        found = Words()
        found.ordinals(pa.array(self.as_given(ordinals)))
        return found

    def _of_numbers(self, numbers: pa.Array, found: Ordinals) -> None:
        """Each number looked up by its own value; only those never met are written out as words."""
        empty = _empty(numbers) if numbers.null_count else np.zeros(0, np.bool_)
        values = (numbers.fill_null(0) if numbers.null_count else numbers).to_numpy()
        if not _looked_up(values, empty, self._numbered, found):
            return
        least, most = pc.min_max(numbers).as_py().values()
        if least < 0 or most >= FARTHEST:
            far = numbers.dictionary_encode()
            self._of_dictionary(pa.DictionaryArray.from_arrays(far.indices, far.dictionary.cast(pa.string())), found)
            return
        if most >= len(self._numbered):
            more = np.full((1 << int(most).bit_length()) - len(self._numbered), -1, np.int32)
            self._numbered = np.concatenate((self._numbered, more))
        is_new = np.zeros(len(self._numbered), np.bool_)
        is_new[values[~empty] if len(empty) else values] = True
        new = np.flatnonzero(is_new & (self._numbered < 0))
        self._numbered[new] = self.ordinals(pa.array(new).cast(pa.string()))
        _looked_up(values, empty, self._numbered, found)

    def _of_dictionary(self, words: pa.DictionaryArray, found: Ordinals) -> None:
        meant = np.append(self.ordinals(words.dictionary), np.int32(-1))
        found[:] = meant[words.indices.fill_null(len(words.dictionary)).to_numpy(zero_copy_only=False)]

    def _of_words(self, words: pa.Array, found: Ordinals) -> None:
        offsets = np.frombuffer(words.buffers()[1], np.int32)[words.offset : words.offset + len(words) + 1]
        data = words.buffers()[2]
        letters = np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(0, np.uint8)
        self._grow(len(words), int(offsets[-1] - offsets[0]) if len(words) else 0)
        empty = _empty(words) if words.null_count else np.zeros(0, np.bool_)
        self.count = _intern(letters, offsets, empty, self.count, self._slots, self._ends, self._bytes, found)

    def ordinal(self, word: str) -> int:
        """The ordinal of one word."""
        return int(self.ordinals(pa.array([word], pa.string()))[0])

    def word(self, ordinal: int) -> str | None:
        """The word that an ordinal stands for."""
        if ordinal < 0:
            return None
        return bytes(self._bytes[self._ends[ordinal] : self._ends[ordinal + 1]]).decode()

    def _grow(self, words: int, letters: int) -> None:
        """Make room for as many more words and letters."""
        if (wanted := self.count + words + 1) > len(self._ends):
            self._ends = np.resize(self._ends, max(wanted, 2 * len(self._ends)))
        if (wanted := int(self._ends[self.count]) + letters) > len(self._bytes):
            self._bytes = np.resize(self._bytes, max(wanted, 2 * len(self._bytes)))
        if (wanted := 2 * (self.count + words)) > len(self._slots):
            self._slots = np.zeros((1 << (wanted - 1).bit_length(), 2), np.uint64)
            _place(self._slots, self._ends, self._bytes, self.count)


def _empty(words: pa.Array) -> npt.NDArray[np.bool_]:
    return np.asarray(words.is_null().to_numpy(zero_copy_only=False), np.bool_)


# A slot is two words of 64 bits: the first eight letters; then three more letters, the length of the word if it is as
# short as that (else 255) and, in the upper half, its ordinal and one. Of a longer word the letters are a hash.


@compiled
def _looked_up(values: Any, empty: npt.NDArray[np.bool_], numbered: Ordinals, found: Ordinals) -> bool:
    """Look each number up. Gives whether any was never met."""
    missing = False
    for row in range(len(values)):
        value = values[row]
        if len(empty) and empty[row]:
            found[row] = -1
        elif 0 <= value < len(numbered):
            found[row] = numbered[value]
            missing |= found[row] < 0
        else:
            missing = True
    return missing


@compiled
def _coded(letters: Bytes, low: int, high: int) -> tuple[np.uint64, np.uint64]:
    first, second = np.uint64(0), np.uint64(0)
    if high - low <= SHORT:
        for at in range(low, min(high, low + 8)):
            first = (first << np.uint64(8)) | np.uint64(letters[at])
        for at in range(low + 8, high):
            second = (second << np.uint64(8)) | np.uint64(letters[at])
        return first, second | (np.uint64(high - low) << np.uint64(24))
    first = np.uint64(0xCBF29CE484222325)
    for at in range(low, high):
        first = (first ^ np.uint64(letters[at])) * np.uint64(0x100000001B3)
    return first, np.uint64(255) << np.uint64(24)


@compiled
def _slot(first: np.uint64, second: np.uint64) -> np.uint64:
    code = (first ^ (second * np.uint64(0x9E3779B97F4A7C15))) * np.uint64(0xBF58476D1CE4E5B9)
    return code ^ (code >> np.uint64(31))


@compiled
def _place(slots: Slots, ends: Offsets, kept: Bytes, count: int) -> None:
    mask = np.uint64(len(slots) - 1)
    for ordinal in range(count):
        first, second = _coded(kept, ends[ordinal], ends[ordinal + 1])
        slot = _slot(first, second) & mask
        while slots[slot, 1] != 0:
            slot = (slot + np.uint64(1)) & mask
        slots[slot, 0] = first
        slots[slot, 1] = second | (np.uint64(ordinal + 1) << np.uint64(32))


@compiled
def _same(letters: Bytes, low: int, high: int, kept: Bytes, start: int, end: int) -> bool:
    if end - start != high - low:
        return False
    same = True
    for at in range(high - low):
        same &= kept[start + at] == letters[low + at]
    return same


@compiled
def _intern(
    letters: Bytes,
    offsets: Ordinals,
    empty: npt.NDArray[np.bool_],
    count: int,
    slots: Slots,
    ends: Offsets,
    kept: Bytes,
    found: Ordinals,
) -> int:
    """Look each word up, and keep those that are new. Gives how many are now known."""
    mask = np.uint64(len(slots) - 1)
    lower = np.uint64(0xFFFFFFFF)
    for row in range(len(offsets) - 1):
        if len(empty) and empty[row]:
            found[row] = -1
            continue
        low, high = offsets[row], offsets[row + 1]
        first, second = _coded(letters, low, high)
        slot = _slot(first, second) & mask
        ordinal = -1
        while slots[slot, 1] != 0:
            if slots[slot, 0] == first and slots[slot, 1] & lower == second:
                other = int(slots[slot, 1] >> np.uint64(32)) - 1
                if high - low <= SHORT or _same(letters, low, high, kept, ends[other], ends[other + 1]):
                    ordinal = other
                    break
            slot = (slot + np.uint64(1)) & mask
        if ordinal < 0:
            ordinal = count
            slots[slot, 0] = first
            slots[slot, 1] = second | (np.uint64(ordinal + 1) << np.uint64(32))
            start = ends[ordinal]
            for at in range(high - low):
                kept[start + at] = letters[low + at]
            ends[ordinal + 1] = start + high - low
            count += 1
        found[row] = ordinal
    return count
