"""The state of a duty at the end of a day, by plain questions in order."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

from keyworker.clocks.counting import Unit
from keyworker.clocks.plain.duties import Duty
from keyworker.clocks.readings import State
from keyworker.clocks.rules import RuleKind
from keyworker.facts.days import LONDON, london_day

Reading = tuple[str, str, date, date | None, date | None, date | None, str, bool | None, bool | None]
"""Rule, subject, started, due, met, stopped, state, passed due, recorded late."""


def reading(duty: Duty, at: date, unheld: Collection[str] = ()) -> Reading:
    """Where a duty stands at the end of a day."""
    if duty.rule.binding.by_row and duty.met_entered_at is not None:
        entered = duty.met_entered_at.astimezone(LONDON)
        duty.met_on, duty.met_time = entered.date(), entered.time()
    if duty.met_on and duty.stopped_on and duty.stopped_on < duty.met_on:
        duty.met_on = None
    if duty.met_on:
        duty.stopped_on = None
    late = _late(duty)
    state = _state(duty, at, late, unheld)
    return (
        duty.rule.id,
        duty.subject,
        duty.started_on,
        duty.due_on,
        duty.met_on,
        duty.stopped_on,
        state.value,
        _passed(duty, at, late),
        _recorded_late(duty),
    )


def _late(duty: Duty) -> bool | None:
    hours = _hours(duty)
    if hours is not None:
        return _hours_late(duty, hours)
    if duty.met_on is None or duty.due_on is None:
        return None
    return duty.met_on > duty.due_on


def _hours(duty: Duty) -> int | None:
    """The limit in hours; None where a day is the limit, of the edition or agreed in place of the hours."""
    method = duty.edition.first if duty.edition else None
    return method.n if method is not None and method.unit is Unit.HOURS and not duty.is_moved else None


def _hours_late(duty: Duty, hours: int) -> bool | None:
    limits = _limits(duty, hours)
    if duty.start_time is not None:
        duty.due_on = london_day(limits[0])
    if duty.met_on is None:
        return None
    met = [_instant(duty.met_on, at) for at in _times(duty.met_time)]
    if max(met) <= min(limits):
        return False
    return True if min(met) > max(limits) else None


def _limits(duty: Duty, hours: int) -> list[datetime]:
    """When the hours are over: at one instant, or at the first and the last where no time of the start is known."""
    return [_instant(duty.started_on, at) + timedelta(hours=hours) for at in _times(duty.start_time)]


def _times(said: time | None) -> tuple[time, ...]:
    return (said,) if said is not None else (time.min, time(23, 59, 59))


def _instant(day: date, at: time) -> datetime:
    return datetime.combine(day, at, LONDON).astimezone(UTC)


def _state(duty: Duty, at: date, late: bool | None, unheld: Collection[str]) -> State:
    bound, met, due = duty.rule.binding, duty.met_on, duty.due_on
    unsaid = duty.may_on is not None and due is not None and duty.may_on <= due
    if duty.is_excused and (met is None or late is not False):
        return State.NOT_APPLICABLE
    if duty.rule.id in unheld or (bound.by_row and met is None):
        return State.CANNOT_TELL
    if bound.kind is RuleKind.WINDOW and due is not None:
        if met is not None and met <= due:
            return State.MET_IN_TIME
        if at > due:
            return State.NOT_APPLICABLE
    if bound.kind is RuleKind.GATE and due is not None:
        if met is not None and met < due:
            return State.STOPPED
        if at > due:
            return State.MET_IN_TIME
    if met is not None:
        if due is None:
            return State.MET_IN_TIME
        if late is None:
            return State.CANNOT_TELL
        if not late:
            return State.MET_IN_TIME
        return State.CANNOT_TELL if unsaid else State.MET_LATE
    if duty.stopped_on is not None:
        return State.STOPPED
    if due is None:
        return State.RUNNING if _asks_no_date(duty) else State.CANNOT_TELL
    if at <= due:
        return State.RUNNING
    return State.CANNOT_TELL if unsaid else State.OVERDUE


def _asks_no_date(duty: Duty) -> bool:
    editions = (*duty.rule.editions, *duty.rule.local)
    return bool(duty.rule.binding.due_at) or all(one.first is not None or not one.unit for one in editions)


def _passed(duty: Duty, at: date, late: bool | None) -> bool | None:
    if duty.due_on is None:
        return False if _asks_no_date(duty) else None
    if duty.stopped_on is not None:
        return duty.stopped_on > duty.due_on
    return late if duty.met_on is not None else at > duty.due_on


def _recorded_late(duty: Duty) -> bool | None:
    if duty.met_on is None or duty.due_on is None or duty.met_entered_at is None:
        return None
    hours = _hours(duty)
    if hours is None:
        return london_day(duty.met_entered_at) > duty.due_on
    answers = {duty.met_entered_at > limit for limit in _limits(duty, hours)}
    return answers.pop() if len(answers) == 1 else None
