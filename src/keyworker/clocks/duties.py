"""Every duty of some rules, from the facts, by one SQL text on each engine."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import duckdb
import polars as pl
import psycopg

from keyworker.clocks.duty import DUTY, Asked
from keyworker.clocks.events import event_relation
from keyworker.clocks.pairing.duties import duties_of, events_of, rows_of
from keyworker.clocks.places import Place
from keyworker.clocks.rules import Rule, Rulebook, Subject
from keyworker.clocks.since import first_days
from keyworker.clocks.spans import span_sql
from keyworker.facts.columns import Columns, of_everybody
from keyworker.facts.columns.everybody import Source
from keyworker.facts.columns.taken import taken
from keyworker.facts.frames import frame_of
from keyworker.facts.lens import FAR, MANY, Lens
from keyworker.facts.moment import Moment
from keyworker.facts.relations import render_once, tables_named

NEAR = timedelta(days=200)
"""Rules of which the duties wanted began within so many days of one another are asked about together."""
MEMORY = "64MB"
"""What one step of a question may hold before it writes to disk: as much as the steps of ten thousand open children."""

_SLOT = re.compile(r"\[(\w+)\]")

_TOLD_OPEN = "event_of e join wanted r on r.place = e.place and r.subject = e.subject and e.day >= r.since"


def duties_of_many(connection: psycopg.Connection, asked: Asked) -> pl.DataFrame:
    """The duties of some rules to many children or to everybody.

    What is open of many children is found in what is taken out of the record for it; what ever was, or everybody's, in
    the columns where this process holds them.
    """
    children = asked.lens.child_ids
    if asked.workers is not None or (children is not None and len(children) <= MANY):
        return duties_in_postgresql(connection, asked)
    if children is not None and asked.is_open:
        try:
            return duties_taken(connection, asked)
        except duckdb.OutOfMemoryException:  # the record itself gives the same, later
            return duties_in_postgresql(connection, asked)

    def ask(source: Source) -> pl.DataFrame:
        return (
            duties_of(source, asked, connection) if isinstance(source, Columns) else duties_in_postgresql(source, asked)
        )

    return of_everybody(connection, ask)


def duties_of_people(connection: psycopg.Connection, to_children: Asked, of_workers: Asked) -> pl.DataFrame:
    """What is open of many children and of some workers.

    The record is asked about the workers while what was taken out of it about the children is looked at.
    """
    found: list[pl.DataFrame] = []

    def ask() -> None:
        with brought_together(connection):
            found.append(duties_of(connection, of_workers))

    try:
        theirs = duties_taken(connection, to_children, then=ask)
    except duckdb.OutOfMemoryException:
        theirs = duties_in_postgresql(connection, to_children)
    if not found:
        ask()
    return pl.concat([theirs, *found])


def duties_in_postgresql(connection: psycopg.Connection, asked: Asked) -> pl.DataFrame:
    """The duties of some rules, from the record."""
    found = []
    with brought_together(connection):
        for sql, bound in queries(asked):
            if asked.lens.is_narrow or asked.workers is not None:
                found.append(_few(connection, asked.lens, sql, bound))
            else:
                found.append(_many(connection, asked.lens, sql, bound))
    return pl.concat(found) if found else pl.DataFrame(schema=DUTY)


@contextmanager
def brought_together(connection: psycopg.Connection) -> Iterator[None]:
    """Rows are brought together in memory, never by looking at each row for each row.

    Nobody can guess beforehand how many rows come out of a window, and PostgreSQL guesses one: a plan made on that
    guess took nine times as long for 2,600 children.
    """
    with connection.transaction():
        connection.execute(f"set local enable_nestloop = off; set local work_mem = '{MEMORY}'")
        yield
        connection.execute("set local enable_nestloop to default; set local work_mem to default")


def duties_taken(
    connection: psycopg.Connection, asked: Asked, *, then: Callable[[], None] | None = None
) -> pl.DataFrame:
    """The duties of some rules, of the rows and columns that they are read from, taken out of the record for them.

    Takes   then, what is asked of the connection when all was taken out, while it is looked at.
    """
    shown = asked.lens.child_ids
    children = None if shown is None else pl.Series(list(dict.fromkeys(map(asked.lens.root, shown))), dtype=pl.String)
    last = rows_of(asked)
    with taken(connection, asked.lens, *events_of(asked), last=last, then=then, children=children) as source:
        return duties_of(source, replace(asked, lens=asked.lens.taken))


def duties_in_duckdb(connection: duckdb.DuckDBPyConnection, asked: Asked) -> pl.DataFrame:
    """The duties of some rules, from a snapshot that is open in DuckDB."""
    return duties_of(Columns(connection), asked)


def tables_read(rulebook: Rulebook) -> frozenset[str]:
    """The described tables that the duties of some rules are read from."""
    asked = Asked(rulebook, Lens(Moment(FAR)))
    return frozenset().union(*(tables_named(sql) for sql, _ in queries(asked)))


def queries(asked: Asked) -> Iterable[tuple[str, dict[str, Any]]]:
    """One query for each kind of subject and each way of pairing, of the rules that there are."""
    numbers = {rule.id: number for number, rule in enumerate(asked.rulebook)}
    for subject in asked.about:
        bound = {"subjects": list(asked.workers)} if asked.workers is not None and subject is Subject.WORKER else {}
        for pairing in (_forward, _back, _own_row):
            rules = [rule for rule in asked.rulebook.of(subject) if _pairing(rule) is pairing]
            for some in _together(rules, asked.since):
                yield pairing(some, numbers, subject, asked), bound


def _together(rules: Collection[Rule], since: Mapping[str, date]) -> list[list[Rule]]:
    """The rules that are asked about together: a few that reach far back would have all the others read as far."""
    latest = max(since.values(), default=date.min)
    found: dict[bool | None, list[Rule]] = defaultdict(list)
    for rule in rules:
        began = since.get(rule.id)
        found[None if began is None else began >= latest - NEAR].append(rule)
    return list(found.values())


def _pairing(rule: Rule) -> Any:
    if rule.binding.by_row:
        return _own_row
    return _back if rule.is_before else _forward


def _forward(rules: Collection[Rule], numbers: Mapping[str, int], subject: Subject, asked: Asked) -> str:
    places = _numbered(rules)
    earliest = first_days(rules, asked.since)
    told = {
        "event": event_relation(
            places, subject, asked.lens.moment.at, subjects=asked.workers is not None, since=earliest
        ),
        "rule_event": _rule_events(rules, numbers, places, asked.since),
    }
    slots = {
        "running": _filled("duties_running", told) if asked.is_open else "",
        "told": _TOLD_OPEN if asked.is_open else _filled("duties_told", told),
        "gates": _gates(rules, numbers, _only(subject, asked)),
        "inside": _inside(rules, numbers),
    }
    return _filled("duties", slots) + _text("duties_open" if asked.is_open else "duties_met")


def _back(rules: Collection[Rule], numbers: Mapping[str, int], subject: Subject, asked: Asked) -> str:
    places = _numbered(rules)
    ever = [str(numbers[rule.id]) for rule in rules if rule.binding.since_ever]
    slots = {
        "event": event_relation(places, subject, asked.lens.moment.at, subjects=asked.workers is not None),
        "rule_event": _rule_events(rules, numbers, places, asked.since),
        "ever": f"rule in ({', '.join(ever)})" if ever else "1 = 0",
        "open": "and met_on is null" if asked.is_open else "",
    }
    return _filled("duties_before", slots)


def _own_row(rules: Collection[Rule], numbers: Mapping[str, int], subject: Subject, asked: Asked) -> str:
    places = _numbered(rules)
    slots = {
        "event": event_relation(places, subject, asked.lens.moment.at, subjects=asked.workers is not None),
        "rule_event": _rule_events(rules, numbers, places, asked.since),
        "open": "where e.entered_at is null" if asked.is_open else "",
    }
    return _filled("duties_own_row", slots)


def _numbered(rules: Iterable[Rule]) -> dict[Place, int]:
    every = dict.fromkeys(one for rule in rules for one in rule.binding.places)
    return {one: number for number, one in enumerate(every, start=1)}


def _rule_events(
    rules: Iterable[Rule], numbers: Mapping[str, int], places: Mapping[Place, int], since: Mapping[str, date]
) -> str:
    """Which place does what for which rule, since when. A slot tells two events of one row apart, as its ends."""
    slots = {slot: number for number, slot in enumerate(dict.fromkeys(one.slot for one in places), start=1)}
    rows = []
    for rule in rules:
        bound = rule.binding
        for one in bound.places:
            does = (bound.starts, bound.meets, bound.stops, bound.may_meet, bound.due_at)
            flags = ", ".join(str(int(one in places_of)) for places_of in does)
            began = since.get(rule.id, date.min)
            rows.append(f"({places[one]}, {numbers[rule.id]}, {slots[one.slot]}, {flags}, date '{began}')")
    columns = "place, rule, slot, starts, meets, stops, may_meet, due_at, since"
    return f"(select * from (values {', '.join(rows)}) as v({columns}))"


def _only(subject: Subject, asked: Asked) -> str:
    """What keeps a span to the workers who are wanted; children are narrowed by the lens."""
    is_narrowed = asked.workers is not None and subject is Subject.WORKER
    return " and t.subject_id = any(%(subjects)s::text[])" if is_narrowed else ""


def _gates(rules: Iterable[Rule], numbers: Mapping[str, int], only: str) -> str:
    """The days on which a subject goes into and out of the span in which a rule can start, if anything begins there."""
    by_span: dict[str, list[int]] = {}
    for rule in rules:
        if rule.binding.while_in:
            by_span.setdefault(rule.binding.while_in, []).append(numbers[rule.id])
    parts = []
    nothing = "cast(null as time), cast(null as time), cast(null as time), cast(null as timestamp with time zone)"
    for name, of_rules in by_span.items():
        listed = ", ".join(f"({number})" for number in of_rules)
        for day, step in (("from_on", 1), ("to_on", -1)):
            parts.append(
                f"union all\nselect r.rule, t.subject_id, t.{day}, 0, 0, 0, 0, 0, 0, 0, 0, {step}, {nothing},"
                f" cast(null as bigint) from (\n{span_sql(name)}\n) t"
                f" cross join (values {listed}) as r(rule)"
                f" join begun v on v.rule = r.rule and v.subject = t.subject_id where t.{day} is not null"
                f" and (t.to_on is null or t.to_on > t.from_on){only}"
            )
    return "\n".join(parts)


def _inside(rules: Iterable[Rule], numbers: Mapping[str, int]) -> str:
    gated = [str(numbers[rule.id]) for rule in rules if rule.binding.while_in]
    return f"(inside > 0 or rule not in ({', '.join(gated)}))" if gated else "1 = 1"


def _filled(name: str, slots: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda found: slots[found.group(1)], _text(name))


@cache
def _text(name: str) -> str:
    return (files("keyworker.clocks") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def _few(connection: psycopg.Connection, lens: Lens, sql: str, bound: dict[str, Any]) -> pl.DataFrame:
    asked = render_once(sql, lens, parameters=bound)
    with connection.cursor(binary=True) as cursor:
        cursor.execute(asked.sql.encode(), asked.parameters)
        return pl.DataFrame(cursor.fetchall(), schema=DUTY, orient="row")


def _many(connection: psycopg.Connection, lens: Lens, sql: str, bound: dict[str, Any]) -> pl.DataFrame:
    names = ", ".join(
        f"(extract(epoch from q.{name}) * 1000000)::bigint as {name}" if name == "met_entered_at" else f"q.{name}"
        for name in DUTY
    )
    schema: dict[str, Any] = {**DUTY, "met_entered_at": pl.Int64}
    return typed(frame_of(connection, lens, f"select {names} from (\n{sql}\n) q", schema, once=True, **bound))


def typed(frame: pl.DataFrame) -> pl.DataFrame:
    """A duty's columns in their types. The council's own have an empty subject, which CSV cannot tell from none."""
    found = frame.select(pl.col(name).cast(kind) for name, kind in DUTY.items())
    return found.with_columns(pl.col("subject").fill_null(""))
