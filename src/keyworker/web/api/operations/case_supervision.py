"""Supervision of children's cases: read, written down, confirmed by the worker, withdrawn. What was said in a personal
supervision is between the two who held it and the supervisor's manager: it has no operation here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from keyworker.access import Thing
from keyworker.actions.case_supervision import EndedAction, NewAction, WantedSupervision
from keyworker.facts.case_supervision import CaseSupervision, SupervisionAction
from keyworker.web.api.asking import asked
from keyworker.web.api.declaring import reads, writes
from keyworker.web.api.rows import From, Row, Who, Wrote, in_turn, teller
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

router = Router(tags=["Supervision"])


class Undertaken(Row):
    """What somebody undertook to do for a child in supervision, and what came of it."""

    action: Annotated[str, From("action_id")]
    supervision: Annotated[str, From("supervision_id")]
    what: Wrote
    worker: Annotated[Worker | None, Who("worker_id")]
    undertaken_on: date
    due_on: date
    ended_on: date | None
    done: bool | None = Field(description="False where it was given up; empty while it is open.")
    outcome: Wrote


class TalkedOver(Row):
    """A supervision of a child's case. One that an extract told has no `written_at`, and nothing of how it was held."""

    supervision: Annotated[str, From("supervision_id")]
    on: Annotated[date, From("happened_on")]
    worker: Annotated[Worker | None, Who("worker_id")]
    supervisor: Annotated[Worker | None, Who("supervisor_id")]
    outcome: str | None
    decision: Wrote
    form: str | None
    present: Wrote
    why: Wrote
    cancelled_by: str | None
    confirmed: bool | None = Field(description="Whether the worker says that it was so; empty until they have.")
    answered_on: date | None
    answer: Wrote
    withdrawn: Annotated[bool, From("is_withdrawn")]
    changed_why: Wrote
    written_at: datetime | None
    changed_at: datetime | None


class Supervisions(Listed[TalkedOver]):
    """A part of the supervisions of one child's case, the latest first, and every action that they undertook."""

    actions: list[Undertaken]


class OwnUndertaken(Undertaken):
    """What the account's own worker undertook for a child. `child` is the child's handle."""

    child: str


class OwnSupervision(Listed[OwnUndertaken]):
    """A part of what the account's own worker undertook and is open, by the day on which it is due."""

    to_confirm: dict[str, str] = Field(description="The supervisions that wait for their word, each with its child.")
    out_of_sight: int = Field(description="How many more are for children whose supervision they no longer see.")


class NewUndertaken(Sent):
    """What somebody who works with the child is to do, by when."""

    what: Brief
    worker: Handle
    due_on: WrittenDown


class CarriedEnded(Sent):
    """What came of an action of an earlier supervision. One that is given up says why in `outcome`."""

    action: Ref
    done: bool
    outcome: Brief = ""


class NewSupervision(Sent):
    """A supervision of a child's case that was held, or was cancelled and by whom. The account's worker is one of the
    two who held it."""

    number: Number
    on: WrittenDown
    worker: Handle
    supervisor: Handle
    outcome: Literal["held", "cancelled"]
    form: Annotated[str, OneOf("supervision_form")]
    decision: Long = ""
    why: Long = Field("", description="Why it was so decided, or cancelled.")
    present: Brief = Field("", description="Who else was there.")
    cancelled_by: Annotated[str, OneOf("supervision_cancelled_by")] | None = None
    undertaken: Annotated[list[NewUndertaken], Field(max_length=20)] = []
    ended: Annotated[list[CarriedEnded], Field(max_length=40)] = []


class Confirmed(Sent):
    """Whether a supervision was so, as the worker who was supervised says; where it was not, what was otherwise."""

    so: bool
    says: Brief = ""


class SupervisedAs(Schema):
    """The number of a supervision."""

    supervision: str


@reads(router, "/children/{handle}/supervision", Thing.CASE_SUPERVISION, Supervisions)
def child_supervision(request: HttpRequest, handle: Handle, turn: Turn) -> Any:
    """The supervisions of one child's case, from here and from extracts: what was decided, and what is open of it."""
    with asked(request) as keyworker:
        found = keyworker.supervised(handle)
    to = teller(request, found.workers)
    return Supervisions(
        **in_turn(request, turn, found.supervisions, TalkedOver, workers=found.workers),
        actions=[Undertaken.of(one, to) for one in found.actions],
    )


@reads(router, "/own-supervision", Thing.SUPERVISING, OwnSupervision)
def own_supervision(request: HttpRequest, turn: Turn) -> Any:
    """What the account's own worker undertook in supervision and is open, and what waits for their word."""
    with asked(request) as keyworker:
        found = keyworker.my_actions()

    def more(one: SupervisionAction) -> dict[str, Any]:
        return {"child": found.children[one.child_id].handle}

    def of_child(one: CaseSupervision) -> str:
        return found.children[one.child_id].handle

    return OwnSupervision(
        **in_turn(request, turn, found.actions, OwnUndertaken, workers=found.workers, more=more),
        to_confirm={one.supervision_id: of_child(one) for one in found.to_confirm},
        out_of_sight=found.out_of_sight,
    )


@writes(router, "/children/{handle}/supervision", Thing.SUPERVISING, SupervisedAs)
def record_supervision(request: HttpRequest, handle: Handle, new: NewSupervision) -> Any:
    """Write a supervision of a child's case down, with what was undertaken in it and what came of earlier actions."""
    with asked(request, writes=True) as keyworker:
        between = keyworker.supervisable(handle)
        wanted = WantedSupervision(
            new.number,
            new.on,
            chosen_worker(between.workers, new.worker),
            chosen_worker(between.supervisors, new.supervisor),
            new.outcome,
            new.form,
            new.decision,
            new.why,
            new.present,
            new.cancelled_by or "",
            tuple(
                NewAction(one.what, chosen_worker(between.workers, one.worker), one.due_on) for one in new.undertaken
            ),
            tuple(EndedAction(one.action, one.done, one.outcome) for one in new.ended),
        )
        keyworker.record_supervision(handle, wanted)
    return Status(201, SupervisedAs(supervision=new.number))


@writes(router, "/children/{handle}/supervision/{supervision}/answer", Thing.SUPERVISING, SupervisedAs)
def answer_supervision(request: HttpRequest, handle: Handle, supervision: Ref, new: Confirmed) -> Any:
    """Say, as the worker who was supervised, whether a supervision was so. A later answer takes this one's place."""
    with asked(request, writes=True) as keyworker:
        keyworker.answer_supervision(handle, supervision, new.so, new.says)
    return Status(201, SupervisedAs(supervision=supervision))


@writes(router, "/children/{handle}/supervision/{supervision}/withdrawal", Thing.SUPERVISING, SupervisedAs)
def withdraw_supervision(request: HttpRequest, handle: Handle, supervision: Ref, why: Why) -> Any:
    """Withdraw a supervision that was never held, as one of the two who held it. What it undertook stands."""
    with asked(request, writes=True) as keyworker:
        keyworker.withdraw_supervision(handle, supervision, why.why)
    return Status(201, SupervisedAs(supervision=supervision))
