"""How near their day duties are done: the whole spread, and how many on its last two days.

A share in time hides whether work is done steadily or at the last moment; a crowd just before the day shows that the
day, and not the child, sets the pace.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from keyworker.measures.pace.past import NOT_DONE, Past

NEAR = 10
"""How many units before and after its day are told apart; what is further off is counted together."""
LAST = (0, 1)
"""The last two days on which a duty is still in time: its own, and the one before."""


@dataclass(frozen=True)
class Spread:
    """Of the duties of one rule whose day fell in a year, how many were done how long before or after it.

    Takes   due, how many were not ended before they were done; earlier, more than `NEAR` units before; near, from
            `NEAR` units before (first) to `NEAR` after (last); later, after that; not_done, by now; ended, how many
            ended first, left out of `due`; left_out, how many cannot be told or were not asked for.
    """

    past: Past
    due: int
    earlier: int
    near: tuple[int, ...]
    later: int
    not_done: int
    ended: int
    left_out: int

    @property
    def in_time(self) -> int:
        """How many were done by their day."""
        return self.earlier + sum(self.near[: NEAR + 1])

    @property
    def at_the_last(self) -> int:
        """How many were done on their day or the one before."""
        return sum(self.near[NEAR - left] for left in LAST)


def spread(past: Past) -> Spread:
    """How near their day the duties of one rule were done."""
    closed = past.closed[past.done]
    near = tuple(int(np.count_nonzero(closed == left)) for left in range(NEAR, -NEAR - 1, -1))
    not_done = int(np.count_nonzero(past.closed == NOT_DONE))
    return Spread(
        past=past,
        due=len(closed) + not_done,
        earlier=int(np.count_nonzero(closed > NEAR)),
        near=near,
        later=int(np.count_nonzero(closed < -NEAR)),
        not_done=not_done,
        ended=int(np.count_nonzero(~past.done & (past.closed != NOT_DONE))),
        left_out=past.left_out,
    )
