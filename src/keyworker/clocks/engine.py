"""Clocks: every duty's reading at a moment, from PostgreSQL for a child, a team or all, and from DuckDB for all."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import duckdb
import polars as pl
import psycopg

from keyworker.clocks import words
from keyworker.clocks.catalogue import rulebook as shipped
from keyworker.clocks.counting import Method
from keyworker.clocks.due import Local, editions_of, with_due
from keyworker.clocks.duties import Asked, duties_in_duckdb, duties_in_postgresql
from keyworker.clocks.exempted import with_exceptions
from keyworker.clocks.held import Held, held_by
from keyworker.clocks.local import OWN_PLAN, Ask, local_at, own_plan_rule, settled
from keyworker.clocks.one_child import FEW, duties_to_few
from keyworker.clocks.own_plan import with_own_due
from keyworker.clocks.readings import State, Why, judged
from keyworker.clocks.rules import Edition, Rule, Rulebook, Source, Subject
from keyworker.facts.ground import lens_at
from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment
from keyworker.facts.relations import Engine, render
from keyworker.facts.remembered import remembered
from keyworker.facts.rows import fetch
from keyworker.vocabulary import TABLES

# A table that an extract held without a row was still supplied: nothing in it is an answer.
_SUPPLIED = """select distinct name from record.act a cross join lateral (
    select unnest(a.tables) union select jsonb_array_elements_text(a.scope -> 'tables')) held(name)"""


@dataclass(frozen=True, slots=True)
class Reading:
    """Where one duty stands at the end of a day, and why.

    Takes   subject, the child or worker (empty for the council's own); passed_due, whether its date had passed when it
            was met, ended or looked at; recorded_late, whether its entry came after its date (None: not known);
            reason, how it was counted and why it stands so; unconfirmed, what of the rule was not read in a source;
            agreed, the exception that somebody granted, in words.
    """

    rule: str
    title: str
    subject_kind: Subject
    subject: str
    started_on: date | None
    due_on: date | None
    met_on: date | None
    stopped_on: date | None
    state: State
    passed_due: bool
    recorded_late: bool | None
    reason: str
    source: str
    basis: str
    unconfirmed: str = ""
    agreed: str = ""

    @property
    def said(self) -> str:
        """The state in so many words; late recording is told apart from late doing."""
        if self.state is State.MET_IN_TIME and self.recorded_late:
            return "done in time, recorded late"
        return self.state.value.replace("_", " ")


@dataclass(frozen=True)
class Ground:
    """What readings stand on at a moment: the rules as the council has them, its own numbers, what its sources hold."""

    rulebook: Rulebook
    local: Local
    held: Held


def every_rule() -> Rulebook:
    """The catalogue's rules, and the one that a child's own plan makes."""
    own = own_plan_rule()
    return Rulebook({**shipped().rules, own.id: own})


def ground_at(connection: psycopg.Connection, moment: Moment, rulebook: Rulebook | None = None) -> Ground:
    """What readings stand on at a moment, from the record."""
    lens = lens_at(connection, moment)

    def read() -> Ground:
        return ground_told(
            rulebook or every_rule(), moment, lambda query: fetch(connection, lens, query), supplied(connection)
        )

    return read() if rulebook is not None else remembered(connection, "clocks", moment, read)


def ground_told(rulebook: Rulebook, moment: Moment, ask: Ask, tables: Collection[str]) -> Ground:
    """What readings stand on at a moment.

    Takes   ask, for the rows of a query over named tables; tables, those that any source supplies.
    """
    return Ground(settled(rulebook, ask), local_at(moment, ask), held_by(ask, tables))


def supplied(connection: psycopg.Connection) -> list[str]:
    """The tables that any act wrote or a source's extract held, even if empty."""
    return [row[0] for row in connection.execute(_SUPPLIED)]


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
    return sorted([*rows, *_unstarted(wanted, ground.held, subjects)], key=_order)


def _duties(connection: psycopg.Connection, asked: Asked) -> pl.DataFrame:
    children, is_about_children = asked.lens.child_ids, asked.workers is None
    if is_about_children and children is not None and len(children) <= FEW:
        return duties_to_few(connection, asked)
    return duties_in_postgresql(connection, asked)


def every_readings(
    connection: psycopg.Connection,
    moment: Moment,
    *,
    rules: Collection[str] | None = None,
    rulebook: Rulebook | None = None,
) -> tuple[pl.DataFrame, Rulebook]:
    """Every duty's reading from the record, as columns, and the rules whose places `rule` numbers."""
    ground = ground_at(connection, moment, rulebook)
    wanted = _wanted(ground.rulebook, None, None, rules)
    duties = duties_in_postgresql(connection, Asked(wanted, lens_at(connection, moment)))
    return read(duties, wanted, ground, moment.at), wanted


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
    return read(duties_in_postgresql(connection, asked), wanted, ground, moment.at), wanted


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
    duties = duties_in_postgresql(connection, Asked(wanted, lens_at(connection, moment), is_open=True))
    return read(duties, wanted, ground, moment.at), read(duties, tried, ground, moment.at), wanted


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


def filled(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The tables of a snapshot in which anything stands."""
    asked = " union all ".join(f"select '{name}' where exists (select 1 from record.{name})" for name in TABLES)
    return [name for (name,) in connection.execute(asked).fetchall()]


def read(duties: pl.DataFrame, rulebook: Rulebook, ground: Ground, at: date) -> pl.DataFrame:
    """Judge duties: count when each is due, and say where it stands at the end of a day."""
    due = dated(duties, rulebook, ground.local)
    return judged(due, rulebook, at, unheld=ground.held.unmet(rulebook))


def dated(duties: pl.DataFrame, rulebook: Rulebook, local: Local) -> pl.DataFrame:
    """Duties with the edition by which each is counted, its due day and what was agreed about it."""
    due = with_due(duties, rulebook, local)
    number = rulebook.ids.index(OWN_PLAN) if OWN_PLAN in rulebook.rules else -1
    return with_exceptions(with_own_due(due, number, local), rulebook, local)


def rows_of(found: pl.DataFrame, rulebook: Rulebook) -> Iterator[Reading]:
    """Readings as values with their reasons in words, from columns."""
    rules = list(rulebook)
    for row in found.iter_rows(named=True):
        yield _reading(rules[row["rule"]], row)


def _reading(rule: Rule, row: dict[str, Any]) -> Reading:
    edition = editions_of(rule)[row["edition"]]
    why = Why(row["why"])
    counted = words.counted(rule, edition, row["started_on"], row["due_on"], again=bool(row["again"]))
    because = row["agreed"] or words.standing(rule, why, row["met_on"], row["stopped_on"], row["may_on"])
    return Reading(
        rule=rule.id,
        title=rule.title,
        subject_kind=rule.binding.subject,
        subject=row["subject"],
        started_on=row["started_on"],
        due_on=row["due_on"],
        met_on=row["met_on"],
        stopped_on=row["stopped_on"],
        state=State(row["state"]),
        passed_due=row["passed_due"],
        recorded_late=row["recorded_late"],
        reason=" ".join(filter(None, [counted, because])),
        source=words.source(rule, edition),
        basis=rule.basis,
        unconfirmed=edition.unconfirmed,
        agreed=row["agreed"] or "",
    )


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
    return [_cannot_tell(rulebook[rule_id], subject) for rule_id in sorted(unstarted) for subject in subjects]


def _cannot_tell(rule: Rule, subject: str) -> Reading:
    edition = editions_of(rule)[0]
    return Reading(
        rule=rule.id,
        title=rule.title,
        subject_kind=rule.binding.subject,
        subject=subject,
        started_on=None,
        due_on=None,
        met_on=None,
        stopped_on=None,
        state=State.CANNOT_TELL,
        passed_due=False,
        recorded_late=None,
        reason=words.needs(rule),
        source=words.source(rule, edition),
        basis=rule.basis,
        unconfirmed=edition.unconfirmed,
    )


_PRESSING = {state: place for place, state in enumerate((State.OVERDUE, State.RUNNING))}


def _order(reading: Reading) -> tuple[str, int, date, str]:
    last = len(_PRESSING)
    return (reading.subject, _PRESSING.get(reading.state, last), reading.due_on or date.max, reading.rule)
