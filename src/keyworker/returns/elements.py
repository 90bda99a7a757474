"""Elements of a message: filled ones are written, empty ones are not."""

from __future__ import annotations

from typing import Any

from lxml import etree


def add(parent: etree._Element, name: str, value: Any) -> None:
    """Add one element, unless there is nothing to say."""
    if value is None or value == "":
        return
    text = ("true" if value else "false") if isinstance(value, bool) else str(value)
    etree.SubElement(parent, name).text = text


def in_order(groups: list[etree._Element]) -> list[etree._Element]:
    """Groups in the order of what they say. Each begins with its day; no identifier of a source decides."""
    return sorted(groups, key=etree.tostring)
