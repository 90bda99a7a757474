"""A copy of a part of a child's record for the child or the family: who the worker is, who it was, who came when.

It holds as little as answers those questions, in plain words. It is made of pieces, each about one child, so that the
one way out (`actions.leaving`) can leave out what somebody must not learn.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from keyworker.access import Audience, Reach
from keyworker.actions.for_child import Help, Words, pieces_for_child
from keyworker.actions.for_child_plans import Promised
from keyworker.actions.pieces import CHILD, DAY, LOOKS_BACK, Piece, held_by, holds
from keyworker.facts.own_words import OwnWords
from keyworker.facts.pictures import Outcome, Ribbon, Role, Story, VisitMark
from keyworker.facts.plan_actions import PlanAction
from keyworker.facts.stories import Together
from keyworker.vocabulary.working_days import spoken

Asked = tuple[PlanAction, str]
"""An action of the plan, with who is to do it in words."""


class Section(StrEnum):
    """What a piece answers; the headings of the copy, in order."""

    NOW = "The worker now"
    BEFORE = "Workers before"
    CAME = "Who came, in the last year"
    NEXT = "What comes next"
    PLAN = "What the plan asks"
    FAMILY = "Brothers and sisters"
    NOTE = "From the service"


@dataclass(frozen=True)
class WantedCopy:
    """A copy that somebody means to give.

    Takes   copy_id, a random word of the form's, so that a form sent twice asks once; relation and person, whom it is
            for; purpose, why; note, words of the sender's own; with_family, whether brothers and sisters stand in it;
            words, in which words the child is spoken to, a code of `child_words`; empty for the copy that anybody gets;
            with_plan, whether what the plan asks stands in it.
    """

    copy_id: str
    relation: str
    person: str
    purpose: str
    note: str = ""
    with_family: bool = False
    words: str = ""
    with_plan: bool = False

    @property
    def audience(self) -> Audience:
        """Whom it is for."""
        return Audience(Reach.NAMED, self.relation, self.person.strip())


@dataclass(frozen=True)
class Copy:
    """A copy as it leaves: whose, for whom, as at when, its pieces under their headings."""

    title: str
    at: date
    pieces: tuple[Piece, ...]

    @property
    def sections(self) -> list[tuple[str, list[str]]]:
        """Its headings, in the order in which they come up, with their lines."""
        return [
            (str(heading), [piece.text for piece in self.pieces if piece.section == heading])
            for heading in dict.fromkeys(piece.section for piece in self.pieces)
        ]

    @property
    def text(self) -> str:
        """The same as plain text."""
        told = [self.title, f"As it stood on {spoken(self.at)}.", ""]
        for heading, lines in self.sections:
            told += [heading, *(f"- {line}" for line in lines), ""]
        return "\n".join(told)

    @property
    def contents(self) -> str:
        """A digest of exactly what it says: a second person agrees to this and to nothing else."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def title(story: Story, relation: str) -> str:
    """What stands above the copy."""
    return "Your workers" if relation == CHILD else f"The workers of {story.name}"


def pieces(
    story: Story,
    family: Sequence[Together],
    wanted: WantedCopy,
    at: date,
    helps: Help | None = None,
    said: Sequence[OwnWords] = (),
    asked: Sequence[Asked] = (),
    plans: Sequence[Promised] = (),
) -> tuple[Piece, ...]:
    """Everything that a copy would say of a child on a day, before anything is left out.

    Takes   family, the child and the brothers and sisters whom the sender may see, the child first; helps, what the
            council has set of who else helps a child; said, what the child and the family said; asked, what the plan
            asks; plans, the visits that the family was told of.
    """
    plan = tuple(Piece(Section.PLAN, text, story.child_id) for text in _plan(asked, wanted.relation))
    if wanted.words:
        return (
            *pieces_for_child(story, Words(wanted.words), helps or Help(), at, said, plans),
            *plan,
            *(_family(family[1:], at) if wanted.with_family else ()),
            *_note(story, wanted),
        )
    whose, who = ("Your", "you") if wanted.relation == CHILD else (f"{story.name}’s", story.name)
    held = held_by(story)
    about = story.child_id
    found = [
        *(Piece(Section.NOW, text, about) for text in _now(held, whose, who, at)),
        *(Piece(Section.NOW, text, about, is_of_place=True) for text in _teams(held, at)),
        *(Piece(Section.BEFORE, text, about) for text in _before(held, whose, at)),
        *(Piece(Section.CAME, text, about) for text in _came(story.visits, who, at)),
        *(Piece(Section.NEXT, text, about) for text in _next(story, who, at)),
        *plan,
    ]
    if wanted.with_family:
        found += list(_family(family[1:], at))
    return (*found, *_note(story, wanted))


