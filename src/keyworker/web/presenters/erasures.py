"""Lawful erasure: the form by which it is asked for, what a second person sees, and the list of what waits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from keyworker.actions.erasures import WantedErasure
from keyworker.actions.questions.erasures import ErasureTold
from keyworker.actions.writing import LONGEST
from keyworker.vocabulary.codes import codes
from keyworker.web.presenters.by_hand import called
from keyworker.web.presenters.fields import Choice, Field, of_codes
from keyworker.web.presenters.visits import Line
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import plural, spoken

GOES = (
    "Everything that it ever said, corrections and withdrawn answers among it, and why it was changed",
    "What anybody has begun to write about it and not sent",
    "What was worked out from it; this is worked out anew from what is left",
)
"""What an erasure takes away."""
STAYS = (
    "That an entry of this kind was erased: when, for which reason, and who the two people were",
    "When it was written down and by which sign-in, and a mark by which the next extract does not bring it back",
    "Who opened this child’s record before",
    "Files that left, snapshots and copies of the whole record: whoever keeps these deals with them "
    "(`keyworker exports` lists the files)",
)
"""What stays, or is not reached."""


@dataclass(frozen=True)
class TypedErasure:
    """What was typed into the form by which an erasure is asked for."""

    erasure_id: str
    reason: str = ""
    why: str = ""

    @property
    def wanted(self) -> WantedErasure:
        """What it means."""
        return WantedErasure(self.erasure_id, self.reason, self.why)

    def fields(self, errors: Mapping[str, str]) -> tuple[Field, ...]:
        """What the form asks."""
        hint = f"In {LONGEST} characters or fewer. This stays, so write nothing here of what the entry says."
        reasons = of_codes("erasure_reason", self.reason)
        return (
            Field("reason", "For which lawful reason?", "radio", error=errors.get("reason", ""), choices=reasons),
            Field("why", "Why, in words that say nothing of it", "textarea", self.why, hint, errors.get("why", "")),
        )


def answer_fields(answer: str, why: str, errors: Mapping[str, str]) -> tuple[Field, ...]:
    """What the second person is asked."""
    choices = (
        Choice("agreed", "I agree: erase it now, for good", answer == "agreed"),
        Choice("refused", "I refuse: it stays", answer == "refused"),
    )
    hint = f"Where you refuse, in {LONGEST} characters or fewer."
    return (
        Field("answer", "What do you answer?", "radio", error=errors.get("answer", ""), choices=choices),
        Field("why", "Why not", "textarea", why, hint, errors.get("why", "")),
    )


def wrong_answer(answer: str, why: str) -> dict[str, str]:
    """What is wrong with an answer, by field."""
    if answer not in codes("erasure_answer"):
        return {"answer": "Choose what you answer"}
    if answer == "refused" and (not why or len(why) > LONGEST):
        return {"why": f"Say why you refuse, in {LONGEST} characters or fewer"}
    return {}


def told_answer(told: ErasureTold) -> str:
    """An erasure in a sentence."""
    one = told.asked
    if one.is_waiting:
        return f"{one.asked_by} asks that an entry of {told.name} be erased in all its history."
    on = f" on {spoken(one.answered_on)}" if one.answered_on else ""
    return f"An erasure of an entry of {told.name} was {one.answer} by {one.answered_by}{on}."


def told_lines(told: ErasureTold) -> list[Line]:
    """What was asked for."""
    one = told.asked
    lines = [Line("Lawful reason", codes("erasure_reason").get(one.reason, one.reason)), Line("Why", one.why)]
    if told.versions:
        lines.insert(0, Line("The entry", called(told.versions[-1].entry)))
        lines.append(Line("It said, in all", plural(len(told.versions), "thing")))
    if one.answered_why:
        lines.append(Line("Why it was refused", one.answered_why))
    return [*lines, Line("Asked for on", spoken(one.happened_on))]


def waiting_table(found: Sequence[ErasureTold], way: Callable[[ErasureTold], str]) -> Table:
    """What waits for a second person. Takes way, to the page of one."""
    return Table(
        "erasures",
        "Erasures that wait for a second person",
        heads("Asked for on", "Child", "Lawful reason", "By"),
        tuple(
            (
                Cell(spoken(one.asked.happened_on)),
                Cell(one.name, way(one)),
                Cell(codes("erasure_reason").get(one.asked.reason, one.asked.reason)),
                Cell(one.asked.asked_by),
            )
            for one in found
        ),
        "No erasure waits for you.",
        stays=True,
    )
