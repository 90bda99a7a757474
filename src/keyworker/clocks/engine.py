"""Clocks: every duty's reading at a moment, from PostgreSQL for a child, a team or all, and from DuckDB for all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import duckdb
import polars as pl
import psycopg

from keyworker.clocks.counting import Method
from keyworker.clocks.due import Local, with_due
from keyworker.clocks.duties import (
    DUTY,
    Asked,
    duties_in_duckdb,
    duties_in_postgresql,
    duties_of_many,
    duties_of_people,
)
from keyworker.clocks.exempted import Known, known_of, moved, with_exceptions
from keyworker.clocks.ground import Ground, every_rule, filled, ground_at, ground_told, supplied
from keyworker.clocks.held import Held
from keyworker.clocks.local import OWN_PLAN
from keyworker.clocks.one_child import FEW, duties_to_few
from keyworker.clocks.own_plan import with_own_due
from keyworker.clocks.reading import Reading, by_subject, cannot_tell, rows_of
from keyworker.clocks.readings import judged
from keyworker.clocks.rules import Edition, Rulebook, Source, Subject
from keyworker.clocks.since import began_since
from keyworker.facts.ground import lens_at
from keyworker.facts.lens import MANY, Lens
from keyworker.facts.moment import Moment
from keyworker.facts.relations import Engine, render

DAY = timedelta(days=1)

__all__ = [
    "Ground",
    "Reading",
    "dated",
    "dated_open",
    "every_readings",
    "every_rule",
    "filled",
    "ground_at",
    "ground_told",
    "open_readings",
    "open_under",
    "read",
    "readings",
    "readings_in_duckdb",
    "rows_of",
    "supplied",
]


def readings(
    connection: psycopg.Connection,
    moment: Moment,
    *,
    child_ids: Collection[str] | None = None,
    worker_ids: Collection[str] | None = None,
    rules: Collection[str] | None = None,
    rulebook: Rulebook | None = None,
) -> list[Reading]:
    """Where each duty to some children, or of some workers, stands at the end of a day.

    Takes   child_ids, children; worker_ids, workers; neither: everybody's and the council's. rules, only these.
    Gives   by subject, the most pressing first. A rule of which no source supplies what starts it has one reading that
            says what it needs, where one child or worker was asked about.
    """
    ground = ground_at(connection, moment, rulebook)
    lens = lens_at(connection, moment)
    wanted = _wanted(ground.rulebook, child_ids, worker_ids, rules)
    narrowed = lens if child_ids is None else lens.of(lens.root(child_id) for child_id in child_ids)
    asked = Asked(wanted, narrowed, tuple(worker_ids) if worker_ids is not None else None)
    found = read(_duties(connection, asked), wanted, ground, moment.at)
    rows = list(rows_of(found, wanted))
    subjects = [*(narrowed.child_ids or ()), *(worker_ids or ())]
    return sorted([*rows, *_unstarted(wanted, ground.held, subjects)], key=by_subject)


def _duties(connection: psycopg.Connection, asked: Asked) -> pl.DataFrame:
    """The duties to the lens's children and of the workers, or everybody's where neither are named.

    A worker's own rows are about no child, so workers are never looked at through the lens of some children.
    """
    children = asked.lens.child_ids
    if children is None and asked.workers is None:
        return duties_of_many(connection, asked)
    found = [pl.DataFrame(schema=DUTY)]
    of_workers = replace(asked, lens=asked.lens.on_workers, about=(Subject.WORKER,))
    if children and asked.workers and asked.is_open and len(children) > MANY:
        return duties_of_people(connection, replace(asked, workers=None, about=(Subject.CHILD,)), of_workers)
    if children:
        found.append(_to_children(connection, replace(asked, workers=None, about=(Subject.CHILD,))))
    if asked.workers:
        found.append(duties_in_postgresql(connection, of_workers))
    return pl.concat(found)


def _to_children(connection: psycopg.Connection, asked: Asked) -> pl.DataFrame:
    is_few = len(asked.lens.child_ids or ()) <= FEW
    return duties_to_few(connection, asked) if is_few else duties_of_many(connection, asked)


def every_readings(
    connection: psycopg.Connection,
    moment: Moment,
    *,
    child_ids: Collection[str] | None = None,
    worker_ids: Collection[str] | None = None,
    rules: Collection[str] | None = None,
    rulebook: Rulebook | None = None,
    due_since: date | None = None,
    ground: Ground | None = None,
) -> tuple[pl.DataFrame, Rulebook]:
    """Every duty's reading from the record, as columns, and the rules whose places `rule` numbers.

    Takes   child_ids and worker_ids, only the duties to these and of these; due_since, only those that were due on or
            after a day, and some of the day before: an hour may carry a limit past midnight; ground, what the readings
            stand on, where that is not simply what the record says at the moment.
    """
    ground = ground or ground_at(connection, moment, rulebook)
    lens = lens_at(connection, moment)
    wanted = _wanted(ground.rulebook, child_ids, worker_ids, rules)
    since = began_since(wanted, due_since, ground.local) if due_since else {}
    narrowed = lens if child_ids is None else lens.of(dict.fromkeys(map(lens.root, child_ids)))
    asked = Asked(wanted, narrowed, tuple(worker_ids) if worker_ids is not None else None, since=since)
    duties = dated(_duties(connection, asked), wanted, ground.local)
    fell = duties if due_since is None else duties.filter(pl.col("due_on") >= due_since - DAY)
    return _judged(fell, wanted, ground, moment.at), wanted


def open_readings(
    connection: psycopg.Connection,
    moment: Moment,
    *,
    child_ids: Collection[str] | None = None,
    worker_ids: Collection[str] | None = None,
    rules: Collection[str] | None = None,
) -> tuple[pl.DataFrame, Rulebook]:
    """The duties that nothing has met or stopped, as columns, and the rules whose places `rule` numbers."""
    ground = ground_at(connection, moment)
    lens = lens_at(connection, moment)
    wanted = _wanted(ground.rulebook, child_ids, worker_ids, rules)
    narrowed = lens if child_ids is None else lens.of(child_ids)
    asked = Asked(wanted, narrowed, tuple(worker_ids) if worker_ids is not None else None, is_open=True)
    due = dated_open(connection, _duties(connection, asked), asked, ground.local)
    return _judged(due, wanted, ground, moment.at), wanted


def open_under(
    connection: psycopg.Connection, moment: Moment, rule_id: str, limit: Method
) -> tuple[pl.DataFrame, pl.DataFrame, Rulebook]:
    """The unmet duties of one rule as they stand, and as they would stand under another limit.

    Gives   two frames as `read` gives them, of the same duties, and the rule on its own as a rulebook.
    """
    ground = ground_at(connection, moment)
    wanted = ground.rulebook.only({rule_id})
    rule = wanted[rule_id]
    supposed = Edition(Source("a limit to try"), limit, from_on=None, is_local=True)
    tried = Rulebook({rule_id: replace(rule, editions=(supposed,), local=())})
    asked = Asked(wanted, lens_at(connection, moment), is_open=True)
    duties = duties_of_many(connection, asked)
    stand, would = (
        _judged(dated_open(connection, duties, replace(asked, rulebook=rules), ground.local), rules, ground, moment.at)
        for rules in (wanted, tried)
    )
    return stand, would, wanted


def readings_in_duckdb(
    connection: duckdb.DuckDBPyConnection,
    moment: Moment,
    *,
    rules: Collection[str] | None = None,
    rulebook: Rulebook | None = None,
) -> tuple[pl.DataFrame, Rulebook]:
    """Every duty's reading from an open snapshot, as columns, and the rules whose places `rule` numbers."""
    lens = Lens(moment)

    def ask(query: str) -> list[tuple[Any, ...]]:
        ready = render(query, lens, Engine.DUCKDB)
        return connection.execute(ready.sql, ready.parameters).fetchall()

    ground = ground_told(rulebook or every_rule(), moment, ask, filled(connection))
    wanted = _wanted(ground.rulebook, None, None, rules)
    return read(duties_in_duckdb(connection, Asked(wanted, lens)), wanted, ground, moment.at), wanted


