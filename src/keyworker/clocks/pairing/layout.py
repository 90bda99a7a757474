"""How events and duties lie in arrays, and the words in which the compiled functions speak of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from keyworker.facts.compiled import compiled

Ints = npt.NDArray[np.int64]

NOTHING = int(np.iinfo(np.int64).min)
"""In place of a day, a time, an instant or an act that there is not."""

DAYS = 22
"""Bits of a key that are its day; those above are its subject."""
ALL_DAYS = (1 << DAYS) - 1
SUBJECTS = 30
"""Bits of a subject's number, above which lies a place's while events are put in order."""
ALL_OF_A_KEY = (1 << (SUBJECTS + DAYS)) - 1
FIRST_DAY = 719_162
"""The days of a key are counted from the first of the calendar; so many lie before 1970."""

STARTS, MEETS, STOPS, MAY, DUE = 1, 2, 4, 8, 16
"""What a place does for a rule, as bits."""

SUBJECT, STARTED, AGAIN, START_TIME, MET, STOPPED, MAY_ON, DUE_EVENT, MET_TIME, ENTERED, ACT = range(11)
WIDTH = 11
"""The columns of a duty."""


@compiled
def least(one: int, other: int) -> int:
    """The lesser of two, of which either may be nothing."""
    if one == NOTHING:
        return other
    return one if other == NOTHING or one < other else other


@compiled
def put_in_order(
    order: Ints, by_place: Ints, row: Ints, time: Ints, typed: Ints, written: Ints, keys: Ints, rows: Ints
) -> None:
    """Write each event's key and what else is told of it where its order says, in one pass over them."""
    for number in range(len(order)):
        one = order[number]
        keys[number] = by_place[one] & ALL_OF_A_KEY
        rows[number, 0], rows[number, 1], rows[number, 2], rows[number, 3] = (
            row[one],
            time[one],
            typed[one],
            written[one],
        )
