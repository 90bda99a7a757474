"""Open a workbook as if somebody had made it to do harm: nothing is unpacked or laid out before its size is known.

Formulas are never worked out: what the workbook saved as their result is taken as text. Macros, links and pictures
are left behind.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook

from keyworker.vocabulary.errors import FileRefused

MAX_FILE = 128 * 1024 * 1024
MAX_UNPACKED = 512 * 1024 * 1024
MAX_MEMBER = 256 * 1024 * 1024
MAX_RATIO = 400  # a sheet of one repeated word packs about a hundred to one
MAX_MEMBERS = 1_000
MAX_CELLS = 10_000_000  # of the rectangle that holds every filled cell: what laying a sheet out costs
MAX_TEXT = 256_000_000
_PARTS_OF_A_CELL = frozenset({"v", "f", "is", "t", "r", "rPr"})
_WAITING = 5 * 16_384  # elements of one row: a sheet has 16,384 columns
_LOOKED_AT = 1024 * 1024
_NEEDED = re.compile(r"^(\[Content_Types\]\.xml|_rels/\.rels|xl/(?!.*(vba|media|drawings|embeddings)).*\.(xml|rels))$")
_SHEET = re.compile(r"^xl/worksheets/[^/]+\.xml$")
_REFERENCE = re.compile(r"^\$?([A-Z]{1,3})\$?([0-9]{1,7})$")


@dataclass
class Sheet:
    """One sheet as rows of text, from its row 1."""

    name: str
    rows: list[list[str | None]]


@dataclass
class Workbook:
    """A workbook that passed every bound.

    Takes   unsaved, formula cells with no saved result; errors, cells that show an error such as #REF!;
            formulas, all formula cells.
    """

    sheets: list[Sheet]
    formulas: int = 0
    unsaved: int = 0
    errors: int = 0

    def notes(self) -> list[str]:
        """What a person should know of cells that hold no plain value."""
        said = []
        if self.formulas:
            said.append(f"{self.formulas:,} cells are formulas: the saved result was read and nothing was worked out.")
        if self.unsaved:
            said.append(f"{self.unsaved:,} formulas have no saved result and were read as empty.")
        if self.errors:
            said.append(f"{self.errors:,} cells show an error, such as #REF!, and were read as empty.")
        return said


def phrases_in(path: Path, phrases: frozenset[str]) -> frozenset[str]:
    """Which of some phrases a workbook's first texts hold, in any case; a single word only as a whole text.

    Cheap and bounded; never raises on what the bytes are.
    """
    try:
        if not path.is_file() or path.stat().st_size > MAX_FILE:
            return frozenset()
        with zipfile.ZipFile(path) as packed:
            names = [name for name in packed.namelist()[:MAX_MEMBERS] if _SHEET.match(name)][:40]
            found: set[str] = set()
            for name in ("xl/sharedStrings.xml", *names):
                if name in packed.NameToInfo:
                    with packed.open(name) as member:
                        text = re.sub(
                            rb"<[^<>]*>", b"\n", re.sub(rb"</?(?:r|rPr|t)\b[^<>]*>", b"", member.read(_LOOKED_AT))
                        )
                    said = text.decode("utf-8", errors="replace").lower()
                    lines = {line.strip() for line in said.split("\n")}
                    found |= {one for one in phrases if (one.lower() in (said if " " in one else lines))}
            return frozenset(found)
    except (OSError, ValueError, RuntimeError, NotImplementedError, EOFError, zipfile.BadZipFile, zlib.error):
        return frozenset()


def opened(path: Path) -> Workbook:
    """Read a workbook's sheets. Raises FileRefused when it passes a bound, is damaged or is locked."""
    book = Workbook([])
    vetted = _vetted(path, book)
    try:
        with CalamineWorkbook.from_filelike(vetted) as read:
            for name in read.sheet_names:
                book.sheets.append(_sheet(read, name))
    except CalamineError as wrong:
        raise _damaged(path) from wrong
    except BaseException as wrong:  # the library's own panics are not Exceptions
        if type(wrong).__name__ == "PanicException":
            raise _damaged(path) from None
        raise
    return book


def _sheet(read: CalamineWorkbook, name: str) -> Sheet:
    sheet = read.get_sheet_by_name(name)
    rows = sheet.to_python(skip_empty_area=False)
    return Sheet(name, [[_text(cell) for cell in row] for row in rows])


def _text(cell: Any) -> str | None:
    if isinstance(cell, str):
        return cell.replace("\xa0", " ").strip() or None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(timespec="seconds")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    return str(cell)


