"""What a day brings to one subject under one rule: its events, those of one row brought together."""

from __future__ import annotations

import numpy as np

from keyworker.clocks.pairing.layout import DAYS, MEETS, NOTHING, STARTS, STOPS, Ints, least
from keyworker.facts.compiled import compiled

MANY = 64
"""Events of one day beyond which they are put in order of their rows before they are brought together."""
ROW, SLOT, DOES, TIME, TYPED, WRITTEN = range(6)
"""The columns of a row of a day: which it is, what it does for the rule, its time, its entry and its act."""
FIRST, AGAIN, OTHER_MEETS, OTHER_STOPS = 32, 64, 128, 256
"""What a day does beside what its places do: it starts a duty, by what met the one before; a row that starts none
meets or stops one."""
ALL, FIRST_TIME, AGAIN_TIME, MET_AT, MET_ENTERED, MET_ACT = range(6)
"""The columns of what a day does."""


@compiled
def last_key(keys: Ints, left: Ints, begins: Ints) -> int:
    """The last subject and day of which an event is left in any place, or less than nought."""
    found = -1
    for place in range(len(left)):
        if left[place] >= begins[place] and keys[left[place]] > found:
            found = keys[left[place]]
    return found


@compiled
def pass_over(keys: Ints, left: Ints, begins: Ints, now: int) -> None:
    """Leave every event of a subject that is left."""
    first = (now >> DAYS) << DAYS
    for place in range(len(left)):
        while left[place] >= begins[place] and keys[left[place]] >= first:
            left[place] -= 1


@compiled
def take(keys: Ints, left: Ints, begins: Ints, now: int, which: Ints, place_of: Ints) -> tuple[int, Ints, Ints]:
    """Take every event of one subject and day: how many, which, and which of the rule's places tells each."""
    count = 0
    for place in range(len(left)):
        while left[place] >= begins[place] and keys[left[place]] == now:
            if count == len(which):
                which = np.concatenate((which, np.empty(count, np.int64)))
                place_of = np.concatenate((place_of, np.empty(count, np.int64)))
            which[count] = left[place]
            place_of[count] = place
            count += 1
            left[place] -= 1
    return count, which, place_of


@compiled
def together(told: Ints, count: int, which: Ints, place_of: Ints, does: Ints, slots: Ints, found: Ints) -> int:
    """Bring a day's events together by row, because one that both starts a duty and meets one never meets its own.

    Takes   told, of every event its row, time, entry and act; found, where the rows are written. Gives how many.
    """
    is_ordered = count > MANY
    if is_ordered:
        order = np.argsort(told[which[:count], 0], kind="mergesort")
        which[:count] = which[:count][order]
        place_of[:count] = place_of[:count][order]
    rows = 0
    for number in range(count):
        one, slot, at = told[which[number]], slots[place_of[number]], -1
        for other in range(rows - 1, -1, -1):
            if found[other, ROW] == one[0] and found[other, SLOT] == slot:
                at = other
                break
            if is_ordered and found[other, ROW] != one[0]:
                break
        if at < 0:
            at, rows = rows, rows + 1
            found[at, ROW], found[at, SLOT], found[at, DOES] = one[0], slot, 0
            found[at, TIME:] = NOTHING
        found[at, DOES] |= does[place_of[number]]
        for name in range(1, 4):
            found[at, SLOT + 1 + name] = least(found[at, SLOT + 1 + name], one[name])
    return rows


@compiled
def sum_up(found: Ints, rows: int, day: Ints) -> None:
    """What all rows of a day do."""
    day[ALL] = 0
    day[FIRST_TIME:] = NOTHING
    for number in range(rows):
        done, at = found[number, DOES], found[number, TIME]
        day[ALL] |= done
        if done & STARTS and done & MEETS:
            day[ALL] |= AGAIN
            day[AGAIN_TIME] = least(day[AGAIN_TIME], at)
        elif done & STARTS:
            day[ALL] |= FIRST
            day[FIRST_TIME] = least(day[FIRST_TIME], at)
        if done & MEETS:
            day[MET_AT] = least(day[MET_AT], at)
            day[MET_ENTERED] = least(day[MET_ENTERED], found[number, TYPED])
            day[MET_ACT] = least(day[MET_ACT], found[number, WRITTEN])
        if not done & STARTS:
            day[ALL] |= OTHER_MEETS if done & MEETS else 0
            day[ALL] |= OTHER_STOPS if done & STOPS else 0
