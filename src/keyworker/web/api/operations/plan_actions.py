"""What children's plans ask: read, written down, moved, and what came of each."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from keyworker.access import Thing
from keyworker.actions.plan_actions import WORKER, WantedAction
from keyworker.facts.plan_actions import PlanAction
from keyworker.web.api.asking import asked
from keyworker.web.api.declaring import reads, writes
from keyworker.web.api.rows import From, Row, Who, Wrote, in_turn, teller
from keyworker.web.api.shapes import (
    Brief,
    Handle,
    Listed,
    Number,
    OneOf,
    Ref,
    Sent,
    Turn,
    Word,
    Worker,
    chosen_worker,
)
from keyworker.web.api.written import WrittenDown

router = Router(tags=["Plans"])


class PlanAsks(Row):
    """One thing that a child's plan asks. Words are left out unless the token is for names."""

    action: Annotated[str, From("action_id")]
    plan: str
    what: Wrote
    need: Wrote
    worker: Annotated[Worker | None, Who("worker_id")]
    relation: str | None = Field(description="Who of the family is to do it.")
    agency: str | None
    agreed_on: date
    due_on: date
    first_due_on: date | None = Field(description="The day that was agreed first, where it was moved.")
    moved_why: Wrote
    ended_on: date | None
    done: bool | None = Field(description="False where it was given up; empty while it is open.")
    outcome: Wrote
    written_at: datetime
    changed_at: datetime


class PlanActions(Listed[PlanAsks]):
    """A part of what a child's plan asks, by the day on which it is due."""


class OwnAction(Row):
    """What the account is to do itself. `child` is empty of a child whose record it may not see."""

    child: str | None
    told_as: Wrote = Field(description="By which words another agency knows the child.")
    asks: PlanAsks


class OwnActions(Listed[OwnAction]):
    """A part of what the account is to do under plans, what is open first."""


class NewPlanAction(Sent):
    """Something that a plan asks of a worker of the child's, of somebody of the family or of another agency."""

    number: Number
    agreed_on: WrittenDown
    plan: Annotated[str, OneOf("plan_kind")]
    what: Brief
    owner: Literal["worker", "family", "agency"]
    due_on: WrittenDown
    need: Brief = ""
    worker: Handle | None = Field(None, description="Of a worker.")
    relation: Annotated[str, OneOf("relation")] | None = Field(None, description="Of somebody of the family.")
    agency: Annotated[str, OneOf("agency")] | None = Field(None, description="Of another agency.")
    account: Word = Field("", description="The sign-in of whoever of that agency is to do it.")
    told_as: Brief = Field("", description="By which words they know the child.")


class NewDay(Sent):
    """Another day by which it is to be done, and why."""

    due_on: WrittenDown
    why: Brief


class CameOf(Sent):
    """What came of an action, and when. One that is given up says why in `outcome`."""

    on: WrittenDown
    done: bool
    outcome: Brief = ""


class Planned(Schema):
    """The number of an action."""

    action: str


@reads(router, "/children/{handle}/plan-actions", Thing.CHILD, PlanActions)
def child_plan_actions(request: HttpRequest, handle: Handle, turn: Turn) -> Any:
    """What one child's plan asks, of whom and by when, and what came of it."""
    with asked(request) as keyworker:
        found = keyworker.plan_actions(handle)
    return PlanActions(**in_turn(request, turn, found.actions, PlanAsks, workers=found.workers))


@writes(router, "/children/{handle}/plan-actions", Thing.PLAN_ACTIONS, Planned)
def write_plan_action(request: HttpRequest, handle: Handle, new: NewPlanAction) -> Any:
    """Write down what a child's plan asks of somebody by a day."""
    with asked(request, writes=True) as keyworker:
        workers = keyworker.plan_workers(handle) if new.owner == WORKER else []
        wanted = WantedAction(
            new.number,
            new.agreed_on,
            new.plan,
            new.what,
            new.owner,
            new.due_on,
            new.need,
            chosen_worker(workers, new.worker if new.owner == WORKER else None),
            new.relation or "",
            new.agency or "",
            new.account,
            new.told_as,
        )
        keyworker.write_plan_action(handle, wanted)
    return Status(201, Planned(action=new.number))


@writes(router, "/children/{handle}/plan-actions/{action}/day", Thing.PLAN_ACTIONS, Planned)
def move_plan_action(request: HttpRequest, handle: Handle, action: Ref, new: NewDay) -> Any:
    """Move the day by which an action of a plan is to be done; the day that was agreed first stays beside it."""
    with asked(request, writes=True) as keyworker:
        keyworker.move_plan_action(handle, action, new.due_on, new.why)
    return Status(201, Planned(action=action))


@writes(router, "/children/{handle}/plan-actions/{action}/end", Thing.PLAN_ACTIONS, Planned)
def end_plan_action(request: HttpRequest, handle: Handle, action: Ref, came: CameOf) -> Any:
    """Write down that an action of a child's plan was done, or is given up and why."""
    with asked(request, writes=True) as keyworker:
        keyworker.end_plan_action(handle, action, came.on, came.done, came.outcome)
    return Status(201, Planned(action=action))


@reads(router, "/own-actions", Thing.ACTIONS, OwnActions)
def own_actions(request: HttpRequest, turn: Turn) -> Any:
    """What the account itself is to do under children's plans, as a worker or for another agency."""
    with asked(request) as keyworker:
        found = keyworker.own_actions()
    to = teller(request)

    def more(one: PlanAction) -> dict[str, Any]:
        child = found.children.get(one.child_id)
        return {"child": child.handle if child else None, "asks": PlanAsks.of(one, to)}

    return OwnActions(**in_turn(request, turn, found.actions, OwnAction, more=more))


@writes(router, "/own-actions/{action}/end", Thing.ACTIONS, Planned)
def end_own_action(request: HttpRequest, action: Ref, came: CameOf) -> Any:
    """Write down what came of an action that the account itself is to do."""
    with asked(request, writes=True) as keyworker:
        keyworker.end_own_action(action, came.on, came.done, came.outcome)
    return Status(201, Planned(action=action))
