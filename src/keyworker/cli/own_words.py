"""What children and parents say of the record: the list, writing it down for them, and that they take it back."""

from __future__ import annotations

from typing import Annotated
from uuid import uuid4

import typer

from keyworker.actions import Keyworker
from keyworker.actions.own_words import CHILD, WantedWords, words_record
from keyworker.cli.options import day_of, opened
from keyworker.cli.saying import say
from keyworker.cli.seeing import Answer, seeing
from keyworker.cli.typed import free_words
from keyworker.facts.moment import Moment

_WORDS = ("words_id", "happened_on", "kind", "said_by", "in_table", "entry_on", "written_at", "taken_back_on")
_ENTRIES = ("entry", "on", "in_table", "title")
_SAID = frozenset({"person", "words", "trusts", "taken_back_words"})
"""Who said it and what they said, which leave only as names do."""
WRITING = "write down what a child or a parent says"
Child = Annotated[str, typer.Argument(help="The child's identifier or handle.")]


@seeing("what they say", names=True)
def own_words(keyworker: Keyworker, moment: Moment, child: Child) -> Answer:
    """What a child and the family said, and with which entries they do not agree."""
    rows = [words_record(one) for one in keyworker.own_words(child, moment).words]
    return Answer(rows, _WORDS, _SAID, none="Nothing that this child or the family said is written down.")


@seeing("entries to disagree with", names=True)
def entries(keyworker: Keyworker, moment: Moment, child: Child) -> Answer:  # noqa: ARG001 - every command that sees has a moment
    """Every entry about a child, by number, with which a child or a parent may not agree."""
    rows = [
        {"entry": one.entry_id, "on": one.on, "in_table": one.in_table, "title": one.title}
        for one in keyworker.entries_of(child)
    ]
    return Answer(rows, _ENTRIES, none="Nothing is recorded of this child.")


def write_own_words(
    child: Child,
    kind: Annotated[str, typer.Option("--kind", help="words, trusted, or not agreed.")],
    on: Annotated[str, typer.Option("--on", help="The day on which they said it.")],
    said_by: Annotated[str, typer.Option("--said-by", help="What they are to the child, such as mother.")] = CHILD,
    person: Annotated[str, free_words("--person", "Their name, where it was not the child.")] = "",
    words: Annotated[str, free_words("--words", "What they said, in their own words.")] = "",
    trusts: Annotated[str, free_words("--trusts", "Whom they trust, by name and as what.")] = "",
    entry: Annotated[int | None, typer.Option("--entry", help="The entry; see `keyworker entries`.")] = None,
) -> None:
    """Write down for a child or a parent what they say, or that they do not agree with an entry.

    What says - is read from standard input, a line each, so that it does not stand on the command line.
    """
    wanted = WantedWords(uuid4().hex, day_of(on, "--on"), kind, said_by, person, words, trusts, entry)
    with opened(WRITING) as keyworker:
        keyworker.write_words(child, wanted)
    say(f"Written down as {wanted.words_id}.")


def take_back_own_words(
    child: Child,
    words_id: Annotated[str, typer.Argument(help="Its number; see `keyworker own-words`.")],
    on: Annotated[str, typer.Option("--on", help="The day on which they took it back.")],
    theirs: Annotated[bool, typer.Option("--theirs", help="That whoever said it asked for this themselves.")] = False,
    words: Annotated[str, free_words("--words", "What they said about it.")] = "",
) -> None:
    """Write down that whoever said something took it back; it stays, with both days."""
    with opened(WRITING) as keyworker:
        keyworker.take_words_back(child, words_id, day_of(on, "--on"), words, is_theirs=theirs)
    say("Written down that they took it back.")


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (own_words, entries, write_own_words, take_back_own_words):
        app.command()(command)
