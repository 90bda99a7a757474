"""What is recorded of a worker with a form: reading it, recording it, correcting it; and a worker who is new."""

from __future__ import annotations

from typing import Annotated
from uuid import uuid4

import typer

from keyworker.actions import Keyworker
from keyworker.actions.by_hand import WantedEntry
from keyworker.actions.correcting import Correction
from keyworker.actions.hand_answers import DAY, answer_of
from keyworker.actions.new_workers import WantedWorker
from keyworker.actions.staff_correcting import NOT_SHOWN_AGAIN, asks_of
from keyworker.cli.options import opened
from keyworker.cli.saying import say
from keyworker.cli.seeing import Answer, seeing
from keyworker.cli.typed import answers_typed, free_words
from keyworker.facts.moment import Moment
from keyworker.vocabulary.errors import KeyworkerError
from keyworker.vocabulary.forms import Form
from keyworker.vocabulary.staff_forms import staff_form, staff_forms

WRITING = "record an entry of a worker"
Worker = Annotated[str, typer.Option("--worker", help="The worker's number or handle.")]
Said = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[NAME=ANSWER]...",
        help="The answers, such as from_on=2026-03-02. One that says -, as reason_class=- should, is read from "
        "standard input, a line each.",
    ),
]
_ROWS = ("table", "entry", "on", "last_on", "source", "written_at")


def new_worker(
    worker_id: Annotated[str, typer.Argument(help="The number by which the case system knows them, or will.")],
    name: Annotated[str, free_words("--name", "Their name.")],
    job_title: Annotated[str, typer.Option("--title", help="Their job title.")],
) -> None:
    """Write somebody down whom the record does not know as a worker."""
    with opened(WRITING) as keyworker:
        keyworker.write_worker(WantedWorker(worker_id, name, job_title))
    say("Written down. The post comes next: keyworker record-staff start.")


def record_staff(
    kind: Annotated[str, typer.Argument(help=f"One of: {', '.join(one.slug for one in staff_forms().values())}.")],
    said: Said = None,
    worker: Worker = "",
    of: Annotated[int | None, typer.Option("--of", help="The entry to which it belongs, or which it changes.")] = None,
) -> None:
    """Record an entry of a worker with a form: a post, an absence, registration, learning."""
    form = _form(kind)
    wanted = WantedEntry(uuid4().hex, form, answers_typed(said or (), [ask.name for ask in form.asks]), of)
    with opened(WRITING) as keyworker:
        keyworker.record_staff(worker, wanted)
    say("Written down.")


@seeing("what is recorded of a worker")
def staff_recorded(keyworker: Keyworker, moment: Moment, worker: Worker) -> Answer:  # noqa: ARG001 - every command that sees has a moment
    """What stands of a worker, each entry with the number by which it is corrected, and none of its words."""
    rows = [
        {
            "table": one.table,
            "entry": one.entry_id,
            "on": one.on,
            "last_on": one.until - DAY if one.until else None,
            "source": one.source,
            "written_at": one.written_at,
        }
        for one in keyworker.staff_record(worker).entries
    ]
    return Answer(rows, _ROWS, none="Nothing is recorded of this worker.")


def correct_staff(
    table: Annotated[str, typer.Argument(help="The table of the entry; see `keyworker staff-recorded`.")],
    entry: Annotated[int, typer.Argument(help="The entry's number.")],
    why: Annotated[str, free_words("--why", "Why; it stays with the worker's record.")],
    said: Said = None,
    worker: Worker = "",
    withdraw: Annotated[bool, typer.Option("--withdraw", help="It was never so.")] = False,
) -> None:
    """Correct an entry of a worker, or withdraw it, for a reason."""
    with opened(WRITING) as keyworker:
        stands = keyworker.staff_entry(worker, table, entry)
        answers = {
            ask.name: "" if ask.column.name in NOT_SHOWN_AGAIN else answer_of(ask, stands.values[ask.column.name])
            for ask in asks_of(stands)
        }
        changed = answers_typed(said or (), list(answers))
        wanted = None if withdraw else Correction(answers | changed, why)
        keyworker.change_staff_entry(worker, table, entry, wanted, uuid4().hex, why)
    say("Withdrawn." if withdraw else "Corrected.")


def _form(kind: str) -> Form:
    found = staff_form(kind)
    if found is None:
        raise KeyworkerError("There is no such form.", where=kind, remedy="See `keyworker record-staff --help`.")
    return found


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (new_worker, record_staff, staff_recorded, correct_staff):
        app.command()(command)
