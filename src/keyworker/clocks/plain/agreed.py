"""What was agreed about duties, one exception after another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from keyworker.clocks.due import Exempted, Local
from keyworker.clocks.plain.duties import Duty
from keyworker.clocks.plain.told import earliest


def with_agreed(found: Iterable[Duty], local: Local) -> list[Duty]:
    """The duties with what was agreed: of several exceptions from one duty the last stands."""
    duties = list(found)
    own = {id(duty): duty.due_on for duty in duties}
    for (subject, rule), exceptions in local.exceptions.items():
        theirs = [duty for duty in duties if (duty.subject, duty.rule.id) == (subject, rule)]
        spoken_for = [(one, _meant(one, theirs)) for one in exceptions]
        for one, meant in spoken_for:
            for duty in meant:
                duty.is_excused, duty.is_moved = one.new_due_on is None, one.new_due_on is not None
                duty.due_on = one.new_due_on or own[id(duty)]
    return duties


def _meant(one: Exempted, theirs: list[Duty]) -> list[Duty]:
    held = [
        duty
        for duty in theirs
        if duty.due_on and one.from_on <= duty.due_on and (one.to_on is None or duty.due_on < one.to_on)
    ]
    if one.new_due_on is None:
        return held
    waiting = []
    for duty in held:
        over = earliest(duty.met_on, duty.stopped_on)
        if duty.due_on and duty.due_on < one.new_due_on and (over is None or over >= one.from_on):
            waiting.append((duty.due_on, duty.started_on, duty))
    if not waiting:
        return []
    by_hand = [wait for wait in waiting if one.to_on and wait[0] + timedelta(days=1) == one.to_on]
    first = min(wait[:2] for wait in by_hand or waiting)
    return [wait[2] for wait in waiting if wait[:2] == first]
