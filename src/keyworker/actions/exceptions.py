"""Exceptions from timescales that a manager agrees and withdraws by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import psycopg

from keyworker.access import Asker
from keyworker.actions.writing import LONGEST, take_back, write_down
from keyworker.clocks.engine import Reading, every_rule
from keyworker.clocks.granted import Granted
from keyworker.clocks.readings import State
from keyworker.clocks.rules import RuleKind
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.vocabulary.homes import HERE
from keyworker.vocabulary.working_days import spoken

TABLE = "timescale_exception"
OPEN = (State.OVERDUE, State.RUNNING)
FARTHEST = timedelta(days=366)
DAY = timedelta(days=1)
NO_LONGER_OPEN = "This duty is no longer open, or an exception was agreed for it already"


@dataclass(frozen=True)
class Wanted:
    """An exception that somebody means to agree, for one duty.

    Takes   exception_id, a random word of the form's, so that a form sent twice writes once; rule and due_on, the duty;
            new_due_on, the later date, None where the duty is not asked for; granted_by, a role or a meeting; reason.
    """

    exception_id: str
    rule: str
    due_on: date
    new_due_on: date | None
    granted_by: str
    reason: str

    def from_on(self, today: date) -> date:
        """The first due date to which it applies: today, so that it is known from now on, or the duty's own if past."""
        return min(self.due_on, today)


def is_asked(reading: Reading) -> bool:
    """Whether anybody is asked for anything: by a deadline or a cap; a window, a gate, an indicator ask nothing."""
    rule = every_rule().rules.get(reading.rule)
    if rule is None:
        return True
    return rule.binding.kind in (RuleKind.DEADLINE, RuleKind.CAP) and "indicator" not in rule.basis


def the_duty(readings: Sequence[Reading], rule: str, due_on: date) -> Reading | None:
    """The open duty of a rule that is due on a day, unless something was agreed about it already."""
    return next(
        (
            one
            for one in readings
            if one.rule == rule and one.due_on == due_on and one.state in OPEN and not one.agreed and is_asked(one)
        ),
        None,
    )


def also_covered(readings: Sequence[Reading], wanted: Wanted, today: date) -> list[Reading]:
    """Other open duties of the same rule that would not be asked for either: they fall due in the same days.

    A later date is given to the one duty alone.
    """
    if wanted.new_due_on is not None:
        return []
    first = wanted.from_on(today)
    return [
        one
        for one in readings
        if one.rule == wanted.rule and one.state in OPEN and one.due_on and first <= one.due_on < wanted.due_on
    ]


def problems(wanted: Wanted, readings: Sequence[Reading]) -> dict[str, str]:
    """What is wrong with an exception, by the field in which it was typed; nothing when it can be agreed."""
    found: dict[str, str] = {}
    if the_duty(readings, wanted.rule, wanted.due_on) is None:
        found["duty"] = NO_LONGER_OPEN
    later = wanted.new_due_on
    if later is not None and later <= wanted.due_on:
        found["later"] = f"The later date must be after {spoken(wanted.due_on)}, the day on which it is due"
    elif later is not None and later > wanted.due_on + FARTHEST:
        found["later"] = "The later date must be within a year of the day on which it is due"
    if not wanted.granted_by.strip():
        found["granted_by"] = "Enter the role or the meeting that agreed it"
    if not wanted.reason.strip():
        found["reason"] = "Enter why it was agreed"
    elif len(wanted.reason) > LONGEST:
        found["reason"] = f"The reason must be {LONGEST} characters or fewer"
    return found


def agree(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    child_id: str,
    wanted: Wanted,
    readings: Sequence[Reading],
    today: date,
) -> None:
    """Write an exception down, and work the child's kept duties out anew, in one transaction.

    Raises  KeyworkerError for one that cannot be agreed; AlreadyRecorded when the same form was sent before.
    """
    wrong = problems(wanted, readings)
    if wrong:
        raise KeyworkerError(f"{next(iter(wrong.values()))}.", where="an exception", remedy="Mend it and try again.")
    row = {
        "exception_id": wanted.exception_id,
        "child_id": child_id,
        "rule": wanted.rule,
        "new_due_on": wanted.new_due_on,
        "granted_by": wanted.granted_by.strip(),
        "reason": wanted.reason.strip(),
        "from_on": wanted.from_on(today),
        "to_on": wanted.due_on + DAY,
    }
    write_down(connection, asker, now, TABLE, row)


def withdraw(connection: psycopg.Connection, asker: Asker, now: datetime, one: Granted, why: str) -> None:
    """Withdraw an exception: from now on it never held. What was known while it stood can still be asked.

    Raises  KeyworkerError without a reason, for one that was withdrawn already or that a source keeps itself.
    """
    if not why.strip() or len(why) > LONGEST:
        raise KeyworkerError(
            "An exception is withdrawn for a reason.", remedy=f"Say why, in {LONGEST} characters or fewer."
        )
    if one.withdrawn is not None:
        raise KeyworkerError("This exception was withdrawn already.", remedy="Nothing needs to be done.")
    if one.source != HERE:
        raise KeyworkerError(
            "This exception was loaded from a file.", remedy="End it where the file is kept, and load that again."
        )
    take_back(connection, asker, now, TABLE, one.entry_id, one.from_on, why.strip())


def granted_record(one: Granted) -> dict[str, Any]:
    """An exception as a flat row. Takes its reason along: whoever asks for it is logged with the child."""
    return {
        "exception_id": one.exception_id,
        "rule": one.rule,
        "from_on": one.from_on,
        "new_due_on": one.new_due_on,
        "granted_by": one.granted_by,
        "reason": one.reason,
        "written_by": one.written_by,
        "written_at": one.written_at,
        "source": one.source,
        "withdrawn_by": one.withdrawn.by if one.withdrawn else None,
        "withdrawn_at": one.withdrawn.at if one.withdrawn else None,
        "withdrawn_why": one.withdrawn.why if one.withdrawn else None,
    }
