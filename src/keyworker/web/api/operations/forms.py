"""Forms: what is asked to write one kind of entry down, and which may be filled in about one child."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from keyworker.access import Thing
from keyworker.actions.by_hand import choosable, is_possible
from keyworker.vocabulary import Type
from keyworker.vocabulary.forms import Ask, Form, forms
from keyworker.web.api.admission import AnyBearer, use_of_form
from keyworker.web.api.asking import asked
from keyworker.web.api.declaring import reads
from keyworker.web.api.shapes import Handle, Problem

router = Router(tags=["Forms"])
_KINDS = {Type.DATE: "day", Type.TIME: "time", Type.FLAG: "yes or no"}


class Question(Schema):
    """One question. A day is answered as 2026-03-27, a time as 15:30, yes or no in these words, a code by its key."""

    name: str
    asks: str
    hint: str
    kind: str = Field(description="A day, a time, yes or no, a code or words.")
    needed: bool
    codes: dict[str, str] = Field(description="The answers that may be given, each with what it means.")


class BelongsTo(Schema):
    """To which entry another belongs, or which it ends: its number is sent as `of`."""

    asks: str
    needed: bool


class FormTold(Schema):
    """One form. `use` is what a token must be for to write with it."""

    form: str = Field(description="Its name, as it stands in addresses.")
    title: str
    says: str
    group: str
    use: str
    ends: bool = Field(description="Whether it ends an entry, and does not begin one.")
    of: BelongsTo | None
    questions: list[Question]


class Forms(Schema):
    """Every form."""

    items: list[FormTold]


class OpenForm(Schema):
    """A form that the account may fill in about a child."""

    form: str
    possible: bool = Field(description="Whether it can be filled in as things stand for the child.")
    of: list[int] = Field(description="The entries of which one may be sent as `of`.")


class OpenForms(Schema):
    """The forms that the account may fill in about a child."""

    items: list[OpenForm]


@router.get("/forms", auth=AnyBearer(), response={200: Forms, 401: Problem, 429: Problem})
def list_forms(request: HttpRequest) -> Any:  # noqa: ARG001 - the library's signature
    """Every form with its questions, and what a token must be for to write with it. It holds nothing of the record."""
    return Forms(items=[form_told(one) for one in forms().values()])


@reads(router, "/children/{handle}/forms", Thing.CHILD, OpenForms)
def child_forms(request: HttpRequest, handle: Handle) -> Any:
    """The forms that the account may fill in about one child, each with the entries to which it may belong."""
    with asked(request) as keyworker:
        found = keyworker.on_record(handle)
    return OpenForms(
        items=[
            OpenForm(
                form=one.slug,
                possible=is_possible(one, found.entries),
                of=[row.entry_id for row in choosable(one, found.entries)],
            )
            for one in found.forms
        ]
    )


def form_told(one: Form) -> FormTold:
    """A form as answers tell of it."""
    of = BelongsTo(asks=one.of.words, needed=one.of.needed) if one.of else None
    if one.ends:
        of = BelongsTo(asks="Which one", needed=True)
    return FormTold(
        form=one.slug,
        title=one.title,
        says=one.says,
        group=one.group,
        use=str(use_of_form(one)),
        ends=one.ends,
        of=of,
        questions=[_question(ask) for ask in one.asks],
    )


def _question(ask: Ask) -> Question:
    kind = _KINDS.get(ask.column.type, "code" if ask.choices else "words")
    codes = {} if kind == "yes or no" else dict(ask.choices)
    return Question(name=ask.name, asks=ask.words, hint=ask.hint, kind=kind, needed=ask.needed, codes=codes)
