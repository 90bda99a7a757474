"""Asking for time for a duty, and a manager's answer: another date, somebody else, together, or late. Never oneself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

import psycopg

from keyworker.access import Asker
from keyworker.actions.exceptions import FARTHEST, NO_LONGER_OPEN
from keyworker.actions.writing import LONGEST, act_of, write_down
from keyworker.clocks.engine import Reading
from keyworker.facts.time_asked import GIVEN, LATE, LATER, TAKEN_BACK, TOGETHER, TimeAsked
from keyworker.record.writer import correct
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.vocabulary.working_days import add_working_days, spoken

TABLE = "time_asked"
DAYS_TO_ANSWER = "days to answer who asks for time"
"""The council's setting: within how many working days a manager answers."""
USUAL_DAYS = 1
WITH_A_DAY, WITH_A_HELPER = (LATER, LATE), (GIVEN, TOGETHER)
ANSWERS = (*WITH_A_HELPER, LATE, LATER)


class Standing(StrEnum):
    """How a time that was asked for stands today."""

    WAITS = "waits"
    UNANSWERED = "unanswered"
    ANSWERED = "answered"
    TAKEN_BACK = "taken back"
    DONE = "done"


@dataclass(frozen=True)
class WantedTime:
    """Time that somebody means to ask for. Takes asked_id, a random word of the form's: one sent twice writes once."""

    asked_id: str
    rule: str
    due_on: date
    reason: str


@dataclass(frozen=True)
class WantedAnswer:
    """What a manager means to answer.

    Takes   answer, a code of `time_answer`; until_on, the later date, or until when it may be late; helper_id, who does
            it or goes too.
    """

    answer: str
    until_on: date | None
    helper_id: str | None
    says: str


def answer_by(today: date, setting: str | None) -> date:
    """The day by which a manager must have answered. Takes setting, the working days that the council has set."""
    said = (setting or "").strip()
    count = int(said) if said.isascii() and said.isdigit() and len(said) < 3 else USUAL_DAYS
    return add_working_days(today, count)


def standing(one: TimeAsked, today: date, *, is_open: bool) -> Standing:
    """How it stands today. Takes is_open, whether the duty still is: one that was done waits for nothing."""
    if one.answer == TAKEN_BACK:
        return Standing.TAKEN_BACK
    if one.is_answered:
        return Standing.ANSWERED
    if not is_open:
        return Standing.DONE
    return Standing.UNANSWERED if one.is_unanswered_on(today) else Standing.WAITS


def problems(wanted: WantedTime, duty: Reading | None, before: list[TimeAsked]) -> dict[str, str]:
    """What is wrong with it, by the field in which it was typed. Takes before, what was asked for the child already."""
    found: dict[str, str] = {}
    if duty is None:
        found["duty"] = NO_LONGER_OPEN
    elif any(one.rule == wanted.rule and one.due_on == wanted.due_on and not one.is_answered for one in before):
        found["duty"] = "Time was asked for this duty already, and waits for an answer"
    if not wanted.reason.strip():
        found["reason"] = "Say why it cannot be done by then"
    elif len(wanted.reason) > LONGEST:
        found["reason"] = f"Why must be {LONGEST} characters or fewer"
    return found


def problems_of_answer(wanted: WantedAnswer, one: TimeAsked, today: date) -> dict[str, str]:
    """What is wrong with an answer, by the field in which it was typed."""
    found: dict[str, str] = {}
    if wanted.answer not in ANSWERS:
        found["answer"] = "Choose what you answer"
    if wanted.answer in WITH_A_HELPER and not wanted.helper_id:
        found["helper"] = "Choose who does it, or who goes too"
    if wanted.answer in WITH_A_HELPER and wanted.helper_id == one.worker_id and wanted.answer == GIVEN:
        found["helper"] = "Choose somebody other than the worker who asked"
    if wanted.answer in WITH_A_DAY:
        first = max(one.due_on, today - timedelta(days=1))
        if wanted.until_on is None:
            found["until"] = "Enter a real day, such as 27 March 2026"
        elif wanted.until_on <= first:
            found["until"] = f"The day must be after {spoken(first)}"
        elif wanted.until_on > one.due_on + FARTHEST:
            found["until"] = "The day must be within a year of the day on which it is due"
    if not wanted.says.strip():
        found["says"] = "Say something with your answer: it is read by whoever asked"
    elif len(wanted.says) > LONGEST:
        found["says"] = f"What you say must be {LONGEST} characters or fewer"
    return found


def ask(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    child_id: str,
    worker_id: str,
    wanted: WantedTime,
    today: date,
    answer_by_on: date,
) -> None:
    """Write down that time is asked for. Raises AlreadyRecorded when the same form was sent before."""
    row: dict[str, Any] = {
        "asked_id": wanted.asked_id,
        "child_id": child_id,
        "rule": wanted.rule,
        "due_on": wanted.due_on,
        "happened_on": today,
        "worker_id": worker_id,
        "asked_by": asker.account,
        "reason": wanted.reason.strip(),
        "answer_by_on": answer_by_on,
    }
    write_down(connection, asker, now, TABLE, row)


def refusal_of_own(asker: Asker, one: TimeAsked) -> Refused | None:
    """Why somebody may not answer because they asked themselves, under this sign-in or another; None otherwise."""
    if asker.account != one.asked_by and asker.worker_id != one.worker_id:
        return None
    return Refused(
        "You asked for this time, so another manager must answer.",
        where="time asked for",
        remedy="Ask whoever leads your team, or the district.",
    )


def answer(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    one: TimeAsked,
    wanted: WantedAnswer,
    today: date,
    exception_id: str | None,
) -> None:
    """Write an answer down. Raises KeyworkerError for one that is not whole, or where nobody waits for one."""
    _require_open(one)
    wrong = problems_of_answer(wanted, one, today)
    if wrong:
        raise KeyworkerError(f"{next(iter(wrong.values()))}.", where="an answer", remedy="Mend it and try again.")
    changes = {
        "answer": wanted.answer,
        "answered_by": asker.account,
        "answered_on": today,
        "until_on": wanted.until_on if wanted.answer in WITH_A_DAY else None,
        "helper_id": wanted.helper_id if wanted.answer in WITH_A_HELPER else None,
        "answer_says": wanted.says.strip(),
        "exception_id": exception_id,
    }
    correct(connection, act_of(asker, "correction"), now, TABLE, one.entry_id, changes)


def take_back(connection: psycopg.Connection, asker: Asker, now: datetime, one: TimeAsked, today: date) -> None:
    """Take back that time is asked for: it can be done by then after all. Only whoever asked may."""
    _require_open(one)
    if refusal_of_own(asker, one) is None:
        raise Refused("Only whoever asked for time takes that back.", where="time asked for", remedy="Answer it.")
    changes = {"answer": TAKEN_BACK, "answered_by": asker.account, "answered_on": today}
    correct(connection, act_of(asker, "correction"), now, TABLE, one.entry_id, changes)


def _require_open(one: TimeAsked) -> None:
    if one.is_answered:
        raise KeyworkerError("This was answered already.", where="time asked for", remedy="Open the list again.")


def asked_record(one: TimeAsked) -> dict[str, Any]:
    """Time that was asked for as a flat row. It does not say who asked: nobody is counted by it."""
    names = ("asked_id", "child_id", "rule", "due_on", "happened_on", "answer_by_on", "answer", "until_on")
    row: dict[str, Any] = {name: getattr(one, name) for name in names}
    return row | {"answered_on": one.answered_on, "reason": one.reason, "answer_says": one.answer_says}
