"""Copies for the child, the family or somebody else outside: looking, asking, answering, giving."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer

from keyworker.actions import Keyworker
from keyworker.actions.copies import WantedCopy
from keyworker.actions.copying import copy_record
from keyworker.actions.questions.copies import Looked
from keyworker.cli.options import opened
from keyworker.cli.saying import say, say_left_out
from keyworker.cli.seeing import Answer, seeing
from keyworker.cli.typed import free_words
from keyworker.facts.moment import Moment

_COPIES = ("copy_id", "relation", "left_out", "asked_by", "happened_on", "state", "answered_by")
_FOR_CHILD = ("words", "section", "text")
_SAID = frozenset({"person", "purpose", "answered_why"})
"""For whom a copy is, and what somebody wrote of it, which leave only as names do."""
Child = Annotated[str, typer.Argument(help="The child's identifier or handle.")]
CopyId = Annotated[str, typer.Argument(help="The copy's number; see `keyworker copies`.")]


@seeing("copies", names=True)
def copies(keyworker: Keyworker, moment: Moment, child: Child) -> Answer:  # noqa: ARG001 - every command that sees has a moment
    """The copies for people outside that were asked for of a child, and how each stands."""
    rows = [copy_record(one) for one in keyworker.copies(child)]
    return Answer(rows, _COPIES, _SAID, none="No copy was asked for of this child.")


@seeing("page for the child", names=True)
def for_child(
    keyworker: Keyworker,
    moment: Moment,  # noqa: ARG001 - every command that sees has a moment
    child: Child,
    words: Annotated[str, typer.Option("--words", help="young child, or teenager; without it the age decides.")] = "",
) -> Answer:
    """The page for the child: who is my worker, who was it and why, did they come, who else can help."""
    found = keyworker.for_child(child, words)
    rows = [
        {"words": found.words.value, "section": str(one.section), "text": one.text}
        for one in found.looked.leaving.pieces
    ]
    return Answer(rows, _FOR_CHILD, frozenset({"text"}))


def ask_copy(
    child: Child,
    relation: Annotated[str, typer.Option("--relation", help="What the person is to the child, such as mother.")],
    person: Annotated[str, free_words("--person", "The name of whoever it is for.")],
    purpose: Annotated[str, free_words("--purpose", "What it is for; kept with it.")],
    note: Annotated[str, free_words("--note", "Words of your own to go with it.")] = "",
    words: Annotated[
        str, typer.Option("--words", help="The child's own copy in words for a child: young child, or teenager.")
    ] = "",
    with_family: Annotated[bool, typer.Option(help="With brothers and sisters.")] = False,
    with_plan: Annotated[bool, typer.Option(help="With what the plan asks.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Ask for it; without this it is only shown.")] = False,
) -> None:
    """Show what a copy for somebody outside would say and leave out; with --yes, ask to give it."""
    wanted = WantedCopy(
        uuid4().hex, relation, person, purpose, note, with_family=with_family, words=words, with_plan=with_plan
    )
    with opened("make a copy for somebody outside") as keyworker:
        looked = keyworker.look(child, wanted)
        if yes:
            keyworker.ask_copy(child, wanted, looked.copy.contents)
    _show(looked)
    if not yes:
        say("Nothing was asked for. To ask for it: the same with --yes")
    elif looked.needs_second:
        say(f"Asked for as {wanted.copy_id}. A second person must look at it before it goes.")
    else:
        say(f"Asked for as {wanted.copy_id}. To give it: keyworker give-copy CHILD {wanted.copy_id} --out FILE")


def answer_copy(
    child: Child,
    copy_id: CopyId,
    why: Annotated[str, free_words("--why", "Why it may go or not; kept with it.")],
    agree: Annotated[bool, typer.Option("--agree/--refuse", help="Whether it may go.")],
) -> None:
    """Answer a copy that somebody else asked for, having looked at what it says. Nobody answers their own."""
    with opened("look at a copy that somebody else asked for") as keyworker:
        _, looked, _ = keyworker.look_again(child, copy_id)
        _show(looked)
        keyworker.answer_copy(child, copy_id, looked.copy.contents, why, agrees=agree)
    say("It may go." if agree else "It may not go.")


def give_copy(
    child: Child,
    copy_id: CopyId,
    out: Annotated[Path, typer.Option("--out", help="Write here, readable by you only. Its name should name nobody.")],
) -> None:
    """Write a copy that may be given, as plain text; it is listed by `keyworker exports`."""
    with opened("give a copy to somebody outside") as keyworker:
        text = keyworker.give_copy(child, copy_id).text
    with os.fdopen(os.open(out, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    say(f"Written to {out}")


def _show(looked: Looked) -> None:
    """What it says, and beside it what it leaves out and what to think of."""
    say(looked.copy.text)
    say_left_out(looked.let_out)


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (copies, for_child, ask_copy, answer_copy, give_copy):
        app.command()(command)
