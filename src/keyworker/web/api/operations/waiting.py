"""What waits for the account: what needs it, the children it chairs, warnings to look at again."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from keyworker.access import Thing
from keyworker.actions.questions.chairing import Chaired
from keyworker.facts.cover import Warned
from keyworker.web.api.asking import asked
from keyworker.web.api.declaring import reads
from keyworker.web.api.rows import From, Row, Wrote, in_turn
from keyworker.web.api.shapes import Listed, Turn

router = Router(tags=["What waits"])


class NeedTold(Row):
    """One thing that needs the account, and how many there are. It names nobody."""

    what: str
    count: int


class NeedsMe(Listed[NeedTold]):
    """A part of what needs the account today, in order, and nothing else."""


class HeldLast(Schema):
    """The last conference or review, and when its papers were shared."""

    what: str
    on: date
    report_on: date | None


class HeldNext(Schema):
    """The conference or review that is next, and by when."""

    what: str
    on: date


class BeganSince(Schema):
    """A placement or a legal status that began, by its code."""

    what: str
    kind: str | None
    on: date


class ChairedTold(Row):
    """A child whom the account chairs: what is next, what moved since the last, and what waits."""

    child: str = Field(description="The child's handle.")
    chairs: list[str] = Field(description="What the account chairs.")
    last: HeldLast | None
    next: HeldNext | None
    since: date = Field(description="The day after which things moved.")
    seen: int = Field(description="At how many visits the child was seen since.")
    in_vain: int = Field(description="At how many visits the child was not.")
    began: list[BeganSince]
    changes_of_worker: Annotated[int, From("workers")]
    done: int = Field(description="How many of the plan's actions were done since.")
    given_up: int
    late: int = Field(description="How many of the plan's actions are past their day.")
    open_challenges: int


class ChairedChildren(Listed[ChairedTold]):
    """A part of the children whom the account chairs, those past their day first, then by the day that is next."""


class WarningToLookAt(Row):
    """A warning before a visit that somebody should look at again. `entry` is what a form is sent `of`."""

    child: str = Field(description="The child's handle.")
    entry: Annotated[int, From("entry_id")]
    kind: str
    says: Wrote
    set_by: Wrote
    basis: str | None
    from_on: date
    review_on: date | None
    looked_on: date | None
    not_agreed_on: date | None
    not_agreed_by: str | None = Field(description="What they are to the child.")
    waits: bool = Field(description="Whether nobody has looked at it since somebody did not agree.")


class WarningsToLookAtAgain(Listed[WarningToLookAt]):
    """A part of the warnings that wait, those not agreed with first, then by their day."""


@reads(router, "/needs-me", Thing.NEEDS, NeedsMe)
def needs_me(request: HttpRequest, turn: Turn) -> Any:
    """What needs the account today, in order: counts, and nobody by name or handle."""
    with asked(request) as keyworker:
        found = keyworker.needs_me()
    return NeedsMe(**in_turn(request, turn, found, NeedTold))


@reads(router, "/children-i-chair", Thing.CHAIRING, ChairedChildren)
def children_i_chair(request: HttpRequest, turn: Turn) -> Any:
    """The open children whom the account chairs: what is next for each, what moved since the last, what waits."""
    with asked(request) as keyworker:
        found = keyworker.children_i_chair()
    return ChairedChildren(**in_turn(request, turn, found, ChairedTold, more=_chaired))


@reads(router, "/warnings-to-look-at", Thing.REVIEWING_WARNINGS, WarningsToLookAtAgain)
def warnings_to_look_at(request: HttpRequest, turn: Turn) -> Any:
    """The warnings in sight that are past their day, or with which somebody does not agree."""
    with asked(request) as keyworker:
        found = keyworker.warnings_to_look_at()

    def more(one: Warned) -> dict[str, Any]:
        return {"child": found.children[one.child_id].handle}

    return WarningsToLookAtAgain(**in_turn(request, turn, found.warnings, WarningToLookAt, more=more))


def _chaired(one: Chaired) -> dict[str, Any]:
    return {
        "child": one.row.handle,
        "chairs": sorted(one.chairs.what),
        "last": HeldLast(what=one.last.what, on=one.last.on, report_on=one.last.report_on) if one.last else None,
        "next": HeldNext(what=one.next.what, on=one.next.on) if one.next else None,
        "seen": one.moved.seen,
        "in_vain": one.moved.in_vain,
        "began": [BeganSince(what=what, kind=kind, on=on) for what, kind, on in one.moved.began],
        "open_challenges": len(one.challenges),
    }
