"""Lawful erasure of an entry by two people: asking for it, what waits, and answering as the second."""

from __future__ import annotations

import json
from typing import Annotated
from uuid import uuid4

import typer

from keyworker.actions import Keyworker
from keyworker.actions.erasures import WantedErasure
from keyworker.cli.options import ForPrograms, opened
from keyworker.cli.saying import say
from keyworker.cli.seeing import Answer, seeing
from keyworker.cli.typed import free_words
from keyworker.facts.moment import Moment
from keyworker.vocabulary.errors import KeyworkerError

ASKING = "ask that an entry be erased"
ANSWERING = "look at an erasure as the second person"
_ROWS = ("erasure_id", "child", "asked_on", "asked_by", "table", "entry", "reason")


def ask_erasure(
    table: Annotated[str, typer.Argument(help="The table of the entry, as `keyworker recorded` lists it.")],
    entry: Annotated[int, typer.Argument(help="The entry's number.")],
    child: Annotated[str, typer.Option("--child", help="The child's identifier or handle.")] = "",
    reason: Annotated[str, typer.Option("--lawful-reason", help="Such as 'another child' or 'a court'.")] = "",
    why: Annotated[str, free_words("--why", "Why, in words that say nothing of the entry.")] = "",
    as_json: ForPrograms = False,
) -> None:
    """Ask that an entry be erased in all its history. Nothing goes until a second person agrees."""
    wanted = WantedErasure(uuid4().hex, reason, why)
    with opened(ASKING) as keyworker:
        keyworker.ask_erasure(child, table, entry, wanted)
    _say({"erasure_id": wanted.erasure_id}, f"Asked for as {wanted.erasure_id}.", as_json=as_json)


@seeing("erasures that wait")
def erasures(keyworker: Keyworker, moment: Moment) -> Answer:  # noqa: ARG001 - every command that sees has a moment
    """The erasures that wait for a second person who may be you."""
    rows = [
        {
            "erasure_id": one.asked.erasure_id,
            "child": one.handle,
            "asked_on": one.asked.happened_on,
            "asked_by": one.asked.asked_by,
            "table": one.asked.in_table,
            "entry": one.asked.entry,
            "reason": one.asked.reason,
        }
        for one in keyworker.erasures_waiting()
    ]
    return Answer(rows, _ROWS, none="No erasure waits for you.")


def answer_erasure(
    erasure: Annotated[str, typer.Argument(help="Its number, as `keyworker erasures` lists it.")],
    child: Annotated[str, typer.Option("--child", help="The child's identifier or handle.")] = "",
    agree: Annotated[bool, typer.Option("--agree", help="Erase it now, for good.")] = False,
    refuse: Annotated[bool, typer.Option("--refuse", help="It stays; say why.")] = False,
    why: Annotated[str, free_words("--why", "Why it is refused.")] = "",
    as_json: ForPrograms = False,
) -> None:
    """Agree to an erasure, as the second person, or refuse it. What is agreed is gone at once, for good."""
    if agree == refuse:
        raise KeyworkerError("What do you answer?", where="--agree or --refuse", remedy="Give one of the two.")
    with opened(ANSWERING) as keyworker:
        keyworker.answer_erasure(child, erasure, agreed=agree, why=why)
    answer = "agreed" if agree else "refused"
    _say({"erasure_id": erasure, "answer": answer}, "Erased." if agree else "Refused: it stays.", as_json=as_json)


def _say(told: dict[str, str], line: str, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(told))
    else:
        say(line)


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (ask_erasure, erasures, answer_erasure):
        app.command()(command)
