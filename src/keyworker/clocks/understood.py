"""The date as it was understood on the day: people are judged by what could be known when they did a thing.

A start that is corrected to an earlier day, a limit or a bank holiday that is written down later, makes late what was
done in time by all that was known then. The state goes on saying how it stands by what is known now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache

import psycopg

from keyworker.clocks.counting import Unit
from keyworker.clocks.engine import Reading, every_rule, readings
from keyworker.clocks.readings import State
from keyworker.facts.days import end_of
from keyworker.facts.moment import Moment


def with_understood(
    connection: psycopg.Connection,
    moment: Moment,
    found: Sequence[Reading],
    *,
    child_ids: Collection[str] | None = None,
    worker_ids: Collection[str] | None = None,
) -> list[Reading]:
    """The readings of one child or worker, those done late with the date by which they were due as understood then.

    The record is asked again only about days since it was begun: of those before, nothing is known of what was known.
    A limit in hours has an hour, and no day by which anybody could be judged.
    """
    late = [one for one in found if one.state is State.MET_LATE and one.met_on and one.rule not in _in_hours()]
    begun = _begun(connection) if late else None
    by_day: dict[date, list[Reading]] = defaultdict(list)
    for one in late:
        if one.met_on and begun is not None and end_of(one.met_on) >= begun:
            by_day[one.met_on].append(one)
    understood: dict[int, date] = {}
    for day, theirs in by_day.items():
        known_at = min(end_of(day), moment.known_at or end_of(day))
        rules = {one.rule for one in theirs}
        then = readings(connection, Moment(day, known_at), child_ids=child_ids, worker_ids=worker_ids, rules=rules)
        for one in theirs:
            due_on = _due_then(one, then)
            if due_on is not None and due_on != one.due_on:
                understood[id(one)] = due_on
    return [replace(one, understood_due_on=understood.get(id(one))) for one in found]


@cache
def _in_hours() -> frozenset[str]:
    units = ((rule.id, one.first.unit) for rule in every_rule() for one in rule.editions if one.first is not None)
    return frozenset(rule_id for rule_id, unit in units if unit is Unit.HOURS)


def _begun(connection: psycopg.Connection) -> datetime | None:
    row = connection.execute("select recorded_at from record.act order by act_id limit 1").fetchone()
    return row[0] if row else None


def _due_then(one: Reading, then: Sequence[Reading]) -> date | None:
    """The due day of the same duty in what was known then: of the same start, or the only one that waited to be done.

    Gives   None where nobody can say which of several it was.
    """
    theirs = [
        other
        for other in then
        if (other.rule, other.subject) == (one.rule, one.subject)
        and other.started_on is not None
        and other.stopped_on is None
        and other.met_on in (None, one.met_on)
        and other.started_on != one.met_on
    ]
    same = [other for other in theirs if other.started_on == one.started_on] or theirs
    return same[0].due_on if len(same) == 1 else None
