"""Asking to give a copy to somebody outside, and a second person's answer. Nobody answers their own."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import psycopg

from keyworker.access import Asker
from keyworker.actions.copies import CHILD, Copy, WantedCopy
from keyworker.actions.writing import LONGEST, act_of, write_down
from keyworker.facts.copies import AGREED, ASKED, NOT_NEEDED, REFUSED, CopyAsked
from keyworker.record.writer import correct
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.errors import KeyworkerError, Refused

TABLE = "copy_for_outside"
LIVES = timedelta(days=14)
"""How long after it was asked for a copy may be given: later it would tell what is no longer so."""
CHANGED = KeyworkerError(
    "What this copy would say has changed since it was looked at, or somebody in it is beyond what you may see.",
    where="a copy",
    remedy="Ask for it again, and look at what it says now.",
)


def problems(wanted: WantedCopy) -> dict[str, str]:
    """What is wrong with a copy, by the field in which it was typed; nothing when it can be looked at."""
    found: dict[str, str] = {}
    if wanted.relation not in codes("relation"):
        found["relation"] = "Choose what this person is to the child"
    if not wanted.person.strip():
        found["person"] = "Enter the name of the person it is for"
    if wanted.words and wanted.words not in codes("child_words"):
        found["words"] = "Choose the words in which the child is spoken to"
    elif wanted.words and wanted.relation != CHILD:
        found["words"] = "Only the child’s own copy is in words for a child"
    if not wanted.purpose.strip() or len(wanted.purpose) > LONGEST:
        found["purpose"] = f"Enter what it is for, in {LONGEST} characters or fewer"
    if len(wanted.note) > LONGEST:
        found["note"] = f"The words to go with it must be {LONGEST} characters or fewer"
    return found


def ask(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    child_id: str,
    wanted: WantedCopy,
    copy: Copy,
    today: date,
    *,
    left_out: int,
    needs_second: bool,
) -> None:
    """Write down that a copy is asked for. Raises KeyworkerError, or AlreadyRecorded for a form that was sent twice."""
    wrong = problems(wanted)
    if wrong:
        raise KeyworkerError(f"{next(iter(wrong.values()))}.", where="a copy", remedy="Mend it and try again.")
    row: dict[str, Any] = {
        "copy_id": wanted.copy_id,
        "child_id": child_id,
        "relation": wanted.relation,
        "person": wanted.person.strip(),
        "purpose": wanted.purpose.strip(),
        "note": wanted.note.strip() or None,
        "with_family": wanted.with_family,
        "with_plan": wanted.with_plan or None,
        "words": wanted.words or None,
        "contents": copy.contents,
        "left_out": left_out,
        "asked_by": asker.account,
        "worker_id": asker.worker_id,
        "happened_on": today,
        "state": ASKED if needs_second else NOT_NEEDED,
    }
    write_down(connection, asker, now, TABLE, row)


def refusal_of_own(asker: Asker, one: CopyAsked) -> Refused | None:
    """Why somebody may not answer because they asked themselves, under this sign-in or another; None otherwise."""
    is_own = asker.account == one.asked_by or (one.worker_id is not None and asker.worker_id == one.worker_id)
    return (
        Refused(
            "You asked for this copy, so another person must look at it.",
            where="a copy",
            remedy="Ask the manager of the child’s team, or whoever leads the district.",
        )
        if is_own
        else None
    )


def answer(
    connection: psycopg.Connection, asker: Asker, now: datetime, one: CopyAsked, *, agrees: bool, why: str
) -> None:
    """Write the second person's answer down. Raises KeyworkerError for a copy that waits for none, or without words."""
    if one.state != ASKED:
        raise KeyworkerError("This copy waits for no answer.", where="a copy", remedy="Open the list of copies again.")
    if not why.strip() or len(why) > LONGEST:
        raise KeyworkerError(
            "A copy is answered with a reason.", where="a copy", remedy=f"Say why, in {LONGEST} characters or fewer."
        )
    changes = {
        "state": AGREED if agrees else REFUSED,
        "answered_by": asker.account,
        "answered_why": why.strip(),
    }
    correct(connection, act_of(asker, "correction"), now, TABLE, one.entry_id, changes)


def why_not_given(one: CopyAsked, today: date, *, needs_second: bool) -> str:
    """Why a copy may not be given today, in words; empty where it may. Takes needs_second, whether it does by now."""
    if one.state == NOT_NEEDED and needs_second:
        return "Something was marked since it was asked for, so a second person must look. Ask for it again."
    if one.state == ASKED:
        return "A second person has not answered yet."
    if one.state == REFUSED:
        return f"{one.answered_by} said no: {one.answered_why}"
    if today > one.happened_on + LIVES:
        return f"It was asked for more than {LIVES.days} days ago, and would tell what may no longer be so. Ask again."
    return ""


def copy_record(one: CopyAsked) -> dict[str, Any]:
    """A copy that was asked for as a flat row."""
    names = ("copy_id", "relation", "person", "purpose", "left_out", "asked_by", "happened_on", "state", "answered_by")
    return {"child_id": one.child_id, **{name: getattr(one, name) for name in names}, "answered_why": one.answered_why}
