"""Planned visits: planned for brothers and sisters, moved, called off. A plan counts for nothing until it is met."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from keyworker.access import Thing
from keyworker.actions.planned_visits import WantedEnd, WantedPlan
from keyworker.actions.questions.naming import known
from keyworker.facts.days import london_day
from keyworker.facts.handles import HandleKind
from keyworker.facts.pictures import WorkerRef
from keyworker.facts.planned_visits import PlannedVisit
from keyworker.web import bound
from keyworker.web.api.asking import asked
from keyworker.web.api.declaring import reads, writes
from keyworker.web.api.rows import From, Row, Wrote, in_turn
from keyworker.web.api.shapes import (
    Brief,
    Handle,
    Listed,
    Number,
    OneOf,
    Ref,
    Sent,
    Turn,
    chosen_worker,
)
from keyworker.web.api.written import Time, WrittenDown

router = Router(tags=["Visits"])
PartOfDay = Annotated[str, OneOf("part_of_day")]
Place = Annotated[str, OneOf("visit_place")]


class PlannedFor(Row):
    """A visit that was planned to one child. `together` is what the children of one planned visit share."""

    planned: Annotated[str, From("planned_id")]
    child: Annotated[str, From("handle")] = Field(description="The child's handle.")
    together: Annotated[str, From("together_id")]
    on: Annotated[date, From("planned_on")]
    at: Annotated[time | None, From("planned_time")]
    part_of_day: str | None
    announced: bool | None = Field(description="Whether the family is told.")
    place: str | None
    standing: str
    outcome: str | None = Field(description="What came of it, once a visit meets it.")
    visit: Annotated[str | None, From("visit_id")] = Field(description="The visit that was written here as this one.")
    planned_at: datetime
    ended_on: date | None
    ended_by: str | None
    ended_why: Wrote
    moved_from: str | None


class PlannedVisits(Listed[PlannedFor]):
    """A part of some planned visits, the earliest day first."""


class NewPlan(Sent):
    """A visit to be made: a time or a part of the day, who goes (the account's worker, if none), to which children."""

    number: Number
    on: WrittenDown
    at: Time | None = None
    part_of_day: PartOfDay | None = None
    worker: Handle | None = None
    announced: bool | None = None
    place: Place | None = None
    children: Annotated[list[Handle], Field(min_length=1, max_length=20)]


class NewTime(Sent):
    """Another day for a planned visit, with who asked for it and why. All its children who still wait move together."""

    number: Number
    on: WrittenDown
    at: Time | None = None
    part_of_day: PartOfDay | None = None
    worker: Handle | None = None
    announced: bool | None = None
    place: Place | None = None
    by: Annotated[str, OneOf("cancelled_by")]
    why: Brief


class CalledOff(Sent):
    """Who called a planned visit off, and why."""

    by: Annotated[str, OneOf("cancelled_by")]
    why: Brief


class Numbers(Schema):
    """The number of the planned visit for each child, by the child's handle."""

    planned: dict[str, str]


@reads(router, "/children/{handle}/planned-visits", Thing.CHILD, PlannedVisits)
def child_planned_visits(request: HttpRequest, handle: Handle, turn: Turn) -> Any:
    """Every visit that was planned to one child, with what came of it."""
    with asked(request) as keyworker:
        found = keyworker.planned_visits(handle)
    return PlannedVisits(**in_turn(request, turn, found, PlannedFor, more=_standing))


@reads(router, "/planned-visits", Thing.VISITS, PlannedVisits)
def own_planned_visits(request: HttpRequest, turn: Turn) -> Any:
    """The visits that the account's worker is to make, and those of late whose day passed with nothing written down."""
    with asked(request) as keyworker:
        found = [one.plan for one in keyworker.visits_of_mine()]
    return PlannedVisits(**in_turn(request, turn, found, PlannedFor, more=_standing))


@writes(router, "/children/{handle}/planned-visits", Thing.VISITS, Numbers)
def plan_visit(request: HttpRequest, handle: Handle, new: NewPlan) -> Any:
    """Plan a visit to a child, and to brothers and sisters if it is to them too."""
    with asked(request, writes=True) as keyworker:
        children, workers = keyworker.plannable(handle)
        may = {one.handle: one.child_id for one in children}
        ids = tuple(known(may.get(one), HandleKind.CHILD) for one in new.children)
        return Status(201, Numbers(planned=keyworker.plan_visit(handle, _wanted(new, workers, ids))))


@writes(router, "/children/{handle}/planned-visits/{planned}/move", Thing.VISITS, Numbers)
def move_visit(request: HttpRequest, handle: Handle, planned: Ref, new: NewTime) -> Any:
    """Plan a visit anew in the place of one that stands, which keeps by whom and why it was moved."""
    with asked(request, writes=True) as keyworker:
        _, workers = keyworker.plannable(handle)
        end = WantedEnd(new.by, new.why)
        return Status(201, Numbers(planned=keyworker.move_visit(handle, planned, _wanted(new, workers), end)))


@writes(router, "/children/{handle}/planned-visits/{planned}/cancellation", Thing.VISITS, Numbers)
def call_visit_off(request: HttpRequest, handle: Handle, planned: Ref, off: CalledOff) -> Any:
    """Call a planned visit off for all of its children who may be visited, by whom and why."""
    with asked(request, writes=True) as keyworker:
        keyworker.call_visit_off(handle, planned, WantedEnd(off.by, off.why))
    return Status(201, Numbers(planned={handle: planned}))


def _wanted(new: NewPlan | NewTime, workers: Sequence[WorkerRef], child_ids: tuple[str, ...] = ()) -> WantedPlan:
    first = workers[0].worker_id if workers else ""
    return WantedPlan(
        new.number,
        new.on,
        new.at,
        new.part_of_day or "",
        chosen_worker(workers, new.worker) or first,
        new.announced,
        new.place or "",
        child_ids,
    )


def _standing(one: PlannedVisit) -> dict[str, Any]:
    return {"standing": one.standing(london_day(bound.now())).value}
