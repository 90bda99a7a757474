"""Asking for time for a duty, what waits for an answer, and the answer: the forms and the lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from keyworker.actions.questions.time_asked import Answerable, TimeTold
from keyworker.actions.time_asked import Standing, WantedAnswer
from keyworker.actions.writing import LONGEST
from keyworker.facts.pictures import WorkerRef
from keyworker.facts.time_asked import GIVEN, LATE, LATER, TAKEN_BACK, TOGETHER, TimeAsked
from keyworker.web.moments import day_typed
from keyworker.web.presenters.fields import Choice, Field, of_workers, worker_meant
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import in_words, spoken, spoken_instant

SAYS = {
    GIVEN: "Somebody else does it",
    TOGETHER: "Somebody goes too",
    LATE: "It may be late, until a day",
    LATER: "The date is changed, by an exception",
    TAKEN_BACK: "It can be done by then after all",
}
THE_SERVICE = "Not answered in time: from then it is the service that is late, not whoever asked."


@dataclass(frozen=True)
class Line:
    """One line of what was asked or answered."""

    term: str
    said: str


@dataclass(frozen=True)
class TypedAnswer:
    """What was typed into the form of an answer, kept whatever is wrong with it."""

    answer: str
    until: str
    helper: str
    says: str

    @classmethod
    def of(cls, said: Mapping[str, str]) -> TypedAnswer:
        """What a form says."""
        return cls(*(said.get(name, "").strip() for name in ("answer", "until", "helper", "says")))

    def wanted(self, helpers: Sequence[WorkerRef]) -> WantedAnswer:
        """The answer that it means, as far as it can be read. Takes helpers, those whom the form offers, by handle."""
        return WantedAnswer(self.answer, day_typed(self.until), worker_meant(helpers, self.helper) or None, self.says)

    def fields(self, found: Answerable, errors: Mapping[str, str]) -> tuple[Field, ...]:
        """What the form asks."""
        offered = [GIVEN, TOGETHER, LATE, *([LATER] if found.may_change else [])]
        answers = tuple(Choice(code, SAYS[code], self.answer == code) for code in offered)
        helpers = of_workers(found.helpers, self.helper)
        return (
            Field("answer", "What do you answer?", "radio", error=errors.get("answer", ""), choices=answers),
            Field(
                "helper",
                "Who does it, or goes too",
                "select",
                hint="Somebody of the child’s team today who may see the child. It changes nobody’s allocation.",
                error=errors.get("helper", ""),
                choices=helpers,
            ),
            Field(
                "until",
                "The later date, or the day until which it may be late",
                "text",
                self.until,
                "For example, 27 March 2026.",
                errors.get("until", ""),
            ),
            Field(
                "says",
                "What you say with it",
                "textarea",
                self.says,
                f"In {LONGEST} characters or fewer. Whoever may see this child sees it, also with a changed date.",
                errors.get("says", ""),
            ),
        )


def how(one: TimeTold, at: date) -> str:
    """How it stands, in words."""
    asked = one.asked
    match one.standing:
        case Standing.WAITS:
            left = "today" if asked.answer_by_on == at else f"by {spoken(asked.answer_by_on)}"
            return f"Waits for an answer, due {left}"
        case Standing.UNANSWERED:
            return f"Not answered by {spoken(asked.answer_by_on)}: the service is late"
        case Standing.DONE:
            return "Done, or no longer asked for"
        case _:
            return said_of(asked)


def said_of(one: TimeAsked) -> str:
    """What was answered, in words."""
    until = f": {spoken(one.until_on)}" if one.until_on else ""
    return f"{SAYS.get(one.answer or '', '')}{until}"


def to_answer_answer(found: Sequence[TimeTold]) -> str:
    """What waits for this manager, in a sentence."""
    late = sum(one.standing is Standing.UNANSWERED for one in found)
    if not found:
        return "Nobody who asked for time waits for you."
    waits = f"{in_words(len(found))} {'waits' if len(found) == 1 else 'wait'} for an answer"
    return f"{waits}, {late} of them past the day: there the service is late." if late else f"{waits}."


def waiting_table(found: Sequence[TimeTold], at: date, address: Callable[[TimeTold], str]) -> Table:
    """What waits for an answer. It says nowhere who asked: what is late here is the service, no worker is counted."""
    ordered = sorted(found, key=lambda one: (one.asked.answer_by_on, one.asked.due_on, one.asked.asked_id))
    return Table(
        "time-asked",
        "Cannot be done by then",
        heads("Child", "What", "Due", "Answer", "Team"),
        tuple(
            (
                Cell(one.name, address(one)),
                Cell(one.title, notes=(one.asked.reason,)),
                Cell(spoken(one.asked.due_on)),
                Cell(how(one, at), tone="past" if one.standing is Standing.UNANSWERED else ""),
                Cell(one.team.name if one.team else "No team"),
            )
            for one in ordered
        ),
        "Nothing waits.",
        stays=True,
    )


def mine_table(found: Sequence[TimeTold], at: date, address: Callable[[TimeTold], str]) -> Table:
    """What this worker asked and what came of it, and what was given them to do or go along to."""
    return Table(
        "my-time-asked",
        "What you asked, and what was given to you",
        heads("Child", "What", "Due", "How it stands"),
        tuple(
            (
                Cell(one.name, address(one)),
                Cell(one.title, notes=() if one.is_own else ("given to you",)),
                Cell(spoken(one.asked.due_on)),
                Cell(how(one, at), notes=tuple(filter(None, (one.asked.answer_says,)))),
            )
            for one in found
        ),
        "You have asked for no time that is still open.",
        stays=True,
    )


def told_answer(told: TimeTold, at: date) -> str:
    """What was asked and how it stands, in a sentence."""
    return f"{told.title}, due {spoken(told.asked.due_on)}, for {told.name}. {how(told, at)}."


def told_lines(told: TimeTold) -> list[Line]:
    """What was asked and answered, in the order in which it was."""
    one = told.asked
    lines = [
        ("Asked", f"{spoken_instant(one.asked_at)}, by {told.who.name if told.who else one.asked_by}"),
        ("Why", one.reason),
        ("To be answered by", spoken(one.answer_by_on)),
        ("Answer", said_of(one) if one.answer else None),
        ("Who", told.helper.name if told.helper else None),
        ("Said with it", one.answer_says),
        ("Answered", f"{spoken(one.answered_on)}, by {one.answered_by}" if one.answered_on else None),
    ]
    return [Line(term, said) for term, said in lines if said]


def asked_table(
    found: Sequence[TimeAsked], titles: Mapping[str, str], at: date, address: Callable[[TimeAsked], str]
) -> Table:
    """The times that time was asked for of a child's duties, the latest first. Takes titles, of rules."""

    def stands(one: TimeAsked) -> str:
        if one.is_answered:
            return said_of(one)
        late = "Not answered by" if one.is_unanswered_on(at) else "To be answered by"
        return f"{late} {spoken(one.answer_by_on)}"

    return Table(
        "time-asked",
        "Time that was asked for",
        heads("Duty", "Asked", "How it stands"),
        tuple(
            (
                Cell(titles.get(one.rule, one.rule), address(one), notes=(f"due on {spoken(one.due_on)}",)),
                Cell(spoken(one.happened_on)),
                Cell(stands(one)),
            )
            for one in found
        ),
        "No time was asked for of this child’s duties.",
        stays=True,
    )
