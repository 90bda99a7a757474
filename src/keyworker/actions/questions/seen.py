"""Whom an answer shows, for the access log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from keyworker.facts.handles import HandleKind
from keyworker.facts.pictures import ChildRow

Seen = Mapping[HandleKind, Iterable[str]]
"""The handles of those of whom an answer tells, by kind; an empty handle stands for nobody."""


def nobody(_: object) -> Seen:
    """An answer that shows nobody by name or handle."""
    return {HandleKind.CHILD: ()}


def children_of(rows: Iterable[ChildRow]) -> Seen:
    """The children of some rows."""
    return {HandleKind.CHILD: [row.handle for row in rows]}
