"""Notes of personal supervision: reading those that are one's own to read, writing, answering and withdrawing one."""

from __future__ import annotations

import sys
from typing import Annotated
from uuid import uuid4

import typer

from keyworker.actions import Keyworker
from keyworker.actions.supervision_notes import WantedNote, note_record
from keyworker.cli.options import day_of, opened
from keyworker.cli.seeing import Answer, seeing
from keyworker.cli.typed import free_words
from keyworker.facts.moment import Moment
from keyworker.vocabulary.errors import KeyworkerError

_NOTES = ("note_id", "happened_on", "worker_id", "supervisor_id", "written_by", "agreed", "withdrawn_on", "note")
_SAID = frozenset({"worker", "supervisor", "note", "answer", "withdrawn_why"})
"""What names somebody or was said in confidence: it leaves only as names do."""
Number = Annotated[str, typer.Argument(help="The note's number; see `keyworker supervision-notes`.")]


@seeing("supervision notes", names=True)
def supervision_notes(
    keyworker: Keyworker,
    moment: Moment,  # noqa: ARG001 - who may read a note is asked of today, whatever day is looked at
    worker: Annotated[str | None, typer.Option("--worker", help="Only of this worker's supervision.")] = None,
) -> Answer:
    """The notes of personal supervision that are yours to read today; their words with --names and a --reason."""
    rows = [note_record(one) for one in keyworker.supervision_notes(worker=worker).notes]
    return Answer(rows, _NOTES, _SAID, none="No note of a personal supervision is yours to read.")


def write_supervision_note(
    worker: Annotated[str, typer.Option("--worker", help="The identifier of whoever was supervised.")],
    supervisor: Annotated[str, typer.Option("--supervisor", help="The identifier of whoever held it.")],
    on: Annotated[str, typer.Option("--on", help="The day on which it was held.")],
) -> None:
    """Write a note of a supervision that you held or were given. Its words are read from standard input."""
    if sys.stdin.isatty():
        typer.echo("Write what was said, and end with Ctrl-D on a line of its own.", err=True)
    wanted = WantedNote(uuid4().hex, worker, supervisor, day_of(on, "--on"), sys.stdin.read())
    with opened("write a note of a personal supervision") as keyworker:
        keyworker.write_supervision_note(wanted)
    typer.echo(f"Written down as {wanted.note_id}.")


def answer_supervision_note(
    note_id: Number,
    agreed: Annotated[bool, typer.Option("--agree/--disagree", help="Whether you agree with it.")],
    answer: Annotated[str, free_words("--answer", "What you add, or do not agree with.")] = "",
) -> None:
    """Say whether you agree with a note of your own supervision."""
    with opened("answer a note of a personal supervision") as keyworker:
        keyworker.answer_supervision_note(note_id, agreed, answer)
    typer.echo("Written down.")


def withdraw_supervision_note(
    note_id: Number, why: Annotated[str, free_words("--why", "Why; kept with the note.")]
) -> None:
    """Withdraw a note that you wrote. Its words are shown no more."""
    if not why.strip():
        raise KeyworkerError("A note is withdrawn for a reason.", where="--why", remedy="Say why.")
    with opened("withdraw a note of a personal supervision") as keyworker:
        keyworker.withdraw_supervision_note(note_id, why)
    typer.echo("Withdrawn.")


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (supervision_notes, write_supervision_note, answer_supervision_note, withdraw_supervision_note):
        app.command()(command)
