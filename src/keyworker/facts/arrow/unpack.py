"""The rows that a binary COPY sends, taken apart by compiled functions.

A heading of nineteen bytes; of each row how many values it has in two bytes, and of each value how many bytes it has in
four, or -1 where there is none, and those bytes, the first the highest. After the last row -1 in place of a row.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from keyworker.facts.compiled import compiled

HEADING = 19
NONE = -1
Bytes = npt.NDArray[np.uint8]
Longs = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]


@compiled
def number_of_rows(written: Bytes, begin: int, width: int) -> int:
    """How many rows lie from a byte on, of so many values each."""
    at, rows = begin, 0
    while at < len(written) and _number(written, at, 2) == width:
        at += 2
        for _ in range(width):
            at += 4 + max(_number(written, at, 4), 0)
        rows += 1
    return rows


@compiled
def find(written: Bytes, begin: int, starts: Longs, lengths: Longs) -> None:
    """Say where each value of each row begins and how long it is. Takes starts and lengths, by column and row."""
    at = begin
    width, rows = starts.shape
    for row in range(rows):
        at += 2
        for column in range(width):
            length = _number(written, at, 4)
            at += 4
            starts[column, row], lengths[column, row] = at, length
            at += max(length, 0)


@compiled
def numbers(written: Bytes, starts: Longs, lengths: Longs, found: Longs, is_there: Marks) -> None:
    """Read the whole numbers of a column; nought where there is none."""
    for row in range(len(found)):
        is_there[row] = lengths[row] != NONE
        found[row] = _number(written, starts[row], lengths[row]) if lengths[row] != NONE else 0


@compiled
def texts(written: Bytes, starts: Longs, lengths: Longs, ends: npt.NDArray[np.int32], found: Bytes) -> None:
    """Read the texts of a column one after another into one, and where each ends."""
    end = 0
    ends[0] = 0
    for row in range(len(starts)):
        for byte in range(starts[row], starts[row] + max(lengths[row], 0)):
            found[end] = written[byte]
            end += 1
        ends[row + 1] = end


@compiled
def _number(written: Bytes, begin: int, length: int) -> int:
    """A whole number, which is less than nought where its first bit says so; a single byte never is."""
    found = np.int64(-1) if length > 1 and written[begin] & 0x80 else np.int64(0)
    for byte in range(begin, begin + length):
        found = (found << 8) | np.int64(written[byte])
    return int(found)
