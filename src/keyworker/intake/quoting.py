"""Quotation marks that open a value of a file of rows and do not close it before the next row begins.

Such a mark takes the rows after it into one value, up to the next mark or to the end of the file. Here they are
found, exactly as the readers of rows would be misled by them, so that each row stays a row.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np
import polars as pl

from keyworker.intake.text_files import Content, Heading, as_utf8

CHUNK = 1 << 22
LONGEST = 1 << 24  # bytes: a value that runs on for longer does not close
MARK = b'"'
PLAIN = b"'"  # what a broken mark is read as
_LINE_END = re.compile(rb"\r\n|\r|\n")
_WORD = re.compile(rb"[0-9A-Za-z]+")
_DIGIT = re.compile(rb"[0-9]")


REASON = "a quotation mark opens a value here and does not close it before the next row"
REMEDY = "Close the quotation mark, or write it twice inside quotation marks where it is part of the text."


@dataclass(frozen=True)
class Broken:
    """One mark that opens a value and does not close it in time.

    Takes   at, its place in the file's bytes as UTF-8; row, the row's number as a person would count it;
            cell, which of the row's values it opens, from 0; line, the line on which it stands.
    """

    at: int
    row: int
    cell: int
    line: str


@contextmanager
def rows_apart(path: Path, heading: Heading, content: Content) -> Iterator[tuple[BinaryIO, dict[int, Broken]]]:
    """The file's bytes as UTF-8 in which every row ends, and the rows in which that took a repair, by number."""
    broken: list[Broken] = []
    if content.quoted:
        with as_utf8(path, content.encoding) as file:
            broken = broken_marks(file, heading.separator, len(heading.names), heading.rows_above)
    with as_utf8(path, content.encoding) as file:
        first = {one.row: one for one in reversed(broken)}
        yield (io.BufferedReader(Unmarked(file, broken), CHUNK) if broken else file), first


def as_written(value: pl.Expr) -> pl.Expr:
    """A value that a broken mark opened, with the mark again."""
    return value.str.replace(f"^{PLAIN.decode()}", MARK.decode())


def broken_marks(file: BinaryIO, separator: str, width: int, rows_above: int) -> list[Broken]:
    """Every broken mark of a file of rows, in order. Reads the file once, in bounded memory.

    Takes   file, at its beginning, as UTF-8; width, how many names the heading has; rows_above, lines to pass over.
    """
    scan = _Scan(separator.encode(), width, rows_above)
    held, ended = b"", False
    while not ended:
        chunk = file.read(CHUNK)
        ended = not chunk
        held += chunk
        held = held[scan.take(held, ended=ended) :]
    return scan.found


class Unmarked(io.RawIOBase):
    """A file's bytes, in which broken marks are plain characters."""

    def __init__(self, file: BinaryIO, broken: Sequence[Broken]) -> None:
        self._file = file
        self._places = np.array([one.at for one in broken], dtype=np.int64)
        self._at = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        chunk = bytearray(self._file.read(len(buffer)))
        first, last = np.searchsorted(self._places, (self._at, self._at + len(chunk)))
        for place in self._places[first:last]:
            chunk[int(place) - self._at] = ord(PLAIN)
        buffer[: len(chunk)] = chunk
        self._at += len(chunk)
        return len(chunk)


