"""Challenges to what is planned or done for children: read, raised, answered, taken further, ended."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from keyworker.access import Thing
from keyworker.actions.challenges import WantedChallenge, WantedStage
from keyworker.facts.challenges import Challenge
from keyworker.web.api.asking import asked
from keyworker.web.api.declaring import reads, writes
from keyworker.web.api.rows import From, Row, Teller, Who, Wrote, in_turn, teller
from keyworker.web.api.shapes import (
    Brief,
    Handle,
    Listed,
    Number,
    OneOf,
    Ref,
    Sent,
    Turn,
    Worker,
    chosen_worker,
)
from keyworker.web.api.written import WrittenDown

router = Router(tags=["Meetings and challenges"])


class AtStage(Row):
    """One stage of a challenge: who is to answer it by when, and the answer. Words are for names' tokens."""

    stage: str
    since_on: date
    worker: Annotated[Worker | None, Who("worker_id")]
    due_on: date
    answered_on: date | None
    answer: str | None
    answer_says: Wrote
    written_at: datetime


class ChallengeSaid(Row):
    """One challenge, stage by stage, the first first."""

    challenge: Annotated[str, From("challenge_id")]
    raised_on: date
    raised_by: str
    agency: str | None
    what: Wrote
    why: Wrote
    stages: list[AtStage]
    ended_on: date | None
    outcome: str | None
    outcome_says: Wrote
    written_at: datetime
    changed_at: datetime


class Challenged(ChallengeSaid):
    """One challenge about a child. `child` is the child's handle."""

    child: str


class Challenges(Listed[Challenged]):
    """A part of some challenges."""


class NewStage(Sent):
    """A stage, who is to answer it and by which day."""

    stage: Annotated[str, OneOf("challenge_stage")]
    worker: Handle | None = None
    due_on: WrittenDown


class NewChallenge(Sent):
    """A challenge that the account raises, or writes down for another agency, with its first stage."""

    number: Number
    raised_on: WrittenDown
    raised_by: Annotated[str, OneOf("challenger")]
    agency: Annotated[str, OneOf("agency")] | None = None
    what: Brief
    why: Brief
    first: NewStage


class Further(NewStage):
    """The next stage of a challenge. `after` says how many stages it had, so that one sent twice goes one further."""

    after: Annotated[int, Field(ge=1, le=20)]


class NewAnswer(Sent):
    """What is answered at the stage at which a challenge is, and on which day."""

    answer: Annotated[str, OneOf("challenge_answer")]
    says: Brief
    on: WrittenDown


class NewOutcome(Sent):
    """How a challenge ended, and on which day."""

    outcome: Annotated[str, OneOf("challenge_outcome")]
    says: Brief
    on: WrittenDown


class Raised(Schema):
    """The number of a challenge."""

    challenge: str


@reads(router, "/challenges", Thing.CHALLENGE, Challenges)
def open_challenges(request: HttpRequest, turn: Turn) -> Any:
    """Every open challenge about children in sight, by the day of its answer. The list of each child tells by whom."""
    with asked(request) as keyworker:
        found = keyworker.open_challenges()
    to = teller(request)

    def more(one: Challenge) -> dict[str, Any]:
        return _stages(one, found.children[one.child_id].handle, to)

    return Challenges(**in_turn(request, turn, found.challenges, Challenged, more=more))


@reads(router, "/children/{handle}/challenges", Thing.CHILD, Challenges)
def child_challenges(request: HttpRequest, handle: Handle, turn: Turn) -> Any:
    """The challenges about one child, stage by stage, the latest first."""
    with asked(request) as keyworker:
        found = keyworker.challenged(handle)
    to = teller(request, found.workers)
    return Challenges(
        **in_turn(request, turn, found.challenges, Challenged, more=lambda one: _stages(one, found.handle, to))
    )


@writes(router, "/children/{handle}/challenges", Thing.CHALLENGE, Raised)
def raise_challenge(request: HttpRequest, handle: Handle, new: NewChallenge) -> Any:
    """Challenge what is planned or done for a child, or write down that another agency does."""
    with asked(request, writes=True) as keyworker:
        owners = keyworker.challenge_owners(handle)
        first = WantedStage(new.first.stage, chosen_worker(owners, new.first.worker), new.first.due_on)
        keyworker.raise_challenge(
            handle,
            WantedChallenge(new.number, new.raised_on, new.raised_by, new.what, new.why, first, new.agency or ""),
        )
    return Status(201, Raised(challenge=new.number))


@writes(router, "/children/{handle}/challenges/{challenge}/answer", Thing.CHALLENGE, Raised)
def answer_challenge(request: HttpRequest, handle: Handle, challenge: Ref, new: NewAnswer) -> Any:
    """Answer a challenge at the stage at which it is. Whoever raised it never answers it."""
    with asked(request, writes=True) as keyworker:
        keyworker.answer_challenge(handle, challenge, new.answer, new.says, new.on)
    return Status(201, Raised(challenge=challenge))


@writes(router, "/children/{handle}/challenges/{challenge}/stage", Thing.CHALLENGE, Raised)
def take_challenge_further(request: HttpRequest, handle: Handle, challenge: Ref, new: Further) -> Any:
    """Take a challenge to the next stage, as whoever raised it or chairs."""
    with asked(request, writes=True) as keyworker:
        wanted = WantedStage(new.stage, chosen_worker(keyworker.challenge_owners(handle), new.worker), new.due_on)
        keyworker.take_challenge_further(handle, challenge, wanted, new.after)
    return Status(201, Raised(challenge=challenge))


@writes(router, "/children/{handle}/challenges/{challenge}/end", Thing.CHALLENGE, Raised)
def end_challenge(request: HttpRequest, handle: Handle, challenge: Ref, new: NewOutcome) -> Any:
    """Write down that a challenge was resolved or is withdrawn, as whoever raised it or chairs."""
    with asked(request, writes=True) as keyworker:
        keyworker.end_challenge(handle, challenge, new.outcome, new.says, new.on)
    return Status(201, Raised(challenge=challenge))


def _stages(one: Challenge, handle: str, to: Teller) -> dict[str, Any]:
    return {"child": handle, "stages": [AtStage.of(stage, to) for stage in one.stages]}
