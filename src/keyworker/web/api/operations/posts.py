"""Posts and each step in filling them: read as they stand, written down, changed from a day on, corrected."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from keyworker.access import Thing
from keyworker.actions.kept_posts import WantedChange, WantedPost, WantedStep
from keyworker.actions.questions.kept_posts import PostTold
from keyworker.actions.questions.naming import known
from keyworker.facts.handles import HandleKind
from keyworker.facts.pictures import TeamRef
from keyworker.facts.stories.post import PostRow
from keyworker.web.api.asking import asked, program_of
from keyworker.web.api.declaring import reads, writes
from keyworker.web.api.moments import When
from keyworker.web.api.shapes import (
    Brief,
    EntryNumber,
    Handle,
    Listed,
    Number,
    OneOf,
    Sent,
    Team,
    Turn,
    Word,
    Worker,
    part_today,
    team_of,
    told,
    worker_of,
)
from keyworker.web.api.written import WrittenDown

router = Router(tags=["Posts"])
PostNumber = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9./-]{0,29}$")]
Fte = Annotated[Decimal, Field(gt=0, le=1, decimal_places=2)]
StepKind = Annotated[str, OneOf("vacancy_step")]


class Step(Schema):
    """A step in filling a post. How it ended is told to tokens for names alone."""

    entry: int
    kind: str
    on: date
    outcome: str | None


class PostHeld(Schema):
    """A post: how much of it is empty, since when, who holds it, and how far filling it has come."""

    post: str = Field(description="Its handle.")
    title: str
    team: Team | None
    fte: float | None
    holds_cases: bool | None
    vacant: float
    uncovered: float
    empty_since: date | None
    held_by: list[Worker]


class Posts(Listed[PostHeld]):
    """A part of the posts at a moment."""


class PostChanged(Schema):
    """What was changed in a post, when, and why."""

    what: str
    why: str | None
    written_at: datetime


class PostKept(Schema):
    """A post as it is kept here, with its steps and what was changed, the latest first."""

    post: str = Field(description="Its handle.")
    number: str | None
    title: str | None
    role_class: str | None
    team: Team | None
    fte: float | None
    holds_cases: bool | None
    funded: bool | None
    from_on: date
    to_on: date | None = Field(description="The first day on which it was no more.")
    steps: list[Step]
    changes: list[PostChanged]


class PostIs(Sent):
    """What a post is from a day on. `team` is a team of today, by its handle."""

    title: Word
    role_class: Annotated[str, OneOf("role_class")]
    team: Handle | None = None
    fte: Fte
    holds_cases: bool | None = None
    funded: bool | None = None
    from_on: WrittenDown


class NewPost(PostIs):
    """A new post. `post_number` is the council's own, by which a second sending is known."""

    post_number: PostNumber


class PostBecomes(Sent):
    """What becomes of a post, and why: what it is from a day on (from its own first day: a correction), or its last
    day where it is closed."""

    number: Number
    becomes: PostIs | None = None
    last_on: WrittenDown | None = None
    why: Brief


class NewStep(Sent):
    """A step that was taken. Of one that was withdrawn `at_step` says after which step."""

    kind: StepKind
    on: WrittenDown
    outcome: Brief = ""
    at_step: StepKind | None = None


class StepCorrected(Sent):
    """The step as it is right, or nothing where it was never taken; and why."""

    number: Number
    step: NewStep | None = None
    why: Brief


class PostNamed(Schema):
    """The handle of a post."""

    post: str


@reads(router, "/posts", Thing.POSTS, Posts)
def list_posts(
    request: HttpRequest, turn: Turn, when: When, team: Handle | None = None, district: Word | None = None
) -> Any:
    """Every post at a moment, or those of one team or district: which are empty, since when, and who holds the rest."""
    with asked(request) as keyworker:
        rows, _ = keyworker.posts(when.moment, team=team, district=district)
    names = program_of(request).names
    return Posts(**part_today(turn, rows, lambda one: _held(one, names=names)) | told(when.moment))


@reads(router, "/posts/{handle}", Thing.KEEPING_POSTS, PostKept)
def one_post(request: HttpRequest, handle: Handle) -> Any:
    """One post as it is kept here, with each step in filling it, and what was changed and why."""
    with asked(request) as keyworker:
        found = keyworker.kept_post(handle)
    return _kept(found, names=program_of(request).names)


