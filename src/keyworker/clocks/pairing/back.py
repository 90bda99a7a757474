"""The duties of one rule that are counted back from what they lead to, which may lie ahead, planned."""

from __future__ import annotations

import numpy as np

from keyworker.clocks.pairing.layout import (
    ACT,
    AGAIN,
    ALL_DAYS,
    DAYS,
    ENTERED,
    MAY,
    MAY_ON,
    MEETS,
    MET,
    MET_TIME,
    NOTHING,
    START_TIME,
    STARTED,
    STARTS,
    STOPPED,
    STOPS,
    SUBJECT,
    WIDTH,
    Ints,
    least,
)
from keyworker.facts.compiled import compiled

DOES, BEGUN_AT, MET_AT, TYPED, WRITTEN = range(5)
"""The columns of what a day does."""


@compiled
def back(
    keys: Ints, told: Ints, begins: Ints, ends: Ints, does: Ints, until: int, is_ever: bool, is_open: bool, out: Ints
) -> int:
    """Write the duties of one rule from the beginning of `out` on, in order of subject and day.

    What meets one comes after the time before and up to the day itself; what comes after the last one of all still
    meets it, late. Takes is_ever, whether what met it may lie any time before; the others as `forward.forward` does.
    """
    left = begins.copy()
    since, day = np.full(WIDTH, NOTHING), np.empty(5, np.int64)
    made, subject, ever, mine = 0, -1, NOTHING, 0
    while True:
        now = _next_key(keys, left, ends)
        if now < 0 or now >> DAYS != subject:
            made = _finish(since, is_open, out, mine, made)
            if now < 0:
                return made
            subject, ever, mine = now >> DAYS, NOTHING, made
            since[:] = NOTHING
        today = now & ALL_DAYS
        if not _sum_up(keys, told, left, ends, does, now, until, day):
            continue
        if day[DOES] & MEETS:
            ever = today if ever == NOTHING else ever
            if since[MET] == NOTHING:
                _meet(since, today, day[MET_AT], day[TYPED], day[WRITTEN])
        if day[DOES] & MAY and since[MAY_ON] == NOTHING:
            since[MAY_ON] = today
        if day[DOES] & STOPS and since[STOPPED] == NOTHING:
            since[STOPPED] = today
        if day[DOES] & STARTS:
            duty = out[made]
            made += 1
            duty[:] = since
            duty[SUBJECT], duty[STARTED], duty[AGAIN], duty[START_TIME] = subject, today, 0, day[BEGUN_AT]
            if is_ever and ever != NOTHING and ever != duty[MET]:
                _meet(duty, ever, NOTHING, NOTHING, NOTHING)
            since[:] = NOTHING


@compiled
def _meet(duty: Ints, day: int, at: int, typed: int, act: int) -> None:
    duty[MET], duty[MET_TIME], duty[ENTERED], duty[ACT] = day, at, typed, act


@compiled
def _next_key(keys: Ints, left: Ints, ends: Ints) -> int:
    found = -1
    for place in range(len(left)):
        if left[place] < ends[place] and (found < 0 or keys[left[place]] < found):
            found = keys[left[place]]
    return found


@compiled
def _sum_up(keys: Ints, told: Ints, left: Ints, ends: Ints, does: Ints, now: int, until: int, day: Ints) -> bool:
    """What a day does; False where it lies ahead and nothing on it is planned."""
    day[DOES] = 0
    day[BEGUN_AT:] = NOTHING
    for place in range(len(left)):
        while left[place] < ends[place] and keys[left[place]] == now:
            one = told[left[place]]
            left[place] += 1
            if now & ALL_DAYS > until and not does[place] & STARTS:
                continue
            day[DOES] |= does[place]
            if does[place] & STARTS:
                day[BEGUN_AT] = least(day[BEGUN_AT], one[1])
            if does[place] & MEETS:
                day[MET_AT] = least(day[MET_AT], one[1])
                day[TYPED] = least(day[TYPED], one[2])
                day[WRITTEN] = least(day[WRITTEN], one[3])
    return bool(day[DOES] != 0)


@compiled
def _finish(since: Ints, is_open: bool, out: Ints, mine: int, made: int) -> int:
    """What came after the last one of a subject still meets it; then leave out what was met, where it is not wanted."""
    if made > mine:
        last = out[made - 1]
        if last[MET] == NOTHING and since[MET] != NOTHING:
            last[MET], last[MET_TIME], last[ENTERED], last[ACT] = (
                since[MET],
                since[MET_TIME],
                since[ENTERED],
                since[ACT],
            )
        if last[MAY_ON] == NOTHING:
            last[MAY_ON] = since[MAY_ON]
    if not is_open:
        return made
    kept = mine
    for number in range(mine, made):
        if out[number, MET] == NOTHING:
            out[kept] = out[number]
            kept += 1
    return kept