def read(duties: pl.DataFrame, rulebook: Rulebook, ground: Ground, at: date) -> pl.DataFrame:
    """Judge duties: count when each is due, and say where it stands at the end of a day."""
    return _judged(dated(duties, rulebook, ground.local), rulebook, ground, at)


def _judged(due: pl.DataFrame, rulebook: Rulebook, ground: Ground, at: date) -> pl.DataFrame:
    return judged(due, rulebook, at, unheld=ground.held.unmet(rulebook))


def dated(duties: pl.DataFrame, rulebook: Rulebook, local: Local, known: Known | None = None) -> pl.DataFrame:
    """Duties with the edition by which each is counted, its due day and what was agreed about it.

    Takes   known, the duties of whom a later date was agreed with; None where `duties` are not open ones alone.
    """
    return with_exceptions(_own_dated(duties, rulebook, local), rulebook, local, known)


def dated_open(connection: psycopg.Connection, duties: pl.DataFrame, asked: Asked, local: Local) -> pl.DataFrame:
    """Open duties, as they were asked for, as `dated` gives them.

    A later date speaks for one duty: whether that was done already, the open ones alone do not tell.
    """
    return dated(duties, asked.rulebook, local, _known(connection, asked, local))


def _known(connection: psycopg.Connection, asked: Asked, local: Local) -> Known:
    about = {rule.id: rule.binding.subject for rule in asked.rulebook}
    roots = None if asked.lens.child_ids is None else set(map(asked.lens.root, asked.lens.child_ids))
    wanted = {Subject.CHILD: roots, Subject.WORKER: None if asked.workers is None else set(asked.workers)}
    pairs = [
        (subject, rule)
        for subject, rule in moved(local)
        if rule in about and ((some := wanted.get(about[rule])) is None or subject in some)
    ]
    if not pairs:
        return {}
    rules = asked.rulebook.only({rule for _, rule in pairs})
    children, workers = (
        tuple(sorted({subject for subject, rule in pairs if about[rule] is kind}))
        for kind in (Subject.CHILD, Subject.WORKER)
    )
    lens = asked.lens.of(children)
    every = _duties(connection, replace(asked, rulebook=rules, lens=lens, workers=workers, is_open=False))
    return known_of(_own_dated(every, rules, local), rules, local)


def _own_dated(duties: pl.DataFrame, rulebook: Rulebook, local: Local) -> pl.DataFrame:
    number = rulebook.ids.index(OWN_PLAN) if OWN_PLAN in rulebook.rules else -1
    return with_own_due(with_due(duties, rulebook, local), number, local)


def _wanted(
    rulebook: Rulebook,
    child_ids: Collection[str] | None,
    worker_ids: Collection[str] | None,
    rules: Collection[str] | None,
) -> Rulebook:
    if child_ids is not None and worker_ids is None:
        rulebook = rulebook.of(Subject.CHILD)
    elif worker_ids is not None and child_ids is None:
        rulebook = rulebook.of(Subject.WORKER)
    elif worker_ids is not None:
        rulebook = rulebook.of(Subject.CHILD, Subject.WORKER)
    return rulebook if rules is None else rulebook.only(set(rules))


def _unstarted(rulebook: Rulebook, held: Held, subjects: Sequence[str]) -> list[Reading]:
    unstarted = held.unstarted(rulebook)
    return [cannot_tell(rulebook[rule_id], subject) for rule_id in sorted(unstarted) for subject in subjects]
