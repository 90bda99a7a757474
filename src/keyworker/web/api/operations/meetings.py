"""Meetings about a child: read, written down, withdrawn."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from keyworker.access import Thing
from keyworker.actions.meetings import WantedMeeting
from keyworker.facts.meetings import Meeting
from keyworker.web.api.asking import asked
from keyworker.web.api.declaring import reads, writes
from keyworker.web.api.rows import From, Row, Who, Wrote, in_turn
from keyworker.web.api.shapes import (
    Brief,
    Handle,
    Listed,
    Long,
    Number,
    OneOf,
    Ref,
    Sent,
    Turn,
    Why,
    Worker,
    chosen_worker,
)
from keyworker.web.api.written import WrittenDown

router = Router(tags=["Meetings and challenges"])


class Invited(Sent):
    """An agency that was invited, and what it did."""

    agency: Annotated[str, OneOf("agency")]
    did: Annotated[str, OneOf("attendance")]


class Attended(Schema):
    """An agency that was invited, and what it did."""

    agency: str
    did: str


class Met(Row):
    """A meeting about a child. `quorate` is empty where the council has set no quorum. Words are for names' tokens."""

    meeting: Annotated[str, From("meeting_id")]
    kind: str
    on: Annotated[date, From("happened_on")]
    held: Annotated[bool, From("is_held")]
    chair: Annotated[Worker | None, Who("worker_id")]
    invited: list[Attended]
    quorate: bool | None
    why: Wrote
    enquiry: bool | None
    report_on: date | None
    child_part: str | None
    child_part_why: Wrote
    parents_part: str | None
    advocate_offered: bool | None
    advocate_came: bool | None
    decision: Wrote
    next_on: date | None
    withdrawn: Annotated[bool, From("is_withdrawn")]
    changed_why: Wrote
    written_at: datetime
    changed_at: datetime


class Meetings(Listed[Met]):
    """A part of the meetings about a child that were written down here, the latest first."""


class NewMeeting(Sent):
    """A meeting about a child. One that did not go ahead says why, and nothing of how it went."""

    number: Number
    on: WrittenDown
    kind: Annotated[str, OneOf("meeting_kind")]
    held: bool
    chair: Handle | None = Field(None, description="The worker who chaired it.")
    invited: Annotated[list[Invited], Field(max_length=40)] = []
    why: Brief = Field("", description="Why it did not go ahead, or went ahead without a quorum.")
    enquiry: bool | None = Field(None, description="Of a strategy discussion: whether enquiries begin.")
    report_on: WrittenDown | None = Field(None, description="When the report was shared.")
    child_part: Annotated[str, OneOf("child_part")] | None = None
    child_part_why: Brief = ""
    parents_part: Annotated[str, OneOf("parents_part")] | None = None
    advocate_offered: bool | None = None
    advocate_came: bool | None = None
    decision: Long = ""
    next_on: WrittenDown | None = None


class Minuted(Schema):
    """The number of a meeting."""

    meeting: str


@reads(router, "/children/{handle}/meetings", Thing.CHILD, Meetings)
def child_meetings(request: HttpRequest, handle: Handle, turn: Turn) -> Any:
    """The meetings about one child that were written down here, also those that were withdrawn."""
    with asked(request) as keyworker:
        found = keyworker.meetings(handle)
    return Meetings(**in_turn(request, turn, found.meetings, Met, workers=found.workers, more=_invited))


@writes(router, "/children/{handle}/meetings", Thing.MEETINGS, Minuted)
def record_meeting(request: HttpRequest, handle: Handle, new: NewMeeting) -> Any:
    """Write a meeting about a child down: who was invited and came, how the family took part, what was decided."""
    with asked(request, writes=True) as keyworker:
        keyworker.may_minute(handle)
        chairs = keyworker.meetable(handle).chairs if new.chair else ()
        wanted = WantedMeeting(
            new.number,
            new.on,
            new.kind,
            new.held,
            {one.agency: one.did for one in new.invited},
            chosen_worker(chairs, new.chair),
            new.why,
            new.enquiry,
            new.report_on,
            new.child_part or "",
            new.child_part_why,
            new.parents_part or "",
            new.advocate_offered,
            new.advocate_came,
            new.decision,
            new.next_on,
        )
        keyworker.record_meeting(handle, wanted)
    return Status(201, Minuted(meeting=new.number))


@writes(router, "/children/{handle}/meetings/{meeting}/withdrawal", Thing.MEETINGS, Minuted)
def withdraw_meeting(request: HttpRequest, handle: Handle, meeting: Ref, why: Why) -> Any:
    """Withdraw a meeting that was written down here: it starts and meets no clock any more."""
    with asked(request, writes=True) as keyworker:
        keyworker.withdraw_meeting(handle, meeting, why.why)
    return Status(201, Minuted(meeting=meeting))


def _invited(one: Meeting) -> dict[str, Any]:
    return {"invited": [Attended(agency=agency, did=did) for agency, did in one.invited]}
