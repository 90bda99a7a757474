"""Letting the limits of a measure's chart start afresh, and withdrawing that, by hand and for a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import psycopg

from keyworker.access import Asker
from keyworker.actions.writing import LONGEST, take_back, write_down
from keyworker.measures.rebased import Rebased, standing
from keyworker.vocabulary.errors import KeyworkerError

TABLE = "chart_rebase"
QUESTIONS = {
    "behaves_differently": "It behaves clearly differently",
    "cause_known": "The cause is known",
    "change_accepted": "The change is wanted or accepted",
    "expected_to_last": "It is expected to last",
}
"""What must be answered yes before limits start afresh. Source: NHS England, Making Data Count."""


@dataclass(frozen=True)
class WantedRebase:
    """Fresh limits that somebody means to decide on.

    Takes   rebase_id, a random word of the form's, so that a form sent twice writes once; from_on, the last day of the
            first month that the fresh limits judge; yes, the questions of `QUESTIONS` that were answered yes.
    """

    rebase_id: str
    measure: str
    from_on: date | None
    decided_by: str
    why: str
    yes: frozenset[str]


def problems(wanted: WantedRebase, found: Sequence[Rebased], today: date) -> dict[str, str]:
    """What is wrong with fresh limits, by the field in which it was typed; nothing when they can be decided on."""
    wrong: dict[str, str] = {}
    day = wanted.from_on
    if day is None or (day + timedelta(days=1)).day != 1 or day > today:
        wrong["from_on"] = "Choose the month from which the limits start afresh"
    elif day in {one.from_on for one in standing(found)}:
        wrong["from_on"] = "Limits start afresh from that month already"
    for name in QUESTIONS:
        if name not in wanted.yes:
            wrong[name] = "Limits start afresh only where all four are so; leave them as they are otherwise"
            break
    if not wanted.decided_by.strip():
        wrong["decided_by"] = "Enter the role or the meeting that decided it"
    if not wanted.why.strip() or len(wanted.why) > LONGEST:
        wrong["why"] = f"Enter what made it another process, in {LONGEST} characters or fewer"
    return wrong


def rebase(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    wanted: WantedRebase,
    found: Sequence[Rebased],
    today: date,
) -> None:
    """Write the decision down. Raises KeyworkerError for one that cannot be made, or that was sent before."""
    wrong = problems(wanted, found, today)
    if wrong:
        raise KeyworkerError(f"{next(iter(wrong.values()))}.", where="fresh limits", remedy="Mend it and try again.")
    row = {
        "rebase_id": wanted.rebase_id,
        "measure": wanted.measure,
        "decided_by": wanted.decided_by.strip(),
        "why": wanted.why.strip(),
        "from_on": wanted.from_on,
        **{name: name in wanted.yes for name in QUESTIONS},
    }
    write_down(connection, asker, now, TABLE, row)


def withdraw_rebase(connection: psycopg.Connection, asker: Asker, now: datetime, one: Rebased, why: str) -> None:
    """Withdraw a decision: limits go on as if it had never been made. What was known while it stood can be asked.

    Raises  KeyworkerError without a reason, or for one that was withdrawn already.
    """
    if not why.strip() or len(why) > LONGEST:
        raise KeyworkerError(
            "Fresh limits are withdrawn for a reason.", remedy=f"Say why, in {LONGEST} characters or fewer."
        )
    if one.withdrawn is not None:
        raise KeyworkerError("This was withdrawn already.", remedy="Nothing needs to be done.")
    take_back(connection, asker, now, TABLE, one.entry_id, one.from_on, why.strip())


def rebase_record(one: Rebased) -> dict[str, Any]:
    """A decision as a flat row."""
    return {
        "rebase_id": one.rebase_id,
        "measure": one.measure,
        "from_on": one.from_on,
        "decided_by": one.decided_by,
        "why": one.why,
        "written_by": one.written_by,
        "written_at": one.written_at,
        "withdrawn_by": one.withdrawn.by if one.withdrawn else None,
        "withdrawn_at": one.withdrawn.at if one.withdrawn else None,
        "withdrawn_why": one.withdrawn.why if one.withdrawn else None,
    }
