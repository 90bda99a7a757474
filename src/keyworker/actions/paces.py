"""At what pace duties are done: near their day or well before it, and what will pass its day at that pace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg

from keyworker.actions.due import Whose, people
from keyworker.clocks.engine import every_readings, open_readings
from keyworker.facts.moment import Moment
from keyworker.facts.remembered import remembered
from keyworker.measures.pace import NEAR, Outlook, Past, Spread, falling_due, outlook, pasts, spread


@dataclass(frozen=True)
class Pace:
    """How near their day the duties of one rule were done in a year, and what of it falls due next."""

    rule: str
    spread: Spread


def pace_of(connection: psycopg.Connection, moment: Moment, rule_id: str) -> Pace | None:
    """How near their day the duties of one rule were done, over the whole service; None where none fell due."""
    past = _past(connection, moment, rule_id)
    return Pace(rule_id, spread(past)) if past is not None and len(past.closed) + past.left_out else None


def ahead_of(connection: psycopg.Connection, moment: Moment, whose: Whose) -> list[Outlook]:
    """What falls due in the next ten working days, and how much of it will pass its day at the service's pace."""
    children, workers = people(connection, moment, whose)
    found, rulebook = open_readings(
        connection,
        moment,
        child_ids=[row.child_id for row in children],
        worker_ids=[row.worker.worker_id for row in workers],
    )
    soon = falling_due(found, moment.at)
    rules = [rulebook.ids[number] for number in soon["rule"].unique().sort()]
    past = {rule: _past(connection, moment, rule) for rule in rules}
    return outlook(soon, {rule: one for rule, one in past.items() if one is not None}, rulebook, moment.at)


def _past(connection: psycopg.Connection, moment: Moment, rule_id: str) -> Past | None:
    """The duties of one rule in the year before; kept until the next act, for they are the same for everybody."""

    def read() -> Past | None:
        found, rulebook = every_readings(connection, moment, rules=[rule_id])
        return pasts(found, rulebook, moment.at).get(rule_id)

    return remembered(connection, f"pace of {rule_id}", moment, read)


def outlook_record(one: Outlook) -> dict[str, Any]:
    """What is ahead of one rule as a flat row."""
    return {
        "rule": one.rule,
        "title": one.title,
        "until": one.until,
        "due": one.duties,
        "told": one.told,
        "passing": round(one.passing, 1) if one.told else None,
        "low": round(one.low, 1) if one.told else None,
        "high": round(one.high, 1) if one.told else None,
        "past": one.past,
    }


def spread_record(pace: Pace) -> list[dict[str, Any]]:
    """How near their day the duties of one rule were done, as flat rows: one for each distance."""
    found = pace.spread
    places = [
        (f"more than {NEAR} before", found.earlier),
        *((_place(NEAR - number), count) for number, count in enumerate(found.near)),
        (f"more than {NEAR} after", found.later),
        ("not done", found.not_done),
    ]
    return [
        {"rule": pace.rule, "done": place, "unit": found.past.unit.value, "duties": count, "of": found.due}
        for place, count in places
    ]


def _place(before: int) -> str:
    if not before:
        return "on its day"
    return f"{abs(before)} {'before' if before > 0 else 'after'}"
