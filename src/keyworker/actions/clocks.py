"""Duties: one child's or worker's, what is due to a team or a district, and the rulebook behind them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl
import psycopg

from keyworker.actions.whole import of_team, of_worker, whole_at
from keyworker.clocks.counting import Method
from keyworker.clocks.engine import (
    Ground,
    Reading,
    every_readings,
    every_rule,
    ground_at,
    open_readings,
    open_under,
    readings,
    rows_of,
)
from keyworker.clocks.missed import Missed, missed, shares
from keyworker.clocks.readings import State
from keyworker.clocks.rules import Rulebook, RuleKind, Subject
from keyworker.facts.handles import HandleKind
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import ChildRow, TeamRef, WorkerRow
from keyworker.vocabulary.errors import KeyworkerError

SOON = timedelta(days=14)
_COUNTS = {"who": "who visits", "own": "which visit", "where": "where", "alone": "whether alone"}
_PRESSING = (State.OVERDUE.value, State.CANNOT_TELL.value, State.RUNNING.value)


@dataclass(frozen=True)
class Due:
    """One line of a worklist: a duty, whom it is owed to, and who holds the work.

    Takes   child, the child it is about; worker, the worker it is about (one of the two, or neither for the council's).
    """

    reading: Reading
    child: ChildRow | None = None
    worker: WorkerRow | None = None

    @property
    def team(self) -> TeamRef | None:
        """The team with which the work is."""
        about = self.child or self.worker
        return about.team if about else None


@dataclass(frozen=True)
class Whose:
    """Whose worklist: a worker's, a team's, a district's, or everybody's when none is named."""

    worker_id: str | None = None
    team_id: str | None = None
    district: str | None = None


def due_to(connection: psycopg.Connection, moment: Moment, whose: Whose, *, within: timedelta = SOON) -> list[Due]:
    """What is overdue, and what is due within some days: by how long it is overdue, then by when it is due.

    What cannot be told is listed only where its date has passed. Windows and gates ask nobody for anything.
    """
    children, workers = people(connection, moment, whose)
    by_child = {row.child_id: row for row in children}
    by_worker = {row.worker.worker_id: row for row in workers}
    found, rulebook = open_readings(connection, moment, child_ids=list(by_child), worker_ids=list(by_worker))
    rows = (row for row in rows_of(found, rulebook) if _is_listed(row, rulebook, moment.at + within))
    listed = [
        Due(row, by_child.get(row.subject), by_worker.get(row.subject) if row.subject_kind is Subject.WORKER else None)
        for row in rows
    ]
    return sorted(listed, key=_order)


def people(connection: psycopg.Connection, moment: Moment, whose: Whose) -> tuple[list[ChildRow], list[WorkerRow]]:
    """The open children and the workers of somebody's worklist."""
    if whose.worker_id is not None:
        mine = of_worker(connection, moment, whose.worker_id)
        return mine.children, mine.workers
    if whose.team_id is not None:
        team = of_team(connection, moment, whose.team_id)
        return team.children, team.workers
    whole = whole_at(connection, moment)
    return (
        [row for row in whole.children if _in(row.team, whose.district)],
        [row for row in whole.workers if _in(row.team, whose.district)],
    )


def _in(team: TeamRef | None, district: str | None) -> bool:
    return district is None or (team is not None and team.district == district)


def _is_listed(reading: Reading, rulebook: Rulebook, until: date) -> bool:
    if reading.state.value not in _PRESSING or reading.due_on is None:
        return False
    if rulebook[reading.rule].binding.kind in (RuleKind.WINDOW, RuleKind.GATE):
        return False
    return reading.passed_due or (reading.state is State.RUNNING and reading.due_on <= until)


def _order(one: Due) -> tuple[int, date, str, str]:
    reading = one.reading
    return (_PRESSING.index(reading.state.value), reading.due_on or date.max, reading.subject, reading.rule)


def rules_at(connection: psycopg.Connection, moment: Moment) -> list[dict[str, Any]]:
    """Every rule as flat rows, one for each edition, with what the record can say of it."""
    return rule_rows(ground_at(connection, moment), moment.at)


def rule_rows(ground: Ground, at: date) -> list[dict[str, Any]]:
    """The rules of a ground as flat rows, one for each edition; `in_force` says which speaks on a day."""
    unmet, unstarted = ground.held.unmet(ground.rulebook), ground.held.unstarted(ground.rulebook)
    rows = []
    for rule in ground.rulebook:
        for edition in (*rule.local, *rule.editions):
            method = edition.first
            bound = rule.binding
            cannot = rule.id in unstarted or rule.id in unmet
            rows.append(
                {
                    "rule": rule.id,
                    "title": rule.title,
                    "kind": bound.kind.value,
                    "about": bound.subject.value,
                    "belongs_to": bound.belongs_to,
                    "n": edition.n if method is None else method.n,
                    "unit": edition.unit if method is None else method.unit.value,
                    "direction": "before" if method is not None and method.before else "after",
                    "day_1": bool(method and method.day_one),
                    "every": edition.again.n if edition.again else None,
                    "every_unit": edition.again.unit.value if edition.again else None,
                    "from_on": edition.from_on,
                    "to_on": edition.to_on,
                    "in_force": edition is rule.edition(at),
                    "basis": "local setting" if edition.is_local else rule.basis,
                    "source": str(edition.source),
                    "set_by": edition.set_by,
                    "url": edition.source.url,
                    "unconfirmed": edition.unconfirmed,
                    "says": bound.says,
                    "starts_says": bound.starts_says,
                    "meets_says": bound.meets_says,
                    "stops_says": bound.stops_says,
                    "counts": "; ".join(f"{_COUNTS.get(name, name)}: {said}" for name, said in bound.counts.items()),
                    "readable": not cannot,
                    "needs": ", ".join(bound.needs) if cannot else "",
                }
            )
    return rows


LOOKED_BACK = timedelta(days=365)


def missed_by(
    connection: psycopg.Connection, moment: Moment, *, child_id: str | None = None, since: date | None = None
) -> list[Missed]:
    """Visits that were not made in time, and what coincided: one child's, or those of every open child since a day."""
    if child_id is not None:
        return missed(connection, moment, readings(connection, moment, child_ids=[child_id]))
    rules = {rule.id for rule in every_rule() if "visit" in rule.id and rule.binding.subject is Subject.CHILD}
    found, rulebook = every_readings(connection, moment, rules=rules)
    begun = since or moment.at - LOOKED_BACK
    late = found.filter(pl.col("passed_due") & (pl.col("due_on") >= begun))
    open_now = {row.child_id for row in whole_at(connection, moment).children}
    return missed(connection, moment, (row for row in rows_of(late, rulebook) if row.subject in open_now))


def missed_record(one: Missed) -> dict[str, Any]:
    """One visit that was not made in time as a flat row, its chain in words."""
    return {
        "child": one.reading.subject,
        "rule": one.reading.rule,
        "started_on": one.reading.started_on,
        "due_on": one.reading.due_on,
        "met_on": one.reading.met_on,
        "state": one.reading.state.value,
        "coincided": "; ".join(dict.fromkeys(link.what.value for link in one.chain)),
        "chain": " ".join(link.words for link in one.chain),
    }


def shares_by(connection: psycopg.Connection, moment: Moment, found: Sequence[Missed]) -> list[dict[str, Any]]:
    """By district: how many visits were not made in time, and with how many of them each thing coincided."""
    of_child = {row.child_id: row.team.district if row.team else None for row in whole_at(connection, moment).children}
    districts = sorted({of_child.get(one.reading.subject) or "" for one in found})
    rows = []
    for district in [*districts, None]:
        those = [one for one in found if district is None or (of_child.get(one.reading.subject) or "") == district]
        counted = {what.value: count for what, (count, _) in shares(those).items()}
        rows.append(
            {"district": "all" if district is None else district or "unmapped", "missed": len(those), **counted}
        )
    return rows


@dataclass(frozen=True)
class Tried:
    """One open child's or worker's duty as it stands, and as it would stand under another limit."""

    subject: str
    kind: HandleKind
    handle: str
    district: str | None
    team: str | None
    started_on: date
    due_on: date | None
    tried_due_on: date | None
    state: str
    tried_state: str

    @property
    def is_newly_late(self) -> bool:
        """Whether it is late only under the other limit."""
        return self.tried_state == State.OVERDUE.value != self.state

    @property
    def is_late_no_more(self) -> bool:
        """Whether it is late now, and would not be under the other limit."""
        return self.state == State.OVERDUE.value != self.tried_state


def tried(connection: psycopg.Connection, moment: Moment, rule_id: str, limit: Method) -> list[Tried]:
    """Who would be late under another limit: the unmet duties of open children and of workers, if it held already.

    Raises  KeyworkerError for a rule that the rulebook does not have.
    """
    rule = ground_at(connection, moment).rulebook.rules.get(rule_id)
    if rule is None:
        raise KeyworkerError("No rule is called so.", where=rule_id, remedy="See `keyworker rules` for the names.")
    now, then, _ = open_under(connection, moment, rule_id, limit)
    kind = HandleKind.WORKER if rule.binding.subject is Subject.WORKER else HandleKind.CHILD
    known = _open_by_id(connection, moment, kind)
    both = now.join(then, on=["subject", "started_on", "again"], how="inner", suffix="_tried")
    found = []
    for row in both.sort("due_on_tried", "subject").iter_rows(named=True):
        if row["subject"] in known:
            handle, team = known[row["subject"]]
            found.append(
                Tried(
                    row["subject"],
                    kind,
                    handle,
                    team.district if team else None,
                    team.name if team else None,
                    row["started_on"],
                    row["due_on"],
                    row["due_on_tried"],
                    row["state"],
                    row["state_tried"],
                )
            )
    return found


def _open_by_id(
    connection: psycopg.Connection, moment: Moment, kind: HandleKind
) -> dict[str, tuple[str, TeamRef | None]]:
    """The handle and team of each open child, or of each worker, by identifier."""
    whole = whole_at(connection, moment)
    if kind is HandleKind.WORKER:
        return {row.worker.worker_id: (row.worker.handle, row.team) for row in whole.workers}
    return {row.child_id: (row.handle, row.team) for row in whole.children}


def reading_record(reading: Reading) -> dict[str, Any]:
    """One reading as a flat row."""
    return {
        reading.subject_kind.value: reading.subject,
        "rule": reading.rule,
        "title": reading.title,
        "started_on": reading.started_on,
        "due_on": reading.due_on,
        "met_on": reading.met_on,
        "stopped_on": reading.stopped_on,
        "state": reading.state.value,
        "passed_due": reading.passed_due,
        "recorded_late": reading.recorded_late,
        "said": reading.said,
        "reason": reading.reason,
        "source": reading.source,
        "basis": reading.basis,
        "unconfirmed": reading.unconfirmed,
    }


NAMED = frozenset({"name", "lead"})
"""What of a worklist's line names somebody."""


def due_record(one: Due, at: date) -> dict[str, Any]:
    """One line of a worklist as a flat row. Names leave only when they are asked for."""
    lead = (one.child.lead or one.child.accountable) if one.child else None
    due = one.reading.due_on
    return {
        "child": one.child.child_id if one.child else None,
        "worker": one.worker.worker.worker_id if one.worker else None,
        "name": one.child.name if one.child else (one.worker.worker.name if one.worker else None),
        "lead_id": lead.worker_id if lead else None,
        "lead": lead.name if lead else None,
        "team": one.team.name if one.team else None,
        "district": one.team.district if one.team else None,
        "rule": one.reading.rule,
        "title": one.reading.title,
        "started_on": one.reading.started_on,
        "due_on": due,
        "days": (due - at).days if due else None,
        "state": one.reading.state.value,
        "passed_due": one.reading.passed_due,
        "reason": one.reading.reason,
        "source": one.reading.source,
        "unconfirmed": one.reading.unconfirmed,
    }


def seen_in(dues: Iterable[Due]) -> dict[HandleKind, list[str]]:
    """The handles of the children and of the workers of a worklist."""
    listed = list(dues)
    return {
        HandleKind.CHILD: [one.child.handle for one in listed if one.child],
        HandleKind.WORKER: [one.worker.worker.handle for one in listed if one.worker],
    }
