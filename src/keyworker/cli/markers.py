"""What must not be told of a child: what is marked, marking it and withdrawing that."""

from __future__ import annotations

from typing import Annotated
from uuid import uuid4

import typer

from keyworker.actions import Keyworker
from keyworker.actions.marking import WantedMarker, marker_record
from keyworker.cli.options import day_of, opened
from keyworker.cli.seeing import Answer, seeing
from keyworker.cli.typed import free_words
from keyworker.facts.marked import ANYONE_OUTSIDE, NAMED_PERSON
from keyworker.facts.moment import Moment
from keyworker.vocabulary.errors import KeyworkerError

_DAYS = ("from_on", "to_on", "withdrawn_at")
_MARKERS = ("marker_id", "kind", "told_to", "relation", "why", "said_by", *_DAYS, "asked_by")
_SAID = frozenset({"value", "person", "withdrawn_why", "asked_why", "kept_why"})
"""What is marked, and to whom it must not be told: they leave only as names do."""
Child = Annotated[str, typer.Option("--child", help="The child's identifier or handle.")]


@seeing("not to be told", names=True)
def not_to_be_told(keyworker: Keyworker, moment: Moment, child: Child) -> Answer:
    """What is marked of a child as not to be told, to whom and why, also what was withdrawn."""
    rows = [marker_record(one) for one in keyworker.markers(moment, child)]
    return Answer(rows, _MARKERS, _SAID, none="Nothing is marked of this child.")


def mark(
    child: Child,
    why: Annotated[str, typer.Option("--why", help="A code of `why_not_told`, such as court order.")],
    said_by: Annotated[str, free_words("--said-by", "The court, role or meeting that said so.")],
    row: Annotated[str | None, typer.Option("--row", help="The record's row, such as address:NUMBER.")] = None,
    kind: Annotated[str, typer.Option("--kind", help="Without --row: address, school, carer, name or fact.")] = "",
    value: Annotated[str, free_words("--value", "Without --row: what must not be told.")] = "",
    relation: Annotated[str, typer.Option("--relation", help="What the person is to the child; anyone, if none.")] = "",
    person: Annotated[str, free_words("--person", "The person's name.")] = "",
    until: Annotated[str | None, typer.Option("--until", help="The last day on which it holds.")] = None,
) -> None:
    """Mark an address, a school, a carer or another thing as not to be told to one person, or to anyone outside.

    What says - is read from standard input, a line each, so that it does not stand on the command line.
    """
    told_to = NAMED_PERSON if relation or person else ANYONE_OUTSIDE
    last_on = day_of(until, "--until") if until else None
    wanted = WantedMarker(uuid4().hex, _row(row), kind, value, told_to, relation, person, why, said_by, last_on)
    with opened("mark what must not be told") as keyworker:
        keyworker.mark(child, wanted)
    typer.echo(
        f"Written down as {wanted.marker_id}. To undo it: keyworker unmark {wanted.marker_id} --child CHILD --why WHY"
    )


def unmark(
    marker_id: Annotated[str, typer.Argument(help="Its number; see `keyworker not-to-be-told`.")],
    child: Child,
    why: Annotated[str, free_words("--why", "Why; kept with it.")],
) -> None:
    """Ask to withdraw what was marked as not to be told. It holds until a second person agrees."""
    with opened("withdraw what must not be told") as keyworker:
        keyworker.ask_to_withdraw(child, marker_id, why)
    typer.echo("Asked. It must not be told until a second person agrees: keyworker answer-unmark")


def answer_unmark(
    marker_id: Annotated[str, typer.Argument(help="Its number; see `keyworker not-to-be-told`.")],
    child: Child,
    why: Annotated[str, free_words("--why", "Why it may be told again, or not; kept with it.")],
    agree: Annotated[bool, typer.Option("--agree/--refuse", help="Whether it is withdrawn.")],
) -> None:
    """Answer who asks to withdraw what must not be told. Nobody agrees to what they asked."""
    with opened("answer who asks to withdraw what must not be told") as keyworker:
        keyworker.answer_withdrawal(child, marker_id, why, agrees=agree)
    typer.echo("Withdrawn." if agree else "It stands.")


def _row(said: str | None) -> tuple[str, str] | None:
    if said is None:
        return None
    table, parted, number = said.partition(":")
    if not parted:
        raise KeyworkerError("This names no row.", where="--row", remedy="Write it as address:NUMBER.")
    return table, number


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (not_to_be_told, mark, unmark, answer_unmark):
        app.command()(command)
