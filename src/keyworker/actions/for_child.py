"""The page for the child: who the worker is, who it was and why it changed, who came, and who else can help.

It is made of the same pieces as any copy, so that what must not be told stays behind on a screen as on paper. Its words
are chosen by age: short ones for a young child, fuller ones for a teenager.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from keyworker.actions.for_child_plans import Promised, kept_words, to_come
from keyworker.actions.pieces import CHILD, DAY, LOOKS_BACK, Piece, held_by, holds
from keyworker.facts.own_words import NOT_AGREED, TRUSTED, OwnWords
from keyworker.facts.pictures import Outcome, Ribbon, Role, Story, VisitMark
from keyworker.vocabulary import TABLES
from keyworker.vocabulary.causes import Cause
from keyworker.vocabulary.working_days import spoken

ADVOCATE, COMPLAINT = "how a child gets an advocate", "how a child complains"
"""The council's settings, in the words in which a child is to read them."""
TEENAGER_FROM = "age from which a child is spoken to as a teenager"
USUAL_AGE = 11
MOST_OF_YOUNG = 3
"""So many visits are told one by one to a young child; the rest are counted."""


class Words(StrEnum):
    """In which words a page speaks to a child."""

    YOUNG = "young child"
    TEENAGER = "teenager"


class Asks(StrEnum):
    """What a child asks; the headings of the page, in order."""

    NOW = "Who is my worker?"
    BEFORE = "Who was it before, and why did it change?"
    CAME = "Did they come when they said?"
    SAID = "What have I said?"
    NEXT = "When is somebody to come next?"
    HELP = "Who else can help me?"


@dataclass(frozen=True)
class Help:
    """What the council has set of who else helps a child; None where it has set nothing."""

    advocate: str | None = None
    complaint: str | None = None


def words_for(age: int | None, setting: str | None) -> Words:
    """The words in which a child is spoken to. Takes setting, the council's age; a child of no known age is older."""
    said = (setting or "").strip()
    first = int(said) if said.isascii() and said.isdigit() and len(said) < 3 else USUAL_AGE
    return Words.YOUNG if age is not None and age < first else Words.TEENAGER


def pieces_for_child(
    story: Story,
    words: Words,
    helps: Help,
    at: date,
    said: Sequence[OwnWords] = (),
    plans: Sequence[Promised] = (),
) -> tuple[Piece, ...]:
    """Everything that the page would say to a child on a day, before anything is left out.

    Takes   said, what the child and the family said: only what the child said itself stands on the page; plans, the
            visits that the family was told of. One of which it was not told stands nowhere on the page.
    """
    held, about, is_young = held_by(story), story.child_id, words is Words.YOUNG
    found = [
        *(Piece(Asks.NOW, text, about) for text in _now(held, at, is_young=is_young)),
        *(Piece(Asks.NOW, text, about, is_of_place=True) for text in ([] if is_young else _teams(held, at))),
        *(Piece(Asks.BEFORE, text, about) for text in _before(story, held, at, is_young=is_young)),
        *(Piece(Asks.CAME, text, about) for text in _came(story.visits, at, is_young=is_young)),
        *(Piece(Asks.CAME, text, about) for text in kept_words(plans, at)),
        *(Piece(Asks.SAID, text, about) for text in _said(said)),
        *(Piece(Asks.NEXT, text, about) for text in _next(story, at, plans)),
        *(Piece(Asks.HELP, text, about) for text in _help(helps, is_young=is_young)),
    ]
    return tuple(found)


def _now(held: Sequence[Ribbon], at: date, *, is_young: bool) -> Iterator[str]:
    leads = [one for one in held if one.role is Role.LEAD and holds(one, at)]
    answers = [one for one in held if one.role is Role.ACCOUNTABLE and holds(one, at)]
    for one in leads or answers:
        yield f"Your worker is {one.worker.name}, since {spoken(one.from_on)}."
    lead_ids = {one.worker.worker_id for one in leads}
    for one in answers if leads and not is_young else ():
        if one.worker.worker_id not in lead_ids:
            yield f"{one.worker.name} answers for the work, since {spoken(one.from_on)}."
    if not leads and not answers:
        yield "You have no worker just now. That is for us to put right, and is nothing that you did."


