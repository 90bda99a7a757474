"""Small-number control: what is too small is suppressed, then whatever would give it away, then all is attacked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from keyworker.measures.about import About
from keyworker.measures.suppression.attack import could_be, extremes, range_of
from keyworker.measures.suppression.defence import Choice, Flags, Need, Witnesses, suppress_more
from keyworker.measures.suppression.needs import few_changed, needs, still_owed, too_small
from keyworker.measures.suppression.release import Exposed, Release
from keyworker.measures.suppression.rule import Rule, Why
from keyworker.measures.suppression.system import Bounds, System, seen, system
from keyworker.measures.suppression.table import Cell, Table

ROOM = 10
"""What it costs to suppress a cell beside its own count: so few cells go, and of those the lowest."""


def suppress(
    table: Table,
    rule: Rule,
    about: About,
    *,
    known: Collection[Cell] = (),
    earlier: Sequence[Release] = (),
    insiders: Iterable[Collection[Cell]] = (),
    rounded: Mapping[Cell, int] | None = None,
) -> Release:
    """A table made safe to show to one kind of reader.

    Takes   known, cells that this reader may see, being responsible for them, or that are public already: they are
            shown, and counted as known; earlier, what was shown before of the same people (as known at another
            instant, or in another wave); insiders, for each other reader the cells that they know of old, such as a
            manager's own team; rounded, cells that are shown only to the nearest so many.
    Gives   a release. Each small cell could still be anything from nought to `rule.must_allow`, whoever looks, and no
            cell that is suppressed for its sake can be worked out. What can no longer be protected is in `exposed`.
    """
    own = frozenset(known)
    why, kept = too_small(table, rule, own)
    changed, also = few_changed(table, rule, own, earlier)
    why = changed | why
    equations = system([table, *(one.table for one in earlier)])
    counts = table.counts
    others = [tuple(equations.at(one, counts)) for one in insiders]
    wanted = needs(equations, [*kept, *also, *still_owed(earlier, own)], tuple(equations.at(own, counts)), others)
    plain = Release(table, rule, {}, dict(rounded or {}), (), about)
    choice = _choice(equations, plain, own, earlier)
    chosen, unmet = _chosen(equations, choice, _flags(equations, why, table), wanted, rule)
    suppressed = {
        cell: why.get(cell, Why.WOULD_GIVE_AWAY)
        for cell, count in counts.items()
        if cell not in own and (cell in why or chosen[equations.places[(cell, count)]])
    }
    release = replace(plain, suppressed=suppressed)
    known_now = seen(equations, [release, *earlier])
    exposed = [
        Exposed(equations.numbers[one.place][0], could_be(equations, _for(known_now, one, equations), one.place))
        for one in unmet
    ]
    return replace(release, exposed=tuple(dict.fromkeys(exposed)))


def _choice(equations: System, plain: Release, own: frozenset[Cell], earlier: Sequence[Release]) -> Choice:
    counts = plain.table.counts
    known = seen(equations, earlier).knowing(equations.at(own, counts), equations.counts)
    may = np.zeros(len(equations.numbers), dtype=bool)
    may[equations.at(counts.keys() - own, counts)] = True
    # What is known exactly anyway is not made unknown by suppressing it again.
    may &= known.low < known.high
    return Choice(known, seen(equations, [plain]), may, equations.counts + ROOM)


def _flags(equations: System, cells: Collection[Cell], table: Table) -> Flags:
    found = np.zeros(len(equations.numbers), dtype=bool)
    found[equations.at(cells, table.counts)] = True
    return found


def _chosen(
    equations: System, choice: Choice, suppressed: Flags, wanted: Sequence[Need], rule: Rule
) -> tuple[Flags, list[Need]]:
    """The numbers to suppress, and the needs of `wanted` that nothing can meet.

    First for what is small, then so that what is suppressed for its sake stays unknown too. A need that is met stays
    met when more is suppressed, so it is looked at once.
    """
    small = {need.place for need in wanted}
    fitting = Witnesses(equations.counts)
    met: set[Need] = set()
    tried: set[Need] = set()
    while True:
        known = _known(choice, suppressed)
        beside = [
            Need(int(place), 0, 0, width=rule.must_allow)
            for place in np.flatnonzero(suppressed & choice.may)
            if int(place) not in small
        ]
        met |= {one for one in [*wanted, *beside] if one not in met and _met(equations, known, one, fitting)}
        unmet = [one for one in [*wanted, *beside] if one not in met and one not in tried]
        first = [one for one in unmet if not one.width] or unmet
        if not first:
            return suppressed, [one for one in wanted if one not in met]
        tried |= set(first)
        suppressed = suppress_more(equations, suppressed, choice, first, fitting)


def _known(choice: Choice, suppressed: Flags) -> Bounds:
    """What is known of each number if these are suppressed."""
    shown, known = choice.shown, choice.known
    low = np.where(suppressed, known.low, np.maximum(known.low, shown.low))
    return Bounds(low, np.where(suppressed, known.high, np.minimum(known.high, shown.high)))


def _for(known: Bounds, need: Need, equations: System) -> Bounds:
    return known.knowing(need.knowing, equations.counts) if need.knowing else known


def _met(equations: System, known: Bounds, need: Need, fitting: Witnesses) -> bool:
    if fitting.meet(need):
        return True
    ends = extremes(equations, _for(known, need, equations), need.place)
    fitting.add(*ends)
    found = range_of(equations, need.place, *ends)
    return not found.narrower_than(need.width) if need.width else found.covers(need.low, need.high)
