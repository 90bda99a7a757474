"""Writing down a meeting about a child: who was invited and came, how the family took part, what was decided.

What a timescale starts from or is met by is written beside it as a step, in the same act.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import psycopg

from keyworker.access import Asker
from keyworker.actions.writing import LONGEST, act_of, require_same, written_down, wrong_day
from keyworker.facts.meetings import Meeting
from keyworker.record.writer import Amendment, amend, append
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.errors import KeyworkerError

MEETING, INVITATION, STEP, WHERE = "meeting", "meeting_invitation", "step", "a meeting"
CAME, NOT_ASKED, OURS = "came", "not asked", "children's social care"
STRATEGY = "strategy discussion"
QUORUM = "quorum of a meeting"
"""The council's setting, for a kind of meeting: how many agencies beside social care must come."""
LONG = 4_000
"""The characters that a decision may have: about two pages."""
FARTHEST_AHEAD = timedelta(days=366)
STEPS: Mapping[str, tuple[str, str]] = {
    STRATEGY: ("strategy discussion", "cin_episodes"),
    "core group": ("core group", "cp_plans"),
    "cin meeting": ("child in need meeting", "cin_plans"),
    "cin review": ("child in need review", "cin_plans"),
    "family help review": ("early help review", "family_help_plan"),
}
"""The step that a meeting of each kind is to the clocks, and to what it belongs. A conference has its own table."""
REPORTS: Mapping[str, str] = {"initial conference": "initial_cp_conference", "review conference": "cp_reviews"}
"""The kinds before which a report is due, and the table of the conference itself."""


@dataclass(frozen=True)
class WantedMeeting:
    """A meeting that somebody means to write down.

    Takes   meeting_id, a random word of the form's, so that a form sent twice writes once; invited, by agency what each
            did, codes of the vocabulary; held, whether it went ahead; worker_id, the worker who chaired it; the rest as
            `facts.meetings.Meeting` has it.
    """

    meeting_id: str
    happened_on: date | None
    kind: str
    held: bool | None
    invited: Mapping[str, str] = field(default_factory=dict)
    worker_id: str = ""
    why: str = ""
    enquiry: bool | None = None
    report_on: date | None = None
    child_part: str = ""
    child_part_why: str = ""
    parents_part: str = ""
    advocate_offered: bool | None = None
    advocate_came: bool | None = None
    decision: str = ""
    next_on: date | None = None

    def is_quorate(self, quorum: int | None) -> bool | None:
        """Whether social care and enough other agencies came. Takes quorum, None where the council has set none."""
        came = {agency for agency, did in self.invited.items() if did == CAME}
        return None if quorum is None else OURS in came and len(came - {OURS}) >= quorum


def quorum_said(said: str | None) -> int | None:
    """The quorum that a setting says. Raises KeyworkerError where it says no whole number."""
    if said is None:
        return None
    if not said.strip().isdecimal():
        raise KeyworkerError(
            "The setting does not say a whole number.",
            where=f"the setting {QUORUM}",
            remedy="Correct its value, and load it again.",
        )
    return int(said)


def problems(wanted: WantedMeeting, quorum: int | None, today: date) -> dict[str, str]:
    """What is wrong with it, by the field in which it was typed. Takes quorum, of the council for its kind."""
    found: dict[str, str] = {}
    if wanted.kind not in codes("meeting_kind"):
        found["kind"] = "Choose which meeting it was"
    if wanted.happened_on is None:
        found["on"] = "Enter a real day, such as 27 March 2026"
    elif wrong := wrong_day(wanted.happened_on, today):
        found["on"] = wrong
    if wanted.held is None:
        found["held"] = "Choose whether it went ahead"
    elif not wanted.why.strip() and not wanted.held:
        found["why"] = "Enter why it did not go ahead"
    elif not wanted.why.strip() and wanted.is_quorate(quorum) is False:
        found["why"] = "Too few agencies came for a quorum: enter why it went ahead all the same"
    unknown = set(wanted.invited) - set(codes("agency")) or set(wanted.invited.values()) - set(codes("attendance"))
    if unknown:
        found["invited"] = "Choose for each agency what it did"
    if wanted.held:
        found |= _wrong_of_held(wanted)
    for name, said, most in (
        ("why", wanted.why, LONGEST),
        ("child_part_why", wanted.child_part_why, LONGEST),
        ("decision", wanted.decision, LONG),
    ):
        if len(said) > most:
            found[name] = f"It must be {most:,} characters or fewer"
    return found | _wrong_days(wanted)


def _wrong_of_held(wanted: WantedMeeting) -> dict[str, str]:
    found: dict[str, str] = {}
    if not any(did == CAME for did in wanted.invited.values()):
        found["invited"] = "Say which agencies came"
    if wanted.child_part not in codes("child_part"):
        found["child_part"] = "Choose how the child took part"
    elif wanted.child_part == NOT_ASKED and not wanted.child_part_why.strip():
        found["child_part_why"] = "Enter why the child was not asked"
    if wanted.parents_part not in codes("parents_part"):
        found["parents_part"] = "Choose how the parents took part"
    if wanted.advocate_came and wanted.advocate_offered is False:
        found["advocate_came"] = "An advocate came, so one was offered"
    if wanted.kind == STRATEGY and wanted.enquiry is None:
        found["enquiry"] = "Choose whether enquiries begin"
    if not wanted.decision.strip():
        found["decision"] = "Enter what was decided, also if nothing changes"
    return found


