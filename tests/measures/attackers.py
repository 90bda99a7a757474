"""Attackers who know nothing but what is shown: they share no code with the program's own attack and defence.

Each takes what several releases show: for every cell the counts between which it is known to lie, and the sums that
anyone can do. A cell is (release, cell), unless the attacker is told that it did not change from one to the next.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Hashable, Iterator, Sequence

import numpy as np
from scipy.optimize import linprog

from keyworker.measures.suppression import Cell, Release

Name = Hashable
Ends = dict[Name, tuple[float, float]]
Sums = list[tuple[Name, list[Name]]]


def seen(releases: Sequence[Release], told: Collection[Cell] = (), unchanged: bool = True) -> tuple[Ends, Sums]:
    """What a reader of releases has before them. `told` are cells of the first that the reader knows of old."""
    ends: Ends = {}
    sums: Sums = []

    def name(at: int, cell: Cell) -> Name:
        return (cell, releases[at].table.counts[cell]) if unchanged else (at, cell)

    for at, release in enumerate(releases):
        for cell in release.table.counts:
            shown = release.shown(cell)
            low, high = 0.0, math.inf
            if cell in release.rounded and cell not in release.suppressed:
                step = release.rounded[cell]
                middle = 0 if shown == "k" else int(shown)
                low, high = max(middle - step // 2, 0), middle + (step - 1) // 2
            elif isinstance(shown, int):
                low = high = shown
            if at == 0 and cell in told:
                low = high = release.table.counts[cell]
            before = ends.get(name(at, cell), (0.0, math.inf))
            ends[name(at, cell)] = (max(low, before[0]), min(high, before[1]))
        sums += [(name(at, one.total), [name(at, part) for part in one.parts]) for one in release.table.sums]
    return ends, sums


def by_propagation(ends: Ends, sums: Sums) -> Ends:
    """Bounds drawn in from sum to sum until nothing moves: what a patient reader does with a pencil."""
    found = dict(ends)
    moved = True
    while moved:
        moved = False
        for total, parts in sums:
            signed = [
                (total, [], parts),
                *((part, [other for other in parts if other != part], [total]) for part in parts),
            ]
            for cell, less, more in signed:
                if cell == total:
                    low, high = sum(found[one][0] for one in more), sum(found[one][1] for one in more)
                else:
                    low = found[total][0] - sum(found[one][1] for one in less)
                    high = found[total][1] - sum(found[one][0] for one in less)
                drawn = (max(found[cell][0], low), min(found[cell][1], high))
                if drawn != found[cell]:
                    found[cell], moved = drawn, True
    return found


def by_programme(ends: Ends, sums: Sums, cells: Collection[Name]) -> Ends:
    """The lowest and highest of each cell over every table that fits, whole or not: a reader with a computer."""
    names = list(ends)
    place = {name: at for at, name in enumerate(names)}
    matrix = np.zeros((len(sums), len(names)))
    for row, (total, parts) in enumerate(sums):
        matrix[row, place[total]] += 1
        for part in parts:
            matrix[row, place[part]] -= 1
    bounds = [(low, None if math.isinf(high) else high) for low, high in ends.values()]
    found: Ends = {}
    for cell in cells:
        aim = np.zeros(len(names))
        aim[place[cell]] = 1
        least = linprog(aim, A_eq=matrix, b_eq=np.zeros(len(sums)), bounds=bounds, method="highs")
        most = linprog(-aim, A_eq=matrix, b_eq=np.zeros(len(sums)), bounds=bounds, method="highs")
        assert least.status == 0
        found[cell] = (least.fun, math.inf if most.status != 0 else -most.fun)
    return found


def every_table(ends: Ends, sums: Sums, most: int) -> Iterator[dict[Name, int]]:
    """Every table of whole numbers that fits, none above `most` if nothing bounds it: a reader with a long night."""
    totals = {total for total, _ in sums}
    leaves = [name for name in ends if name not in totals]
    choices = [range(int(ends[name][0]), int(min(ends[name][1], most)) + 1) for name in leaves]
    for numbers in itertools.product(*choices):
        made: dict[Name, int] = dict(zip(leaves, numbers, strict=True))
        waiting = list(sums)
        fits = True
        while waiting and fits:
            ready = [one for one in waiting if all(part in made for part in one[1])]
            for total, parts in ready:
                value = sum(made[part] for part in parts)
                low, high = ends[total]
                fits = fits and low <= value <= high and made.setdefault(total, value) == value
            waiting = [one for one in waiting if one not in ready]
        if fits:
            yield made