@writes(router, "/posts", Thing.KEEPING_POSTS, PostNamed)
def write_post(request: HttpRequest, new: NewPost) -> Any:
    """Write a new post down, where Keyworker is the home of the workforce."""
    with asked(request, writes=True) as keyworker:
        teams = keyworker.teams_for_posts()
        return Status(201, PostNamed(post=keyworker.write_post(_wanted(new, new.post_number, teams))))


@writes(router, "/posts/{handle}/change", Thing.KEEPING_POSTS, PostNamed)
def change_post(request: HttpRequest, handle: Handle, new: PostBecomes) -> Any:
    """Say what a post is from a day on, correct what stands, or close it, for a reason."""
    with asked(request, writes=True) as keyworker:
        stands = keyworker.kept_post(handle)
        post = _wanted(new.becomes, stands.kept.standing.post_id, stands.teams) if new.becomes else _standing(stands)
        keyworker.change_post(handle, WantedChange(new.number, post, None if new.becomes else new.last_on, new.why))
    return Status(201, PostNamed(post=handle))


@writes(router, "/posts/{handle}/steps", Thing.KEEPING_POSTS, PostNamed)
def write_post_step(request: HttpRequest, handle: Handle, new: NewStep) -> Any:
    """Write a step in filling a post down. The same step of the same day is written once."""
    with asked(request, writes=True) as keyworker:
        keyworker.write_post_step(handle, _step(new))
    return Status(201, PostNamed(post=handle))


@writes(router, "/posts/{handle}/steps/{entry}/correction", Thing.KEEPING_POSTS, PostNamed)
def correct_post_step(request: HttpRequest, handle: Handle, entry: EntryNumber, new: StepCorrected) -> Any:
    """Correct a step in filling a post for a reason, or withdraw one that was never taken."""
    with asked(request, writes=True) as keyworker:
        keyworker.correct_post_step(handle, entry, _step(new.step) if new.step else None, new.number, new.why)
    return Status(201, PostNamed(post=handle))


def _wanted(new: PostIs, number: str, teams: Any) -> WantedPost:
    team = known(_team(teams, new.team), HandleKind.TEAM).team_id if new.team else None
    return WantedPost(number, new.title, new.role_class, team, new.fte, new.holds_cases, new.funded, new.from_on)


def _standing(stands: PostTold) -> WantedPost:
    one = stands.kept.standing
    return WantedPost(
        one.post_id,
        one.title or "",
        one.role_class or "",
        one.team_id,
        one.fte,
        one.holds_cases,
        one.funded,
        one.from_on,
    )


def _team(teams: Any, handle: str) -> TeamRef | None:
    return next((one for one in teams if one.handle == handle), None)


def _step(new: NewStep) -> WantedStep:
    return WantedStep(new.kind, new.on, new.outcome, new.at_step or "")


def _held(one: PostRow, *, names: bool) -> PostHeld:
    return PostHeld(
        post=one.post.handle,
        title=one.post.title,
        team=team_of(one.team) if one.team else None,
        fte=one.fte,
        holds_cases=one.holds_cases,
        vacant=one.vacant,
        uncovered=one.uncovered,
        empty_since=one.empty_since,
        held_by=[worker_of(who, names=names) for who in one.held_by],
    )


def _kept(told_of: PostTold, *, names: bool) -> PostKept:
    one = told_of.kept.standing
    team = next((ref for ref in told_of.teams if ref.team_id == one.team_id), None)
    return PostKept(
        post=told_of.handle,
        number=one.post_id if names else None,
        title=one.title,
        role_class=one.role_class,
        team=team_of(team) if team else None,
        fte=float(one.fte) if one.fte is not None else None,
        holds_cases=one.holds_cases,
        funded=one.funded,
        from_on=one.from_on,
        to_on=one.to_on,
        steps=[
            Step(entry=step.entry_id, kind=step.kind, on=step.happened_on, outcome=step.outcome if names else None)
            for step in told_of.kept.steps
        ],
        changes=[
            PostChanged(what=said.what, why=said.why if names else None, written_at=said.recorded_at)
            for said in told_of.kept.changes
        ],
    )
