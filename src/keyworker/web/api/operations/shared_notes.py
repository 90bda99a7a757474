"""One case note for several children of a family: each child's record holds it."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from keyworker.access import Thing
from keyworker.actions.by_hand import WantedEntry, problems
from keyworker.actions.shared_notes import KIND, WantedNote
from keyworker.facts.days import london_day
from keyworker.vocabulary.forms import forms
from keyworker.web import bound
from keyworker.web.api.asking import asked
from keyworker.web.api.declaring import reads, writes
from keyworker.web.api.operations.entering import Answers, require_asked, require_fit
from keyworker.web.api.rows import Row, Wrote, teller
from keyworker.web.api.shapes import Brief, Handle, Number, Sent

router = Router(tags=["Forms"])


class NotedToo(Row):
    """A brother or a sister of whom a case note may be written too."""

    handle: str
    name: Wrote


class NotedTogether(Schema):
    """The brothers and sisters of whom a case note may be written too."""

    items: list[NotedToo]


class OfOne(Sent):
    """A brother or a sister of whom the note is too. `alone` is about that child alone."""

    child: Handle
    alone: Brief = ""


class NewSharedNote(Sent):
    """A case note of several children. `said` holds the answers of the form `case-note`; `alone` what is about the
    child of the address alone, and `of` the others."""

    number: Number
    said: Annotated[Answers, Field(max_length=40)]
    alone: Brief = ""
    of: Annotated[list[OfOne], Field(min_length=1, max_length=20)]


class NotedAs(Schema):
    """The entry of the child of the address."""

    form: str
    entry: int


@reads(router, "/children/{handle}/noted-too", Thing.NOTES, NotedTogether)
def noted_too(request: HttpRequest, handle: Handle) -> Any:
    """The open brothers and sisters of a child of whom the account may write a case note too."""
    with asked(request) as keyworker:
        found = keyworker.noted_too(handle)
    to = teller(request)
    return NotedTogether(items=[NotedToo.of(one, to) for one in found])


@writes(router, "/children/{handle}/shared-notes", Thing.NOTES, NotedAs)
def note_together(request: HttpRequest, handle: Handle, new: NewSharedNote) -> Any:
    """Write one case note into the record of a child and of brothers and sisters, in one act."""
    form = forms()[KIND]
    require_asked(new.said, (ask.name for ask in form.asks))
    entry = WantedEntry(new.number, form, new.said)
    with asked(request, writes=True) as keyworker:
        keyworker.may_record(handle, form)
        require_fit(problems(entry, (), london_day(bound.now())))
        wanted = WantedNote(entry, new.alone, {one.child: one.alone for one in new.of})
        _, number = keyworker.note_together(handle, wanted)
    return Status(201, NotedAs(form=form.slug, entry=number))
