"""Children whose worker is away or has left: which of them need a decision, and deciding who covers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from keyworker.access import Thing
from keyworker.actions.cover_decisions import WantedCover
from keyworker.actions.questions.cover_decisions import ToCover
from keyworker.web.api.asking import asked
from keyworker.web.api.declaring import reads, writes
from keyworker.web.api.rows import From, Row, Who, Wrote, in_turn, teller
from keyworker.web.api.shapes import Brief, Handle, Listed, Number, Sent, Turn, Worker, chosen_worker, worker_of
from keyworker.web.api.written import WrittenDown

router = Router(tags=["Who works with a child"])


class ChildToCover(Row):
    """A child who needs a decision: the worker, and until when they are away. Why they are away is told to nobody."""

    child: str = Field(description="The child's handle.")
    worker: Worker
    has_left: bool = Field(description="Whether the worker has left the service: then the child needs another.")
    away_since: date | None
    back_on: date | None = Field(description="When they are expected back; empty where nobody knows.")


class ChildrenToCover(Listed[ChildToCover]):
    """A part of the children for whom it is not decided who covers; those whose worker has left first."""


class CoverDecided(Row):
    """What was decided for a child while the worker is away. Without `covered_by` nobody covers, and `why` says why."""

    decision: Annotated[str, From("decision_id")]
    worker: Annotated[Worker | None, Who("worker_id")]
    covered_by: Annotated[Worker | None, Who("covered_by")]
    from_on: date | None
    until_on: date | None
    why: Wrote
    decided_on: date
    decided_at: datetime


class CoverOfChild(Listed[CoverDecided]):
    """A part of what was decided, the latest first, and whether the child's worker is away now."""

    worker: Worker | None
    away_since: date | None
    back_on: date | None


class NewCover(Sent):
    """Who covers for a child, in which team, from when until when; or, with nobody, why nobody needs to."""

    number: Number
    covered_by: Handle | None = None
    team: Handle | None = Field(None, description="The team of whoever covers; the child's own, if none.")
    from_on: WrittenDown
    until_on: WrittenDown
    why: Brief = ""


class CoverNumbered(Schema):
    """The number of a decision."""

    decision: str


@reads(router, "/to-cover", Thing.ALLOCATION, ChildrenToCover)
def to_cover(request: HttpRequest, turn: Turn) -> Any:
    """The children for whom the account decides whose worker is away for long, or has left, with nothing decided."""
    with asked(request) as keyworker:
        found = keyworker.to_cover()
    names = teller(request).names

    def more(one: ToCover) -> dict[str, Any]:
        away = one.away
        told = {"child": one.child.handle, "worker": worker_of(one.worker, names=names), "has_left": away is None}
        return told | {"away_since": away.from_on if away else None, "back_on": away.back_on if away else None}

    return ChildrenToCover(**in_turn(request, turn, found, ChildToCover, more=more))


@reads(router, "/children/{handle}/cover", Thing.ALLOCATION, CoverOfChild)
def child_cover(request: HttpRequest, handle: Handle, turn: Turn) -> Any:
    """Whether one child's worker is away, until when, and what was decided for the child."""
    with asked(request) as keyworker:
        found = keyworker.cover_told(handle)
    return CoverOfChild(
        **in_turn(request, turn, found.decisions, CoverDecided, workers=found.workers),
        worker=worker_of(found.worker, names=teller(request).names) if found.worker else None,
        away_since=found.away.from_on if found.away else None,
        back_on=found.away.back_on if found.away else None,
    )


@writes(router, "/children/{handle}/cover", Thing.ALLOCATION, CoverNumbered)
def decide_cover(request: HttpRequest, handle: Handle, new: NewCover) -> Any:
    """Decide who covers for a child while the worker is away, or why nobody does."""
    with asked(request, writes=True) as keyworker:
        _, team, receivers = keyworker.receivers(handle, new.team)
        covers = chosen_worker((one.worker for one in receivers), new.covered_by)
        of_team = team.team_id if team and covers else None
        wanted = WantedCover(new.number, covers or None, of_team, new.from_on, new.until_on, new.why)
        keyworker.decide_cover(handle, wanted)
    return Status(201, CoverNumbered(decision=new.number))
