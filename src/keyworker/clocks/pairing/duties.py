"""Every duty of some rules, from events put in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np
import polars as pl

from keyworker.clocks.duty import DUTY, Asked
from keyworker.clocks.pairing import layout
from keyworker.clocks.pairing.back import back
from keyworker.clocks.pairing.forward import forward
from keyworker.clocks.pairing.layout import ALL_DAYS, DAYS, FIRST_DAY, NOTHING, WIDTH, Ints
from keyworker.clocks.pairing.narrowed import narrowed
from keyworker.clocks.pairing.told import Told, Wanted, texts_of, told
from keyworker.clocks.places import Place
from keyworker.clocks.rules import Rule, Subject
from keyworker.facts.columns.everybody import Source
from keyworker.facts.columns.taken import Last

_NO_SPAN = np.empty(0, np.int64)
_DATES = {"started_on": layout.STARTED, "met_on": layout.MET, "stopped_on": layout.STOPPED, "may_on": layout.MAY_ON}


def duties_of(source: Source, asked: Asked, record: Source | None = None) -> pl.DataFrame:
    """The duties of some rules.

    Takes   source, the record or its columns; record, which is asked for what the columns do not hold (None: the
            source holds all).
    """
    numbers = {rule.id: number for number, rule in enumerate(asked.rulebook)}
    found = [pl.DataFrame(schema=DUTY)]
    for subject in _subjects(asked):
        wanted = _wanted(asked, subject)
        events = told(source, asked.lens, wanted, record or source)
        made = [(numbers[rule.id], duties) for rule in wanted.rules if len(duties := _of(rule, events, asked))]
        if made:
            found.append(_frame(made, events))
    return pl.concat(found)


def events_of(asked: Asked) -> list[str]:
    """Queries over named tables of all that is read to find the duties of some rules."""
    return [text for subject in _subjects(asked) for text in texts_of(asked.lens, _wanted(asked, subject))]


def rows_of(asked: Asked) -> Mapping[str, Last]:
    """Which rows of some tables are read for that, where not all are: of what is open of one kind of subject."""
    subjects = _subjects(asked)
    return narrowed(_wanted(asked, subjects[0])) if len(subjects) == 1 else {}


def _subjects(asked: Asked) -> list[Subject]:
    return [subject for subject in asked.about if len(asked.rulebook.of(subject))]


def _wanted(asked: Asked, subject: Subject) -> Wanted:
    workers = asked.workers if subject is Subject.WORKER else None
    return Wanted(tuple(asked.rulebook.of(subject)), subject, workers, asked.since, asked.is_open)


def _of(rule: Rule, events: Told, asked: Asked) -> Ints:
    if rule.binding.by_row:
        return _own_row(rule, events, asked.is_open)
    until = _key_day(asked.lens.moment.at)
    places = rule.binding.places
    ends = np.array([events.ends(events.places[one]) for one in places], np.int64).reshape(-1, 2)
    does = np.array([_does(rule, one) for one in places], np.int64)
    begins, ends = np.ascontiguousarray(ends[:, 0]), np.ascontiguousarray(ends[:, 1])
    out = np.empty((int((ends - begins)[does & layout.STARTS != 0].sum()), WIDTH), np.int64)
    if rule.is_before:
        ever = rule.binding.since_ever
        return out[: back(events.keys, events.rows, begins, ends, does, until, ever, asked.is_open, out)]
    ins, outs = events.span(rule.binding.while_in) if rule.binding.while_in else (_NO_SPAN, _NO_SPAN)
    since = _key_day(asked.since.get(rule.id, date.min))
    made = forward(
        events.keys,
        events.rows,
        begins,
        ends,
        does,
        _slots(places),
        bool(rule.binding.while_in),
        ins,
        outs,
        since,
        until,
        asked.is_open,
        out,
    )
    return out[len(out) - made :]


def _own_row(rule: Rule, events: Told, is_open: bool) -> Ints:
    """Duties that a row meets by its own entry, such as writing up a critical event."""
    found = np.concatenate([np.arange(*events.ends(events.places[one])) for one in rule.binding.starts])
    rows = events.rows[found]
    if is_open:
        found, rows = found[rows[:, 2] == NOTHING], rows[rows[:, 2] == NOTHING]
    out = np.full((len(found), WIDTH), NOTHING, np.int64)
    out[:, layout.SUBJECT] = events.keys[found] >> DAYS
    out[:, layout.STARTED] = events.keys[found] & ALL_DAYS
    out[:, layout.AGAIN] = 0
    out[:, [layout.START_TIME, layout.ENTERED, layout.ACT]] = rows[:, 1:]
    return out


def _does(rule: Rule, one: Place) -> int:
    bound = rule.binding
    does = (
        (layout.STARTS, bound.starts),
        (layout.MEETS, bound.meets),
        (layout.STOPS, bound.stops),
        (layout.MAY, bound.may_meet),
        (layout.DUE, bound.due_at),
    )
    return sum(bit for bit, places in does if one in places)


def _slots(places: tuple[Place, ...]) -> Ints:
    """What tells two events of one row apart, as its ends."""
    numbers = {slot: number for number, slot in enumerate(dict.fromkeys(one.slot for one in places))}
    return np.array([numbers[one.slot] for one in places], np.int64)


def _key_day(day: date) -> int:
    return day.toordinal() - 1


def _frame(made: list[tuple[int, Ints]], events: Told) -> pl.DataFrame:
    """Duties in their columns and types."""
    every = np.concatenate([duties for _, duties in made])
    rules = np.repeat(np.array([number for number, _ in made], np.int32), [len(duties) for _, duties in made])
    return pl.DataFrame({"rule": rules, **dict(_columns(every, events))}).select(
        pl.col(name).cast(kind) for name, kind in DUTY.items()
    )


def _columns(every: Ints, events: Told) -> Iterator[tuple[str, pl.Series]]:
    yield "subject", events.subjects.gather(every[:, layout.SUBJECT])
    yield "again", pl.Series(every[:, layout.AGAIN])
    for name, column in (*_DATES.items(), ("due_event_on", layout.DUE_EVENT)):
        yield name, _told(every[:, column], FIRST_DAY).cast(pl.Int32).cast(pl.Date)
    for name, column in (("start_time", layout.START_TIME), ("met_time", layout.MET_TIME)):
        yield name, _told(every[:, column]).cast(pl.Time)
    yield "met_entered_at", _told(every[:, layout.ENTERED]).cast(pl.Datetime("us", "UTC"))
    yield "met_act", _told(every[:, layout.ACT])


def _told(column: Ints, less: int = 0) -> pl.Series:
    """What there is of a column; nothing where there is nothing."""
    is_told = column != NOTHING
    values = pl.Series(np.where(is_told, column - less, 0))
    return values if is_told.all() else values.set(pl.Series(~is_told), None)
