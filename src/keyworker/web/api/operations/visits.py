"""Visits that are written down here: read, recorded for the children of one visit, and withdrawn."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from keyworker.access import Thing
from keyworker.actions.questions.naming import known
from keyworker.actions.questions.visits import VisitToMatch as ToMatch
from keyworker.actions.visits import Visited as Came
from keyworker.actions.visits import WantedVisit
from keyworker.facts.handles import HandleKind
from keyworker.vocabulary.words import VisitOutcome
from keyworker.web.api.asking import asked
from keyworker.web.api.declaring import reads, writes
from keyworker.web.api.rows import From, Row, Wrote, teller
from keyworker.web.api.shapes import Handle, Listed, Number, Ref, Said, Sent, Turn, Why, part_today
from keyworker.web.api.written import Time, WrittenDown

router = Router(tags=["Visits"])
Place = Literal["home", "school", "elsewhere", "not in person", ""]
By = Literal["family", "worker", "service", "other", ""]


class Visited(Sent):
    """What came of a visit for one child. `why` is for one who was not seen, or not alone; `awake` is of babies."""

    child: Handle
    outcome: VisitOutcome
    awake: bool | None = None
    bedroom: bool | None = None
    why: Said = ""
    cancelled_by: By = ""
    words: Said = Field("", description="What the child said.")


class NewVisit(Sent):
    """A visit that the account's worker made or meant, one entry for all its children."""

    number: Number
    on: WrittenDown
    at: Time | None = Field(None, description="The time of day.")
    place: Place = ""
    announced: bool | None = None
    present: Said = Field("", description="Who else was there.")
    children: Annotated[list[Visited], Field(min_length=1, max_length=20)]


class Recorded(Schema):
    """The number of the visit for each child, by the child's handle."""

    visits: dict[str, str]


class Visit(Row):
    """A visit to one child that was written down here. Words are left out unless the token is for names."""

    visit: Annotated[str, From("visit_id")]
    kind: str
    on: Annotated[date, From("happened_on")]
    at: Annotated[time | None, From("happened_time")]
    outcome: str | None
    place: str | None
    announced: bool | None
    awake: bool | None
    bedroom: bool | None
    cancelled_by: str | None
    why: Wrote
    present: Wrote
    words: Wrote
    written_at: datetime
    is_withdrawn: bool


class Visits(Schema):
    """The visits to one child that were written down here, also those that were withdrawn, the latest first."""

    items: list[Visit]


class VisitToMatch(Schema):
    """A visit that was written down here, and the day of one like it of which an extract tells."""

    child: str = Field(description="The child's handle.")
    visit: str
    on: date
    theirs_on: date


class VisitsToMatch(Listed[VisitToMatch]):
    """A part of the visits that may be told of twice, the latest first."""


class Match(Sent):
    """Whether the two are one visit."""

    same: bool


@reads(router, "/children/{handle}/visits", Thing.CHILD, Visits)
def child_visits(request: HttpRequest, handle: Handle) -> Any:
    """The visits to one child that were written down here; those of the case system stand in the chronology."""
    with asked(request) as keyworker:
        found = keyworker.visits_written(handle)
    to = teller(request)
    return Visits(items=[Visit.of(one, to) for one in found])


@reads(router, "/visits-to-match", Thing.VISITS, VisitsToMatch)
def visits_to_match(request: HttpRequest, turn: Turn) -> Any:
    """The visits that the account wrote down and of which an extract, a day earlier or later, may tell too."""
    with asked(request) as keyworker:
        found = keyworker.visits_to_match()
    return VisitsToMatch(**part_today(turn, found, _to_match))


@writes(router, "/children/{handle}/visits/{visit}/match", Thing.VISITS, Recorded)
def match_visit(request: HttpRequest, handle: Handle, visit: Ref, match: Match) -> Any:
    """Say whether the visit of which an extract tells is the one that was written down here: then it counts once."""
    with asked(request, writes=True) as keyworker:
        keyworker.match_visit(handle, visit, is_same=match.same)
    return Status(201, Recorded(visits={handle: visit}))


@writes(router, "/children/{handle}/visits", Thing.VISITS, Recorded)
def record_visit(request: HttpRequest, handle: Handle, visit: NewVisit) -> Any:
    """Write a visit down for a child, and for brothers and sisters if it was to them too."""
    with asked(request, writes=True) as keyworker:
        may = {one.handle: one for one in keyworker.visitable(handle)}
        came = []
        for said in visit.children:
            one = known(may.get(said.child), HandleKind.CHILD)
            came.append(
                Came(
                    one.child_id,
                    one.kind,
                    said.outcome,
                    said.awake if one.is_baby else None,
                    said.bedroom,
                    said.why.strip(),
                    said.cancelled_by,
                    said.words.strip(),
                )
            )
        wanted = WantedVisit(
            visit.number, visit.on, visit.at, visit.place, visit.announced, visit.present.strip(), tuple(came)
        )
        return Status(201, Recorded(visits=keyworker.record_visit(handle, wanted)))


@writes(router, "/children/{handle}/visits/{visit}/withdrawal", Thing.VISITS, Recorded)
def withdraw_visit(request: HttpRequest, handle: Handle, visit: Ref, why: Why) -> Any:
    """Withdraw a visit to one child that was written down here: it counts as never made."""
    with asked(request, writes=True) as keyworker:
        keyworker.withdraw_visit(handle, visit, why.why.strip())
    return Status(201, Recorded(visits={handle: visit}))


def _to_match(one: ToMatch) -> VisitToMatch:
    pair = one.pair
    return VisitToMatch(child=one.handle, visit=pair.visit_id, on=pair.happened_on, theirs_on=pair.theirs_on)
