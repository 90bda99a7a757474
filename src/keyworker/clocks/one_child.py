"""The duties to a few children, read from their own entries: a child has some hundred, so Python thinks about them.

The database is asked one small question instead of one large one; what starts, meets and stops a duty is then found by
the plain code to which the engines are held.
"""

from __future__ import annotations

from functools import cache

import polars as pl
import psycopg

from keyworker.clocks.duties import DUTY, Asked
from keyworker.clocks.places import Place, PlaceKind
from keyworker.clocks.plain.derived import DERIVED
from keyworker.clocks.plain.duties import Duty, undated
from keyworker.clocks.rules import Rulebook, Subject
from keyworker.clocks.spans import event_sql, span_sql
from keyworker.facts.entries import entries
from keyworker.facts.lens import Lens
from keyworker.facts.reference import Reference
from keyworker.facts.relations import render, tables_named
from keyworker.facts.remembered import remembered
from keyworker.vocabulary import TABLES

FEW = 8
"""Up to so many children are thought about one by one; beyond, the database pairs their events."""

_ENDS = ("met_on", "met_entered_at", "stopped_on")
"""What a duty that is still open has none of: one that its row's own entry meets has no day but the entry's."""

_VISITS = ("cin_visits", "cp_visits", "cla_visits", "other_visit")


def duties_to_few(connection: psycopg.Connection, asked: Asked) -> pl.DataFrame:
    """The duties to the lens's few children, as `duties.duties_in_postgresql` gives them."""
    wanted = asked.rulebook.of(Subject.CHILD)
    told = entries(connection, asked.lens, tables_of(wanted))
    facts = Reference({**told, "setting": _precedence(connection, asked.lens)}, asked.lens.moment)
    numbers = {rule.id: number for number, rule in enumerate(asked.rulebook)}
    rows = [_row(duty, numbers) for duty in undated(facts, wanted, DERIVED)]
    frame = pl.DataFrame(rows, schema=DUTY, orient="row")
    return frame.filter(pl.all_horizontal(pl.col(_ENDS).is_null())) if asked.is_open else frame


def _row(duty: Duty, numbers: dict[str, int]) -> tuple[object, ...]:
    return (
        numbers[duty.rule.id],
        duty.subject,
        duty.started_on,
        int(duty.again),
        duty.start_time,
        duty.met_on,
        duty.stopped_on,
        duty.may_on,
        duty.due_event_on,
        duty.met_time,
        duty.met_entered_at,
        None,
    )


def _precedence(connection: psycopg.Connection, lens: Lens) -> list[dict[str, object]]:
    """The settings that say which source speaks first, as entries."""

    def read(on: psycopg.Connection) -> list[dict[str, object]]:
        names = (*TABLES["setting"].column_names, "entry_id", "source", "recorded_at")
        query = f"select {', '.join(f's.{name}' for name in names)} from {{setting}} s where name = 'source precedence'"
        ready = render(query, Lens(lens.moment))
        rows = on.execute(ready.sql.encode(), ready.parameters).fetchall()
        fixed = {"standing": "reported", "superseded_at": None}
        return [{**dict(zip(names, row, strict=True)), **fixed} for row in rows]

    return remembered(connection, "source precedence", lens.moment, read)


@cache
def _tables_of(places: tuple[Place, ...], spans: tuple[str, ...]) -> frozenset[str]:
    texts = [span_sql(name) for name in spans]
    found: set[str] = set()
    for one in places:
        if one.kind is PlaceKind.VISIT:
            found.update(_VISITS)
        elif one.kind is PlaceKind.EVENT:
            texts.append(event_sql(one.what))
        elif one.kind in (PlaceKind.SPAN, PlaceKind.SPAN_END):
            texts.append(span_sql(one.what))
        elif one.table:
            found.add(one.table)
    return frozenset(found).union(*map(tables_named, texts))


def tables_of(rulebook: Rulebook) -> frozenset[str]:
    """The described tables that some rules' events and spans are read from."""
    places = tuple(dict.fromkeys(one for rule in rulebook for one in rule.binding.places))
    spans = tuple(dict.fromkeys(rule.binding.while_in for rule in rulebook if rule.binding.while_in))
    return _tables_of(places, spans)
