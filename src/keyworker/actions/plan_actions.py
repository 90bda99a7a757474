"""Writing down what a child's plan asks: an action agreed, its day moved, done, given up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import psycopg

from keyworker.access import Asker, Audience
from keyworker.actions.leaving import tells
from keyworker.actions.pieces import CHILD
from keyworker.actions.writing import LONGEST, SentOtherwise, act_of, require_same, write_down, written_down, wrong_day
from keyworker.facts.marked import Marker
from keyworker.facts.plan_actions import PlanAction
from keyworker.record.writer import Amendment, amend
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.errors import KeyworkerError

TABLE, WHERE = "plan_action", "an action of a plan"
OURS = "children's social care"
"""The agency whose workers are the council's own."""
LEFT_OUT = "Left out: ask the child’s worker."
"""In place of words that hold what somebody must not be told."""
WORKER, FAMILY, AGENCY = "worker", "family", "agency"
FARTHEST_AHEAD = timedelta(days=731)
"""An action that is due later than this is a wish, or a year mistyped."""


@dataclass(frozen=True)
class WantedAction:
    """An action of a plan that somebody means to write down.

    Takes   action_id, a random word of the form's, so that a form sent twice writes once; plan, a code of `plan_kind`;
            owner, whose it is: a worker, the family or another agency; account, the sign-in of whoever it is of that
            agency; told_as, by which words they know the child.
    """

    action_id: str
    agreed_on: date | None
    plan: str
    what: str
    owner: str
    due_on: date | None
    need: str = ""
    worker_id: str = ""
    relation: str = ""
    agency: str = ""
    account: str = ""
    told_as: str = ""


def problems(wanted: WantedAction, today: date) -> dict[str, str]:
    """What is wrong with it, by the field in which it was typed."""
    found: dict[str, str] = {}
    if wanted.plan not in codes("plan_kind"):
        found["plan"] = "Choose under which plan it was agreed"
    if wanted.agreed_on is None:
        found["on"] = "Enter a real day, such as 27 March 2026"
    elif wrong := wrong_day(wanted.agreed_on, today):
        found["on"] = wrong
    if not wanted.what.strip():
        found["what"] = "Enter what is to be done"
    found |= _wrong_owner(wanted)
    if wrong := wrong_due(wanted.due_on, wanted.agreed_on or today):
        found["due"] = wrong
    for name, said in (("what", wanted.what), ("need", wanted.need), ("told_as", wanted.told_as)):
        if len(said) > LONGEST:
            found[name] = f"It must be {LONGEST} characters or fewer"
    return found


def _wrong_owner(wanted: WantedAction) -> dict[str, str]:
    if wanted.owner not in (WORKER, FAMILY, AGENCY):
        return {"owner": "Choose who is to do it"}
    if wanted.owner == WORKER and not wanted.worker_id:
        return {"worker": "Choose which worker is to do it"}
    if wanted.owner == FAMILY and wanted.relation not in codes("relation"):
        return {"relation": "Choose who of the family is to do it"}
    if wanted.owner != AGENCY:
        return {}
    found: dict[str, str] = {}
    if wanted.agency not in codes("agency") or wanted.agency == OURS:
        found["agency"] = "Choose which agency is to do it"
    if wanted.account.strip() and not wanted.told_as.strip():
        found["told_as"] = "Enter by which words they know the child: they are shown nothing else of who it is"
    if len(wanted.account) > 100:
        found["account"] = "A sign-in has 100 characters or fewer"
    return found


def wrong_due(day: date | None, agreed_on: date) -> str:
    """What is wrong with the day by which something is to be done; empty where nothing is."""
    if day is None:
        return "Enter the day by which it is to be done"
    if day < agreed_on:
        return "It cannot be due before it was agreed"
    return "The day must be within two years" if day > agreed_on + FARTHEST_AHEAD else ""


def action_row(child_id: str, wanted: WantedAction) -> dict[str, Any]:
    """The action, as the record holds it: of whoever is to do it alone, whatever else was typed."""
    is_theirs = wanted.owner == AGENCY
    return {
        "action_id": wanted.action_id,
        "child_id": child_id,
        "happened_on": wanted.agreed_on,
        "plan": wanted.plan,
        "need": wanted.need.strip() or None,
        "what": wanted.what.strip(),
        "agency": wanted.agency if is_theirs else OURS if wanted.owner == WORKER else None,
        "worker_id": wanted.worker_id if wanted.owner == WORKER else None,
        "relation": wanted.relation if wanted.owner == FAMILY else None,
        "account": wanted.account.strip() or None if is_theirs else None,
        "told_as": wanted.told_as.strip() or None if is_theirs and wanted.account.strip() else None,
        "due_on": wanted.due_on,
    }


def write(
    connection: psycopg.Connection, asker: Asker, now: datetime, row: dict[str, Any], wanted: WantedAction, today: date
) -> None:
    """Write an action down. Raises KeyworkerError for one that says too little; AlreadyRecorded for a second time.

    Takes   row, of `action_row`.
    """
    require_none(problems(wanted, today))
    write_down(connection, asker, now, TABLE, row)


