"""Duties and their states, one rule and one subject at a time, one day after another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from keyworker.clocks.due import Local
from keyworker.clocks.local import OWN_PLAN
from keyworker.clocks.places import Place
from keyworker.clocks.plain.counting import due
from keyworker.clocks.plain.events import Derived, Happened, Span, happened
from keyworker.clocks.rules import Edition, Rule, Rulebook, Subject
from keyworker.facts.reference import Reference

Roles = dict[tuple[Any, ...], set[str]]
Told = dict[tuple[Any, ...], Happened]


@dataclass
class Duty:
    """One duty while it is being worked out.

    Takes   is_excused, whether somebody agreed not to ask for it; is_moved, whether a later date was agreed.
    """

    rule: Rule
    subject: str
    started_on: date
    again: bool
    start_time: time | None = None
    met_on: date | None = None
    met_time: time | None = None
    met_entered_at: datetime | None = None
    stopped_on: date | None = None
    may_on: date | None = None
    due_event_on: date | None = None
    due_on: date | None = None
    edition: Edition | None = None
    is_excused: bool = False
    is_moved: bool = False


def duties(facts: Reference, rulebook: Rulebook, local: Local, derived: Derived) -> Iterator[Duty]:
    """Every duty of a rulebook with its due day, in no order."""
    return (duty for duty in undated(facts, rulebook, derived) if _dated(duty, local))


def undated(facts: Reference, rulebook: Rulebook, derived: Derived) -> Iterator[Duty]:
    """Every duty of a rulebook before it is counted when it is due, also of rules that were not yet in force."""
    told: dict[tuple[Place, Subject], list[Happened]] = {}
    spans: dict[str, list[Span]] = {}
    for rule in rulebook:
        by_subject: dict[str, dict[Place, list[Happened]]] = defaultdict(lambda: defaultdict(list))
        for one in rule.binding.places:
            key = (one, rule.binding.subject)
            if key not in told:
                told[key] = list(happened(facts, *key, derived))
            is_ahead = rule.is_before and one in rule.binding.starts
            for event in told[key]:
                if event.day <= facts.moment.at or is_ahead:
                    by_subject[event.subject][one].append(event)
        name = rule.binding.while_in
        if name and name not in spans:
            spans[name] = list(derived.spans[name](facts))
        for subject, events in by_subject.items():
            inside = [span for span in spans[name] if span.subject == subject] if name else None
            yield from _of(rule, subject, events, inside)


def _of(rule: Rule, subject: str, events: dict[Place, list[Happened]], inside: list[Span] | None) -> Iterable[Duty]:
    if rule.binding.by_row:
        return _own_row(rule, subject, events)
    if rule.is_before:
        return _before(rule, subject, events)
    return _forward(rule, subject, events, inside)


def _own_row(rule: Rule, subject: str, events: dict[Place, list[Happened]]) -> Iterator[Duty]:
    for place in rule.binding.starts:
        for event in events[place]:
            yield Duty(rule, subject, event.day, False, event.at, met_entered_at=event.entered_at)


def _forward(rule: Rule, subject: str, events: dict[Place, list[Happened]], inside: list[Span] | None) -> list[Duty]:
    found: list[Duty] = []
    waiting: list[Duty] = []
    for day, (roles, told) in sorted(_by_day(rule, events).items()):
        for duty in waiting:
            _carry_on(duty, day, roles, told)
        started = []
        if inside is None or any(span.holds(day) for span in inside):
            started = _begin(rule, subject, day, roles, told)
        found += started
        waiting = [duty for duty in [*waiting, *started] if _waits(duty)]
    return found


def _waits(duty: Duty) -> bool:
    """Whether anything that is still to come can change a duty."""
    is_over = duty.met_on is not None or duty.stopped_on is not None
    return not is_over or (bool(duty.rule.binding.due_at) and duty.due_event_on is None)


def _by_day(rule: Rule, events: dict[Place, list[Happened]]) -> dict[date, tuple[Roles, Told]]:
    """By day, what each row that has an event on it does for a rule."""
    bound = rule.binding
    named = {
        "starts": bound.starts,
        "meets": bound.meets,
        "stops": bound.stops,
        "may": bound.may_meet,
        "due": bound.due_at,
    }
    found: dict[date, tuple[Roles, Told]] = {}
    for name, places in named.items():
        for place in places:
            for event in events.get(place, ()):
                roles, told = found.setdefault(event.day, (defaultdict(set), {}))
                roles[event.row].add(name)
                told[event.row] = event
    return found


def _begin(rule: Rule, subject: str, day: date, roles: Roles, told: Told) -> list[Duty]:
    found = []
    first = [row for row, does in roles.items() if "starts" in does and "meets" not in does]
    again = [row for row, does in roles.items() if {"starts", "meets"} <= does]
    ends = [row for row, does in roles.items() if "stops" in does and "starts" not in does]
    for rows, is_again in ((first, False), (again, True)):
        if not rows:
            continue
        times = [at for row in rows if (at := told[row].at) is not None]
        duty = Duty(rule, subject, day, is_again, min(times, default=None))
        meets = [row for row, does in roles.items() if "meets" in does and (not is_again or "starts" not in does)]
        if meets:
            _meet(duty, day, roles, told)
        if ends:
            duty.stopped_on = day
        if not is_again and any("may" in does for does in roles.values()):
            duty.may_on = day
        found.append(duty)
    return found


def _carry_on(duty: Duty, day: date, roles: Roles, told: Told) -> None:
    does = set().union(*roles.values())
    if "meets" in does and duty.met_on is None and duty.stopped_on is None:
        _meet(duty, day, roles, told)
    if "stops" in does and duty.stopped_on is None and duty.met_on in (None, day):
        duty.stopped_on = day
    if "may" in does and duty.may_on is None:
        duty.may_on = day
    if "due" in does and duty.due_event_on is None:
        duty.due_event_on = day


def _meet(duty: Duty, day: date, roles: Roles, told: Told) -> None:
    """Met on a day: at the earliest time and entry that any row of the day gives."""
    meeting = [told[row] for row, does in roles.items() if "meets" in does]
    duty.met_on = day
    duty.met_time = min((one.at for one in meeting if one.at), default=None)
    duty.met_entered_at = min((one.entered_at for one in meeting if one.entered_at), default=None)


def _before(rule: Rule, subject: str, events: dict[Place, list[Happened]]) -> Iterator[Duty]:
    anchors = sorted({event.day for place in rule.binding.starts for event in events[place]})
    meeting = [event for place in rule.binding.meets for event in events[place]]
    unsaid = [event.day for place in rule.binding.may_meet for event in events[place]]
    ending = [event.day for place in rule.binding.stops for event in events[place]]
    for number, anchor in enumerate(anchors):
        previous = anchors[number - 1] if number else None
        is_last = number == len(anchors) - 1
        after, until = (None if rule.binding.since_ever else previous), (None if is_last else anchor)
        days = [event.day for event in meeting if _between(after, event.day, until)]
        duty = Duty(rule, subject, anchor, False, _earliest(events, rule.binding.starts, anchor))
        if days:
            same = [event for event in meeting if event.day == min(days)]
            duty.met_on = min(days)
            duty.met_time = min((one.at for one in same if one.at), default=None)
            duty.met_entered_at = min((one.entered_at for one in same if one.entered_at), default=None)
        duty.may_on = min((day for day in unsaid if _between(previous, day, until)), default=None)
        duty.stopped_on = min((day for day in ending if _between(previous, day, anchor)), default=None)
        yield duty


def _between(after: date | None, day: date, until: date | None) -> bool:
    return (after is None or day > after) and (until is None or day <= until)


def _earliest(events: dict[Place, list[Happened]], places: Sequence[Place], day: date) -> time | None:
    return min((event.at for place in places for event in events[place] if event.day == day and event.at), default=None)


def _dated(duty: Duty, local: Local) -> bool:
    """Give a duty its edition and due day; False where no edition was in force when it began."""
    edition = duty.rule.edition(duty.started_on)
    if edition is None:
        return False
    duty.edition = edition
    method = edition.method(again=duty.again)
    if duty.rule.id == OWN_PLAN:
        own = [
            one for one in local.own.get(duty.subject, ()) if Span("", one.from_on, one.to_on).holds(duty.started_on)
        ]
        method = own[-1].method if own else None
    if method is not None:
        duty.due_on = due(duty.started_on, method, local.known)
    elif edition.unit == "school_terms":
        begun = [number for number, (begin, _) in enumerate(local.terms) if begin <= duty.started_on]
        place = (begun[-1] if begun else -1) + (edition.n or 1)
        duty.due_on = local.terms[place][1] if place < len(local.terms) else None
    duty.due_on = duty.due_on or duty.due_event_on
    return True