@dataclass
class _Scan:
    """How far a file has been read.

    Takes   lines_above, how many lines at its beginning are no rows; base, how many bytes lie behind; row, the number
            of the row that comes next.
    """

    separator: bytes
    width: int
    lines_above: int
    base: int = 0
    row: int = 1
    found: list[Broken] = field(default_factory=list)

    def __post_init__(self) -> None:
        mark = re.escape(self.separator)
        self._cell_end = re.compile(mark + rb"|\r\n|\r|\n")
        self._edges = np.zeros(256, dtype=bool)
        self._edges[[*b'\r\n"', *self.separator]] = True
        self._after_close = re.compile(rb"[ \t]*(?:" + mark + rb"|\r|\n|\Z)")

    def take(self, held: bytes, *, ended: bool) -> int:
        """Look at the rows that lie whole in these bytes. Gives how many bytes that was."""
        ends = _line_ends(held, ended=ended)
        begins = np.concatenate([[0], ends[:-1]]).astype(np.int64)
        at = min(self.lines_above, len(ends))  # lines of the heading
        self.lines_above -= at
        self.row += at
        for line in self._suspects(held, ends):
            if line < at:
                continue
            self.row += line - at
            last = self._row(held, int(begins[line]), ended=ended)
            if last is None:
                return self._gone(int(begins[line]))
            at = int(np.searchsorted(ends, last)) + 1
            self.row += 1
        self.row += max(len(ends) - at, 0)
        return self._gone(int(ends[-1]) if len(ends) else 0)

    def _gone(self, count: int) -> int:
        self.base += count
        return count

    def _suspects(self, held: bytes, ends: np.ndarray) -> list[int]:
        """The lines whose marks are not plainly paired: an odd number, or one that neither opens nor closes a value."""
        content = np.frombuffer(held, dtype=np.uint8)[: int(ends[-1]) if len(ends) else 0]
        marks = np.flatnonzero(content == ord(MARK))
        if not len(marks):
            return []
        upto = np.searchsorted(marks, ends)
        counts = np.diff(upto, prepend=0)
        odd = np.flatnonzero(counts % 2)
        if len(odd):
            marks = np.delete(marks, np.concatenate([np.arange(upto[line] - counts[line], upto[line]) for line in odd]))
        opening, closing = marks[0::2], marks[1::2]
        before = self._edges[content[np.maximum(opening - 1, 0)]] | (opening == 0)
        after = self._edges[content[np.minimum(closing + 1, len(content) - 1)]]  # a mark at the end is an edge itself
        astray = np.searchsorted(ends, opening[~(before & after)], side="right")
        return [int(line) for line in np.union1d(odd, astray)]

    def _row(self, held: bytes, begin: int, *, ended: bool) -> int | None:
        """Read one row mark by mark. Gives where it ends, or None where these bytes do not say."""
        at, cell, new = begin, 0, list[Broken]()
        while True:
            if held.startswith(MARK, at):
                close = _closing(held, at + 1, ended=ended)
                if close is None and not ended and len(held) - at < LONGEST:
                    return None
                if self._is_broken(held, begin, at, close, cell):
                    new.append(Broken(self.base + at, self.row, cell, _line(held, begin)))
                    at += 1
                else:
                    at = (close or at) + 1
            found = self._cell_end.search(held, at)
            if found is None or (not ended and found.end() == len(held) and held.endswith(b"\r")):
                if not ended:
                    return None
                self.found += new
                return len(held)
            at, cell = found.end(), cell + 1
            if found.group() != self.separator:
                self.found += new
                return at

    def _is_broken(self, held: bytes, begin: int, at: int, close: int | None, cell: int) -> bool:
        if close is None:
            return True
        value = held[at + 1 : close]
        if b"\n" not in value and b"\r" not in value:
            return False
        if close - at > LONGEST or not self._after_close.match(held, close + 1):
            return True
        return self._holds_rows(held[begin:at].split(self.separator)[:cell], _LINE_END.split(value)[1:])

    def _holds_rows(self, before: Collection[bytes], lines: Sequence[bytes]) -> bool:
        """Whether a value that runs over several lines holds whole rows of this file, as no text would.

        Takes   before, the row's own values before it; lines, those after its first.
        """
        *whole, last = (line.split(self.separator) for line in lines)
        if not before:
            return any(len(cells) == self.width > 2 and _DIGIT.search(cells[0]) for cells in whole)
        if any(_share_alike(before, cells) > 0.5 for cells in whole if len(cells) == self.width):
            return True
        return len(last) > len(before) > 1 and _share_alike(before, last) == 1


def _line_ends(held: bytes, *, ended: bool) -> np.ndarray:
    """Where each line that is whole ends; a last line without an end is whole when the file has ended."""
    content = np.frombuffer(held, dtype=np.uint8)
    is_end = content == ord("\n")
    if b"\r" in held:
        follows = np.append(is_end[1:], not ended)
        is_end |= (content == ord("\r")) & ~follows
    ends = np.flatnonzero(is_end) + 1
    if ended and len(held) and (not len(ends) or ends[-1] < len(held)):
        ends = np.append(ends, len(held))
    return ends


def _line(held: bytes, begin: int) -> str:
    end = _LINE_END.search(held, begin)
    return held[begin : end.start() if end else len(held)].decode(errors="replace")


def _closing(held: bytes, at: int, *, ended: bool) -> int | None:
    """Where the mark stands that closes a value, passing over doubled ones."""
    while (found := held.find(MARK, at)) >= 0:
        if found + 1 == len(held):
            return found if ended else None
        if held[found + 1 : found + 2] != MARK:
            return found
        at = found + 2
    return None


def _share_alike(before: Collection[bytes], cells: Sequence[bytes]) -> float:
    """How many of some values have the shape of a row's own values; none, unless numbers or days are among them."""
    pairs = [pair for pair in zip(before, cells, strict=False) if any(pair)]
    same = [pair for pair in pairs if _shape(pair[0]) == _shape(pair[1])]
    told = any(_DIGIT.search(one) and _DIGIT.search(other) for one, other in same)
    return len(same) / len(pairs) if told else 0.0


def _shape(value: bytes) -> bytes:
    return _WORD.sub(b"x", value.strip(b' \t"'))
