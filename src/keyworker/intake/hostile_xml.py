"""Open an XML return as if somebody had made it to do harm.

No document type, no entity, no network, bounded in bytes, depth, breadth and record size; read as a stream.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from keyworker.vocabulary.errors import FileRefused

MAX_BYTES = 512 * 1024 * 1024
MAX_DEPTH = 24
MAX_PARTS = 50_000  # elements in one record: a child has some hundreds
MAX_TEXT = 1_000_000  # characters in one value
SNIFF = 64 * 1024
TAIL = 4 * 1024
NAMED = 40  # characters of an element's name that an error repeats

_ENCODINGS = {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin-1", "windows-1252", "cp1252", "utf-16"}
_DECLARED = re.compile(r"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
_BEFORE_ROOT = re.compile(r"^\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*", re.DOTALL)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

Element = Any  # lxml's element; its stubs call it private


class BrokenOff(FileRefused):
    """An XML file that ends before its first element does: it was cut short on its way."""


@dataclass(frozen=True)
class Piece:
    """One element that a reader asked for, whole, and which one of its name it is in the file, from 1."""

    name: str
    element: Element
    ordinal: int


def beginning(path: Path) -> str:
    """The first characters of a file as text, for recognising it. Never raises on what the bytes are."""
    try:
        with path.open("rb") as opened:
            raw = opened.read(SNIFF)
    except OSError:
        return ""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, errors="replace")
    return raw.decode("utf-8", errors="replace")


def local_name(element: Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def pieces(path: Path, wanted: frozenset[str]) -> Iterator[Piece | tuple[str, int]]:
    """Give each wanted element whole, and for what lies outside them how many values each name holds.

    Raises  FileRefused when the file is not well formed, declares a document type or passes a bound.
    """
    _check_before_parsing(path)
    within: list[str] = []
    try:
        with path.open("rb") as opened:
            yield from _walk(path, opened, wanted, within)
    except etree.XMLSyntaxError as wrong:
        raise _unsound(path, wrong.lineno or 0, within) from None


def _unsound(path: Path, line: int, within: Sequence[str]) -> FileRefused:
    """What is wrong with it. Takes within, the elements that are open at the fault, the outermost first."""
    if within and not _is_closed(path, within[0]):
        around = "".join(f", within <{name[:NAMED]}>" for name in reversed(within[:-1]))
        return BrokenOff(
            f"The file breaks off inside <{within[-1][:NAMED]}>{around}: it was cut short.",
            where=f"{path.name}, line {line}",
            remedy="Export it again and wait until it is written to its end, or copy it again whole.",
        )
    return FileRefused(
        "The file is not well-formed XML, or holds something that no return needs.",
        where=f"{path.name}, line {line}",
        remedy="Make the return again from the case system and load it unedited.",
    )


def _is_closed(path: Path, root: str) -> bool:
    """Whether a file's last characters close its first element."""
    with path.open("rb") as opened:
        opened.seek(max(path.stat().st_size - TAIL, 0))
        end = opened.read().replace(b"\0", b"")  # of UTF-16 the letters remain
    return re.search(rb"</(?:[^<>:]*:)?" + re.escape(root.encode()) + rb"\s*>[^<>]*(?:<!--.*-->\s*)?$", end) is not None


def _walk(path: Path, opened: Any, wanted: frozenset[str], within: list[str]) -> Iterator[Piece | tuple[str, int]]:
    parser = etree.iterparse(
        opened,
        events=("start", "end"),
        huge_tree=False,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
    )
    depth = parts = 0
    inside = 0  # depth at which the wanted element that we are in began, 0 outside
    ordinals: dict[str, int] = {}
    for event, element in parser:
        if event == "start":
            depth += 1
            within.append(local_name(element))
            if depth == 1 and element.getroottree().docinfo.internalDTD is not None:
                raise _document_type(path)
            if depth > MAX_DEPTH:
                raise _beyond(path, f"elements inside elements more than {MAX_DEPTH} deep")
            if not inside and local_name(element) in wanted:
                inside, parts = depth, 0
            parts += 1
            if inside and parts > MAX_PARTS:
                raise _beyond(path, f"one record of more than {MAX_PARTS:,} elements")
            continue
        if len(element.text or "") > MAX_TEXT:
            raise _beyond(path, f"one value of more than {MAX_TEXT:,} characters")
        if inside == depth:
            name = local_name(element)
            ordinals[name] = ordinals.get(name, 0) + 1
            yield Piece(name, element, ordinals[name])
            inside = 0
        elif not inside:
            yield from _outside(element)
        if not inside:
            _let_go(element)
        depth -= 1
        within.pop()


def _outside(element: Element) -> Iterator[tuple[str, int]]:
    name = local_name(element)
    texts = [element.text, *(part.tail for part in element)]
    found = sum(1 for text in texts if text and text.strip())
    if found:
        yield name, found


def _let_go(element: Element) -> None:
    tail = element.tail
    element.clear()
    element.tail = tail
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _check_before_parsing(path: Path) -> None:
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise _beyond(path, f"{size / 1e9:.1f} GB, more than the {MAX_BYTES // 1024**2} MB that a return can need")
    text = beginning(path)
    declared = _DECLARED.match(text)
    if declared and declared.group(1).lower() not in _ENCODINGS:
        raise FileRefused(
            "The file declares a character encoding that no return uses.",
            where=path.name,
            remedy="Save it as UTF-8.",
        )
    rest = text[_BEFORE_ROOT.match(text).end() :] if text else ""  # type: ignore[union-attr]
    if rest.startswith("<!"):
        raise _document_type(path)
    if not rest.startswith("<"):
        raise FileRefused(
            "The file does not begin as XML.", where=path.name, remedy="Choose the XML file of the return."
        )


def _document_type(path: Path) -> FileRefused:
    return FileRefused(
        "The file declares a document type (DOCTYPE), which no return has and which can be made to do harm.",
        where=path.name,
        remedy="Make the return again from the case system; do not edit the line away unless you know who added it.",
    )


def _beyond(path: Path, what: str) -> FileRefused:
    return FileRefused(
        f"The file holds {what}.", where=path.name, remedy="Check that it is the return and that it is not damaged."
    )
