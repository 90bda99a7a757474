"""Why a duty stands where it stands, in sentences for people."""

from __future__ import annotations

from datetime import date

from keyworker.clocks.counting import Method, Unit
from keyworker.clocks.readings import Why
from keyworker.clocks.rules import Edition, Rule
from keyworker.vocabulary.working_days import spoken

_UNITS = {
    Unit.WORKING_DAYS: ("working day", "working days of England and Wales"),
    Unit.CALENDAR_DAYS: ("day", "calendar days"),
    Unit.MONTHS: ("calendar month", "calendar months"),
    Unit.HOURS: ("hour", "hours"),
}
_PLAIN = {
    Why.NO_DATE: "No date is set for it.",
    Why.WINDOW_CLOSED: "Nothing of the kind happened inside the window.",
    Why.IN_WINDOW: "It happened inside the window, so it counts.",
    Why.TOO_SOON: "It came before the time was over.",
    Why.WAITED: "The time was over first.",
    Why.HOUR_DECIDES: "Cannot tell: the hour decides, and the record gives no time of day.",
    Why.NOT_ENTERED: "Cannot tell: needs the time at which it was entered, which the source does not give.",
    Why.NOT_COUNTED: "Cannot tell: the day by which it is due cannot be counted from what the record holds.",
}


def counted(rule: Rule, edition: Edition, started_on: date | None, due_on: date | None, *, again: bool) -> str:
    """From which day, how and to which day something was counted, in one sentence."""
    method = edition.method(again=again)
    if started_on is None or due_on is None:
        return ""
    if method is None:
        return f"Due {spoken(due_on)}; counted from {spoken(started_on)}."
    what = rule.binding.meets_says if again else rule.binding.starts_says
    start = f"{spoken(started_on)} ({what})" if what else spoken(started_on)
    if method.n == 0:
        return f"Due by {start}."
    return f"Due {spoken(due_on)}: {limit(method)} {'before' if method.before else 'after'} {start}, {day_of(method)}."


def limit(method: Method) -> str:
    """How long, in words: 10 working days."""
    one, _ = _UNITS[method.unit]
    return f"{method.n} {one}" if method.n == 1 else f"{method.n} {one}s"


def day_of(method: Method) -> str:
    """How the first day is counted, in words."""
    if method.unit is Unit.HOURS:
        return "counted in real hours"
    day = "day 1" if method.day_one else "day 0"
    return f"that day being {day}, in {_UNITS[method.unit][1]}"


def source(rule: Rule, edition: Edition) -> str:
    """Who says so: document and section, who set it for a setting, and what is unconfirmed."""
    set_by = f", set by {edition.set_by}" if edition.set_by else ""
    said = f"{edition.source}{set_by}"
    if edition.is_local:
        return said
    kind = rule.basis
    unconfirmed = f"; unconfirmed: {edition.unconfirmed}" if edition.unconfirmed else ""
    return f"{said} ({kind}){unconfirmed}"


def needs(rule: Rule) -> str:
    """What the record would have to hold before a rule can be read."""
    wanted = ", ".join(rule.binding.needs) or rule.binding.meets_says or rule.completes_when
    return f"Cannot tell: needs {wanted}."


def standing(rule: Rule, why: Why, met_on: date | None, stopped_on: date | None, may_on: date | None) -> str:
    """The reason of a state, in one sentence."""
    bound = rule.binding
    if why in _PLAIN:
        return _PLAIN[why]
    if why is Why.NOT_HELD:
        return needs(rule)
    if why in (Why.MET, Why.MET_AFTER) and met_on:
        late = ", after its date" if why is Why.MET_AFTER else ""
        return f"Met on {spoken(met_on)} by {bound.meets_says or 'what was asked'}{late}."
    if why is Why.ENDED_FIRST and stopped_on:
        return f"Ended on {spoken(stopped_on)} by {bound.stops_says or 'what it belonged to'}, before it was met."
    if why is Why.UNSAID and may_on:
        return f"Cannot tell: what the record holds on {spoken(may_on)} does not say whether it counts."
    if why is Why.PAST:
        return f"Nothing recorded that meets it: {bound.meets_says or rule.completes_when}."
    return "Not yet due."
