"""Copies for people outside that were asked for: which, and how each stands. Asking, agreeing and giving stay with
people: what is marked is left out of every answer here, so nobody could have looked at the copy that would go."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from keyworker.access import Thing
from keyworker.web.api.asking import asked
from keyworker.web.api.declaring import reads
from keyworker.web.api.rows import From, Row, Wrote, in_turn
from keyworker.web.api.shapes import Handle, Listed, Turn

router = Router(tags=["Copies"])


class CopyTold(Row):
    """A copy for somebody outside that was asked for, and how it stands. What it says is not told."""

    copy_number: Annotated[str, From("copy_id")]
    child: Annotated[str, From("handle")] = Field(description="The child's handle.")
    relation: str = Field(description="What whoever it is for is to the child.")
    person: Wrote
    purpose: Wrote
    with_family: bool
    with_plan: bool
    left_out: int | None = Field(description="How much was left out of it.")
    asked_on: Annotated[date, From("happened_on")]
    asked_at: datetime
    state: str
    answered_why: Wrote


class Copies(Listed[CopyTold]):
    """A part of some copies that were asked for."""


@reads(router, "/children/{handle}/copies", Thing.COPIES, Copies)
def child_copies(request: HttpRequest, handle: Handle, turn: Turn) -> Any:
    """The copies for people outside that were asked for of one child, the latest first."""
    with asked(request) as keyworker:
        found = keyworker.copies(handle)
    return Copies(**in_turn(request, turn, found, CopyTold))


@reads(router, "/copies-to-answer", Thing.AGREEING_COPIES, Copies)
def copies_to_answer(request: HttpRequest, turn: Turn) -> Any:
    """The copies that wait for a second person whom the account may be, the oldest first."""
    with asked(request) as keyworker:
        found = keyworker.waiting()
    return Copies(**in_turn(request, turn, found, CopyTold))