def _vetted(path: Path, book: Workbook) -> io.BytesIO:
    """A copy of the parts that matter, each read through and within its declared size."""
    if path.stat().st_size > MAX_FILE:
        raise _beyond(path, f"it is larger than {MAX_FILE // 1024**2} MB")
    copy = io.BytesIO()
    try:
        with zipfile.ZipFile(path) as packed, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
            lengths: list[int] = []
            for member in sorted(_members(path, packed), key=lambda each: each.filename != "xl/sharedStrings.xml"):
                data = packed.read(member)
                if b"<!DOCTYPE" in data or b"<!ENTITY" in data or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
                    raise _beyond(path, "a part of it declares a document type, which no spreadsheet program writes")
                if member.filename == "xl/sharedStrings.xml":
                    lengths = _string_lengths(path, data)
                elif _SHEET.match(member.filename):
                    _look_through(path, data, lengths, book)
                out.writestr(member.filename, data)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, zlib.error) as wrong:
        raise _damaged(path) from wrong
    except RuntimeError as wrong:
        raise FileRefused(
            "The workbook is locked with a password.", where=path.name, remedy="Save it without one."
        ) from wrong
    copy.seek(0)
    return copy


def _members(path: Path, packed: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    members = packed.infolist()
    if "xl/workbook.xml" not in packed.NameToInfo:
        raise FileRefused(
            "The file is not a workbook of the .xlsx kind.", where=path.name, remedy="Save it as an Excel workbook."
        )
    if len(members) > MAX_MEMBERS:
        raise _beyond(path, f"it is made of {len(members):,} parts")
    if len(packed.NameToInfo) != len(members):
        raise _beyond(path, "two of its parts have one name")
    needed = [member for member in members if _NEEDED.match(member.filename)]
    if sum(member.file_size for member in needed) > MAX_UNPACKED:
        raise _beyond(path, f"it unpacks to more than {MAX_UNPACKED // 1024**2} MB")
    for member in needed:
        if member.file_size > MAX_MEMBER:
            raise _beyond(path, f"one part unpacks to more than {MAX_MEMBER // 1024**2} MB")
        if member.file_size > 1_000_000 and member.file_size > MAX_RATIO * max(member.compress_size, 1):
            raise _beyond(path, f"one part is packed more than {MAX_RATIO} to one")
    yield from needed


def _look_through(path: Path, data: bytes, lengths: list[int], book: Workbook) -> None:
    """Count a sheet's formulas and errors, and refuse one that would not fit when laid out."""
    last_row = last_column = row = column = characters = waiting = 0
    names: dict[str, str] = {}
    try:
        for _, element in _streamed(data):
            tag = element.tag
            name = names.get(tag) or names.setdefault(tag, str(tag).rpartition("}")[2])
            waiting += 1
            if waiting > _WAITING:
                raise _beyond(path, "a row of it is made of more parts than a sheet has columns")
            if name == "c":
                at = _REFERENCE.match(element.get("r") or "")
                row, column = (int(at.group(2)), _column(at.group(1))) if at else _next(element, row, column)
                if len(element):
                    last_row, last_column = max(last_row, row), max(last_column, column)
                    characters += _count(element, lengths, book)
                    element.clear()
            elif name not in _PARTS_OF_A_CELL:
                waiting, column = 0, 0
                _let_go(element)
    except etree.XMLSyntaxError as wrong:
        raise _damaged(path) from wrong
    if last_row * last_column > MAX_CELLS:
        raise _beyond(path, f"a sheet reaches over more than {MAX_CELLS:,} cells")
    if characters > MAX_TEXT:
        raise _beyond(path, f"the text of a sheet is longer than {MAX_TEXT:,} characters")


def _string_lengths(path: Path, data: bytes) -> list[int]:
    """How long each shared text is: a short part can name a long text in every cell of a sheet."""
    lengths: list[int] = []
    length = 0
    try:
        for _, element in _streamed(data):
            length += len(element.text or "")
            if str(element.tag).endswith("}si"):
                lengths.append(length)
                length = 0
            _let_go(element)
    except etree.XMLSyntaxError as wrong:
        raise _damaged(path) from wrong
    return lengths


def _streamed(data: bytes) -> Any:
    return etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        huge_tree=False,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )


def _let_go(element: Any) -> None:
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _next(cell: Any, row: int, column: int) -> tuple[int, int]:
    """Where a cell is that does not say: after the one before it, in the row that holds it."""
    if column:
        return row, column + 1
    return _number(cell.getparent().get("r"), row + 1), 1


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) <= 7 else otherwise


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _count(cell: Any, lengths: list[int], book: Workbook) -> int:
    """Count what kind of cell it is; give how many characters its text has."""
    parts = {str(part.tag).rpartition("}")[2]: part for part in cell}
    value = (parts["v"].text or "") if "v" in parts else ""
    if cell.get("t") == "e":
        book.errors += 1
    if "f" in parts:
        book.formulas += 1
        book.unsaved += not value
    if cell.get("t") == "s":
        at = _number(value.strip(), -1)
        return lengths[at] if 0 <= at < len(lengths) else 0
    return len(value)


def _damaged(path: Path) -> FileRefused:
    return FileRefused(
        "The workbook is damaged and cannot be read.", where=path.name, remedy="Open it and save it anew."
    )


def _beyond(path: Path, what: str) -> FileRefused:
    return FileRefused(
        f"The workbook was not opened: {what}.",
        where=path.name,
        remedy="Check that it is the return and is not damaged.",
    )
