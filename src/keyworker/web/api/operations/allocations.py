"""Who works with a child: allocated, offered to another worker, answered, ended, and the days of each handover."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from keyworker.access import Thing
from keyworker.actions.allocations import Part, Steps, WantedAllocation, cause_words
from keyworker.actions.questions.allocations import WorkedWith
from keyworker.facts.handovers import Handover, Involvement
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.web.api.asking import asked
from keyworker.web.api.declaring import reads, writes
from keyworker.web.api.rows import From, Row, Who, Wrote, in_turn
from keyworker.web.api.shapes import (
    Brief,
    EntryNumber,
    Handle,
    Listed,
    Number,
    OneOf,
    Ref,
    Sent,
    Team,
    Turn,
    Worker,
    chosen_worker,
    team_of,
)
from keyworker.web.api.written import WrittenDown

router = Router(tags=["Who works with a child"])
Because = Annotated[str, OneOf(tuple(cause_words()))]
"""A finer cause of a change of worker, in the words that staff use."""


class WorksWith(Row):
    """Somebody who works with a child now, as what, and since when."""

    entry: Annotated[int, From("entry_id")]
    worker: Annotated[Worker | None, Who("worker_id")]
    role: str
    team: Team | None
    from_on: date


class WorkWith(Listed[WorksWith]):
    """A part of those who work with a child now, the longest first."""

    recorded_here: bool = Field(description="Whether it is decided here, and not in the case system.")
    changes_in_12_months: int = Field(description="How often the child's worker changed.")
    warns_after: int = Field(description="After how many changes a further one needs its reason.")


class ChangeOfWorker(Row):
    """A change of a child's worker that was offered: the answer, and the days of the handover. It is complete once the
    child was told beforehand, introduced, and offered a goodbye."""

    handover: Annotated[str, From("handover_id")]
    child: str = Field(description="The child's handle.")
    from_worker: Annotated[Worker | None, Who("from_worker_id")]
    worker: Annotated[Worker | None, Who("worker_id")]
    team: Team | None
    offered_on: date
    starts_on: date
    cause: str
    why: Wrote
    answer: str | None
    answered_on: date | None
    answered_why: Wrote
    told_on: date | None
    introduced_on: date | None
    goodbye_on: date | None
    complete: Annotated[bool, From("is_complete")]
    offered_at: datetime
    written_at: datetime


class ChangesOfWorker(Listed[ChangeOfWorker]):
    """A part of some changes of worker, the latest first day first."""


class NewAllocation(Sent):
    """Who is to work with a child, as what, from when and why. Where somebody holds the child already, another worker
    is offered the child: nothing changes for the child until they accept."""

    number: Number
    part: Annotated[str, OneOf(tuple(Part))]
    worker: Handle
    team: Handle | None = Field(None, description="The worker's team; the child's own, if none.")
    starts_on: WrittenDown
    cause: Because
    why: Brief = Field("", description="Needed where the worker has changed often.")
    until_on: WrittenDown | None = Field(None, description="Of whoever covers: the last day that is expected.")


class Ending(Sent):
    """The first day on which somebody works with a child no more, and why."""

    on: WrittenDown
    cause: Because


class OfferAnswer(Sent):
    """Whether an offered child is accepted, or refused or the offer withdrawn, and why."""

    answer: Literal["accepted", "refused", "withdrawn"]
    why: Brief = ""


class HandoverDays(Sent):
    """The days of a handover. A day that is not sent stays as it stands; one that is sent empty is taken away."""

    told_on: WrittenDown | None = Field(None, description="When the child was told.")
    introduced_on: WrittenDown | None = Field(None, description="When the child met both workers together.")
    goodbye_on: WrittenDown | None = Field(None, description="When the child was offered a goodbye.")


class Allocated(Schema):
    """The number of what was decided."""

    allocation: str


class HandedOver(Schema):
    """The number of a change of worker."""

    handover: str


@reads(router, "/children/{handle}/workers", Thing.HANDOVERS, WorkWith)
def child_workers(request: HttpRequest, handle: Handle, turn: Turn) -> Any:
    """Who works with one child today, and how often the child's worker changed."""
    with asked(request) as keyworker:
        found = keyworker.worked_with(handle)
    before = found.before

    def more(one: Involvement) -> dict[str, Any]:
        return {"team": _team(found, one.team_id)}

    return WorkWith(
        **in_turn(request, turn, before.working, WorksWith, workers=found.workers, more=more),
        recorded_here=found.is_here,
        changes_in_12_months=before.changes,
        warns_after=before.warns_after,
    )


