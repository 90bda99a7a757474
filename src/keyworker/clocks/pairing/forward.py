"""The duties of one rule that are counted forward: begun, met by the first meeting after, or ended before it."""

from __future__ import annotations

import numpy as np

from keyworker.clocks.pairing import layout as at_column
from keyworker.clocks.pairing.days import (
    AGAIN,
    AGAIN_TIME,
    ALL,
    FIRST,
    FIRST_TIME,
    MANY,
    MET_ACT,
    MET_AT,
    MET_ENTERED,
    OTHER_MEETS,
    OTHER_STOPS,
    last_key,
    pass_over,
    sum_up,
    take,
    together,
)
from keyworker.clocks.pairing.layout import ALL_DAYS, DAYS, DUE, MAY, MEETS, NOTHING, STOPS, WIDTH, Ints
from keyworker.facts.compiled import compiled

_SUBJECT, _STARTED, _AGAIN, _START_TIME = at_column.SUBJECT, at_column.STARTED, at_column.AGAIN, at_column.START_TIME
_MET, _STOPPED, _MAY_ON, _DUE_EVENT = at_column.MET, at_column.STOPPED, at_column.MAY_ON, at_column.DUE_EVENT
_MET_TIME, _ENTERED, _ACT = at_column.MET_TIME, at_column.ENTERED, at_column.ACT


@compiled
def is_inside(ins: Ints, outs: Ints, key: int) -> bool:
    """Whether a subject is inside a span at the end of a day: how often they went in by then, and how often out."""
    low = (key >> DAYS) << DAYS
    went_in = np.searchsorted(ins, key, side="right") - np.searchsorted(ins, low, side="left")
    went_out = np.searchsorted(outs, key, side="right") - np.searchsorted(outs, low, side="left")
    return bool(went_in > went_out)


@compiled
def forward(
    keys: Ints,
    told: Ints,
    begins: Ints,
    ends: Ints,
    does: Ints,
    slots: Ints,
    is_gated: bool,
    ins: Ints,
    outs: Ints,
    since: int,
    until: int,
    is_open: bool,
    out: Ints,
) -> int:
    """Write the duties of one rule from the end of `out` backwards, the last subject's last day first.

    Takes   keys, the events' subjects and days, in order within each place; told, of each event its row, time, entry
            and act; begins and ends, where the events of each of the rule's places lie; does, what each place does;
            slots, which tell two events of one row apart; ins and outs, the keys of going into and out of the span
            in which alone a duty can start; since and until, the first and the last day; is_open, whether only what
            nothing has met or ended is wanted; out, with room for every start.
    Gives   how many there are.
    """
    left = ends - 1
    which, place_of, found = np.empty(MANY, np.int64), np.empty(MANY, np.int64), np.empty((MANY, 6), np.int64)
    day, ahead = np.empty(6, np.int64), np.full(WIDTH, NOTHING)
    made = 0
    ahead[_SUBJECT] = -1
    while True:
        now = last_key(keys, left, begins)
        if now < 0:
            return made
        count, which, place_of = take(keys, left, begins, now, which, place_of)
        if not since <= now & ALL_DAYS <= until:
            continue
        if now >> DAYS != ahead[_SUBJECT]:
            ahead[:] = NOTHING
            ahead[_SUBJECT] = now >> DAYS
        if len(found) < len(which):
            found = np.empty((len(which), 6), np.int64)
        sum_up(found, together(told, count, which, place_of, does, slots, found), day)
        ahead[_STARTED] = now & ALL_DAYS
        if day[ALL] & (FIRST | AGAIN) and (not is_gated or is_inside(ins, outs, now)):
            made = _begin(day, ahead, is_open, out, made)
        _look_ahead(day, ahead)
        if is_open and (ahead[_MET] != NOTHING or ahead[_STOPPED] != NOTHING):
            pass_over(keys, left, begins, now)  # whatever began before is over


@compiled
def _begin(day: Ints, ahead: Ints, is_open: bool, out: Ints, made: int) -> int:
    """Write the duties that begin on a day. Where a plan and a visit stand on it there are two: the plan's, met by the
    visit, and the next one."""
    today = ahead[_STARTED]
    for is_again in range(2):
        if not day[ALL] & (AGAIN if is_again else FIRST):
            continue
        is_met_today = day[ALL] & (OTHER_MEETS if is_again else MEETS) != 0
        stopped = today if day[ALL] & OTHER_STOPS else ahead[_STOPPED]
        if is_open and (is_met_today or ahead[_MET] != NOTHING or stopped != NOTHING):
            continue
        made += 1
        duty = out[len(out) - made]
        duty[:] = ahead
        duty[_AGAIN] = is_again
        duty[_START_TIME] = day[AGAIN_TIME if is_again else FIRST_TIME]
        duty[_STOPPED] = stopped
        if is_met_today:
            _meet(day, duty)
        if day[ALL] & MAY and not is_again:
            duty[_MAY_ON] = today
    return made


@compiled
def _meet(day: Ints, duty: Ints) -> None:
    duty[_MET] = duty[_STARTED]
    duty[_MET_TIME], duty[_ENTERED], duty[_ACT] = day[MET_AT], day[MET_ENTERED], day[MET_ACT]


@compiled
def _look_ahead(day: Ints, ahead: Ints) -> None:
    """What a day means for the duties that began before it."""
    if day[ALL] & MEETS:
        _meet(day, ahead)
    if day[ALL] & STOPS:
        ahead[_STOPPED] = ahead[_STARTED]
    if day[ALL] & MAY:
        ahead[_MAY_ON] = ahead[_STARTED]
    if day[ALL] & DUE:
        ahead[_DUE_EVENT] = ahead[_STARTED]
