"""Attaching what came of direct work at a visit, and what the child agrees to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import psycopg

from keyworker.access import Asker
from keyworker.actions.writing import LONGEST, act_of, written_down, wrong_day
from keyworker.facts.direct_work import NOT_SHOWN, SHOWN, WORKER_ALONE, DirectWork
from keyworker.intake.attached import Cleaned
from keyworker.record.attached import keep
from keyworker.record.sealing import Key
from keyworker.record.writer import append, correct
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.errors import KeyworkerError

TABLE = "direct_work"
LONG = 2_000
LOOKS_BACK = timedelta(days=92)
"""How far back it is looked for what is mentioned and not attached: what is older is no longer found on paper."""
MAY_BE_ATTACHED = (SHOWN, WORKER_ALONE)
_FROM_NARROW_TO_WIDE = (NOT_SHOWN, WORKER_ALONE, SHOWN)


@dataclass(frozen=True)
class WantedWork:
    """Direct work that somebody means to write down.

    Takes   work_id, a random word of the form's, so that a form sent twice writes once; kind and agreement, codes of
            the vocabulary; agreed_on, the day on which the child said so; content, the file as it was chosen, None
            where nothing is attached yet.
    """

    work_id: str
    kind: str
    purpose: str
    agreement: str
    agreed_on: date | None
    need: str = ""
    changed: str = ""
    content: bytes | None = None


def problems(wanted: WantedWork, today: date) -> dict[str, str]:
    """What is wrong with it, by the field in which it was typed. The file itself is looked at where it is cleaned."""
    found: dict[str, str] = {}
    if wanted.kind not in codes("direct_work_kind"):
        found["kind"] = "Choose what came of it"
    if not wanted.purpose.strip() or len(wanted.purpose) > LONGEST:
        found["purpose"] = f"Enter what it was for, in {LONGEST} characters or fewer"
    if len(wanted.need) > LONGEST:
        found["need"] = f"The need must be said in {LONGEST} characters or fewer"
    if len(wanted.changed) > LONG:
        found["changed"] = f"The child’s words must be {LONG:,} characters or fewer"
    if wanted.agreement not in MAY_BE_ATTACHED:
        found["agreement"] = "Ask the child. What the child does not agree to is not attached"
    return found | _wrong_day(wanted.agreed_on, today)


def _wrong_day(on: date | None, today: date) -> dict[str, str]:
    if on is None:
        return {"agreed_on": "Enter a real day, such as 27 March 2026"}
    wrong = wrong_day(on, today)
    return {"agreed_on": wrong} if wrong else {}


def work_row(
    asker: Asker, child_id: str, visit: tuple[str, date], wanted: WantedWork, file: Cleaned | None
) -> dict[str, Any]:
    """Direct work as the record holds it. Takes visit, its number and day; file, as it was written anew."""
    return {
        "work_id": wanted.work_id,
        "child_id": child_id,
        "visit_id": visit[0],
        "happened_on": visit[1],
        "kind": wanted.kind,
        "purpose": wanted.purpose.strip(),
        "need": wanted.need.strip() or None,
        "changed": wanted.changed.strip() or None,
        "agreement": wanted.agreement,
        "agreed_on": wanted.agreed_on,
        "media": file.media if file else None,
        "bytes": len(file.content) if file else None,
        "contents": hashlib.sha256(file.content).hexdigest() if file else None,
        "worker_id": asker.worker_id,
    }


def write(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    row: dict[str, Any],
    wanted: WantedWork,
    file: Cleaned | None,
    key: Key | None,
    today: date,
) -> None:
    """Write direct work down, with what is attached sealed beside it: both or neither.

    Takes   row, of `work_row`; file, as it was written anew; key, with which it is sealed.
    Raises  KeyworkerError for what is not whole; AlreadyRecorded when the same form was sent before.
    """
    wrong = problems(wanted, today)
    if wrong:
        raise KeyworkerError(f"{next(iter(wrong.values()))}.", where="direct work", remedy="Mend it and try again.")
    with connection.transaction():
        written = written_down(connection, lambda: append(connection, act_of(asker, "entry"), now, {TABLE: [row]}))
        if file is not None and key is not None:
            keep(connection, wanted.work_id, file.content, key, written.recorded_at)


def may_write_down(one: DirectWork, account: str) -> tuple[str, ...]:
    """What somebody may write down that the child now agrees to.

    That fewer may open it, or as many, anybody writes down who works with the child. That more may, only whoever
    attached it: to them the child gave it, and nobody else makes it theirs.
    """
    if account == one.written_by or one.agreement not in _FROM_NARROW_TO_WIDE:
        return _FROM_NARROW_TO_WIDE[::-1]
    return _FROM_NARROW_TO_WIDE[_FROM_NARROW_TO_WIDE.index(one.agreement) :: -1]


def problems_of_agreement(
    one: DirectWork, account: str, agreement: str, on: date | None, today: date
) -> dict[str, str]:
    """What is wrong with what the child now agrees to, by field. Takes account, of whoever writes it down."""
    found: dict[str, str] = {}
    if agreement not in codes("direct_work_agreement"):
        found["agreement"] = "Choose what the child agrees to"
    elif agreement not in may_write_down(one, account):
        found["agreement"] = "That more people may open it, only whoever attached it writes down"
    if on is not None and on < one.happened_on:
        return found | {"agreed_on": "The child cannot have said so before the visit"}
    if on is not None and on < one.agreed_on:
        return found | {"agreed_on": "The child has said otherwise since that day"}
    return found | _wrong_day(on, today)


def agree(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    one: DirectWork,
    agreement: str,
    on: date | None,
    today: date,
) -> None:
    """Write down what the child now agrees to: it counts from now on. Raises KeyworkerError for what cannot be."""
    wrong = problems_of_agreement(one, asker.account, agreement, on, today)
    if wrong:
        raise KeyworkerError(f"{next(iter(wrong.values()))}.", where="direct work", remedy="Mend it and try again.")
    changes = {"agreement": agreement, "agreed_on": on}
    correct(connection, act_of(asker, "correction"), now, TABLE, one.entry_id, changes)


def work_record(one: DirectWork) -> dict[str, Any]:
    """Direct work as a flat row, without what is attached."""
    names = ("work_id", "visit_id", "happened_on", "kind", "purpose", "need", "changed", "agreement", "agreed_on")
    return {name: getattr(one, name) for name in (*names, "media", "bytes", "written_by", "written_at")}
