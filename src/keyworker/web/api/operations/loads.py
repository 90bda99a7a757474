"""A worker's load, how it was worked out and what they say of it; what is promised in a first year."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from keyworker.access import Thing
from keyworker.actions.load_challenges import WantedChallenge
from keyworker.actions.questions.own_load import ChallengeTold
from keyworker.measures.first_year import FirstYear
from keyworker.measures.own_load import LoadPart
from keyworker.web.api.asking import asked, program_of
from keyworker.web.api.declaring import reads, writes
from keyworker.web.api.moments import When
from keyworker.web.api.shapes import (
    Brief,
    Handle,
    Listed,
    Nothing,
    Number,
    OneOf,
    Ref,
    Sent,
    Told,
    Turn,
    Worker,
    part_today,
    told,
    worker_of,
)

router = Router(tags=["Load"])


class Weighed(Schema):
    """One child with whom the worker works: what the child weighs, or why it does not count."""

    child: str = Field(description="The child's handle.")
    role: str
    counts: bool
    why_not: str
    status: str | None
    weight: float | None


class LoadSaid(Schema):
    """That a worker said that their load is not right, as it stood on that day, and what was answered."""

    challenge: str
    worker: Worker
    part: str
    on: date
    asked_at: datetime
    children: int
    weight: float | None
    agreed_capacity: float | None
    answer_by_on: date
    standing: str
    reason: str | None
    answer: str | None
    answered_on: date | None
    answer_says: str | None
    settled: bool | None


class Load(Told):
    """A worker's load and how it was worked out, child by child. `weight` is empty where the council has set none."""

    worker: Worker
    children: int
    weight: float | None
    agreed_capacity: float | None
    not_shown: int = Field(description="How many children count whom the account may not see.")
    parts: list[Weighed]
    challenges: list[LoadSaid]


class LoadsSaid(Listed[LoadSaid]):
    """A part of the load challenges that wait for an answer of the account's, the oldest first."""


class NewLoadChallenge(Sent):
    """What is not right in the load of the account's own worker, and why."""

    number: Number
    part: Annotated[str, OneOf("load_part")]
    reason: Brief


class LoadAnswer(Sent):
    """A manager's answer: what was put right and by whom, or how the load is right."""

    answer: Literal["put right", "explained"]
    says: Brief


class Settled(Sent):
    """Whether the answer settles it for the worker."""

    settled: bool


class SaidOfLoad(Schema):
    """The number of a load challenge."""

    challenge: str


class PromiseTold(Schema):
    """One promise: how it stands, since when, why, and where it is promised."""

    what: str
    title: str
    standing: str
    since: date | None
    due_on: date | None
    why: str
    source: str


class FirstYearTold(Schema):
    """One worker's assessed and supported year, with every promise in it."""

    worker: Worker
    from_on: date
    to_on: date | None
    promises: list[PromiseTold]


class FirstYears(Listed[FirstYearTold]):
    """A part of the workers in their first year of whom the account answers, by district, team and name."""


@reads(router, "/workers/{handle}/load", Thing.WORKER, Load)
def worker_load(request: HttpRequest, handle: Handle, when: When) -> Any:
    """How a worker's load was worked out, child by child, and what they said of it: for the worker and the line."""
    moment = when.moment
    with asked(request) as keyworker:
        found = keyworker.own_load(handle, moment)
    names, load = program_of(request).names, found.load
    return Load(
        **told(moment),
        worker=worker_of(load.row.worker, names=names),
        children=len(load.counted) + found.not_shown,
        weight=_number(load.weight) if not found.not_shown else None,
        agreed_capacity=load.row.agreed_capacity,
        not_shown=found.not_shown,
        parts=[_weighed(one) for one in load.parts],
        challenges=[_said(one, names=names) for one in found.challenges],
    )


@reads(router, "/load-challenges/to-answer", Thing.ANSWERING_LOAD, LoadsSaid)
def loads_to_answer(request: HttpRequest, turn: Turn) -> Any:
    """The workers who said that their load is not right and wait for an answer that the account may give."""
    with asked(request) as keyworker:
        found = keyworker.loads_to_answer()
    names = program_of(request).names
    return LoadsSaid(**part_today(turn, found, lambda one: _said(one, names=names)))


