"""Days on which an open child had nobody, as far back as the record can tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.pictures import Gap
from keyworker.facts.reach import holders_told_from
from keyworker.facts.rows import fetch

_WITHOUT = "select child_id, from_on, to_on from {gap} g order by from_on"


@dataclass(frozen=True)
class Without:
    """One child's open days without a worker.

    Takes   gaps, on which nobody held the child; untold, before the reach of the record's involvements: whoever held
            the child then may have let go before the extract begins, and would not be in it.
    """

    gaps: tuple[Gap, ...] = ()
    untold: tuple[Gap, ...] = ()


def without(connection: psycopg.Connection, lens: Lens) -> dict[str, Without]:
    """The open days without a worker of each of the lens's children, earliest first; who had none is left out."""
    told = holders_told_from(connection, lens.moment)
    found: dict[str, list[Gap]] = defaultdict(list)
    for child_id, from_on, to_on in fetch(connection, lens, _WITHOUT):
        found[child_id].append(Gap(from_on, to_on))
    return {
        child_id: Without(
            gaps=tuple(part for gap in those for part in _from(told, gap)),
            untold=tuple(part for gap in those for part in _before(told, gap)),
        )
        for child_id, those in found.items()
    }


def _from(told: date | None, gap: Gap) -> Iterator[Gap]:
    if told is None or told <= gap.from_on:
        yield gap
    elif gap.to_on is None or told < gap.to_on:
        yield replace(gap, from_on=told)


def _before(told: date | None, gap: Gap) -> Iterator[Gap]:
    if told is not None and gap.from_on < told:
        yield replace(gap, to_on=min(gap.to_on or told, told))
