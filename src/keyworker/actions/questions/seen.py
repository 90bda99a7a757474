"""Whom an answer shows, for the access log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from keyworker.facts.handles import HandleKind
from keyworker.facts.pictures import ChildRow


@dataclass(frozen=True)
class Seen:
    """Of whom or of what an answer told. Takes handles, one for each; an empty one stands for nobody."""

    kind: HandleKind
    handles: tuple[str, ...] = ()


def nobody(_: object) -> Seen:
    """An answer that shows no child by name or handle."""
    return Seen(HandleKind.CHILD)


def children_of(rows: Iterable[ChildRow]) -> Seen:
    """The children of some rows."""
    return Seen(HandleKind.CHILD, tuple(row.handle for row in rows))