@writes(router, "/load-challenges", Thing.CHALLENGING_LOAD, SaidOfLoad)
def challenge_load(request: HttpRequest, new: NewLoadChallenge) -> Any:
    """Say that the load of the account's own worker is not right, which a manager must answer by a set day."""
    with asked(request, writes=True) as keyworker:
        keyworker.challenge_load(WantedChallenge(new.number, new.part, new.reason))
    return Status(201, SaidOfLoad(challenge=new.number))


@writes(router, "/load-challenges/{challenge}/answer", Thing.ANSWERING_LOAD, SaidOfLoad)
def answer_load(request: HttpRequest, challenge: Ref, new: LoadAnswer) -> Any:
    """Answer a worker who said that their load is not right. Nobody answers themselves."""
    with asked(request, writes=True) as keyworker:
        keyworker.answer_load(challenge, new.answer, new.says)
    return Status(201, SaidOfLoad(challenge=challenge))


@writes(router, "/load-challenges/{challenge}/settlement", Thing.CHALLENGING_LOAD, SaidOfLoad)
def settle_load(request: HttpRequest, challenge: Ref, new: Settled) -> Any:
    """Say, as the worker, whether an answer settles it. Where it does not, a manager must answer again."""
    with asked(request, writes=True) as keyworker:
        keyworker.settle_load(challenge, is_settled=new.settled)
    return Status(201, SaidOfLoad(challenge=challenge))


@writes(router, "/load-challenges/{challenge}/withdrawal", Thing.CHALLENGING_LOAD, SaidOfLoad)
def take_load_back(request: HttpRequest, challenge: Ref, nothing: Nothing) -> Any:  # noqa: ARG001 - a body is always sent
    """Take back, as the worker, that one's load is not right, while nobody has answered."""
    with asked(request, writes=True) as keyworker:
        keyworker.take_load_back(challenge)
    return Status(201, SaidOfLoad(challenge=challenge))


@reads(router, "/first-years", Thing.WORKER, FirstYears)
def first_years(request: HttpRequest, turn: Turn, when: When) -> Any:
    """What the service promises each worker in their first year of whom the account answers, kept or not."""
    with asked(request) as keyworker:
        found = keyworker.first_years(when.moment)
    names = program_of(request).names
    return FirstYears(**part_today(turn, found, lambda one: _first_year(one, names=names)) | told(when.moment))


def _weighed(one: LoadPart) -> Weighed:
    return Weighed(
        child=one.child.handle,
        role=one.role.value,
        counts=one.counts,
        why_not=one.why_not,
        status=one.weighed.status if one.weighed else None,
        weight=_number(one.weighed.weight) if one.weighed else None,
    )


def _said(one: ChallengeTold, *, names: bool) -> LoadSaid:
    said = one.said
    return LoadSaid(
        challenge=said.challenge_id,
        worker=worker_of(one.worker, names=names),
        part=said.part,
        on=said.happened_on,
        asked_at=said.asked_at,
        children=said.children,
        weight=_number(said.weight),
        agreed_capacity=_number(said.agreed_capacity),
        answer_by_on=said.answer_by_on,
        standing=one.standing.value,
        reason=said.reason if names else None,
        answer=said.answer,
        answered_on=said.answered_on,
        answer_says=said.answer_says if names else None,
        settled=said.settled,
    )


def _first_year(one: FirstYear, *, names: bool) -> FirstYearTold:
    return FirstYearTold(
        worker=worker_of(one.row.worker, names=names),
        from_on=one.year.from_on,
        to_on=one.year.to_on,
        promises=[
            PromiseTold(
                what=said.what.value,
                title=said.title,
                standing=said.kept.value,
                since=said.since,
                due_on=said.due_on,
                why=said.why,
                source=said.source,
            )
            for said in one.promises
        ],
    )


def _number(said: Any) -> float | None:
    return None if said is None else float(said)