def _teams(held: Sequence[Ribbon], at: date) -> Iterator[str]:
    for name in dict.fromkeys(one.team.name for one in held if one.team and holds(one, at)):
        yield f"Their team is {name}."


def _before(story: Story, held: Sequence[Ribbon], at: date, *, is_young: bool) -> Iterator[str]:
    leads = [one for one in held if one.role is Role.LEAD]
    held = leads if is_young and leads else held
    ended = [one for one in held if one.to_on is not None and one.to_on <= at]
    known = {one.worker.worker_id for one in held if one.from_on <= at}
    if len(known) > 1:
        yield f"You have had {len(known)} workers since {spoken(min(one.from_on for one in held))}."
    for one in sorted(ended, key=lambda one: (one.from_on, one.worker.name), reverse=True):
        last = spoken(one.to_on - DAY) if one.to_on else ""
        yield f"{one.worker.name}, from {spoken(one.from_on)} to {last}. {_why(one, is_young=is_young)}"
    if story.untold:
        told_from = max(one.to_on for one in story.untold if one.to_on)
        yield f"Who your worker was before {spoken(told_from)} we do not know."
    elif not ended:
        yield "As far as we have written down, nobody else has been your worker."


_WHY = {
    Cause.MANAGING_CASELOADS: "the work was shared out again between workers",
    Cause.FIRST_CONTACT: "the first part of the work was done",
    Cause.LEFT_ROLE: "they left that job",
    Cause.REORGANISED: "the teams here were changed",
    Cause.STANDARD_TRANSFER: "another team does the next part of the work",
    Cause.ABSENCE: "somebody was away from work",
    Cause.CHILD_ASKED: "you asked for another worker",
}
"""What a child reads of why a worker changed. What somebody must tell a child face to face is not among them."""


def _why(one: Ribbon, *, is_young: bool) -> str:
    """Why somebody stopped. That a worker was away is told only where it was given as the cause, never read from HR."""
    is_private = one.cause_read_from is not None and one.cause == Cause.ABSENCE
    if one.cause is None or is_private:
        return "Why it changed was not written down. You can ask."
    because = _WHY.get(Cause(one.cause)) if one.cause in set(Cause) else None
    if because is None:
        return "Ask your worker why it changed."
    not_you = " It was not because of you." if is_young and one.cause != Cause.CHILD_ASKED else ""
    return f"It changed because {because}.{not_you}"


_CAME = {
    Outcome.SEEN: "{by} came and saw you.",
    Outcome.SEEN_ALONE: "{by} came and saw you.",
    Outcome.NOT_SEEN: "{by} came and did not see you.",
    Outcome.NO_ACCESS: "{by} came, and nobody opened the door.",
    Outcome.NOT_RECORDED: "{by} was to come. What came of it was not written down.",
}
_CALLED_OFF = {
    "family": "It was called off at home.",
    "worker": "{by} called it off.",
    "service": "Our office called it off.",
    "other": "Somebody else called it off.",
}
_NOT_SAID = "It was called off. By whom was not written down."


def _line(one: VisitMark) -> str:
    by = one.worker.name if one.worker else "Somebody"
    if one.outcome is Outcome.CANCELLED:
        return _CALLED_OFF.get((one.cancelled_by or "").lower(), _NOT_SAID).format(by=by if one.worker else "A worker")
    return _CAME[one.outcome].format(by=by)


