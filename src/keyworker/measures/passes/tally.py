"""Columns that add up rows for every date of a series.

Rows that have the very same bits are first counted together: of a million rows few hundred differ.
"""

from __future__ import annotations

from collections.abc import Sequence

from keyworker.measures.passes.dates import Dates
from keyworker.measures.passes.statement import Statement, bit, by, listed


def tallied(out: Statement, name: str, rows: str, dates: Dates, groups: Sequence[str], weight: str = "") -> str:
    """Add the steps that add rows up by group; gives the step with the groups and `c0`, `c1`, … for each date.

    Takes   weight, a column; empty where each row weighs one. A date on which a group has no row is empty, not nought.
    """
    bits = [f"b{word}" for word in dates.words]
    how_much = f"sum({weight})" if weight else "count(*)"
    alike = out.step(
        f"{name}_alike", f"select {listed(groups, bits)}, {how_much} as much from {rows} t{by([*groups, *bits])}"
    )
    return summed(out, name, alike, dates, groups, "much")


def summed(out: Statement, name: str, rows: str, dates: Dates, groups: Sequence[str], weight: str = "") -> str:
    """The same for few rows a group, whose bits all differ."""
    sums = ", ".join(
        f"sum(case when {bit(word, at)} then {weight or 1} end) as c{place}"
        for place, (word, at, _) in enumerate(dates.places)
    )
    chosen = f"{listed(groups)}, {sums}" if groups else sums
    return out.step(name, f"select {chosen} from {rows} a{by(groups)}")


def names(dates: Dates) -> list[str]:
    """The columns of a tally, one for each date."""
    return [f"c{place}" for place in range(len(dates.days))]
