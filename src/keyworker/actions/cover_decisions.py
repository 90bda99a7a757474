"""Deciding for a child whose worker is away who covers, from when until when, or why nobody does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import psycopg

from keyworker.access import Asker
from keyworker.actions.allocations import FARTHEST_AHEAD, INVOLVEMENTS, BeforeChange
from keyworker.actions.writing import LONGEST, act_of, written_down, wrong_day
from keyworker.facts.cover_decisions import AwayNow, CoverDecision
from keyworker.record.writer import append
from keyworker.vocabulary.causes import Cause
from keyworker.vocabulary.errors import KeyworkerError

TABLE, WHERE = "cover_decision", "cover"
DAYS_AWAY = "days away before cover is decided"
"""The council's setting: for how many days a worker may be away before each child of theirs needs a decision."""
USUAL_DAYS = 7
DAYS_AHEAD = "days ahead that cover is decided"
"""The council's setting: from how many days before an absence that is planned each child needs a decision."""
USUAL_AHEAD = 14
NOBODY = "nobody"
ROLE, CAUSE = "covering worker", Cause.ABSENCE.value
FARTHEST = timedelta(days=366)


@dataclass(frozen=True)
class WantedCover:
    """What a manager means to decide.

    Takes   number, a random word of the form's, so that a form sent twice writes once; covered_by, a worker, None
            where nobody covers; team_id, in which they cover; until_on, the last day for which it is decided.
    """

    number: str
    covered_by: str | None
    team_id: str | None
    from_on: date | None
    until_on: date | None
    why: str = ""
    is_chosen: bool = True


def days_before(setting: str | None, usual: int = USUAL_DAYS) -> int:
    """For how many days somebody may be away before cover is decided, or from how many days before that it is.

    Takes   setting, what the council has set; usual, what holds where it set nothing that can be read.
    """
    said = (setting or "").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) < 3 else usual


def problems(wanted: WantedCover, before: BeforeChange, away: AwayNow, today: date) -> dict[str, str]:
    """What is wrong with it, by the field in which it was typed."""
    found: dict[str, str] = {}
    if not wanted.is_chosen:
        found["covered_by"] = "Choose who covers, or that nobody does"
    elif wanted.covered_by == away.worker_id:
        found["covered_by"] = "This is the worker who is away: choose somebody else"
    elif any(one.worker_id == wanted.covered_by for one in before.working):
        found["covered_by"] = "This worker works with the child already: choose somebody else, or say so as the reason"
    if wanted.from_on is None:
        found["from_on"] = "The first day must be a real day, such as 27 March 2026"
    elif wanted.from_on > today + FARTHEST_AHEAD:
        found["from_on"] = "The first day must be within three months"
    elif wanted.from_on <= today and (wrong := wrong_day(wanted.from_on, today)):
        found["from_on"] = wrong
    first = wanted.from_on or today
    if wanted.until_on is None:
        found["until_on"] = "The last day must be a real day, such as 27 March 2026"
    elif wanted.until_on < first or wanted.until_on > today + FARTHEST:
        found["until_on"] = "The last day must be on or after the first, and within a year from today"
    if wanted.is_chosen and wanted.covered_by is None and not wanted.why.strip():
        found["why"] = "Say why nobody needs to cover"
    elif len(wanted.why) > LONGEST:
        found["why"] = f"Why must be {LONGEST} characters or fewer"
    return found


def decide(
    connection: psycopg.Connection, asker: Asker, now: datetime, child_id: str, wanted: WantedCover,
    before: BeforeChange, away: AwayNow, today: date,
) -> None:  # fmt: skip
    """Write the decision down; whoever covers works with the child from the first day. Both or neither.

    Raises  KeyworkerError for what says too little; AlreadyRecorded when the same form was sent before.
    """
    if wrong := problems(wanted, before, away, today):
        raise KeyworkerError(f"{next(iter(wrong.values()))}.", where=WHERE, remedy="Mend it and try again.")
    rows: dict[str, list[dict[str, Any]]] = {TABLE: [row_of(child_id, wanted, away, today)]}
    if wanted.covered_by is not None and wanted.until_on is not None:
        rows[INVOLVEMENTS] = [
            {
                "involvement_id": f"{wanted.number}-cover",
                "child_id": child_id,
                "worker_id": wanted.covered_by,
                "role": ROLE,
                "team_id": wanted.team_id,
                "from_on": wanted.from_on,
                "to_on": wanted.until_on + timedelta(days=1),
                "change_reason": CAUSE,
            }
        ]
    written_down(connection, lambda: append(connection, act_of(asker, "entry"), now, rows))


def row_of(child_id: str, wanted: WantedCover, away: AwayNow, today: date) -> dict[str, Any]:
    """What the record holds of a decision."""
    return {
        "decision_id": wanted.number,
        "child_id": child_id,
        "worker_id": away.worker_id,
        "away_since_on": away.from_on,
        "covered_by": wanted.covered_by,
        "happened_on": today,
        "from_on": wanted.from_on,
        "until_on": wanted.until_on,
        "why": wanted.why.strip() or None,
    }


def said_so(stands: CoverDecision, wanted: WantedCover) -> bool:
    """Whether a decision that stands under a form's number is what the form says now."""
    said = (wanted.covered_by, wanted.until_on, wanted.why.strip() or None)
    return (stands.covered_by, stands.until_on, stands.why) == said
