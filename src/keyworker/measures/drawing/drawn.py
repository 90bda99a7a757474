"""A drawn chart: its pictures, its words and its table, which say the same."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Width(IntEnum):
    """For how wide a place a picture is laid out, in points: nothing is only scaled down."""

    WIDE = 720
    NARROW = 320


@dataclass(frozen=True)
class Listed:
    """The numbers of a chart as a table: each row as many cells as there are headings."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Drawn:
    """A chart as people meet it.

    Takes   title, its finding in a sentence; unit, of its upright axis; source, a line; description, for those who do
            not see it; wide and narrow, the same picture laid out for a page and for 320 points; notes, sentences to
            stand beneath; table, every number.
    """

    title: str
    unit: str
    source: str
    description: str
    wide: str
    narrow: str
    notes: tuple[str, ...]
    table: Listed
