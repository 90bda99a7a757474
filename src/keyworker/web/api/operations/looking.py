"""Who has looked at a child or at one's own figures, and who may see what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from keyworker.access import Thing, permission_records
from keyworker.record.looking import Look as Looked
from keyworker.web.api.asking import asked
from keyworker.web.api.declaring import reads
from keyworker.web.api.rows import From, Row, teller
from keyworker.web.api.shapes import Handle

router = Router(tags=["Who looks"])


class Look(Row):
    """What one role looked at on one day, for one work: never who."""

    on: date
    role: str
    purpose: Annotated[str, From("warrant")]
    door: str
    route: str
    times: int


class Looks(Schema):
    """Who has looked in the last year."""

    items: list[Look]


class Cell(Schema):
    """How far one role may look at one thing, and what for."""

    role: str
    thing: str
    how_far: str
    in_words: str
    purpose: str | None
    widened_by_setting: bool
    needs_reason: bool
    about: str
    shown_within: str | None = Field(description="Where a thing stands that has no address of its own.")
    not_yet: str | None


class WhoMay(Schema):
    """Every role by every thing."""

    items: list[Cell]


@reads(router, "/children/{handle}/looked", Thing.CHILD, Looks)
def child_looked(request: HttpRequest, handle: Handle) -> Any:
    """On which days of the last year, as what and what for somebody looked at a child; never who."""
    with asked(request) as keyworker:
        found = keyworker.looked_at(handle)
    return _looks(request, found)


@reads(router, "/own-looked", Thing.WORKER, Looks)
def own_looked(request: HttpRequest) -> Any:
    """The same of the figures of the account's own worker."""
    with asked(request) as keyworker:
        found = keyworker.looked_at_me()
    return _looks(request, found)


@reads(router, "/who-may-see-what", Thing.WHO_MAY, WhoMay)
def who_may_see_what(request: HttpRequest) -> Any:
    """The table of who may see what."""
    with asked(request) as keyworker:
        keyworker.may("who may")
    return WhoMay(items=[Cell(**{one: row[one] for one in Cell.model_fields}) for row in permission_records()])


def _looks(request: HttpRequest, found: Iterable[Looked]) -> Looks:
    to = teller(request)
    return Looks(items=[Look.of(one, to) for one in found])