def require_as_sent(stands: PlanAction | None, row: dict[str, Any]) -> None:
    """Whether a form that was sent twice said the same each time. Raises SentOtherwise.

    Takes   stands, what stands under its number; its day may have been moved since, and is then the one agreed first.
    """
    first = {"agreed_on": row["happened_on"], "due_on": row["due_on"]}
    said = {name: value for name, value in row.items() if name not in ("happened_on", "due_on")}
    moved = stands if stands is None or stands.first_due_on is None else replace(stands, due_on=stands.first_due_on)
    require_same(moved, said | first, WHERE)
    if stands is not None and stands.worker_id != row["worker_id"]:
        raise SentOtherwise(WHERE)


def problems_of_moving(one: PlanAction, until: date | None, why: str) -> dict[str, str]:
    """What is wrong with moving the day of an action, by field."""
    found: dict[str, str] = {}
    if not one.is_open:
        found["due"] = "It has ended already"
    elif wrong := wrong_due(until, one.agreed_on):
        found["due"] = wrong
    elif until == one.due_on:
        found["due"] = "It is due on that day already"
    if not why.strip() or len(why) > LONGEST:
        found["why"] = f"Enter why its day is moved, in {LONGEST} characters or fewer"
    return found


def move(
    connection: psycopg.Connection, asker: Asker, now: datetime, one: PlanAction, until: date | None, why: str
) -> None:
    """Move the day by which an action is to be done; the day agreed first stays beside it."""
    require_none(problems_of_moving(one, until, why))
    changes = {"due_on": until, "first_due_on": one.first_due_on or one.due_on, "moved_why": why.strip()}
    _amend(connection, asker, now, one, changes)


def problems_of_ending(
    one: PlanAction, on: date | None, done: bool | None, outcome: str, today: date
) -> dict[str, str]:
    """What is wrong with saying what came of an action, by field. Takes done, no where it is given up."""
    found: dict[str, str] = {}
    if not one.is_open:
        found["done"] = "It has ended already"
    elif done is None:
        found["done"] = "Choose whether it was done"
    if on is None:
        found["on"] = "Enter a real day, such as 27 March 2026"
    elif on < one.agreed_on:
        found["on"] = "It cannot have been done before it was agreed"
    elif wrong := wrong_day(on, today):
        found["on"] = wrong
    if len(outcome) > LONGEST or (done is False and not outcome.strip()):
        found["outcome"] = f"Say why it is given up, in {LONGEST} characters or fewer"
    return found


def end(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    one: PlanAction,
    on: date | None,
    done: bool | None,
    outcome: str,
    today: date,
) -> None:
    """Write down that an action was done, or is given up and why."""
    require_none(problems_of_ending(one, on, done, outcome, today))
    _amend(connection, asker, now, one, {"ended_on": on, "done": done, "outcome": outcome.strip() or None})


def _amend(
    connection: psycopg.Connection, asker: Asker, now: datetime, one: PlanAction, changes: dict[str, Any]
) -> None:
    amendments = [Amendment(TABLE, one.entry_id, changes)]
    written_down(connection, lambda: amend(connection, act_of(asker, "correction"), now, amendments))


def require_none(wrong: dict[str, str]) -> None:
    """Stop here where anything is wrong. Raises KeyworkerError with the first of it."""
    if wrong:
        raise KeyworkerError(f"{next(iter(wrong.values()))}.", where=WHERE, remedy="Mend it and try again.")


def owner_words(one: PlanAction, worker: str = "") -> str:
    """Who is to do it, in words. Takes worker, the name of the worker whose it is."""
    if one.relation:
        return "The child" if one.relation == CHILD else codes("relation").get(one.relation, one.relation)
    return worker or codes("agency").get(one.agency or "", one.agency or "Nobody named")


def told_outside(one: PlanAction, marked: Sequence[Marker], audience: Audience) -> PlanAction:
    """An action as another agency may read it: what holds something that it must not be told is left out.

    Takes   marked, what holds today of the child; audience, the agency's person.
    """

    def told(text: str) -> str:
        return LEFT_OUT if tells(text, marked, audience) else text

    return replace(
        one,
        need=told(one.need or "") or None,
        what=told(one.what),
        moved_why=told(one.moved_why or "") or None,
        outcome=told(one.outcome or "") or None,
        told_as=told(one.told_as or "") or None,
    )


def action_record(one: PlanAction) -> dict[str, Any]:
    """An action as a flat row. Whoever asks for it is logged with the child."""
    names = ("action_id", "agreed_on", "plan", "need", "what", "agency", "worker_id", "relation", "due_on")
    more = ("first_due_on", "moved_why", "ended_on", "done", "outcome", "written_at", "changed_at")
    return {name: getattr(one, name) for name in (*names, *more)}
