"""Children: the list of those who are open, and one child's time with the service."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from keyworker.access import Thing
from keyworker.actions.questions.permitting import NOT_SHOWN
from keyworker.actions.tables import story_records
from keyworker.facts.pictures import ChildRow, Story
from keyworker.measures.counted import Counted
from keyworker.web.api.asking import asked, program_of
from keyworker.web.api.declaring import reads
from keyworker.web.api.moments import When
from keyworker.web.api.shapes import (
    Handle,
    Listed,
    Team,
    Told,
    Turn,
    Word,
    Worker,
    team_of,
    told,
    turned,
    worker_of,
)

router = Router(tags=["Children"])


class NextDate(Schema):
    """The next dated thing that is due."""

    what: str
    on: date


class Child(Schema):
    """One open child. `number`, `name` and `birth_on` are left out unless the token may be used for names."""

    handle: str
    number: str | None = Field(description="The child's number in the system from which the record was loaded.")
    name: str | None
    birth_on: date | None
    age_years: int | None
    statuses: list[str]
    lead: Worker | None
    accountable: Worker | None
    co_workers: list[Worker]
    team: Team | None
    unallocated_since: date | None
    lead_since: date | None
    last_attempted_on: date | None
    last_seen_on: date | None
    last_seen_alone_on: date | None
    due_on: date | None
    standing: str
    why_due: str
    last_case_supervision_on: date | None
    changes_in_12_months: int
    next_date: NextDate | None


class Children(Listed[Child]):
    """A part of the children who are open at a moment."""


class Happened(Schema):
    """Something in a child's time with the service. `words` are as somebody wrote them, for tokens that read names."""

    what: str
    from_on: date
    to_on: date | None = Field(description="The first day on which it was no longer so.")
    detail: str
    words: str | None
    worker: Worker | None
    recorded_at: datetime | None


class Kin(Schema):
    """Somebody of the child's family."""

    handle: str
    name: str | None
    is_to_child: str


class OneChild(Told):
    """One child's whole time with the service. `now` is empty for a child who is not open at the moment."""

    handle: str
    number: str | None
    name: str | None
    birth_on: date | None
    age_years: int | None
    now: Child | None
    family: list[Kin]
    chronology: list[Happened]


@reads(router, "/children", Thing.CHILDREN, Children)
def list_children(
    request: HttpRequest,
    when: When,
    turn: Turn,
    worker: Handle | None = None,
    team: Handle | None = None,
    district: Word | None = None,
) -> Any:
    """Every open child whom the account may see, or those of one worker, team or district."""
    moment = when.moment
    with asked(request) as keyworker:
        part = keyworker.children_part(moment, turn.wanted, worker=worker, team=team, district=district)
    names = program_of(request).names
    return Children(**turned(moment, turn.wanted, part, (child_of(row, names=names) for row in part.rows)))


@reads(router, "/children-counted/{what}", Thing.CHILDREN, Children)
def children_counted(
    request: HttpRequest,
    what: Counted,
    when: When,
    turn: Turn,
    team: Handle | None = None,
    district: Word | None = None,
) -> Any:
    """The children behind a number of the service: those with no worker, past their interval, of whom it cannot be
    told, with another worker in twelve months, or all who are open; of a team, a district or everybody."""
    moment = when.moment
    with asked(request) as keyworker:
        part = keyworker.counted_part(moment, Counted(what), turn.wanted, district=district, team=team)
    names = program_of(request).names
    return Children(**turned(moment, turn.wanted, part, (child_of(row, names=names) for row in part.rows)))


@reads(router, "/children/{handle}", Thing.CHILD, OneChild)
def one_child(request: HttpRequest, handle: Handle, when: When) -> Any:
    """One child's whole time with the service."""
    moment = when.moment
    with asked(request) as keyworker:
        story = keyworker.child(handle, moment)
    names = program_of(request).names
    return OneChild(
        **told(moment),
        handle=story.handle,
        **identified(story, names=names),
        age_years=story.age_years,
        now=child_of(story.child, names=names) if story.child else None,
        family=[Kin(handle=one, name=name if names else None, is_to_child=what) for one, name, what in story.family],
        chronology=happened(story, names=names),
    )


def child_of(row: ChildRow, *, names: bool) -> Child:
    """One open child as answers tell of them."""
    return Child(
        handle=row.handle,
        **identified(row, names=names),
        age_years=row.age_years,
        statuses=[one.kind for one in row.statuses],
        lead=worker_of(row.lead, names=names) if row.lead else None,
        accountable=worker_of(row.accountable, names=names) if row.accountable else None,
        co_workers=[worker_of(one, names=names) for one in row.co_workers],
        team=team_of(row.team) if row.team else None,
        unallocated_since=row.unallocated_since,
        lead_since=row.lead_since,
        last_attempted_on=row.last_attempted_on,
        last_seen_on=row.last_seen_on,
        last_seen_alone_on=row.last_seen_alone_on,
        due_on=row.due_on,
        standing=row.standing.value,
        why_due=row.why_due,
        last_case_supervision_on=row.last_case_supervision_on,
        changes_in_12_months=row.changes_in_12_months,
        next_date=NextDate(what=row.next_date.what, on=row.next_date.on) if row.next_date else None,
    )


def identified(row: ChildRow | Story, *, names: bool) -> dict[str, Any]:
    """Who a child is, for a token that may be used for names, of a child whose name the account may see."""
    shown = names and row.name != NOT_SHOWN
    return {
        "number": row.child_id if shown else None,
        "name": row.name if shown else None,
        "birth_on": row.birth_on if shown else None,
    }


def happened(story: Story, *, names: bool) -> list[Happened]:
    """A chronology as answers tell it."""
    workers = (*(one.worker for one in story.ribbons), *(one.worker for one in story.visits))
    refs = {one.worker_id: worker_of(one, names=names) for one in workers if one}
    return [
        Happened(
            what=row["what"],
            from_on=row["from_on"],
            to_on=row["to_on"],
            detail=row["detail"],
            words=(row["words"] or None) if names else None,
            worker=refs.get(row["worker_id"]),
            recorded_at=row["recorded_at"],
        )
        for row in story_records(story)
    ]
