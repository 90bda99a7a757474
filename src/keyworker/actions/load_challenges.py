"""Saying that one's own load is not right, and a manager's answer: put right, or how it is right. Never oneself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import psycopg

from keyworker.access import Asker
from keyworker.actions.writing import LONGEST, act_of, require_same, write_down
from keyworker.facts.load_challenges import EXPLAINED, PUT_RIGHT, TAKEN_BACK, LoadChallenge
from keyworker.measures.own_load import OwnLoad
from keyworker.record.writer import correct
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.errors import KeyworkerError, Refused
from keyworker.vocabulary.working_days import add_working_days

TABLE, WHERE = "load_challenge", "a load challenge"
DAYS_TO_ANSWER = "days to answer a load challenge"
"""The council's setting: within how many working days a manager answers."""
USUAL_DAYS = 5
ANSWERS = (PUT_RIGHT, EXPLAINED)


class Standing(StrEnum):
    """How a load challenge stands today."""

    WAITS = "waits"
    UNANSWERED = "unanswered"
    ANSWERED = "answered"
    NOT_SETTLED = "not settled"
    SETTLED = "settled"
    TAKEN_BACK = "taken back"


@dataclass(frozen=True)
class WantedChallenge:
    """What a worker means to say. Takes challenge_id, a random word of the form's: one sent twice writes once."""

    challenge_id: str
    part: str
    reason: str


def answer_by(today: date, setting: str | None) -> date:
    """The day by which a manager must have answered. Takes setting, the working days that the council has set."""
    said = (setting or "").strip()
    count = int(said) if said.isascii() and said.isdigit() and len(said) < 3 else USUAL_DAYS
    return add_working_days(today, count)


def standing(one: LoadChallenge, today: date) -> Standing:
    """How it stands today."""
    if one.answer == TAKEN_BACK:
        return Standing.TAKEN_BACK
    if one.answer is None:
        return Standing.UNANSWERED if today > one.answer_by_on else Standing.WAITS
    if one.settled is None:
        return Standing.ANSWERED
    return Standing.SETTLED if one.settled else Standing.NOT_SETTLED


def problems(wanted: WantedChallenge, before: list[LoadChallenge]) -> dict[str, str]:
    """What is wrong with it, by the field in which it was typed. Takes before, what the worker said already."""
    found: dict[str, str] = {}
    if wanted.part not in codes("load_part"):
        found["part"] = "Choose what is not right"
    elif any(one.part == wanted.part and one.answer is None for one in before):
        found["part"] = "You said this already, and it waits for an answer"
    return found | _words("reason", wanted.reason, "Say what is not right, and why")


def problems_of_answer(answer: str, says: str) -> dict[str, str]:
    """What is wrong with an answer, by the field in which it was typed."""
    found = {} if answer in ANSWERS else {"answer": "Choose what you answer"}
    return found | _words("says", says, "Say what was changed and by whom, or how the load is right")


def _words(name: str, said: str, otherwise: str) -> dict[str, str]:
    if not said.strip():
        return {name: otherwise}
    return {name: f"It must be {LONGEST} characters or fewer"} if len(said) > LONGEST else {}


def challenge(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    wanted: WantedChallenge,
    load: OwnLoad,
    before: list[LoadChallenge],
    answer_by_on: date,
) -> None:
    """Write down that a worker's load is not right, beside how it stood. A form sent twice writes once.

    Raises  SentOtherwise for a form that was sent before and said something else.
    """
    said = {"challenge_id": wanted.challenge_id, "part": wanted.part, "reason": wanted.reason.strip()}
    if sent := next((one for one in before if one.challenge_id == wanted.challenge_id), None):
        require_same(sent, said, WHERE)
        return
    _require_none(problems(wanted, before))
    capacity = load.row.agreed_capacity
    row: dict[str, Any] = said | {
        "worker_id": load.row.worker.worker_id,
        "happened_on": load.moment.at,
        "children": len(load.counted),
        "weight": load.weight,
        "agreed_capacity": None if capacity is None else Decimal(str(capacity)),
        "asked_by": asker.account,
        "answer_by_on": answer_by_on,
    }
    write_down(connection, asker, now, TABLE, row)


def refusal_of_own(asker: Asker, one: LoadChallenge) -> Refused | None:
    """Why somebody may not answer because the load is their own, under this sign-in or another; None otherwise."""
    if asker.account != one.asked_by and asker.worker_id != one.worker_id:
        return None
    return Refused(
        "It is your own load, so another manager must answer.",
        where=WHERE,
        remedy="Whoever leads your team, or the district, answers.",
    )


def answer(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    one: LoadChallenge,
    said: tuple[str, str],
    today: date,
) -> None:
    """Write an answer down. One that did not settle it is answered again; what stood can still be asked.

    Takes   said, the code of `load_answer` and the words with it.
    """
    if not one.waits_for_manager:
        raise KeyworkerError("This was answered already.", where=WHERE, remedy="Open the list again.")
    _require_none(problems_of_answer(*said))
    changes = {
        "answer": said[0],
        "answered_by": asker.account,
        "answered_on": today,
        "answer_says": said[1].strip(),
        "settled": None,
        "settled_on": None,
    }
    correct(connection, act_of(asker, "correction"), now, TABLE, one.entry_id, changes)


def settle(
    connection: psycopg.Connection, asker: Asker, now: datetime, one: LoadChallenge, *, is_settled: bool, today: date
) -> None:
    """Say, as the worker, whether the answer settles it. Where it does not, a manager must answer again."""
    _require_own(asker, one)
    if not one.waits_for_worker:
        raise KeyworkerError("There is no answer that waits for you.", where=WHERE, remedy="Open your load again.")
    changes = {"settled": is_settled, "settled_on": today}
    correct(connection, act_of(asker, "correction"), now, TABLE, one.entry_id, changes)


def take_back(connection: psycopg.Connection, asker: Asker, now: datetime, one: LoadChallenge, today: date) -> None:
    """Take it back, as the worker, while nobody has answered."""
    _require_own(asker, one)
    if one.answer is not None:
        raise KeyworkerError("This was answered already.", where=WHERE, remedy="Open your load again.")
    changes = {"answer": TAKEN_BACK, "answered_by": asker.account, "answered_on": today}
    correct(connection, act_of(asker, "correction"), now, TABLE, one.entry_id, changes)


def _require_own(asker: Asker, one: LoadChallenge) -> None:
    if asker.worker_id != one.worker_id:
        raise Refused("Only the worker whose load it is may do this.", where=WHERE, remedy="Answer it.")


def _require_none(wrong: dict[str, str]) -> None:
    if wrong:
        raise KeyworkerError(f"{next(iter(wrong.values()))}.", where=WHERE, remedy="Mend it and try again.")


def challenge_record(one: LoadChallenge) -> dict[str, Any]:
    """A load challenge as a flat row, for whoever may see the worker's figures."""
    names = ("challenge_id", "happened_on", "part", "children", "weight", "agreed_capacity", "answer_by_on", "answer")
    row: dict[str, Any] = {name: getattr(one, name) for name in names}
    return row | {
        "answered_on": one.answered_on,
        "settled": one.settled,
        "reason": one.reason,
        "answer_says": one.answer_says,
    }