def _note(story: Story, wanted: WantedCopy) -> Iterator[Piece]:
    for line in wanted.note.splitlines():
        if line.strip():
            yield Piece(Section.NOTE, line.strip(), story.child_id)


def _now(held: Sequence[Ribbon], whose: str, who: str, at: date) -> Iterator[str]:
    leads = [one for one in held if one.role is Role.LEAD and holds(one, at)]
    answers = [one for one in held if one.role is Role.ACCOUNTABLE and holds(one, at)]
    for one in leads or answers:
        yield f"{whose} worker is {one.worker.name}, since {spoken(one.from_on)}."
    for one in answers if leads else ():
        if one.worker.worker_id not in {lead.worker.worker_id for lead in leads}:
            yield f"{one.worker.name} answers for the work, since {spoken(one.from_on)}."
    if not leads and not answers:
        has = "have" if who == "you" else "has"
        yield f"{who[:1].upper()}{who[1:]} {has} no worker at the moment."


def _teams(held: Sequence[Ribbon], at: date) -> Iterator[str]:
    for name in dict.fromkeys(one.team.name for one in held if one.team and holds(one, at)):
        yield f"The team is {name}."


def _before(held: Sequence[Ribbon], whose: str, at: date) -> Iterator[str]:
    known = {one.worker.worker_id for one in held if one.from_on <= at}
    if len(known) > 1:
        first = min(one.from_on for one in held)
        yield f"{whose} workers since {spoken(first)}: {len(known)} in all."
    for one in sorted(held, key=lambda one: (one.from_on, one.worker.name), reverse=True):
        if one.to_on is not None and one.to_on <= at:
            yield f"{one.worker.name}, from {spoken(one.from_on)} to {spoken(one.to_on - DAY)}."


_CAME = {
    Outcome.SEEN: "{by} came and saw {who}.",
    Outcome.SEEN_ALONE: "{by} came and saw {who}.",
    Outcome.NOT_SEEN: "{by} came and did not see {who}.",
    Outcome.NO_ACCESS: "{by} came and could not get in.",
    Outcome.CANCELLED: "{by} was to come, and did not: it was cancelled.",
    Outcome.NOT_RECORDED: "{by} was to come. What came of it is not recorded.",
}


def _came(visits: Iterable[VisitMark], who: str, at: date) -> Iterator[str]:
    recent = [one for one in visits if at - LOOKS_BACK < one.happened_on <= at]
    for one in sorted(recent, key=lambda one: one.happened_on, reverse=True):
        by = one.worker.name if one.worker else "Somebody"
        yield f"{spoken(one.happened_on)}: {_CAME[one.outcome].format(by=by, who=who)}"


def _next(story: Story, who: str, at: date) -> Iterator[str]:
    due_on = story.child.due_on if story.child else None
    if due_on is not None:
        past = f"Somebody should have seen {who} by {spoken(due_on)}."
        yield past if due_on < at else f"Somebody is to see {who} by {spoken(due_on)}."


def _plan(asked: Sequence[Asked], relation: str) -> Iterator[str]:
    """What the plan asks, in plain words: whoever reads it is spoken to as `you`, where it is theirs."""
    for one, owner in asked:
        who = "You are" if one.relation and one.relation == relation else f"{owner} is"
        need = f" It is for this: {one.need.rstrip('.')}." if one.need else ""
        what = f"{one.what.rstrip('.')}."
        if one.ended_on is None:
            yield f"{what} {who} to do this by {spoken(one.due_on)}.{need}"
        elif one.done:
            yield f"{what} This was done on {spoken(one.ended_on)}.{need}"
        else:
            yield f"{what} On {spoken(one.ended_on)} it was agreed not to go on with this."


def _family(others: Sequence[Together], at: date) -> Iterator[Piece]:
    for one in others:
        holder = one.holder(at)
        if one.is_open and holder is not None:
            yield Piece(Section.FAMILY, f"{one.name}’s worker is {holder.name}.", one.handle)
