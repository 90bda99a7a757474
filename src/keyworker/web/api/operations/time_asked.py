"""Time asked for: saying that a duty cannot be done by its day, and a manager's answer by a set day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from keyworker.access import Thing
from keyworker.actions.time_asked import WITH_A_HELPER, WantedAnswer, WantedTime
from keyworker.web.api.asking import asked
from keyworker.web.api.declaring import reads, writes
from keyworker.web.api.rows import From, Row, Wrote, in_turn
from keyworker.web.api.shapes import (
    Brief,
    Handle,
    Listed,
    Nothing,
    Number,
    Ref,
    Sent,
    Turn,
    chosen_worker,
)
from keyworker.web.api.written import WrittenDown

router = Router(tags=["What is due"])


class TimeAskedFor(Row):
    """That somebody said that they cannot do a duty by its day. It is never told who: that would be lateness by
    worker. Words are left out unless the token is for names."""

    asked: Annotated[str, From("asked_id")]
    child: Annotated[str, From("handle")] = Field(description="The child's handle.")
    rule: str
    due_on: date
    asked_on: Annotated[date, From("happened_on")]
    asked_at: datetime
    answer_by_on: date = Field(description="Unanswered after this day, it is the service that is late.")
    reason: Wrote
    answer: str | None
    answered_on: date | None
    until_on: date | None = Field(description="The later date, or until when it may be late.")
    answer_says: Wrote
    exception: Annotated[str | None, From("exception_id")] = Field(
        description="The exception that gives the later date."
    )


class TimesAsked(Listed[TimeAskedFor]):
    """A part of the times that time was asked for."""


class NewAsking(Sent):
    """The open duty for which time is asked, by its rule and its day, and why it cannot be done by then."""

    number: Number
    rule: Ref
    due_on: WrittenDown
    reason: Brief


class Answered(Sent):
    """A manager's answer: another date, somebody else, going together, or accepted late."""

    answer: Literal["later date", "given", "together", "accepted late"]
    until_on: WrittenDown | None = Field(None, description="The later date, or until when it may be late.")
    helper: Handle | None = Field(None, description="Who does it, or goes too.")
    says: Brief


class AskedFor(Schema):
    """The number of what was asked for."""

    asked: str


@reads(router, "/children/{handle}/time-asked", Thing.CHILD, TimesAsked)
def child_time_asked(request: HttpRequest, handle: Handle, turn: Turn) -> Any:
    """Every time that time was asked for of one child's duties, with the answer, the latest first."""
    with asked(request) as keyworker:
        found = keyworker.time_asked(handle)
    return TimesAsked(**in_turn(request, turn, found, TimeAskedFor))


@reads(router, "/time-to-answer", Thing.ANSWERING_TIME, TimesAsked)
def time_to_answer(request: HttpRequest, turn: Turn) -> Any:
    """The times asked for that wait for an answer which the account may give, the oldest first."""
    with asked(request) as keyworker:
        found = [one.asked for one in keyworker.time_to_answer()]
    return TimesAsked(**in_turn(request, turn, found, TimeAskedFor))


@writes(router, "/children/{handle}/time-asked", Thing.TIME_ASKED, AskedFor)
def ask_time(request: HttpRequest, handle: Handle, new: NewAsking) -> Any:
    """Say that an open duty to a child cannot be done by its day, which a manager must answer by a set day."""
    with asked(request, writes=True) as keyworker:
        keyworker.ask_time(handle, WantedTime(new.number, new.rule, new.due_on, new.reason))
    return Status(201, AskedFor(asked=new.number))


@writes(router, "/children/{handle}/time-asked/{asked_for}/answer", Thing.ANSWERING_TIME, AskedFor)
def answer_time(request: HttpRequest, handle: Handle, asked_for: Ref, new: Answered) -> Any:
    """Answer somebody who asked for time. Nobody answers themselves."""
    with asked(request, writes=True) as keyworker:
        helper = new.helper if new.answer in WITH_A_HELPER else None
        helpers = keyworker.answerable(handle, asked_for).helpers if helper else ()
        wanted = WantedAnswer(new.answer, new.until_on, chosen_worker(helpers, helper) or None, new.says)
        keyworker.answer_time(handle, asked_for, wanted)
    return Status(201, AskedFor(asked=asked_for))


@writes(router, "/children/{handle}/time-asked/{asked_for}/withdrawal", Thing.TIME_ASKED, AskedFor)
def take_time_back(request: HttpRequest, handle: Handle, asked_for: Ref, nothing: Nothing) -> Any:  # noqa: ARG001
    """Take back that the account's worker asked for time."""
    with asked(request, writes=True) as keyworker:
        keyworker.take_time_back(handle, asked_for)
    return Status(201, AskedFor(asked=asked_for))
