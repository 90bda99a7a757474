"""What has been learnt of a story since a moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from keyworker.facts.pictures import Mark, Ribbon, Role, Status, Story, VisitMark

Dated = TypeVar("Dated", VisitMark, Mark)


def new(then: Sequence[Dated], now: Sequence[Dated]) -> list[Dated]:
    """What is known now and was not then."""
    known = {_key(one) for one in then}
    return [one for one in now if _key(one) not in known]


def _key(one: VisitMark | Mark) -> tuple[object, ...]:
    if isinstance(one, VisitMark):
        return (one.kind, one.happened_on, one.outcome, one.worker.worker_id if one.worker else None)
    return (one.kind, one.on, one.says)


def new_ribbons(then: Story, now: Story) -> list[Ribbon]:
    """The holds that are known now and were not then."""
    known = {ribbon_key(one) for one in then.ribbons}
    return [one for one in now.ribbons if ribbon_key(one) not in known]


def learnt_ends(then: Story, now: Story, end: date) -> dict[tuple[str, Role, date], date]:
    """Where ribbons that were thought to go on had ended by the day shown, as was learnt since."""
    thought = {ribbon_key(one): one.to_on for one in then.ribbons}
    return {
        key: one.to_on
        for one in now.ribbons
        if (key := ribbon_key(one)) in thought and one.to_on and one.to_on < min(thought[key] or end, end)
    }


def ribbon_key(one: Ribbon) -> tuple[str, Role, date]:
    """By what a hold is known again."""
    return (one.worker.worker_id, one.role, one.from_on)


def new_statuses(then: Story, now: Story) -> list[Status]:
    """The statuses that are known now and were not then."""
    known = {(one.kind, one.from_on) for one in then.statuses}
    return [one for one in now.statuses if (one.kind, one.from_on) not in known]
