"""The days on which the same rows come to mean something else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from keyworker.facts.lens import FAR, Lens
from keyworker.facts.moment import Moment

Ask = Callable[[str, Lens], Sequence[tuple[Any, ...]]]

_TURNS = """select from_on, to_on from {meaning} m
union all select from_on, to_on from {identity_link} k
union all select from_on, to_on from {setting} s where name = 'source precedence'"""


def turns(ask: Ask, known_at: datetime | None) -> list[date]:
    """Every day on which a word's meaning, a joined identifier or a precedence begins or ceases, in order."""
    rows = ask(_TURNS, Lens(Moment(FAR, known_at)))
    return sorted({day for row in rows for day in row if day is not None})
