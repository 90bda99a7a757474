"""Compiled twins of a few relations that many measures share, from columns that are read once.

A twin gives the rows of the relation of its name in `measures/relations`, which stays what it means: tests hold the
two together on random histories. Where a twin has no answer (children whom two workers held at once, say), the SQL is
asked. It knows relations and no measure.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import numpy.typing as npt

from keyworker.facts.compiled import compiled
from keyworker.measures.kernel.compiled import Ints, Ordinals
from keyworker.measures.kernel.keys import starts_of
from keyworker.measures.kernel.ordered import Columns, Taken, picked
from keyworker.measures.kernel.room import room

Told = Callable[[str], "Columns | None"]
"""Gives the columns of another relation."""


def held(told: Told) -> Columns | None:
    """`child_held`: rows of lead and accountable workers."""
    if (rows := told("child_involved")) is None:
        return None
    some = (rows["worker_id"] >= 0) & (rows["to_on"] > rows["from_on"]) & (rows["rank"] > 0)
    names = {name: name for name in ("child_id", "worker_id", "team_id", "rank", "from_on", "to_on")}
    names |= {"since_on": "from_on", "order_id": "entry_id"}
    if some.all():
        return Taken({name: partial(rows.__getitem__, there) for name, there in names.items()})
    return picked(rows, np.flatnonzero(some), names)


def held_by_team(told: Told) -> Columns | None:
    """`child_held_by_team`: nothing where every row says its team; else the SQL is asked."""
    if (rows := told("child_held")) is None or (rows["team_id"] < 0).any():
        return None
    return _nothing(("child_id", "team_id", "rank", "since_on", "order_id", "from_on", "to_on"))


def after_another(told: Told) -> Columns | None:
    """Of children of whom no two rows of `child_held` overlap each row that another worker's came before, and that one.

    Gives   `row` and `before`, places in `child_held`; `twice`, for each child whether two rows overlap.
    """
    if (rows := told("child_held")) is None:
        return None
    starts, order = starts_of(rows["child_id"], int(rows["child_id"].max(initial=-1)) + 1)
    twice = np.zeros(len(starts) - 1, np.bool_)
    row, before = room(len(order), np.int32), room(len(order), np.int32)
    count = _changed(starts, order, rows["from_on"], rows["to_on"], rows["worker_id"], twice, row, before)
    return {"row": row[:count], "before": before[:count], "twice": twice}


def chosen(told: Told) -> Columns | None:
    """`change_of_chosen_worker`: nothing where no two rows of a child overlap; else the SQL is asked."""
    if (found := told(AFTER_ANOTHER)) is None or found["twice"].any():
        return None
    return _nothing(("child_id", "happened_on", "worker_id", "worker_before"))


def only(told: Told) -> Columns | None:
    """`change_of_only_worker`."""
    found, rows = told(AFTER_ANOTHER), told("child_held")
    if found is None or rows is None:
        return None
    of_row = {"child_id": "child_id", "happened_on": "from_on", "worker_id": "worker_id"}
    how = picked(rows, found["row"], of_row).how | picked(rows, found["before"], {"worker_before": "worker_id"}).how
    return Taken(how)


AFTER_ANOTHER = "one worker after another"
TWINS: dict[str, Callable[[Told], Columns | None]] = {
    "child_held": held,
    AFTER_ANOTHER: after_another,
    "child_held_by_team": held_by_team,
    "change_of_chosen_worker": chosen,
    "change_of_only_worker": only,
}
READ = {
    "child_involved": ("child_id", "worker_id", "team_id", "rank", "team_rank", "from_on", "to_on", "entry_id"),
    "open_row": ("child_id", "from_on", "to_on"),
}
"""Relations of which the columns are read once, child by child, for twins and whatever takes no more than that."""
UNIONS = frozenset({"change_of_worker"})
"""Relations that are unions of twins."""


def _nothing(names: tuple[str, ...]) -> Columns:
    return {name: np.zeros(0, np.int32) for name in names}


@compiled
def _changed(
    starts: Ints,
    order: Ordinals,
    from_on: Ordinals,
    to_on: Ordinals,
    worker: Ordinals,
    twice: npt.NDArray[np.bool_],
    row: Ordinals,
    before: Ordinals,
) -> int:
    """Fill in what `after_another` gives. Gives how many rows there are."""
    count = 0
    for key in range(len(starts) - 1):
        low, high = starts[key], starts[key + 1]
        gap = (high - low) // 2
        while gap > 0:
            for place in range(low + gap, high):
                one = order[place]
                at = place
                while at - gap >= low and from_on[order[at - gap]] > from_on[one]:
                    order[at] = order[at - gap]
                    at -= gap
                order[at] = one
            gap //= 2
        begun = count
        for place in range(low + 1, high):
            last, this = order[place - 1], order[place]
            if to_on[last] > from_on[this]:
                twice[key] = True
            if worker[last] != worker[this]:
                row[count], before[count] = this, last
                count += 1
        if twice[key]:
            count = begun
    return count
