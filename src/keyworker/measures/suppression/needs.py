"""What is suppressed for its own sake, and what must stay possible of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from keyworker.measures.suppression.attack import could_be
from keyworker.measures.suppression.defence import Need
from keyworker.measures.suppression.ranges import Range
from keyworker.measures.suppression.release import Release
from keyworker.measures.suppression.rule import Rule, Why
from keyworker.measures.suppression.system import Bounds, System
from keyworker.measures.suppression.table import Cell, Table

Kept = tuple[Cell, int, int, int]
"""A cell, its count, and the counts from which to which it must be able to lie."""


def too_small(table: Table, rule: Rule, known: frozenset[Cell]) -> tuple[dict[Cell, Why], list[Kept]]:
    """The cells that a rule suppresses by themselves, and how far each must be able to lie."""
    why: dict[Cell, Why] = {}
    kept: list[Kept] = []
    for cell, count in table.counts.items():
        if cell not in known and rule.small(count):
            why[cell] = Why.SMALL
            kept.append((cell, count, 0, rule.must_allow))
    for some, others, base in table.shares if rule.unanimous else ():
        if not table.counts[base]:
            continue
        for nobody in (some, others):
            if not table.counts[nobody] and nobody not in known:
                why |= {cell: Why.EVERYONE for cell in (some, others) if cell not in known and cell not in why}
                kept.append((nobody, 0, 0, rule.must_allow))
    return why, kept


def few_changed(
    table: Table, rule: Rule, known: frozenset[Cell], earlier: Sequence[Release]
) -> tuple[dict[Cell, Why], list[Kept]]:
    """The cells whose change since an earlier release is itself a small number."""
    why: dict[Cell, Why] = {}
    kept: list[Kept] = []
    for release in earlier:
        for cell, count in table.counts.items():
            before = release.known_between(cell) if cell in release.table.counts else None
            if cell in known or before is None or before.high != before.low:
                continue
            change = count - before.low
            if change and rule.small(abs(change)):
                ends = sorted((before.low, max(before.low + (1 if change > 0 else -1) * rule.must_allow, 0)))
                why[cell] = Why.FEW_CHANGED
                kept.append((cell, count, ends[0], ends[1]))
    return why, kept


def still_owed(earlier: Sequence[Release], known: frozenset[Cell]) -> list[Kept]:
    """What earlier releases suppressed as small, and what must still be possible of it after this one."""
    return [
        (cell, release.table.counts[cell], 0, release.rule.must_allow)
        for release in earlier
        for cell, why in release.suppressed.items()
        if cell not in known and why is Why.SMALL
    ]


def needs(
    equations: System, kept: Sequence[Kept], own: tuple[int, ...], insiders: Sequence[tuple[int, ...]]
) -> list[Need]:
    """Each need, for whoever sees only what is shown to them and for each insider, who knows more.

    Takes   own and insiders, the positions of what they know of old. What follows from that alone is no need: whoever
            knows the only team of a district knows the district, and that it holds no fewer than the team.
    """
    found: dict[Need, None] = {}
    for knowing in dict.fromkeys([(), *insiders]):
        alone = _nothing_shown(equations).knowing([*own, *knowing], equations.counts)
        for cell, count, low, high in kept:
            place = equations.places[(cell, count)]
            least, most = could_be(equations, alone, place) if own or knowing else Range(0, None)
            ends = max(low, least), high if most is None else min(high, most)
            if ends[0] < ends[1]:
                found[Need(place, *ends, knowing=knowing)] = None
    return list(found)


def _nothing_shown(equations: System) -> Bounds:
    n = len(equations.numbers)
    return Bounds(np.zeros(n), np.full(n, np.inf))
