"""Going alone to a planned visit: saying so, who is told, and that somebody is back. It holds no place."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from keyworker.access import Thing
from keyworker.actions.lone_visits import WantedAlone
from keyworker.facts.lone_visits import LoneVisit
from keyworker.web.api.asking import asked
from keyworker.web.api.declaring import reads, writes
from keyworker.web.api.rows import From, Row, Who, in_turn
from keyworker.web.api.shapes import Brief, Handle, Listed, Number, OneOf, Ref, Sent, Turn, Worker, chosen_worker
from keyworker.web.api.written import Time

router = Router(tags=["Visits"])


class OutAlone(Row):
    """That somebody is alone on a visit: by when they mean to be back, and who is told. It holds no place."""

    alone: Annotated[str, From("lone_id")]
    child: str = Field(description="The child's handle.")
    planned: Annotated[str, From("planned_id")]
    on: Annotated[date, From("happened_on")]
    back_by: time
    worker: Annotated[Worker | None, Who("worker_id")]
    told: Annotated[Worker | None, Who("told_id")]
    own: bool = Field(description="Whether it is the account itself that goes.")
    late: bool = Field(description="Whether the time has passed, and nobody has said how it ended.")


class OutsAlone(Listed[OutAlone]):
    """A part of the visits on which somebody is alone, who is the account, named it, or is in a team that it manages;
    those whose time has passed first."""


class NewAlone(Sent):
    """By which time of the visit's day the account means to be back, and who is told."""

    number: Number
    back_by: Time
    told: Handle


class AloneEnded(Sent):
    """How a visit alone ended. Of somebody else who was reached, `says` tells how it is known that they are safe."""

    answer: Annotated[str, OneOf("lone_answer")]
    says: Brief = ""


class AloneNumbered(Schema):
    """The number of a visit alone."""

    alone: str


@reads(router, "/lone-visits", Thing.ALONE, OutsAlone)
def lone_visits(request: HttpRequest, turn: Turn) -> Any:
    """The visits on which somebody is alone now for whom the account waits, and its own."""
    with asked(request) as keyworker:
        found = keyworker.lone_visits()
    beside = {one.visit.lone_id: one for one in found.visits}

    def more(one: LoneVisit) -> dict[str, Any]:
        told = beside[one.lone_id]
        return {"child": told.handle, "own": told.is_own, "late": told.is_late}

    rows = [one.visit for one in found.visits]
    return OutsAlone(**in_turn(request, turn, rows, OutAlone, workers=found.workers, more=more))


@writes(router, "/children/{handle}/planned-visits/{planned}/alone", Thing.ALONE, AloneNumbered)
def say_alone(request: HttpRequest, handle: Handle, planned: Ref, new: NewAlone) -> Any:
    """Say that the account's worker goes alone to a planned visit of today or later; said again, until when now."""
    with asked(request, writes=True) as keyworker:
        may_tell = keyworker.going_alone(handle, planned).may_tell
        keyworker.say_alone(handle, planned, WantedAlone(new.number, new.back_by, chosen_worker(may_tell, new.told)))
    return Status(201, AloneNumbered(alone=new.number))


@writes(router, "/lone-visits/{alone}/end", Thing.ALONE, AloneNumbered)
def end_alone(request: HttpRequest, alone: Ref, new: AloneEnded) -> Any:
    """Say that one is back or did not go, or that somebody was reached and is safe. Said twice, the first stands."""
    with asked(request, writes=True) as keyworker:
        keyworker.say_how_it_ended(alone, new.answer, new.says)
    return Status(201, AloneNumbered(alone=alone))
