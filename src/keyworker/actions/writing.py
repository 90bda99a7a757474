"""What people enter in Keyworker itself: each act has the person as its author and a purpose."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import psycopg

from keyworker.access import Asker
from keyworker.clocks.stored import renew
from keyworker.facts.remembered import shared_of
from keyworker.record.writer import Act, ActResult, append, correct
from keyworker.record.writer.act import ActKind

HERE = "keyworker"
"""The source of what is entered by hand, on a page or by a command: it is nobody else's to load over."""
FARTHEST_BACK = timedelta(days=366)
"""What happened longer ago is no longer written up from memory."""
LONGEST = 500
"""The characters that a reason may have: it is read on a phone, and is no place for a record of a child."""


def wrong_day(day: date, today: date) -> str:
    """What is wrong with the day of something written up afterwards; empty where nothing is."""
    if day > today:
        return "The day must be today or before"
    return "The day must be within the last year" if day < today - FARTHEST_BACK else ""


def act_of(asker: Asker, kind: ActKind) -> Act:
    """The act of somebody who writes: a correction or an ending is of its entry's own source."""
    return Act(kind, author=asker.account, purpose=asker.purpose, source=HERE if kind == "entry" else "")


def write_down(connection: psycopg.Connection, asker: Asker, now: datetime, table: str, row: Mapping[str, Any]) -> None:
    """Write one row down, and work anew what is kept of whom it touches.

    Raises  AlreadyRecorded when the same form was sent before.
    """
    with connection.transaction():
        written = append(connection, act_of(asker, "entry"), now, {table: [dict(row)]})
    renewed(connection, written)


def take_back(
    connection: psycopg.Connection, asker: Asker, now: datetime, table: str, entry_id: int, from_on: date, why: str
) -> None:
    """Withdraw what was written down: from now on it never held. What was known while it stood can still be asked.

    Takes   from_on, its first day, on which it then also ends.
    """
    with connection.transaction():
        changes = {"to_on": from_on, "withdrawn_why": why}
        written = correct(connection, act_of(asker, "correction"), now, table, entry_id, changes)
    renewed(connection, written)


def renewed(connection: psycopg.Connection, written: ActResult) -> None:
    """Work anew what is kept of whom an act touched, once it is written: nobody believes what is kept meanwhile.

    Takes   connection, on which it was written; what is kept is the same for everybody, so it is worked out elsewhere.
    """
    shared = shared_of(connection)
    with shared.transaction():
        renew(shared, written.act_id)
