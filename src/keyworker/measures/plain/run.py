"""Ask a measure of a record's entries, plainly."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from keyworker.facts.days import end_of
from keyworker.facts.lens import FAR
from keyworker.facts.moment import Moment
from keyworker.facts.reference import Reference
from keyworker.measures.passes.asked import Asked
from keyworker.measures.passes.run import unset
from keyworker.measures.plain.day import Day, Key, Told
from keyworker.measures.plain.lives import SPANS
from keyworker.measures.plain.places import Places
from keyworker.measures.plain.readings import lacking
from keyworker.measures.registry import Definition, shipped
from keyworker.measures.rows import MeasureRow
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.errors import KeyworkerError

Entries = Mapping[str, Iterable[Mapping[str, Any]]]


def plainly_measured(
    entries: Entries, definition: Definition, asked: Asked, supplied: Collection[str] | None = None
) -> list[MeasureRow]:
    """The measure for every date and group, by looking at each date by itself.

    Takes   entries by table, every one ever written, superseded or not, as dicts; supplied, the tables that any source
            supplies even if empty (None: those in which anything stands).
    Raises  KeyworkerError for a measure that has not been told plainly.
    """
    if definition.name not in SPANS:
        raise KeyworkerError(
            "This measure has not been told plainly.",
            where="--engine plain",
            remedy=f"Use another engine. Told plainly are {', '.join(sorted(SPANS))}.",
        )
    held = {name for name, rows in entries.items() if rows} if supplied is None else supplied
    days: list[tuple[Moment, Day | str]] = []
    for at in sorted(set(asked.at)):
        moment = Moment(at, end_of(at) if asked.on_each_day else asked.known_at)
        if reason := _lacks(entries, definition, moment, held):
            days.append((moment, reason))
            continue
        known = Reference(entries, moment)
        places = Places(known, Reference(entries, Moment(FAR, moment.known_at)))

        def group_of(name: str, key: str, day: date, places: Places = places) -> str | None:
            return places.group(definition.belongs_to, name, key, day)

        day = Day(definition, at, asked.by, group_of)
        day.look_at(SPANS[definition.name](known))
        days.append((known.moment, day))
    return rows_of(definition, asked, days)


def _lacks(entries: Entries, definition: Definition, moment: Moment, supplied: Collection[str]) -> str:
    always = Reference(entries, Moment(FAR, moment.known_at))
    titles = ", ".join(TABLES[name].title.lower() for name in definition.needs if not always.rows(name))
    if titles:
        return f"cannot tell: the record holds no row of: {titles}"
    said = {" ".join(row["name"].lower().split()) for row in always.rows("setting")} if definition.settings else set()
    if wanted := unset(name for name in definition.settings if name not in said):
        return wanted
    return lacking(always, shipped().rules_of(definition.sql), supplied)


def rows_of(definition: Definition, asked: Asked, days: Sequence[tuple[Moment, Day | str]]) -> list[MeasureRow]:
    """The rows of a series: every group that has anything on any of its dates, on each of them.

    Takes   days, for each moment the measure on that day, or why it cannot be told.
    """
    names = [*asked.by, *(["band"] if definition.bands else [])]
    told = [(moment, day) for moment, day in days if isinstance(day, Day)]
    keys = {key for _, day in told for key in day.told} or (set() if names or not told else {()})
    found = [_row(definition, names, key, moment, day.of(key)) for key in keys for moment, day in told]
    nowhere: Key = (None,) * len(names)
    nothing = Told(None, None, None)
    found += [
        replace(_row(definition, names, nowhere, moment, nothing), reason=reason)
        for moment, reason in days
        if isinstance(reason, str)
    ]
    return sorted(found, key=lambda row: ([(part is None, part or "") for part in row.group.values()], row.at))


def _row(definition: Definition, names: Sequence[str], key: Key, moment: Moment, told: Told) -> MeasureRow:
    return MeasureRow(
        measure=definition.name,
        group=dict(zip(names, key, strict=True)),
        at=moment.at,
        known_at=moment.known_at,
        numerator=told.numerator,
        denominator=told.denominator,
        value=told.value,
        tail=told.tail,
        unconfirmed=definition.unconfirmed,
    )
