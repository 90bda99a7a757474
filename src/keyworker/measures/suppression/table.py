"""A table of groups with totals: its counts, and which of them add up to which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import SupportsIndex

from keyworker.measures.whole import count
from keyworker.vocabulary.errors import KeyworkerError

Cell = tuple[str, ...]
"""One cell by the words of its groups, outermost first: a measure's part, then county, district, team."""

WITH, WITHOUT, OF = "with", "without", "of"


@dataclass(frozen=True)
class Sum:
    """Cells that add up to another."""

    total: Cell
    parts: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """Counts that are to be shown together, with every sum that a reader could do.

    Takes   counts, of every cell, totals too; sums, which hold exactly; shares, cells that are the two parts of a third
            (with, without, of), for rules about all or none of a group.
    """

    counts: Mapping[Cell, int]
    sums: tuple[Sum, ...]
    shares: tuple[tuple[Cell, Cell, Cell], ...] = ()

    def __post_init__(self) -> None:
        for one in self.sums:
            missing = [cell for cell in (one.total, *one.parts) if cell not in self.counts]
            if missing:
                raise KeyworkerError("A sum names a cell that is not in the table.", remedy="Give every cell a count.")
            if sum(self.counts[cell] for cell in one.parts) != self.counts[one.total]:
                raise KeyworkerError(
                    "The parts of a table do not add up to their total.",
                    remedy="Count parts and total of the same people at the same moment.",
                )


def tree(leaves: Mapping[Cell, SupportsIndex], name: str = "") -> Table:
    """Counts by team, added up to districts and to the county.

    Takes   leaves, the count of each path, such as ("North", "Team 1"); all paths of one length; name, put before each
            path, so that several trees can stand in one table. The county is the path of the name alone, or ().
    """
    depths = {len(path) for path in leaves}
    if len(depths) > 1:
        raise KeyworkerError("The groups of a table are not of one depth.", remedy="Give each team with its district.")
    head: Cell = (name,) if name else ()
    counts: dict[Cell, int] = {}
    parts: dict[Cell, set[Cell]] = {}
    for path, number in leaves.items():
        value = count(number, "count of a group")
        for depth in range(len(path) + 1):
            cell = (*head, *path[:depth])
            counts[cell] = counts.get(cell, 0) + value
            if depth:
                parts.setdefault((*head, *path[: depth - 1]), set()).add(cell)
    return Table(counts, tuple(Sum(total, tuple(sorted(some))) for total, some in sorted(parts.items())))


def two_way(rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[SupportsIndex]]) -> Table:
    """A table of rows by columns with both margins, (row, "") and ("", column), and the grand total, ("", "")."""
    found: dict[Cell, int] = {}
    for row, line in zip(rows, counts, strict=True):
        for column, number in zip(columns, line, strict=True):
            value = count(number, "count of a cell")
            found[(row, column)] = value
            for margin in ((row, ""), ("", column), ("", "")):
                found[margin] = found.get(margin, 0) + value
    sums = [Sum((row, ""), tuple((row, column) for column in columns)) for row in rows]
    sums += [Sum(("", column), tuple((row, column) for row in rows)) for column in columns]
    sums += [Sum(("", ""), tuple((row, "") for row in rows)), Sum(("", ""), tuple(("", column) for column in columns))]
    return Table(found, tuple(sums))


def shares(numerators: Mapping[Cell, SupportsIndex], denominators: Mapping[Cell, SupportsIndex]) -> Table:
    """Numerators and denominators by team, district and county, with the complement, which anyone can subtract.

    Gives   cells ("with", …), ("of", …) and ("without", …) of each group.
    """
    if numerators.keys() != denominators.keys():
        raise KeyworkerError("Some group has a numerator and no denominator, or none.", remedy="Count both of each.")
    rest = {
        path: count(base, "denominator") - count(numerators[path], "numerator") for path, base in denominators.items()
    }
    if any(left < 0 for left in rest.values()):
        raise KeyworkerError("More were counted than there were to count.", remedy="Count both of the same people.")
    parts = [tree(numerators, WITH), tree(rest, WITHOUT), tree(denominators, OF)]
    groups = [cell[1:] for cell in parts[2].counts]
    triples = tuple(((WITH, *group), (WITHOUT, *group), (OF, *group)) for group in groups)
    whole = together(*parts)
    return Table(whole.counts, (*whole.sums, *(Sum(base, (some, others)) for some, others, base in triples)), triples)


def together(*tables: Table) -> Table:
    """Tables that are shown to the same reader made one: cells of one name are one cell, as margins that they share."""
    counts: dict[Cell, int] = {}
    for table in tables:
        for cell, number in table.counts.items():
            if counts.setdefault(cell, number) != number:
                raise KeyworkerError(
                    "Two tables give one cell two counts.", remedy="Make them of the same moment and the same people."
                )
    sums = dict.fromkeys(one for table in tables for one in table.sums)
    triples = dict.fromkeys(one for table in tables for one in table.shares)
    return Table(counts, tuple(sums), tuple(triples))
