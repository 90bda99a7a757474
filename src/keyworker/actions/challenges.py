"""Challenging what is planned or done for a child, in stages: raised, answered, taken further, ended."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import psycopg

from keyworker.access import Asker
from keyworker.actions.writing import LONGEST, act_of, require_same, written_down, wrong_day
from keyworker.facts.challenges import Challenge, Stage
from keyworker.record.writer import ActResult, AlreadyRecorded, Amendment, amend, append
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.errors import KeyworkerError, Refused

CHALLENGE, STAGE, WHERE = "challenge", "challenge_stage", "a challenge"
AGENCY, OFFICER = "agency", "reviewing officer"
FARTHEST_AHEAD = timedelta(days=93)


@dataclass(frozen=True)
class WantedStage:
    """A stage to which a challenge comes. Takes worker_id, who is to answer it; due_on, by when."""

    stage: str
    worker_id: str
    due_on: date | None


@dataclass(frozen=True)
class WantedChallenge:
    """A challenge that somebody means to raise, or to write down for another agency.

    Takes   challenge_id, a random word of the form's, so that a form sent twice writes once; raised_by and agency,
            codes of the vocabulary; first, the stage at which it begins.
    """

    challenge_id: str
    raised_on: date | None
    raised_by: str
    what: str
    why: str
    first: WantedStage
    agency: str = ""


class AtAnotherStage(KeyworkerError):
    """A challenge was taken to another stage since the form that takes it further was opened."""

    def __init__(self) -> None:
        super().__init__(
            "It came to another stage since you opened this, and nothing was written down.",
            where=WHERE,
            remedy="Look at the stage at which it is; send this again if it is to go further still.",
        )


def problems(wanted: WantedChallenge, today: date) -> dict[str, str]:
    """What is wrong with it, by the field in which it was typed."""
    found: dict[str, str] = {}
    if wanted.raised_by not in codes("challenger"):
        found["raised_by"] = "Choose who raises it"
    elif wanted.raised_by == AGENCY and wanted.agency not in codes("agency"):
        found["agency"] = "Choose which agency raises it"
    if wanted.raised_on is None:
        found["on"] = "Enter a real day, such as 27 March 2026"
    elif wrong := wrong_day(wanted.raised_on, today):
        found["on"] = wrong
    for name, said, asked in (
        ("what", wanted.what, "Enter what they do not accept, and what they ask for"),
        ("why", wanted.why, "Enter why"),
    ):
        if not said.strip() or len(said) > LONGEST:
            found[name] = f"{asked}, in {LONGEST} characters or fewer"
    return found | problems_of_stage(wanted.first, wanted.raised_on or today)


def problems_of_stage(wanted: WantedStage, since: date) -> dict[str, str]:
    """What is wrong with a stage, by field. Takes since, the day on which the challenge comes to it."""
    found: dict[str, str] = {}
    if wanted.stage not in codes("challenge_stage"):
        found["stage"] = "Choose the stage"
    if wanted.due_on is None or not since <= wanted.due_on <= since + FARTHEST_AHEAD:
        found["due"] = "Enter the day by which it is to be answered, within three months"
    return found


def challenge_row(asker: Asker, child_id: str, wanted: WantedChallenge) -> dict[str, Any]:
    """The challenge, as the record holds it."""
    return {
        "challenge_id": wanted.challenge_id,
        "child_id": child_id,
        "happened_on": wanted.raised_on,
        "raised_by": wanted.raised_by,
        "agency": wanted.agency if wanted.raised_by == AGENCY else None,
        "account": asker.account,
        "what": wanted.what.strip(),
        "why": wanted.why.strip(),
    }


def _stage_row(number: int, challenge_id: str, child_id: str, wanted: WantedStage, on: date | None) -> dict[str, Any]:
    return {
        "stage_id": f"{challenge_id}-{number}",
        "challenge_id": challenge_id,
        "child_id": child_id,
        "happened_on": on,
        "stage": wanted.stage,
        "worker_id": wanted.worker_id or None,
        "due_on": wanted.due_on,
    }


def raise_it(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    row: dict[str, Any],
    wanted: WantedChallenge,
    today: date,
) -> None:
    """Write a challenge down with its first stage, and work anew what is due. Takes row, of `challenge_row`.

    Raises  KeyworkerError for one that says too little; AlreadyRecorded when the same form was sent before.
    """
    _require(problems(wanted, today))
    stage = _stage_row(1, wanted.challenge_id, row["child_id"], wanted.first, wanted.raised_on)
    _written(connection, lambda: append(connection, act_of(asker, "entry"), now, {CHALLENGE: [row], STAGE: [stage]}))


def require_as_sent(stands: Challenge | None, row: dict[str, Any], first: WantedStage) -> None:
    """Whether a form that was sent twice said the same each time. Raises SentOtherwise."""
    said = {("raised_on" if name == "happened_on" else name): value for name, value in row.items()}
    require_same(stands, said, WHERE)
    require_same(stands.stages[0] if stands else None, {"stage": first.stage, "due_on": first.due_on}, WHERE)


def refusal_to_answer(asker: Asker, one: Challenge, behind: Collection[str], *, manages: bool) -> Refused | None:
    """Why somebody may not answer a challenge: nobody answers their own, and of one that is for a worker no other does.

    Takes   behind, the workers to whom the sign-in that raised it belongs, or belonged then; manages, whether the asker
            manages the child's team, and so answers in a worker's place.
    """
    if one.account == asker.account or asker.worker_id in behind:
        return Refused("Nobody answers a challenge of their own.", where=WHERE, remedy="Somebody else answers it.")
    named = one.stage.worker_id if one.stage else None
    if named is None or named == asker.worker_id or manages:
        return None
    return Refused(
        "This waits for the answer of one worker.",
        where=WHERE,
        remedy="It is answered by the worker who is named, or by whoever manages the child’s team.",
    )


def refusal_of_others(asker: Asker, one: Challenge) -> Refused | None:
    """Why somebody may not take a challenge further or end it: it is for whoever raised it, or who chairs."""
    if one.account == asker.account or asker.holds("conference chair"):
        return None
    return Refused(
        "A challenge is taken further, or ended, by whoever raised it.",
        where=WHERE,
        remedy="Answer it, and ask them whether that resolves it.",
    )


def problems_of_answer(one: Challenge, answer: str, says: str, on: date | None, today: date) -> dict[str, str]:
    """What is wrong with an answer to the stage at which a challenge is, by field."""
    stage, found = one.stage, dict[str, str]()
    if not one.is_open or stage is None or not stage.waits:
        found["answer"] = "There is nothing here to answer"
    elif answer not in codes("challenge_answer"):
        found["answer"] = "Choose whether you agree"
    if not says.strip() or len(says) > LONGEST:
        found["says"] = f"Enter what will be done, or why nothing will, in {LONGEST} characters or fewer"
    if on is None or wrong_day(on, today) or (stage and on < stage.since_on):
        found["on"] = "Enter the day of the answer: today, or before, and not before it came to this stage"
    return found


def answer_it(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    one: Challenge,
    answer: str,
    says: str,
    on: date | None,
    today: date,
) -> None:
    """Write down the answer to the stage at which a challenge is."""
    _require(problems_of_answer(one, answer, says, on, today))
    changes = {"answered_on": on, "answer": answer, "answer_says": says.strip()}
    amendments = [Amendment(STAGE, _stage_of(one).entry_id, changes)]
    _written(connection, lambda: amend(connection, act_of(asker, "correction"), now, amendments))


def take_further(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    one: Challenge,
    wanted: WantedStage,
    today: date,
    after: int,
) -> None:
    """Take a challenge to another stage, from today. What was not answered at this one stays unanswered.

    Takes   after, how many stages it had when the form was opened.
    Raises  KeyworkerError for one that has ended; AlreadyRecorded when the same form was sent before, AtAnotherStage
            where it came to another one since.
    """
    _require({} if one.is_open else {"stage": "It has ended already"})
    _require(problems_of_stage(wanted, today))
    require_stage(one, wanted, after)
    row = _stage_row(after + 1, one.challenge_id, one.child_id, wanted, today)
    _written(connection, lambda: append(connection, act_of(asker, "entry"), now, {STAGE: [row]}))


def require_stage(one: Challenge, wanted: WantedStage, after: int) -> None:
    """Whether a challenge still has as many stages as when a form was opened. Takes after, how many.

    Raises  AlreadyRecorded where the stage after them says the same; AtAnotherStage where it does not.
    """
    if after == len(one.stages):
        return
    since = one.stages[after : after + 1]
    if [(stage.stage, stage.worker_id or "", stage.due_on) for stage in since] != [
        (wanted.stage, wanted.worker_id, wanted.due_on)
    ]:
        raise AtAnotherStage
    raise AlreadyRecorded("It was taken to that stage before.", where=WHERE, remedy="There is nothing to do.")


def problems_of_end(one: Challenge, outcome: str, says: str, on: date | None, today: date) -> dict[str, str]:
    """What is wrong with ending a challenge, by field."""
    found: dict[str, str] = {}
    if not one.is_open:
        found["outcome"] = "It has ended already"
    elif outcome not in codes("challenge_outcome"):
        found["outcome"] = "Choose how it ended"
    if not says.strip() or len(says) > LONGEST:
        found["says"] = f"Enter what changed for the child, or why it is withdrawn, in {LONGEST} characters or fewer"
    if on is None or wrong_day(on, today) or on < one.raised_on:
        found["on"] = "Enter the day on which it ended: today, or before, and not before it was raised"
    return found


def end_it(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    one: Challenge,
    outcome: str,
    says: str,
    on: date | None,
    today: date,
) -> None:
    """Write down that a challenge was resolved, or is withdrawn, and work anew what is due."""
    _require(problems_of_end(one, outcome, says, on, today))
    changes = {"ended_on": on, "outcome": outcome, "outcome_says": says.strip()}
    amendments = [Amendment(CHALLENGE, one.entry_id, changes)]
    _written(connection, lambda: amend(connection, act_of(asker, "correction"), now, amendments))


def _stage_of(one: Challenge) -> Stage:
    return one.stages[-1]


def _written(connection: psycopg.Connection, write: Callable[[], ActResult]) -> None:
    written_down(connection, write)


def _require(wrong: dict[str, str]) -> None:
    if wrong:
        raise KeyworkerError(f"{next(iter(wrong.values()))}.", where=WHERE, remedy="Mend it and try again.")


def challenge_record(one: Challenge) -> dict[str, Any]:
    """A challenge as a flat row, with the stage at which it is. Whoever asks for it is logged with the child."""
    stage = one.stage
    return {
        **{name: getattr(one, name) for name in ("challenge_id", "raised_on", "raised_by", "agency", "what", "why")},
        "stage": stage.stage if stage else None,
        "stage_due_on": stage.due_on if stage else None,
        "answer": stage.answer if stage else None,
        "answer_says": stage.answer_says if stage else None,
        **{name: getattr(one, name) for name in ("ended_on", "outcome", "outcome_says", "written_at")},
    }
