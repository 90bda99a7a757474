"""Who has looked at a child, and who may see what."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from keyworker.access import Thing, permission_records
from keyworker.web.api.asking import asked
from keyworker.web.api.declaring import reads
from keyworker.web.api.shapes import Handle

router = Router(tags=["Who looks"])


class Look(Schema):
    """What one role looked at on one day, for one work: never who."""

    on: date
    role: str
    purpose: str
    door: str
    route: str
    times: int


class Looks(Schema):
    """Who has looked at a child in the last year."""

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
    return Looks(
        items=[
            Look(on=one.on, role=one.role, purpose=one.warrant, door=one.door, route=one.route, times=one.times)
            for one in found
        ]
    )


@reads(router, "/who-may-see-what", Thing.WHO_MAY, WhoMay)
def who_may_see_what(request: HttpRequest) -> Any:
    """The table of who may see what."""
    with asked(request) as keyworker:
        keyworker.may("who may")
    return WhoMay(items=[Cell(**{one: row[one] for one in Cell.model_fields}) for row in permission_records()])
