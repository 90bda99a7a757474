"""The looked after children return as one XML: each child's parts become the same records as the CSVs hold."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from keyworker.intake.gathered import Gathered, Shape
from keyworker.intake.hostile_xml import Element, Piece, beginning, local_name, pieces
from keyworker.vocabulary.errors import FileRefused

# Elements that are records of their own, and the table of the CSV form that each is.
_RECORDS = {
    "EPISODE": "episodes",
    "AREVIEW": "reviews",
    "AMISSING": "missing",
    "PERMANENCE": "previous_permanence",
    "OC2": "oc2",
    "AD_PLACED": "placed_for_adoption",
    "SW_EPISODE": "sw_episodes",
}
# Values of the header that belong to a table of their own in the CSV form.
_TAKEN = {
    "uasc": ("UASC", "DUC"),
    "oc3": ("IN_TOUCH", "ACTIV", "ACCOM"),
    "ad1": ("DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR"),
}
_NOT_SO = {"uasc": {None, "0"}}  # a child who is not seeking asylum alone is said to be so by 0
_NAMES = {"CHILDID": "CHILD", "PL": "PLACE"}
_EMPTY = Shape()


def is_message(path: Path) -> bool:
    """Whether a file's beginning is that of the return's XML."""
    text = beginning(path)
    return bool(re.search(r"<EXPSSDA903[\s>]", text)) or all(name in text for name in ("<CHILDID>", "<ETHNIC>"))


def gather_message(path: Path, gathered: Gathered) -> None:
    """Keep every child of the return. Raises FileRefused when it holds none."""
    children = 0
    for piece in pieces(path, frozenset({"CHILD"})):
        if isinstance(piece, Piece):
            children += 1
            _child(piece.element, piece.ordinal, gathered)
        else:
            gathered.left.add("EXPSSDA903", *piece)
    if not children:
        raise FileRefused("The return holds no child.", where=path.name, remedy="Make the return again.")
    for kind in (*_RECORDS.values(), *_TAKEN, "header"):
        gathered.expect(kind, ("CHILD",))


def _child(element: Element, ordinal: int, gathered: Gathered) -> None:
    header: dict[str, str | None] = {}
    records: list[Element] = []
    for part in [element, *(part for part in element if local_name(part) == "HEADER")]:
        _renamed(part)
        gathered.add_stray("header", part)
        for below in part:
            name = local_name(below)
            if name in _RECORDS:
                records.append(below)
            elif name != "HEADER":
                _value(below, name, header, gathered)
    child = header.get("CHILD")
    for kind, names in _TAKEN.items():
        taken = {name: header[name] for name in names if header.get(name) not in _NOT_SO.get(kind, {None})}
        if taken:
            for name in taken:
                del header[name]
            gathered.add(kind, {"CHILD": child, **taken}, ordinal)
    gathered.add("header", header, ordinal)
    for record in records:
        _renamed(record)
        kind = _RECORDS[local_name(record)]
        etree.SubElement(record, "CHILD").text = child
        gathered.add_element(kind, record, _EMPTY, ordinal)


def _value(element: Element, name: str, header: dict[str, str | None], gathered: Gathered) -> None:
    text = (element.text or "").strip() or None
    if len(element):
        gathered.add_unknown(f"header/{name}", element)
    elif header.get(name) is None:
        header[name] = text
    elif text:
        gathered.left.add("header", f"{name} given more than once")


def _renamed(element: Element) -> None:
    for part in element:
        name = local_name(part)
        if name in _NAMES and not len(part):
            part.tag = _NAMES[name]
