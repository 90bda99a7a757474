"""Made-up entries that were recorded with a form: a contact with its decision, and a referral that an extract told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from keyworker.actions.hand_duties import Turned
from keyworker.actions.questions.by_hand import EntryTold, OnRecord
from keyworker.actions.questions.erasures import ErasureTold
from keyworker.clocks.engine import Reading
from keyworker.clocks.readings import State
from keyworker.clocks.rules import Subject
from keyworker.facts.by_hand import HandEntry, Version
from keyworker.facts.erasures import ErasureAsked
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.forms import forms

CHILD = "C00001"


def made(entry_id: int, table: str, source: str, by: str, at: datetime, **values: Any) -> HandEntry:
    """An entry. Takes values, by column; the others are empty."""
    every = dict.fromkeys(TABLES[table].column_names) | {"child_id": CHILD} | values
    return HandEntry(entry_id, table, source, 1, by, at, every)


AT = datetime(2026, 11, 19, 17, 30, tzinfo=UTC)
LOADED = datetime(2026, 11, 1, 6, tzinfo=UTC)
WAS = made(
    81, "contacts", "keyworker", "sorrel", AT,
    contact_id="1" * 32, happened_on=date(2026, 11, 18), happened_time=time(16, 40), source_code="2A",
    source_desc="<b>Oak</b> School",
)  # fmt: skip
CONTACT = replace(
    WAS,
    entry_id=82,
    written_by="rowan",
    written_at=datetime(2026, 11, 20, 9, tzinfo=UTC),
    values={**WAS.values, "happened_on": date(2026, 11, 19)},
)
DECISION = made(
    83, "step", "keyworker", "rowan", AT,
    step_id="2" * 32, kind="contact decision", belongs_to="contacts", belongs_to_id="1" * 32,
    happened_on=date(2026, 11, 20), outcome="referral",
)  # fmt: skip
REFERRAL = made(
    84, "cin_episodes", "ssd", "loader", LOADED,
    referral_id="r1", from_on=date(2026, 9, 1), referral_source_code="6", primary_need_code="N1",
)  # fmt: skip
NOTE = made(
    85, "case_note", "keyworker", "sorrel", AT,
    note_id="3" * 32, happened_on=date(2026, 11, 18), kind="call", present="Mr Unreal, school",
    note="Late again <b>on Monday</b>.",
)  # fmt: skip
DUE = Reading(
    rule="contact-screening-1wd",
    title="Contact screening decision",
    subject_kind=Subject.CHILD,
    subject=CHILD,
    started_on=date(2026, 11, 19),
    due_on=date(2026, 11, 20),
    met_on=None,
    stopped_on=None,
    state=State.RUNNING,
    passed_due=False,
    recorded_late=None,
    reason="One working day from the contact on 19 November 2026.",
    source="A made-up rulebook",
    basis="statutory guidance",
)
ENTRIES = (DECISION, CONTACT, REFERRAL)
ON_RECORD = OnRecord(ENTRIES, tuple(forms().values()))
VERSIONS = (
    Version(WAS, "entry", True, CONTACT.written_at, None),
    Version(CONTACT, "correction", True, None, "It came <i>a day</i> later."),
)
TOLD = EntryTold(CONTACT, VERSIONS, Turned((DUE,)), True, (DECISION,))
ERASURE = ErasureTold(
    ErasureAsked(
        "7" * 32, CHILD, date(2026, 11, 20), "contacts", 82, "another child", "Told of a neighbour’s child.", "rowan",
        None, None, None, None, 90,
    ),
    f"ch{1:022}",
    "Ashby Testwood",
    VERSIONS,
)  # fmt: skip
