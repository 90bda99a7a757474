"""Going alone to a planned visit: saying so, a later time, and how it ended. It is never a figure about a worker."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import psycopg

from keyworker.access import Asker
from keyworker.actions.writing import LONGEST, act_of, require_same, written_down
from keyworker.facts.days import LONDON
from keyworker.facts.lone_visits import LoneVisit
from keyworker.facts.planned_visits import PlannedVisit
from keyworker.record.writer import Amendment, amend, append
from keyworker.vocabulary.errors import KeyworkerError

TABLE, WHERE = "lone_visit", "a visit alone"
BACK, REACHED, NOT_GONE = "back", "reached", "not gone"


@dataclass(frozen=True)
class WantedAlone:
    """That somebody means to go alone. Takes lone_id, the form's own number; told_id, the worker who is told."""

    lone_id: str
    back_by: time | None
    told_id: str


def problems(wanted: WantedAlone, may_tell: Collection[str], on: date, now: datetime) -> dict[str, str]:
    """What is wrong with it, by the field in which it was typed. Takes on, the day of the visit."""
    found: dict[str, str] = {}
    if wanted.back_by is None:
        found["back_by"] = "Enter the time by which you mean to be back, such as 17:30"
    elif datetime.combine(on, wanted.back_by, LONDON) <= now:
        found["back_by"] = "The time by which you mean to be back must be still to come"
    if wanted.told_id not in may_tell:
        found["told"] = "Choose who is told"
    return found


def alone_row(asker: Asker, plan: PlannedVisit, wanted: WantedAlone) -> dict[str, Any]:
    """What is written where nobody has said before that they go alone to this visit."""
    return {
        "lone_id": wanted.lone_id,
        "child_id": plan.child_id,
        "planned_id": plan.planned_id,
        "happened_on": plan.planned_on,
        "back_by": wanted.back_by,
        "account": asker.account,
        "worker_id": asker.worker_id,
        "told_id": wanted.told_id,
    }


def say_alone(
    connection: psycopg.Connection, asker: Asker, now: datetime, row: dict[str, Any], before: LoneVisit | None
) -> None:
    """Write down that somebody goes alone; where they have said so already, their new time and who is told now.

    Takes   before, what stands of the same visit, while nobody has said how it ended.
    """
    if before is None:
        written_down(connection, lambda: append(connection, act_of(asker, "entry"), now, {TABLE: [row]}))
        return
    changes = {name: row[name] for name in ("back_by", "told_id") if row[name] != getattr(before, name)}
    if changes:
        amended = [Amendment(TABLE, before.entry_id, changes)]
        written_down(connection, lambda: amend(connection, act_of(asker, "correction"), now, amended))


def problems_of_answer(answer: str, says: str, *, is_own: bool) -> dict[str, str]:
    """What is wrong with how it ended, by field. Whoever went says that they are back; others whom they reached."""
    found: dict[str, str] = {}
    if answer not in ((BACK, NOT_GONE) if is_own else (REACHED,)):
        found["answer"] = "Choose how it ended"
    if not is_own and not says.strip():
        found["says"] = "Say how you know that they are safe"
    elif len(says) > LONGEST:
        found["says"] = f"Use {LONGEST} characters or fewer"
    return found


def answer_it(
    connection: psycopg.Connection, asker: Asker, now: datetime, one: LoneVisit, answer: str, says: str
) -> None:
    """Write down how it ended. Said twice, the first stands: somebody may have reached them who then came back.

    Raises  KeyworkerError for what says too little.
    """
    if not one.is_open:
        return
    if wrong := problems_of_answer(answer, says, is_own=one.account == asker.account):
        raise KeyworkerError(f"{next(iter(wrong.values()))}.", where=WHERE, remedy="Mend it and try again.")
    local = now.astimezone(LONDON)
    changes = {
        "answer": answer,
        "answered_on": local.date(),
        "answered_time": local.time().replace(microsecond=0, tzinfo=None),
        "says": says.strip() or None,
    }
    amended = [Amendment(TABLE, one.entry_id, changes)]
    written_down(connection, lambda: amend(connection, act_of(asker, "correction"), now, amended))


def require_as_sent(stands: LoneVisit | None, row: dict[str, Any]) -> None:
    """Whether a form that was sent twice said the same each time. Raises SentOtherwise."""
    require_same(stands, {name: row[name] for name in ("planned_id", "back_by", "told_id")}, WHERE)
