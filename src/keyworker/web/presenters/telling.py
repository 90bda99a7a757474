"""Words for another agency: what it would be shown, what stays behind, and those that wait for a second person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from keyworker.actions.leaving import LeftOut
from keyworker.actions.questions.outside import ToldOutside
from keyworker.actions.telling import Leaves
from keyworker.facts.told_to_agency import ACTION, ANSWER, OUTCOME
from keyworker.web.tables import Cell, Table, heads
from keyworker.web.words import plural, sentence

NAMES = {ACTION: "child-told-action", ANSWER: "child-told-answer", OUTCOME: "child-told-outcome"}
"""The address at which a second person looks at words, by the table in whose row they stand."""
WHAT = {ACTION: "An action of the plan", ANSWER: "An answer to its challenge", OUTCOME: "How its challenge ended"}


@dataclass(frozen=True)
class Before:
    """What whoever writes words for another agency looks at first. Takes seen, the digest of what they look at."""

    says: str
    cautions: tuple[str, ...]
    left_out: Table
    seen: str


def before(found: Leaves) -> Before:
    """What stays behind of some words that were typed."""
    left = len(found.let_out.left_out)
    out = (
        f"{sentence(plural(left, 'thing you wrote is', 'things you wrote are'))} left out for the other agency."
        if left
        else "Nothing that you wrote is shown as left out for the other agency."
    )
    says = (
        f"It is not written down yet. Something is marked as not to be told of this child or the family. {out} They "
        "see nothing of it until a second person has agreed. Change your words, or send them again as they are."
    )
    return Before(says, found.let_out.cautions, left_out_table(found.let_out.left_out), found.contents)


def left_out_table(found: Sequence[LeftOut]) -> Table:
    """What the agency is not shown and why."""
    rows = tuple((Cell(one.what), Cell(one.text), Cell(one.why)) for one in found)
    return Table(
        "left-out",
        "Left out for the agency",
        heads("Where", "What it says", "Why"),
        rows,
        "Nothing is shown as left out.",
    )


def looked_answer(found: ToldOutside) -> str:
    """What a second person is to look at, in a sentence."""
    return (
        f"This is what the sign-in {found.message.account} of another agency would read about {found.name}. "
        "It is shown nothing of it until you agree."
    )


def waiting_table(found: Sequence[ToldOutside], address: Callable[[ToldOutside], str]) -> Table:
    """The words that wait for a second person, each with the way to them."""
    rows = tuple(
        (
            Cell(WHAT[one.message.in_table], address(one)),
            Cell(one.name),
            Cell(one.message.account),
            Cell(str(len(one.leaves.let_out.left_out))),
        )
        for one in found
    )
    columns = heads("What it is", "Child", "For the sign-in", "#Things left out")
    empty = "No words for another agency wait for you."
    return Table("outside", "Words for another agency that wait for you", columns, rows, empty)
