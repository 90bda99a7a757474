"""What a text file is made of: its encoding, its separator, its heading. Found by content, in bounded memory."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from keyworker.vocabulary.errors import FileRefused

CHUNK = 1 << 22
LONGEST_ROW = 1 << 24
HEADING_LIMIT = 1 << 16
SEPARATORS = ",;\t|"
UNDEFINED_IN_1252 = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")
NOT_TEXT = bytes(set(range(32)) - {0, 9, 10, 12, 13, 26})
BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MENDED_UTF_8 = "utf8"  # UTF-8 with bytes in it that stand for no character: it is decoded, and they are replaced
SPOKEN = {
    "cp1252": "Windows-1252",
    "utf-8": "UTF-8",
    MENDED_UTF_8: "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32",
}
WIDE = frozenset(name for name in SPOKEN if name.startswith(("utf-16", "utf-32")))


@dataclass(frozen=True)
class Heading:
    """The first row of a file of rows, and how to read the rows below it.

    Takes   names as the file writes them; the separator; rows_above, how many rows to pass over, the heading included.
    """

    names: tuple[str, ...]
    separator: str
    encoding: str
    rows_above: int


@dataclass(frozen=True)
class Content:
    """What one reading of the whole file says about it.

    Takes   encoding; unreadable, how many bytes stand for no character; quoted, whether it may hold quotation marks;
            slashed, whether it may hold days with slashes.
    """

    encoding: str
    unreadable: int
    quoted: bool
    slashed: bool


def heading(path: Path) -> Heading | None:
    """The heading of a file of rows, or None where the file is no such thing. Reads its beginning only."""
    with path.open("rb") as file:
        start = file.read(HEADING_LIMIT)
    encoding = first_guess(start)
    if encoding is None:
        return None
    lines = _decoded_start(start, encoding).splitlines()
    if not lines:
        return None
    above = 1 if lines[0].strip().lower().startswith("sep=") and len(lines) > 1 else 0
    line = lines[above]
    if len(start) == HEADING_LIMIT and len(lines) == above + 1:
        return None
    separator = max(SEPARATORS, key=lambda mark: len(_split(line, mark)))
    names = tuple(name.strip() for name in _split(line, separator))
    return Heading(names, separator, encoding, above + 1) if any(names) else None


def _split(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def first_guess(start: bytes) -> str | None:
    """The encoding that a file's first bytes speak for; None where they are no text."""
    for mark, name in BOMS:
        if start.startswith(mark):
            return name
    if not start:
        return None
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) * 3 > len(start) // 2 and min(even, odd) * 10 < max(even, odd):
        return "utf-16-le" if odd > even else "utf-16-be"
    controls = len(start) - len(start.translate(None, NOT_TEXT))
    if controls * 50 > len(start) or start.count(0) * 10 > len(start):
        return None
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _decoded_start(start: bytes, encoding: str) -> str:
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    return decoder.decode(start).removeprefix("\ufeff")


def content(path: Path, guess: str) -> Content:
    """Read the whole file once, and say what it is written in.

    Raises  FileRefused where a row never ends, or UTF-16 breaks off.
    """
    encoding = guess if guess in WIDE else "utf-8"
    decoder = codecs.getincrementaldecoder(encoding)()
    quoted = slashed = False
    valid = True
    without_end = 0
    for chunk in _chunks(path):
        without_end = 0 if b"\n" in chunk or b"\r" in chunk else without_end + len(chunk)
        if without_end > LONGEST_ROW:
            raise FileRefused(
                f"A row is longer than {LONGEST_ROW:,} bytes.",
                where=path.name,
                remedy="Leave the long column out of the extract.",
            )
        quoted = quoted or b'"' in chunk
        slashed = slashed or b"/" in chunk
        valid = valid and _decodes(decoder, chunk, plain=encoding == "utf-8")
    valid = valid and _decodes(decoder, b"", final=True)
    if valid:
        return Content(encoding, 0, quoted, slashed)
    if guess in WIDE:
        raise FileRefused(
            f"The file begins as {SPOKEN[guess]} text and then is not.",
            where=path.name,
            remedy="It may have been cut short: export it again.",
        )
    kept, lost = _characters(path)
    if kept > lost:
        return Content(MENDED_UTF_8, lost, quoted, slashed)
    unreadable = sum(chunk.count(one) for chunk in _chunks(path) for one in UNDEFINED_IN_1252)
    return Content("cp1252", unreadable, quoted, slashed)


def _characters(path: Path) -> tuple[int, int]:
    """How many characters beyond ASCII a file holds when read as UTF-8, and how many bytes stand for none."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    kept = lost = 0
    for chunk in itertools.chain(_chunks(path), [b""]):
        text = decoder.decode(chunk, final=not chunk)
        replaced = text.count("\ufffd")
        lost += replaced
        kept += len(text) - len(text.encode("ascii", "ignore")) - replaced
    return kept, lost


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, plain: bool = False, final: bool = False) -> bool:
    if plain and chunk.isascii() and not decoder.getstate()[0]:
        return True
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


class _Recoded(io.RawIOBase):
    """A file's bytes as UTF-8, a chunk at a time."""

    def __init__(self, file: BinaryIO, encoding: str) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        self._waiting = b""
        self._begun = self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._waiting and not self._ended:
            chunk = self._file.read(CHUNK)
            self._ended = not chunk
            text = self._decoder.decode(chunk, final=not chunk)
            if not self._begun and text:
                text, self._begun = text.removeprefix("\ufeff"), True
            self._waiting = text.encode("utf-8", errors="replace")
        taken = self._waiting[: len(buffer)]
        buffer[: len(taken)] = taken
        self._waiting = self._waiting[len(taken) :]
        return len(taken)


@contextmanager
def as_utf8(path: Path, encoding: str) -> Iterator[BinaryIO]:
    """The file's bytes as UTF-8 without a mark at the front, whatever it is written in."""
    with path.open("rb") as file:
        if encoding == "utf-8":
            if file.read(3) != codecs.BOM_UTF8:
                file.seek(0)
            yield file
        else:
            yield io.BufferedReader(_Recoded(file, encoding), CHUNK)
