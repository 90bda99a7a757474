"""At what pace duties are done: near their day or well before it, and what will pass its day at that pace."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import polars as pl
import psycopg

from keyworker.actions.due import Whose, every_open, open_of, people
from keyworker.actions.remembered import at_hand, remembered
from keyworker.clocks.engine import every_readings, every_rule
from keyworker.clocks.rules import Rulebook, RuleKind
from keyworker.facts.columns import holding
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import WorkerRow
from keyworker.measures.pace import (
    LOOKED_BACK,
    NEAR,
    Outlook,
    Past,
    Spread,
    carry_paces,
    falling_due,
    keep_paces,
    kept_paces,
    outlook,
    pasts,
    spread,
)

AT_ONCE = 20
"""So many rules are read by one question of the record: all at once may take longer than it lets a question take. The
columns are asked about all at once."""


@dataclass(frozen=True)
class Pace:
    """How near their day the duties of one rule were done in a year, and what of it falls due next."""

    rule: str
    spread: Spread


def pace_of(connection: psycopg.Connection, moment: Moment, rule_id: str) -> Pace | None:
    """How near their day the duties of one rule were done, over the whole service; None where none fell due."""
    past = _pasts(connection, moment, [rule_id]).get(rule_id)
    return Pace(rule_id, spread(past)) if past is not None and len(past.closed) + past.left_out else None


def ahead_of(
    connection: psycopg.Connection,
    moment: Moment,
    whose: Whose,
    seen: Callable[[Iterable[WorkerRow]], Iterable[WorkerRow]] = iter,
) -> list[Outlook]:
    """What falls due in the next ten working days, and how much of it will pass its day at the service's pace.

    Takes   seen, which leaves of some workers those whose own duties whoever asks may be told of.
    """
    children, workers = people(connection, moment, whose)
    found, rulebook = open_of(
        connection, moment, [row.child_id for row in children], [row.worker.worker_id for row in seen(workers)]
    )
    soon = falling_due(found, moment.at)
    return outlook(soon, _pasts(connection, moment, _asked_for(soon, rulebook)), rulebook, moment.at)


def keep_open_paces(connection: psycopg.Connection, today: date) -> None:
    """Keep the pace of every timescale of which anything falls due in the next ten working days.

    Takes   connection, in a transaction that sees one state of the record throughout and may write.
    """
    moment = Moment(today)
    carry_paces(connection, today)
    found, rulebook = every_open(connection, moment)
    rules = _asked_for(falling_due(found, today), rulebook)
    kept = kept_paces(connection, today, rules, rulebook)
    missing = [rule for rule in rules if rule not in kept]
    if missing:
        keep_paces(connection, today, _pasts(connection, moment, missing))


def _asked_for(soon: pl.DataFrame, rulebook: Rulebook) -> list[str]:
    """The rules of some duties that ask anybody for anything."""
    rules = [rulebook[rulebook.ids[number]] for number in soon["rule"].unique().sort()]
    return [rule.id for rule in rules if rule.binding.kind not in (RuleKind.WINDOW, RuleKind.GATE)]


def _pasts(connection: psycopg.Connection, moment: Moment, rules: Sequence[str]) -> dict[str, Past]:
    """The duties of some rules in the year before; remembered until the next act, for they are the same for everybody.

    Those that are neither remembered nor kept are read some rules at a time, from the day on which the first of their
    duties can have begun.
    """
    known = {rule: at_hand(connection, "pace", moment, of=rule) for rule in rules}
    asked = [rule for rule, past in known.items() if past is None]
    if asked and not moment.is_known_then:
        kept = kept_paces(connection, moment.at, asked, every_rule())
        known |= kept
        asked = [rule for rule in asked if rule not in kept]
    at_once = max(len(asked), 1) if holding(connection) else AT_ONCE
    for first in range(0, len(asked), at_once):
        some = asked[first : first + at_once]
        found, rulebook = every_readings(connection, moment, rules=some, due_since=moment.at - LOOKED_BACK)
        read = pasts(found, rulebook, moment.at)
        known |= {rule: remembered(connection, "pace", moment, partial(read.get, rule), of=rule) for rule in some}
    return {rule: past for rule, past in known.items() if past is not None}


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
