"""Opening a record in an emergency, closing it and reviewing it: what the council has set, and what is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import psycopg

from keyworker.access import Asker
from keyworker.actions.writing import LONGEST, act_of, written_down
from keyworker.facts.belonging import said_in_setting
from keyworker.facts.days import london_day
from keyworker.facts.emergencies import Opening
from keyworker.facts.moment import Moment
from keyworker.record.in_own_name import SHORTEST_REASON
from keyworker.record.writer import append, correct
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.errors import Refused
from keyworker.vocabulary.working_days import add_working_days

TABLE = "broken_glass"


@dataclass(frozen=True)
class Rules:
    """What the council has set.

    Takes   hours, for which a record stays open; review_days, working days within which it is reviewed; a_day, how
            often one person may try in 24 hours.
    """

    hours: int = 4
    review_days: int = 3
    a_day: int = 5


SETTINGS = {"hours": "emergency hours", "review_days": "emergency review days", "a_day": "emergency openings a day"}
"""The names under which the council sets them."""


def rules_at(connection: psycopg.Connection, moment: Moment) -> Rules:
    """What the council has set at a moment. A word that is no whole number above nought means what is usual."""
    said = {field: said_in_setting(connection, moment, name) for field, name in SETTINGS.items()}
    read = {field: int(word) for field, word in said.items() if word and word.strip().isdecimal() and int(word) > 0}
    return replace(Rules(), **read)


def last_day_of_review(day: date, rules: Rules) -> date:
    """The last day on which the review of what is opened on a day is in time."""
    return add_working_days(day, rules.review_days) if rules.review_days else day


@dataclass(frozen=True)
class WantedOpening:
    """What somebody types who must see a record at once.

    Takes   glass_id, a random word of the form's, so that a form sent twice opens once; handle, the last part of the
            address of the child's page; or number, an identifier, and born_on, the birth date that goes with it.
    """

    glass_id: str
    reason: str
    handle: str = ""
    number: str = ""
    born_on: date | None = None


def problems(wanted: WantedOpening) -> dict[str, str]:
    """What is wrong with what was typed, by its field. It says nothing of whether there is such a child."""
    found: dict[str, str] = {}
    if not wanted.handle and not wanted.number:
        found["handle"] = "Enter the address of the child’s page, or the child’s number and birth date"
    elif not wanted.handle and wanted.born_on is None:
        found["born"] = "Enter the birth date that goes with the number, such as 27 March 2012"
    if len(wanted.reason.strip()) < SHORTEST_REASON:
        found["reason"] = "Enter in a sentence why you must see this record now"
    elif len(wanted.reason) > LONGEST:
        found["reason"] = f"The reason must be {LONGEST} characters or fewer"
    return found


def review_problems(outcome: str, found: str) -> dict[str, str]:
    """What is wrong with a review, by the field in which it was typed."""
    wrong: dict[str, str] = {}
    if outcome not in codes("glass_outcome"):
        wrong["outcome"] = "Choose what you found"
    if not found.strip():
        wrong["found"] = "Enter what you looked at, and what is done about it"
    elif len(found) > LONGEST:
        wrong["found"] = f"What you found must be {LONGEST} characters or fewer"
    return wrong


def too_often(rules: Rules) -> Refused:
    """That somebody has tried as often as one may in a day."""
    return Refused(
        f"You have opened records in an emergency {rules.a_day} times in 24 hours, as often as one person may.",
        where="opening a record in an emergency",
        remedy="Ring whoever leads the district, or the emergency duty team’s manager.",
    )


def open_record(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    wanted: WantedOpening,
    child_id: str | None,
    role: str,
    rules: Rules,
) -> None:
    """Write the opening down. It is written alike where what was typed names nobody.

    Raises  AlreadyRecorded when the same form was sent before.
    """
    today = london_day(now)
    row: dict[str, Any] = {
        "glass_id": wanted.glass_id,
        "child_id": child_id,
        "account": asker.account,
        "role": role,
        "reason": wanted.reason.strip(),
        "happened_on": today,
        "opened_at": now,
        "until_at": now + timedelta(hours=rules.hours),
        "review_by_on": last_day_of_review(today, rules),
    }
    written_down(connection, lambda: append(connection, act_of(asker, "entry"), now, {TABLE: [row]}))


def close_record(connection: psycopg.Connection, asker: Asker, now: datetime, one: Opening) -> None:
    """Close what was opened, before its time is over."""
    _correct(connection, asker, now, one, {"until_at": now})


def review(connection: psycopg.Connection, asker: Asker, now: datetime, one: Opening, outcome: str, found: str) -> None:
    """Write down whether it was right to open a record, and what is done about it."""
    changes = {"reviewed_by": asker.account, "reviewed_at": now, "outcome": outcome, "found": found.strip()}
    _correct(connection, asker, now, one, changes)


def _correct(
    connection: psycopg.Connection, asker: Asker, now: datetime, one: Opening, changes: dict[str, Any]
) -> None:
    written_down(
        connection, lambda: correct(connection, act_of(asker, "correction"), now, TABLE, one.entry_id, changes)
    )
