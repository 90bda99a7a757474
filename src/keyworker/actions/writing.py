"""What people enter in Keyworker itself: each act has the person as its author and a purpose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import psycopg

from keyworker.access import Asker
from keyworker.clocks.stored import renew
from keyworker.clocks.within_act import renew_within
from keyworker.facts.remembered import shared_of
from keyworker.record.writer import Act, ActResult, append, correct
from keyworker.record.writer.act import ActKind
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.vocabulary.homes import HERE

FARTHEST_BACK = timedelta(days=366)
"""What happened longer ago is no longer written up from memory."""
LONGEST = 500
"""The characters that a reason may have: it is read on a phone, and is no place for a record of a child."""


class SentOtherwise(KeyworkerError):
    """A form was sent before under the same number, and what it said then is not what it says now."""

    def __init__(self, where: str) -> None:
        super().__init__(
            "This form was sent before, and what stands since then says something else.",
            where=where,
            remedy="This was not written down. Look at what stands; if both are to stand, send this again.",
        )


def require_same(stands: object, row: Mapping[str, Any], where: str) -> None:
    """Whether a form that was sent twice said the same each time. Who sent it and which child it names aside.

    Takes   stands, what stands under its number, None where nothing does; row, what would be written now.
    Raises  SentOtherwise.
    """
    if stands is None or any(getattr(stands, name) != row[name] for name in row.keys() - {"child_id", "worker_id"}):
        raise SentOtherwise(where)


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
    written_down(connection, lambda: append(connection, act_of(asker, "entry"), now, {table: [dict(row)]}))


def take_back(
    connection: psycopg.Connection, asker: Asker, now: datetime, table: str, entry_id: int, from_on: date, why: str
) -> None:
    """Withdraw what was written down: from now on it never held. What was known while it stood can still be asked.

    Takes   from_on, its first day, on which it then also ends.
    """
    changes = {"to_on": from_on, "withdrawn_why": why}
    written_down(connection, lambda: correct(connection, act_of(asker, "correction"), now, table, entry_id, changes))


def written_down(connection: psycopg.Connection, write: Callable[[], ActResult]) -> ActResult:
    """Write an act, and work anew what is kept of whom it touches: in the act's own transaction, both or neither.

    Takes   connection, of whoever writes. Where they see too little, or the act can change what is due to more than a
            few, that is worked out after it by one that sees everybody: nobody believes what is kept meanwhile.
    """
    with connection.transaction():
        written = write()
        is_renewed = renew_within(connection, written.act_id)
    if not is_renewed:
        shared = shared_of(connection)
        with shared.transaction():
            renew(shared, written.act_id)
    return written
