"""A part of a long list, for whoever fetches it page by page: only whom the part shows is logged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Wanted:
    """Which part is wanted. Takes page, from 1; size, the rows of a page."""

    page: int = 1
    size: int = 100


@dataclass(frozen=True)
class Part(Generic[T]):
    """Some rows of a list. Takes of, how many the whole list has that the asker may see."""

    rows: tuple[T, ...]
    of: int


def part_of(rows: Sequence[T], wanted: Wanted) -> Part[T]:
    """The wanted part of a list; no rows beyond its end."""
    first = (wanted.page - 1) * wanted.size
    return Part(tuple(rows[first : first + wanted.size]), len(rows))