def _wrong_days(wanted: WantedMeeting) -> dict[str, str]:
    found: dict[str, str] = {}
    on = wanted.happened_on
    if on and wanted.report_on and not on - FARTHEST_AHEAD <= wanted.report_on <= on:
        found["report_on"] = "The report was shared on or before the day of the meeting"
    if on and wanted.next_on and not on < wanted.next_on <= on + FARTHEST_AHEAD:
        found["next_on"] = "The next meeting is after this one, and within a year of it"
    return found


def meeting_row(child_id: str, wanted: WantedMeeting, quorum: int | None) -> dict[str, Any]:
    """The meeting as the record holds it: of one that did not go ahead, nothing that was not asked."""
    held = bool(wanted.held)
    is_ours = wanted.kind == STRATEGY
    said = {
        "quorate": wanted.is_quorate(quorum),
        "enquiry": wanted.enquiry if is_ours else None,
        "child_part": wanted.child_part or None,
        "child_part_why": wanted.child_part_why.strip() or None if wanted.child_part == NOT_ASKED else None,
        "parents_part": wanted.parents_part or None,
        "advocate_offered": wanted.advocate_offered,
        "advocate_came": wanted.advocate_came,
        "decision": wanted.decision.strip() or None,
    }
    return {
        "meeting_id": wanted.meeting_id,
        "child_id": child_id,
        "happened_on": wanted.happened_on,
        "kind": wanted.kind,
        "worker_id": wanted.worker_id or None,
        "held": held,
        "why": wanted.why.strip() or None,
        "report_on": wanted.report_on,
        "next_on": wanted.next_on,
        **(said if held else dict.fromkeys(said)),
    }


def step_ids(meeting_id: str) -> list[str]:
    """The numbers of the steps that a meeting may be to the clocks: itself, and the report before it."""
    return [meeting_id, f"{meeting_id}-report"]


def step_rows(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What a meeting is to the clocks. One that did not go ahead is nothing; a report was shared all the same."""
    itself, report = step_ids(row["meeting_id"])
    about = {"child_id": row["child_id"], "by_whom": "meeting"}
    found = []
    if row["held"] and row["kind"] in STEPS:
        kind, belongs_to = STEPS[row["kind"]]
        outcome = None if row["enquiry"] is None else "enquiry" if row["enquiry"] else "no enquiry"
        one = {"step_id": itself, "kind": kind, "happened_on": row["happened_on"], "belongs_to": belongs_to}
        found.append(about | one | {"outcome": outcome})
    if row["report_on"] and row["kind"] in REPORTS:
        one = {"step_id": report, "kind": "conference report", "happened_on": row["report_on"]}
        found.append(about | one | {"belongs_to": REPORTS[row["kind"]]})
    return found


def record(
    connection: psycopg.Connection,
    asker: Asker,
    now: datetime,
    row: Mapping[str, Any],
    wanted: WantedMeeting,
    quorum: int | None,
    today: date,
) -> None:
    """Write a meeting down with who came, and work anew what is due. Takes row, of `meeting_row`.

    Raises  KeyworkerError for one that says too little; AlreadyRecorded when the same form was sent before.
    """
    if wrong := problems(wanted, quorum, today):
        raise KeyworkerError(f"{next(iter(wrong.values()))}.", where=WHERE, remedy="Mend it and try again.")
    about = {name: row[name] for name in ("meeting_id", "child_id", "happened_on")}
    rows: dict[str, list[dict[str, Any]]] = {
        MEETING: [dict(row)],
        INVITATION: [about | {"agency": agency, "attended": did} for agency, did in sorted(wanted.invited.items())],
        STEP: step_rows(row),
    }
    written_down(connection, lambda: append(connection, act_of(asker, "entry"), now, rows))


def require_as_sent(stands: Meeting | None, row: Mapping[str, Any], invited: Mapping[str, str]) -> None:
    """Whether a form that was sent twice said the same each time. Raises SentOtherwise."""
    said = {("is_held" if name == "held" else name): value for name, value in row.items()}
    require_same(stands, {**said, "invited": tuple(sorted(invited.items()))}, WHERE)


def withdraw(
    connection: psycopg.Connection, asker: Asker, now: datetime, one: Meeting, steps: Sequence[int], why: str
) -> None:
    """Withdraw a meeting: it was never held or meant, and what it met is due again. Takes steps, its entries.

    Raises  KeyworkerError without a reason, or for one that was withdrawn already.
    """
    if not why.strip() or len(why) > LONGEST:
        raise KeyworkerError("It is withdrawn for a reason.", remedy=f"Say why, in {LONGEST} characters or fewer.")
    if one.is_withdrawn:
        raise KeyworkerError("It was withdrawn already.", remedy="Open the meetings again.")
    changes = [Amendment(MEETING, one.entry_id, {"withdrawn": True, "changed_why": why.strip()})]
    changes += [Amendment(STEP, entry_id, None) for entry_id in steps]
    written_down(connection, lambda: amend(connection, act_of(asker, "correction"), now, changes))


def meeting_record(one: Meeting) -> dict[str, Any]:
    """A meeting as a flat row. Whoever asks for it is logged with the child."""
    names = ("meeting_id", "happened_on", "kind", "worker_id", "is_held", "quorate", "why", "enquiry", "report_on")
    part = ("child_part", "child_part_why", "parents_part", "advocate_offered", "advocate_came", "decision", "next_on")
    more = ("written_by", "written_at", "is_withdrawn", "changed_why")
    return {name: getattr(one, name) for name in (*names, *part, *more)}
