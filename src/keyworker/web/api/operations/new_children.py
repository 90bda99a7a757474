"""A child whom nobody here knows: who is like them, and writing them down with what brought them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from keyworker.access import Thing
from keyworker.actions.by_hand import WantedEntry
from keyworker.actions.new_children import WantedChild, WantedName
from keyworker.facts.alike import Described
from keyworker.vocabulary.forms import form as form_called
from keyworker.web.api.asking import asked
from keyworker.web.api.declaring import watches, writes
from keyworker.web.api.operations.entering import Answers, require_asked
from keyworker.web.api.problems import Kind, Stopped, problem, unfit
from keyworker.web.api.rows import Row, Wrote, teller
from keyworker.web.api.shapes import Brief, Handle, Number, OneOf, Sent, Word
from keyworker.web.api.written import WrittenDown

router = Router(tags=["Children"])


class DescribedChild(Sent):
    """A child, as somebody describes them: with the day of birth or, unborn, the day on which it is expected."""

    forename: Word = ""
    surname: Word
    birth_on: WrittenDown | None = None
    expected_on: WrittenDown | None = None
    nhs_number: Annotated[str, StringConstraints(pattern=r"^[0-9]{0,10}$")] = ""

    @property
    def who(self) -> Described:
        """The same, as the record looks for it."""
        forename, surname = (" ".join(said.split()) for said in (self.forename, self.surname))
        return Described(forename, surname, self.birth_on, self.expected_on, self.nhs_number)


class LikeThem(Row):
    """A child who may be the same one, and by what they are alike."""

    handle: str
    name: Wrote
    birth_on: date | None
    why: str


class Alikes(Schema):
    """The children like one who is described, as far as the account may see them."""

    items: list[LikeThem]


class NewChild(Sent):
    """A child to be written down, with the contact or referral that brought them. `none_of` names every child like
    them whom `/new-children/alike` tells: somebody has looked, and it is none of these."""

    number: Number
    child: DescribedChild
    brought_by: Literal["contact", "referral"]
    said: Annotated[Answers, Field(max_length=40)] = {}
    address: Brief = ""
    postcode: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9 ]{0,10}$")] = ""
    parent: Word = Field("", description="Somebody of the family, by name.")
    relation: Annotated[str, OneOf("relation")] | None = Field(None, description="What they are to the child.")
    none_of: Annotated[list[Handle], Field(max_length=100)] = []
    why: Brief = Field("", description="Why it is none of them.")


class NameCorrected(Sent):
    """Who a child is that was written down here, all of it as it is right, such as that an unborn child was born; and
    why it changes."""

    number: Number
    child: DescribedChild
    why: Brief


class TakenIn(Schema):
    """The child's handle."""

    child: str


@watches(router, "/new-children/alike", Thing.NEW_CHILDREN, Alikes)
def children_alike(request: HttpRequest, described: DescribedChild) -> Any:
    """The children like one who is described. What was sent stands in no address and no log."""
    # The names by which children are looked for are kept up as it is asked: something is written.
    with asked(request, writes=True) as keyworker:
        found = keyworker.like(described.who)
    to = teller(request)
    birth = [one.birth_on if to.names else None for one in found]
    return Status(201, Alikes(items=[LikeThem.of(one, to, birth_on=on) for one, on in zip(found, birth, strict=True)]))


@writes(router, "/new-children", Thing.NEW_CHILDREN, TakenIn)
def write_child(request: HttpRequest, new: NewChild) -> Any:
    """Write a child down whom nobody here knows. Where somebody may be the same child, nothing is written until they
    are named in `none_of`."""
    one = form_called(new.brought_by)
    assert one is not None, "both are forms"
    require_asked(new.said, (ask.name for ask in one.asks))
    wanted = WantedChild(
        new.number,
        new.child.who,
        WantedEntry(new.number, one, new.said),
        new.address.strip(),
        new.postcode.strip(),
        new.parent.strip(),
        new.relation or "",
        why=" ".join(new.why.split()),
    )
    with asked(request, writes=True) as keyworker:
        keyworker.may_take_in()
        shown = [] if keyworker.taken_in(wanted) else keyworker.like(wanted.who)
        if not {like.handle for like in shown} <= set(new.none_of):
            raise Stopped(_may_be_known())
        if shown and not wanted.why:
            raise Stopped(unfit({"why": "Say why it is none of the children like them"}))
        return Status(201, TakenIn(child=keyworker.take_in(wanted, shown)))


@writes(router, "/children/{handle}/name", Thing.PEOPLE, TakenIn)
def correct_name(request: HttpRequest, handle: Handle, new: NameCorrected) -> Any:
    """Correct who a child is that was written down here, for a reason. What it said before can still be asked."""
    with asked(request, writes=True) as keyworker:
        keyworker.correct_name(handle, WantedName(new.number, new.child.who, " ".join(new.why.split())))
    return Status(201, TakenIn(child=handle))


def _may_be_known() -> HttpResponse:
    return problem(
        409,
        Kind.ALIKE,
        "The child may be known",
        detail="There are children like this one. Nothing was written down.",
        remedy="Ask /api/v1/new-children/alike who they are. If it is none of them, name them in none_of and say why.",
    )
