"""What a file that no reader knows seems to be, what is wrong with it, and what to do.

Nothing that stands in a file is repeated but the names of XML elements: the first row of a list without a heading is
somebody's.
"""

from __future__ import annotations

import re
from pathlib import Path

from keyworker.intake.hostile_xml import NAMED, BrokenOff, beginning, pieces
from keyworker.intake.text_table import heading_of
from keyworker.vocabulary import TABLES, Table
from keyworker.vocabulary.errors import FileRefused

OLD_WORKBOOK = bytes.fromhex("D0CF11E0A1B11AE1")
LOOKED_FOR = (
    "an extract of the Standard Safeguarding Dataset, a CIN census, an Annex A workbook, an SSDA903 return, "
    "a workforce census, a file of the DfE's daily API, a pack of workforce tables"
)
ANOTHER = f"Looked for: {LOOKED_FOR}. Check that it is one of these, exported with its headings."
MOST_FITTING = 12
_ROOT = re.compile(r"<(?![?!])(?:[^\s<>/:]*:)?([^\s<>/:]+)")
_COLLECTION = re.compile(r"<(?:\w+:)?Collection>\s*([\w .-]{1,40}?)\s*<")
_VALUE = re.compile(r"^[\d\s./:-]+$|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{2,4}")


def seems(path: Path) -> FileRefused:
    """The refusal of a file that no reader knows, with what can be said of it."""
    with path.open("rb") as file:
        first = file.read(len(OLD_WORKBOOK))
    if first == OLD_WORKBOOK:
        return FileRefused(
            "This is a workbook of the older kind (.xls), or one that is locked with a password.",
            where=path.name,
            remedy="Save it as an Excel workbook (.xlsx) without a password.",
        )
    text = beginning(path).lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        return _xml(path, text)
    rows = heading_of(path)
    if rows is not None and len(rows.names) > 1:
        return _rows(path, rows.names)
    return FileRefused("Nobody here knows what this is.", where=path.name, remedy=ANOTHER)


def _xml(path: Path, text: str) -> FileRefused:
    root, collection = _ROOT.search(text), _COLLECTION.search(text)
    begun = f" that begins with <{root.group(1)[:NAMED]}>" if root else ""
    said = f" of the collection {collection.group(1)}" if collection else ""
    wrong = _fault(path)
    if isinstance(wrong, BrokenOff) or (wrong is not None and ">" not in text[root.start() if root else 0 :]):
        return BrokenOff(
            f"This is XML{begun}{said}, and it breaks off before anything says that it is a return known here.",
            where=wrong.where,
            remedy="It was cut short: export it again and wait until it is written to its end, or copy it again whole.",
        )
    if wrong is not None:
        return wrong
    return FileRefused(f"This is XML{begun}{said}, which no return read here is.", where=path.name, remedy=ANOTHER)


def _fault(path: Path) -> FileRefused | None:
    """Why it cannot be read to its end as XML; None where it can."""
    try:
        for _ in pieces(path, frozenset()):
            pass
    except FileRefused as wrong:
        return wrong
    return None


def _rows(path: Path, names: tuple[str, ...]) -> FileRefused:
    wide = len(names)
    has_values = any(_VALUE.search(name) for name in names)
    what = (
        f"These are rows of {wide:,} columns without a heading: the first row holds values, no names of columns."
        if has_values
        else f"These are rows of {wide:,} columns, and the first row is the heading of no table that is known here."
    )
    fitting = tables_as_wide_as(wide)
    fits = (
        f"Tables of so many columns: {', '.join(fitting[:MOST_FITTING])}"
        + (f" and {len(fitting) - MOST_FITTING} more." if len(fitting) > MOST_FITTING else ".")
        if fitting
        else "No table that is read here has just so many columns."
    )
    return FileRefused(
        what,
        where=f"{path.name}, row 1",
        remedy=f"Export it again with its system's names of the columns in the first row. {fits} {ANOTHER}",
    )


def tables_as_wide_as(wide: int) -> list[str]:
    """The described tables of which a list of so many columns might be, as the dataset or as our own pack has them."""
    return [name for name, table in TABLES.items() if not table.stays and wide in _widths(table)]


def _widths(table: Table) -> set[int]:
    """How many columns a table has in the dataset; and in a pack, where a time of entry may be beside them."""
    own = len(table.columns)
    of_dataset = {sum(1 for column in table.columns if column.ssd)} if table.ssd else set()
    return {own, own + 1} | of_dataset