def _came(visits: Iterable[VisitMark], at: date, *, is_young: bool) -> Iterator[str]:
    recent = sorted(
        (one for one in visits if at - LOOKS_BACK < one.happened_on <= at),
        key=lambda one: one.happened_on,
        reverse=True,
    )
    if not recent:
        yield "No visit is written down for the last year. If somebody came, tell us."
        return
    yield _counted(recent)
    for one in recent[:MOST_OF_YOUNG] if is_young else recent:
        yield f"{spoken(one.happened_on)}: {_line(one)}"
    yield "If that is not how it was, say so. We write it down beside it."


def _counted(recent: Sequence[VisitMark]) -> str:
    """How many visits were made, and of those that were not, who called them off."""
    came = Counter(one.outcome for one in recent)
    saw = came[Outcome.SEEN] + came[Outcome.SEEN_ALONE]
    off = Counter((one.cancelled_by or "").lower() for one in recent if one.outcome is Outcome.CANCELLED)
    named = [f"{off[who]} {how}" for who, how in _BY if off[who]]
    unsaid = came[Outcome.CANCELLED] - sum(off[who] for who, _ in _BY)
    parts = [
        f"somebody came and saw you {_times(saw)}" if saw else "nobody came and saw you",
        *_if(came[Outcome.NOT_SEEN] + came[Outcome.NO_ACCESS], "somebody came and did not see you {}"),
        *_if(came[Outcome.CANCELLED], "it was called off {}"),
        *_if(came[Outcome.NOT_RECORDED], "what came of it was not written down {}"),
    ]
    whom = [*named, *([f"{unsaid} by somebody; we did not write down who"] if unsaid else [])]
    by = f" Called off: {', '.join(whom)}." if whom else ""
    return f"In the last year, of {_visits(len(recent))}: {', '.join(parts)}.{by}"


_BY = (("worker", "by a worker"), ("service", "by our office"), ("family", "at home"), ("other", "by somebody else"))


def _if(count: int, text: str) -> list[str]:
    return [text.format(_times(count))] if count else []


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _visits(count: int) -> str:
    return "one visit" if count == 1 else f"{count} visits"


def _next(story: Story, at: date, plans: Sequence[Promised]) -> Iterator[str]:
    yield from to_come(plans, at)
    due_on = story.child.due_on if story.child else None
    if due_on is None:
        yield "No day is written down by which somebody must see you. Ask your worker."
    elif due_on < at:
        yield f"Somebody should have seen you by {spoken(due_on)}. We are late."
    else:
        yield f"Somebody is to see you by {spoken(due_on)}."


def _said(said: Sequence[OwnWords]) -> Iterator[str]:
    theirs = [one for one in said if one.said_by == CHILD]
    for one in theirs:
        words = f" “{one.words}”" if one.words else ""
        back = f" You took it back on {spoken(one.taken_back_on)}." if one.taken_back_on else ""
        if one.kind == TRUSTED:
            yield f"{spoken(one.happened_on)}: you trust {one.trusts}.{words}{back}"
        elif one.kind == NOT_AGREED:
            yield f"{spoken(one.happened_on)}: you do not agree with this: {entry_words(one)}.{words}{back}"
        else:
            yield f"{spoken(one.happened_on)}: you said:{words}{back}"
    if not theirs:
        yield "Nothing is written down yet. Say what you want to stand here: it is written down as you say it."


def entry_words(one: OwnWords) -> str:
    """The entry with which somebody does not agree, in words: what it is, and its day."""
    title = TABLES[one.in_table].title if one.in_table in TABLES else "An entry"
    return f"{title}, {spoken(one.entry_on)}" if one.entry_on else title


def _help(helps: Help, *, is_young: bool) -> Iterator[str]:
    yield (
        "An advocate is somebody who is on your side and helps you say what you want."
        if is_young
        else "An advocate is on your side: they help you to be heard, and do not work for your worker."
    )
    yield helps.advocate or "The council has not written here how you get an advocate. Ask your worker to find out."
    yield helps.complaint or "The council has not written here how you complain. Ask your worker to find out."
