"""The events of some rules' places, read from an engine and put in order in arrays."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl

from keyworker.clocks.events import event_texts, reads
from keyworker.clocks.pairing.layout import DAYS, FIRST_DAY, NOTHING, SUBJECTS, Ints, put_in_order
from keyworker.clocks.places import Place, PlaceKind
from keyworker.clocks.rules import Rule, Subject
from keyworker.clocks.since import first_days
from keyworker.clocks.spans import span_sql
from keyworker.facts.columns.everybody import Source
from keyworker.facts.columns.told import is_held
from keyworker.facts.columns.worked_out import WorkedOut
from keyworker.facts.frames import frame_of
from keyworker.facts.lens import Lens
from keyworker.facts.relations import tables_named

_EVENT: dict[str, type[pl.DataType] | pl.DataType] = {
    "place": pl.Int32,
    "subject": pl.String,
    "day": pl.Date,
    "at_time": pl.Time,
    "entered_at": pl.Int64,
    "act_id": pl.Int64,
    "entry_id": pl.Int64,
}
_READ = ", ".join(
    f"(extract(epoch from e.{name}) * 1000000)::bigint as {name}" if name == "entered_at" else f"e.{name}"
    for name in _EVENT
)
_OF_A_ROW = ("entry_id", "at_time", "entered_at", "act_id")
TOGETHER = 8
"""Relations that are asked for by one query: to plan one for each costs more, and so does to plan one for all."""
_NOTHING_TOLD = (
    "cast(null as time) as at_time, cast(null as timestamp with time zone) as entered_at,"
    " cast(null as bigint) as act_id, cast(null as bigint) as entry_id"
)


@dataclass(frozen=True)
class Told:
    """Events in order of place, subject and day.

    Takes   subjects, by their numbers; places and spans, by number, those that were asked for; first, where the events
            of each number begin (one more at the end); keys, subject and day in one number; rows, of each event its
            row, time, entry and act.
    """

    subjects: pl.Series
    places: Mapping[Place, int]
    spans: Mapping[str, int]
    first: Ints
    keys: Ints
    rows: Ints

    def ends(self, number: int) -> tuple[int, int]:
        """Where the events of a number begin and end."""
        return int(self.first[number]), int(self.first[number + 1])

    def span(self, name: str) -> tuple[Ints, Ints]:
        """The keys of going into a span and out of it."""
        number = self.spans[name]
        into, out_of = slice(*self.ends(number)), slice(*self.ends(number + 1))
        return self.keys[into], self.keys[out_of]


@dataclass(frozen=True)
class Wanted:
    """Which events are wanted: those of some rules, of one kind of subject.

    Takes   workers, the only ones wanted, None for all; since, by rule, the day on or after which its duties began;
            is_open, whether only duties that nothing has met or stopped are wanted.
    """

    rules: tuple[Rule, ...]
    subject: Subject
    workers: tuple[str, ...] | None
    since: Mapping[str, date]
    is_open: bool = False

    @cached_property
    def places(self) -> dict[Place, int]:
        """Every place of the rules, numbered."""
        every = dict.fromkeys(one for rule in self.rules for one in rule.binding.places)
        return {one: number for number, one in enumerate(every)}

    @cached_property
    def last(self) -> Mapping[Place, bool]:
        """The places of which only the last day's events of each subject can matter: what began before is over.

        Gives   of each, whether those whose row was never said to be written up matter too.
        """
        if not self.is_open:
            return {}
        whole = {one for rule in self.rules for one in _wanted_whole(rule)}
        by_row = {one for rule in self.rules if rule.binding.by_row for one in rule.binding.places}
        return {one: one in by_row for one in self.places if one not in whole}

    @cached_property
    def untold(self) -> Collection[Place]:
        """The places of whose events it does not matter when they were written up: nothing that is open was met."""
        if not self.is_open:
            return ()
        by_row = {one for rule in self.rules if rule.binding.by_row for one in rule.binding.places}
        return [one for one in self.places if one not in by_row]

    @cached_property
    def spans(self) -> dict[str, int]:
        """Every span in which a rule can start: the number of going in, and after it that of going out."""
        names = dict.fromkeys(rule.binding.while_in for rule in self.rules if rule.binding.while_in)
        return {name: len(self.places) + 2 * number for number, name in enumerate(names)}


def _wanted_whole(rule: Rule) -> tuple[Place, ...]:
    """The places of a rule of which every event may matter for what is open."""
    bound = rule.binding
    if bound.by_row:
        return ()
    if rule.is_before:
        return bound.places
    ending = {*bound.meets, *bound.stops}
    return tuple(one for one in bound.places if one not in ending)


def texts_of(lens: Lens, wanted: Wanted) -> list[str]:
    """A query over named tables for each relation that what is wanted is read from."""
    return _texts(lens, wanted, wanted.places, wanted.spans)


def told(source: Source, lens: Lens, wanted: Wanted, record: Source) -> Told:
    """The events of some rules.

    Takes   source, the record or its columns; record, which is asked for what the columns do not hold.
    """
    bound = {"subjects": list(wanted.workers)} if wanted.workers is not None else {}
    if isinstance(source, WorkedOut):
        texts = _texts(lens, wanted, wanted.places, wanted.spans, lambda name: _held_span(source, lens, name))
        groups = (texts[first : first + TOGETHER] for first in range(0, len(texts), TOGETHER))
        children = source.children if wanted.subject is Subject.CHILD else None
        schema = _EVENT if children is None else {**_EVENT, "subject": pl.Int32}
        frames = [frame_of(source, lens, _united(group), schema, once=True, **bound) for group in groups]
        return _ordered(pl.concat(frames) if frames else pl.DataFrame(schema=schema), wanted, children)
    is_whole = source is record
    held = [one for one in wanted.places if is_whole or is_held(reads(one, wanted.subject))]
    spans = [name for name in wanted.spans if is_whole or is_held(span_sql(name))]
    parts = [
        (source, _texts(lens, wanted, held, spans)),
        (record, _texts(lens, wanted, _without(wanted.places, held), _without(wanted.spans, spans))),
    ]
    frames = [frame_of(asked, lens, _united(texts), _EVENT, once=True, **bound) for asked, texts in parts if texts]
    return _ordered(pl.concat(frames) if frames else pl.DataFrame(schema=_EVENT), wanted)


def _held_span(source: WorkedOut, lens: Lens, name: str) -> str:
    """A span's rows, worked out once for its first days, its last days and for being inside it."""
    return f"select * from {source.hold(lens, f'span {name}', span_sql(name))} h"


