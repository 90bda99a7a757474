"""Copies for somebody outside: the list, the form, what to look at before one goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial

from keyworker.actions.copies import WantedCopy
from keyworker.actions.copying import problems
from keyworker.actions.leaving import LeftOut
from keyworker.actions.questions.copies import Looked
from keyworker.actions.writing import LONGEST
from keyworker.facts.copies import AGREED, ASKED, NOT_NEEDED, CopyAsked
from keyworker.vocabulary.codes import codes
from keyworker.web.presenters.fields import Choice, Field, FilledIn, of_codes
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import plural, sentence, spoken

YES = "yes"
STATES = {ASKED: "Waits for a second person", AGREED: "May be given", NOT_NEEDED: "May be given"}


@dataclass(frozen=True)
class TypedCopy:
    """What was typed into the form, kept whatever is wrong with it."""

    copy_id: str
    relation: str
    person: str
    purpose: str
    with_family: str
    with_plan: str
    note: str
    words: str

    @classmethod
    def of(cls, said: Mapping[str, str], copy_id: str) -> TypedCopy:
        """What a form says. Takes copy_id, what stands where it says nothing of it yet."""
        typed = {one.name: said.get(one.name, "").strip() for one in fields(cls)}
        return cls(**{**typed, "copy_id": typed["copy_id"] or copy_id})

    def wanted(self) -> WantedCopy:
        """The copy that it means."""
        return WantedCopy(
            self.copy_id,
            self.relation,
            self.person,
            self.purpose,
            self.note,
            with_family=self.with_family == YES,
            words=self.words,
            with_plan=self.with_plan == YES,
        )

    def errors(self) -> dict[str, str]:
        """What is wrong with it, by the field in which it was typed."""
        return problems(self.wanted())


def form_fields(typed: TypedCopy, errors: Mapping[str, str]) -> tuple[Field, ...]:
    """The fields of the form, in the order in which they are asked."""

    field = FilledIn(partial(getattr, typed), errors).field

    plain = Choice("", "As for anybody else", not typed.words)
    family = Choice(YES, "Brothers and sisters, and who their worker is", typed.with_family == YES)
    plan = Choice(YES, "What the plan asks, of whom and by when", typed.with_plan == YES)
    return (
        field("relation", "Whom is it for?", "select", choices=of_codes("relation", typed.relation, short=True)),
        field("person", "Their name", "text"),
        field("purpose", "What is it for?", "text", "It is kept with the copy, and does not stand in it."),
        field(
            "words",
            "In which words?",
            "radio",
            "The child’s own may be in words for a child, and then also says why workers changed and who else helps.",
            (plain, *of_codes("child_words", typed.words)),
        ),
        field("with_plan", "Is the plan to stand in it?", "checkbox", choices=(plan,)),
        field("with_family", "What else may stand in it?", "checkbox", choices=(family,)),
        field(
            "note",
            "Words of your own to go with it",
            "textarea",
            f"In {LONGEST} characters or fewer; each line on its own. Nothing needs to stand here.",
        ),
    )


def looked_answer(looked: Looked, typed: TypedCopy | CopyAsked) -> str:
    """What is to be done, in a sentence."""
    whom = f"{typed.person} ({typed.relation})"
    left = len(looked.let_out.left_out)
    if not looked.needs_second:
        return f"This is what the copy for {whom} says. Nothing about {looked.name} or the family is marked."
    out = (
        f"{sentence(plural(left, 'line'))} {'is' if left == 1 else 'are'} left out"
        if left
        else "Nothing is shown as left out"
    )
    return f"This is what the copy for {whom} says. {out}, and a second person must look at it before it goes."


def for_the_worker(looked: Looked) -> tuple[str, ...]:
    """What a worker is to know before the child reads their own page; none of it is for the child."""
    left = len(looked.let_out.left_out)
    out = f"{sentence(plural(left, 'line'))} {'is' if left == 1 else 'are'} left out of this page."
    paper = "Something is marked as not to be told: on paper, a second person must look at this before it goes."
    return (
        out if left else f"Nothing is {'shown as ' if looked.needs_second else ''}left out of this page.",
        *looked.let_out.cautions,
        *((paper,) if looked.needs_second else ()),
    )


def left_out_table(found: Sequence[LeftOut]) -> Table:
    """What stays behind and why, for the sender's eyes."""
    return Table(
        "left-out",
        "Left out of the copy",
        heads("Where", "What it said", "Why"),
        tuple((Cell(one.what), Cell(one.text), Cell(one.why)) for one in found),
        "Nothing is shown as left out.",
    )


def copies_table(found: Sequence[CopyAsked], address: Callable[[CopyAsked], str], title: str, empty: str) -> Table:
    """Copies that were asked for, each with the way to it."""
    rows = tuple(
        (
            Cell(f"{one.person} ({one.relation})", address(one), (one.purpose,)),
            Cell(spoken(one.happened_on), notes=(f"by {one.asked_by}",)),
            Cell(STATES.get(one.state, "Refused"), notes=_answered(one)),
            Cell(str(one.left_out or 0)),
        )
        for one in found
    )
    return Table("copies", title, heads("For whom", "Asked", "How it stands", "#Lines left out"), rows, empty)


def _answered(one: CopyAsked) -> tuple[str, ...]:
    if one.answered_by:
        return (f"{one.answered_by}: {one.answered_why}",)
    return (codes("copy_state")[one.state],) if one.state in (ASKED, NOT_NEEDED) else ()


def list_answer(name: str, found: Sequence[CopyAsked]) -> str:
    """The child's copies in a sentence."""
    if not found:
        return f"No copy of {name}’s record was asked for."
    waits = sum(one.state == ASKED for one in found)
    return f"{sentence(plural(len(found), 'copy', 'copies'))} asked for; {waits or 'none'} waiting for a second person."


def waiting_answer(found: Sequence[CopyAsked], outside: int = 0, markers: int = 0) -> str:
    """What waits for the second person, each kind in a sentence.

    Takes   outside, how many words for another agency wait; markers, how much somebody asks to withdraw.
    """
    said = [f"{sentence(plural(len(found), 'copy waits', 'copies wait'))} for you to look at." if found else ""]
    if outside:
        one, many = "thing written for another agency waits", "things written for another agency wait"
        said.append(f"{sentence(plural(outside, one, many))}.")
    if markers:
        said.append(f"Somebody asks that {plural(markers, 'thing', 'things')} may be told again.")
    return " ".join(filter(None, said)) or "No copy waits for you."
