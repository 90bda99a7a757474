"""Lawful erasure of an entry by two people: one asks, another agrees, and what it said is gone in all its history."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import psycopg

from keyworker.access import Asker
from keyworker.actions.writing import LONGEST, act_of, write_down
from keyworker.clocks.stored import renew
from keyworker.facts.by_hand import HandEntry, Version
from keyworker.facts.erasures import ErasureAsked
from keyworker.facts.remembered import shared_of
from keyworker.record.drafts import forget_about
from keyworker.record.writer import Act, amend, erase
from keyworker.record.writer.entries import Amendment
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.errors import KeyworkerError, Refused

TABLE = "erasure_asked"
AGREED, REFUSED = "agreed", "refused"


@dataclass(frozen=True)
class WantedErasure:
    """That an entry be erased. Takes erasure_id, a random word of the form's; reason, a code; why, in words."""

    erasure_id: str
    reason: str
    why: str


def problems(wanted: WantedErasure, asked: Sequence[ErasureAsked], belongs: Sequence[HandEntry]) -> dict[str, str]:
    """What is wrong with it, by field. Takes asked, what was asked of the same entry; belongs, what belongs to it."""
    found: dict[str, str] = {}
    if belongs:
        listed = ", ".join(sorted({row.described.title.lower() for row in belongs}))
        found["reason"] = f"Other entries belong to this: {listed}. Have these erased first"
    elif any(one.is_waiting for one in asked):
        found["reason"] = "This was asked for already, and waits for a second person"
    elif wanted.reason not in codes("erasure_reason"):
        found["reason"] = "Choose the lawful reason"
    if not wanted.why.strip() or len(wanted.why) > LONGEST:
        found["why"] = f"Say why, in {LONGEST} characters or fewer"
    return found


def ask(
    connection: psycopg.Connection, asker: Asker, now: datetime, entry: HandEntry, wanted: WantedErasure, today: date
) -> None:
    """Ask that an entry be erased. Nothing is erased until a second person agrees. Raises AlreadyRecorded."""
    row = {
        "erasure_id": wanted.erasure_id,
        "child_id": entry.values["child_id"],
        "happened_on": today,
        "in_table": entry.table,
        "entry": entry.entry_id,
        "reason": wanted.reason,
        "why": wanted.why.strip(),
        "asked_by": asker.account,
    }
    write_down(connection, asker, now, TABLE, row)


def refusal_of_own_erasure(asker: Asker, one: ErasureAsked, behind: Collection[str]) -> Refused | None:
    """Why this person is no second one: whoever asked does not agree to it themselves, with another sign-in neither.

    Takes   behind, the workers to whom the sign-in that asked belongs, or belonged when it asked.
    """
    if one.asked_by != asker.account and asker.worker_id not in behind:
        return None
    return Refused("You asked for this, so somebody else looks at it.", remedy="Ask a second person to answer it.")


def refuse(
    connection: psycopg.Connection, asker: Asker, now: datetime, one: ErasureAsked, why: str, today: date
) -> None:
    """Refuse an erasure: the entry stays. Raises KeyworkerError without a reason, or where it was answered."""
    _require_waiting(one)
    if not why.strip() or len(why) > LONGEST:
        raise KeyworkerError(
            "An erasure is refused for a reason.", remedy=f"Say why, in {LONGEST} characters or fewer."
        )
    with connection.transaction():
        _answer(connection, asker, now, one, REFUSED, today, why.strip())


def agree(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    one: ErasureAsked,
    found: Sequence[Version],
    whys: Sequence[int],
    pages: Sequence[str],
    today: date,
) -> None:
    """Agree as the second person: the row is emptied in all its history, with the reasons of its changes and drafts.

    Takes   found, everything that the row ever said; whys, the entries that say why it was changed; pages, the
            addresses of the pages on which, or beneath which, drafts about it were typed.
    """
    _require_waiting(one)
    signed_by = (one.asked_by, asker.account)
    reason = codes("erasure_reason")[one.reason]
    sources = dict.fromkeys(version.entry.source for version in found)
    with connection.transaction():
        # Why it was changed goes first: what goes last says by its number whose reasons they are.
        if whys:
            erase(connection, _act(asker), now, "changed_why", whys, reason, signed_by)
        for source in sources:
            entries = [version.entry.entry_id for version in found if version.entry.source == source]
            written = erase(connection, _act(asker), now, one.in_table, entries, reason, signed_by)
        forget_about(connection, list(pages))
        _answer(connection, asker, now, one, AGREED, today)
    shared = shared_of(connection)
    with shared.transaction():
        renew(shared, written.act_id)


def _act(asker: Asker) -> Act:
    return Act("erasure", author=asker.account, purpose=asker.purpose)


def _answer(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    one: ErasureAsked,
    answer: str,
    today: date,
    why: str | None = None,
) -> None:
    changes = {"answer": answer, "answered_by": asker.account, "answered_on": today, "answered_why": why}
    amend(connection, act_of(asker, "correction"), now, [Amendment(TABLE, one.entry_id, changes)])


def _require_waiting(one: ErasureAsked) -> None:
    if not one.is_waiting:
        raise KeyworkerError("This was answered already.", remedy="Nothing needs to be done.")
