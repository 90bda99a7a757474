"""Words for another agency: looked at before they are written, and by a second person before they go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from uuid import uuid4

import typer

from keyworker.actions import Keyworker
from keyworker.actions.telling import Leaves
from keyworker.cli.options import opened
from keyworker.cli.saying import say, say_left_out
from keyworker.cli.seeing import Answer, seeing
from keyworker.cli.typed import free_words
from keyworker.facts.moment import Moment
from keyworker.vocabulary.errors import KeyworkerError

_ROWS = ("handle", "in_table", "in_row", "left_out")
Yes = Annotated[
    bool, typer.Option("--yes", help="Write it, having seen what is left out for the agency that would read it.")
]


def looked(keyworker: Keyworker, child: str, account: str, said: Mapping[str, str], *, yes: bool) -> str:
    """Show what stays behind of words that another agency would read, where anything is marked.

    Gives   the digest of what was shown; empty where nothing had to be.
    Raises  KeyworkerError where something had to be shown first, and nobody said to write it all the same.
    """
    found = keyworker.look_outside(child, account, said) if account and any(said.values()) else None
    if found is None or not found.needs_second:
        return ""
    _show(found)
    if not yes:
        raise KeyworkerError(
            "Nothing is written down: something of the family is marked, and another agency would read it.",
            where="words for another agency",
            remedy="Look at what is left out. The same with --yes writes it; they see it once a second person agreed.",
        )
    return found.contents


@seeing("copies waiting", names=True)
def told_outside(keyworker: Keyworker, moment: Moment) -> Answer:  # noqa: ARG001 - every command that sees has a moment
    """The words for another agency that wait for you as the second person."""
    rows = [
        {
            "handle": one.handle,
            "in_table": one.message.in_table,
            "in_row": one.message.in_row,
            "left_out": len(one.leaves.let_out.left_out),
            "account": one.message.account,
        }
        for one in keyworker.waiting_outside()
    ]
    return Answer(rows, (*_ROWS, "account"), none="No words for another agency wait for you.")


def answer_told_outside(
    child: Annotated[str, typer.Argument(help="The child's identifier or handle.")],
    table: Annotated[str, typer.Argument(help="Where the words stand; see `keyworker told-outside`.")],
    number: Annotated[str, typer.Argument(help="The number of their row; see `keyworker told-outside`.")],
    why: Annotated[str, free_words("--why", "Why they may be told, or not; kept with it.")],
    agree: Annotated[bool, typer.Option("--agree/--refuse", help="Whether they may be told.")],
) -> None:
    """Answer whether another agency may be told some words, having looked at them. Nobody answers their own."""
    with opened("look at words for another agency that somebody else wrote") as keyworker:
        found = keyworker.look_told(child, table, number)
        _show(found.leaves)
        keyworker.answer_told(child, found, found.leaves.contents, uuid4().hex, why, agrees=agree)
    say("They may be told." if agree else "They may not be told.")


def _show(found: Leaves) -> None:
    for what, text in found.told:
        say(f"{what}: {text}")
    say_left_out(found.let_out)


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (told_outside, answer_told_outside):
        app.command()(command)