@reads(router, "/children/{handle}/handovers", Thing.HANDOVERS, ChangesOfWorker)
def child_handovers(request: HttpRequest, handle: Handle, turn: Turn) -> Any:
    """Every change of one child's worker that was offered here, with the answer and the days of the handover."""
    with asked(request) as keyworker:
        found = keyworker.worked_with(handle)

    def more(one: Handover) -> dict[str, Any]:
        return {"child": found.handle, "team": _team(found, one.team_id)}

    return ChangesOfWorker(**in_turn(request, turn, found.handovers, ChangeOfWorker, workers=found.workers, more=more))


@reads(router, "/handovers", Thing.HANDOVERS, ChangesOfWorker)
def waiting_handovers(request: HttpRequest, turn: Turn) -> Any:
    """The changes of worker in sight that wait for an answer or lack a step, the earliest first day first."""
    with asked(request) as keyworker:
        found = keyworker.handovers()
    told = {one.handover.handover_id: one for one in found}
    workers = {ref.worker_id: ref for one in found for ref in (one.from_worker, one.to_worker)}

    def more(one: Handover) -> dict[str, Any]:
        beside = told[one.handover_id]
        return {"child": beside.handle, "team": team_of(beside.team) if beside.team else None}

    rows = [one.handover for one in found]
    return ChangesOfWorker(**in_turn(request, turn, rows, ChangeOfWorker, workers=workers, more=more))


@writes(router, "/children/{handle}/workers", Thing.ALLOCATION, Allocated)
def allocate(request: HttpRequest, handle: Handle, new: NewAllocation) -> Any:
    """Allocate a child, or offer the child to another worker; add a co-worker, or whoever covers for a while."""
    with asked(request, writes=True) as keyworker:
        _, team, receivers = keyworker.receivers(handle, new.team)
        wanted = WantedAllocation(
            new.number,
            Part(new.part),
            chosen_worker((one.worker for one in receivers), new.worker),
            team.team_id if team else None,
            new.starts_on,
            new.cause,
            new.why,
            new.until_on,
        )
        keyworker.allocate(handle, wanted)
    return Status(201, Allocated(allocation=new.number))


@writes(router, "/children/{handle}/workers/{entry}/end", Thing.ALLOCATION, Allocated)
def end_allocation(request: HttpRequest, handle: Handle, entry: EntryNumber, new: Ending) -> Any:
    """End that somebody works with a child, from a day on, for a cause."""
    with asked(request, writes=True) as keyworker:
        keyworker.end_allocation(handle, entry, new.on, new.cause)
    return Status(201, Allocated(allocation=str(entry)))


@writes(router, "/children/{handle}/handovers/{handover}/answer", Thing.HANDOVERS, HandedOver)
def answer_offer(request: HttpRequest, handle: Handle, handover: Ref, new: OfferAnswer) -> Any:
    """Accept or refuse a child who is offered to the account's worker or team, or withdraw the offer."""
    with asked(request, writes=True) as keyworker:
        keyworker.answer_offer(handle, handover, new.answer, new.why)
    return Status(201, HandedOver(handover=handover))


@writes(router, "/children/{handle}/handovers/{handover}/steps", Thing.HANDOVERS, HandedOver)
def take_steps(request: HttpRequest, handle: Handle, handover: Ref, new: HandoverDays) -> Any:
    """Write down when a child was told of a change of worker, introduced to the new one, and offered a goodbye."""
    with asked(request, writes=True) as keyworker:
        offered = keyworker.worked_with(handle).handovers
        stands = next((one for one in offered if one.handover_id == handover), None)
        if stands is None:
            raise KeyworkerError("No such change of worker was offered.", remedy="List them again.")
        sent = new.model_fields_set
        days = {
            name: getattr(new if name in sent else stands, name) for name in ("told_on", "introduced_on", "goodbye_on")
        }
        keyworker.take_steps(handle, handover, Steps(**days))
    return Status(201, HandedOver(handover=handover))


def _team(found: WorkedWith, team_id: str | None) -> Team | None:
    ref = found.teams.get(team_id or "")
    return team_of(ref) if ref else None