def _united(texts: Iterable[str]) -> str:
    every = "\nunion all\n".join(texts)
    return f"select {_READ} from (\n{every}\n) e"


_Name = TypeVar("_Name")


def _without(names: Iterable[_Name], others: Collection[_Name]) -> list[_Name]:
    return [name for name in names if name not in others]


def _texts(
    lens: Lens,
    wanted: Wanted,
    places: Collection[Place],
    spans: Iterable[str],
    span_of: Callable[[str], str] = span_sql,
) -> list[str]:
    """The queries of some places' events and of going into and out of some spans."""
    is_narrowed = wanted.workers is not None
    numbered = {one: wanted.places[one] for one in places if one.kind is not PlaceKind.ENTERED}
    narrowed = " and t.subject_id = any(%(subjects)s::text[])" if is_narrowed else ""
    # What reads few tables first: where tables come one after another, it need not wait for the others.
    first = sorted(spans, key=lambda name: len(tables_named(span_sql(name))))
    found = [_gate(span_of(name), wanted.spans[name], narrowed) for name in first]
    if numbered:
        at = lens.moment.at
        found += event_texts(
            numbered,
            wanted.subject,
            at,
            subjects=is_narrowed,
            since=first_days(wanted.rules, wanted.since),
            last=wanted.last,
            untold=wanted.untold,
            span_of=span_of,
        )
    return found


def _gate(span: str, number: int, narrowed: str) -> str:
    """The days on which subjects go into and out of a span."""
    return (
        f"select * from (select g.place, t.subject_id as subject, case g.place when {number} then t.from_on"
        f" else t.to_on end as day, {_NOTHING_TOLD} from (\n{span}\n) t"
        f" cross join (values ({number}), ({number + 1})) as g(place)"
        f" where t.from_on is not null and (t.to_on is null or t.to_on > t.from_on){narrowed}) d"
        " where d.day is not null"
    )


def _ordered(frame: pl.DataFrame, wanted: Wanted, children: pl.Series | None = None) -> Told:
    """Events in order. Takes children, where the subjects are their places already."""
    subjects, subject = _subjects(frame["subject"]) if children is None else _placed(frame["subject"], children)
    day = frame["day"].to_physical().to_numpy()
    by_place = frame["place"].to_numpy().astype(np.int64)
    by_place <<= SUBJECTS
    by_place |= subject
    by_place <<= DAYS
    by_place += day
    by_place += FIRST_DAY
    order = np.argsort(by_place, kind="stable")
    row, time, typed, written = (frame[name].to_physical().fill_null(NOTHING).to_numpy() for name in _OF_A_ROW)
    keys, rows = np.empty(len(order), np.int64), np.empty((len(order), len(_OF_A_ROW)), np.int64)
    put_in_order(order, by_place, row, time, typed, written, keys, rows)
    places = np.arange(len(wanted.places) + 2 * len(wanted.spans) + 1)
    return Told(
        subjects=subjects,
        places=wanted.places,
        spans=wanted.spans,
        first=np.searchsorted(by_place, places << (SUBJECTS + DAYS), sorter=order),
        keys=keys,
        rows=rows,
    )


def _subjects(said: pl.Series) -> tuple[pl.Series, npt.NDArray[np.int32]]:
    """Every subject once, and of each event the place of its own."""
    whose = said.fill_null("").to_arrow().dictionary_encode()
    return pl.Series(whose.dictionary, dtype=pl.String), whose.indices.to_numpy()


def _placed(said: pl.Series, children: pl.Series) -> tuple[pl.Series, npt.NDArray[np.int32]]:
    """The same, of places among children; beyond them stands whoever has none."""
    return pl.concat([children, pl.Series([""])]), said.fill_null(len(children)).to_numpy()
