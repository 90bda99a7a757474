"""Direct work with a child: the list, attaching a file to a visit, opening it, and where nothing is attached."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer

from keyworker.access import INSIDE
from keyworker.actions import Keyworker
from keyworker.actions.direct_work import WantedWork, work_record
from keyworker.cli.options import day_of, opened
from keyworker.cli.saying import say
from keyworker.cli.seeing import Answer, seeing
from keyworker.cli.typed import free_words
from keyworker.facts.moment import Moment
from keyworker.intake.attached import MOST_BYTES
from keyworker.vocabulary.errors import KeyworkerError

_WORK = ("work_id", "visit_id", "happened_on", "kind", "agreement", "agreed_on", "media", "bytes", "written_at")
_LACKING = ("visit_id", "happened_on", "written_by")
_SAID = frozenset({"purpose", "need", "changed"})
"""What somebody wrote, which leaves only as names do."""
Child = Annotated[str, typer.Argument(help="The child's identifier or handle.")]
WorkId = Annotated[str, typer.Argument(help="Its number; see `keyworker direct-work`.")]


@seeing("direct work", names=True)
def direct_work(keyworker: Keyworker, moment: Moment, child: Child) -> Answer:  # noqa: ARG001 - every command that sees has a moment
    """The direct work with a child that was written down, without what is attached."""
    rows = [work_record(one) for one in keyworker.direct_work(child)]
    return Answer(rows, _WORK, _SAID, none="No direct work with this child is written down.")


@seeing("nothing attached", names=True)
def nothing_attached(keyworker: Keyworker, moment: Moment) -> Answer:  # noqa: ARG001 - every command that sees has a moment
    """The visits of late at which direct work is mentioned and nothing of it is attached."""
    rows = [
        {
            "name": one.name,
            "visit_id": one.one.visit_id,
            "happened_on": one.one.happened_on,
            "written_by": one.one.written_by,
        }
        for one in keyworker.nothing_attached()
    ]
    return Answer(rows, _LACKING, none="Wherever direct work is mentioned, something of it is attached.")


def attach_direct_work(
    child: Child,
    visit: Annotated[str, typer.Argument(help="The number of the visit.")],
    kind: Annotated[str, typer.Option("--kind", help="drawing, photo, recording, sheet or other.")],
    purpose: Annotated[str, free_words("--purpose", "What it was for.")],
    agreement: Annotated[str, typer.Option("--agreement", help="What the child agrees to: shown, or worker alone.")],
    agreed: Annotated[str, typer.Option("--agreed", help="The day on which the child said so.")],
    file: Annotated[Path | None, typer.Option("--file", help="JPEG, PNG or WAV; written anew and sealed.")] = None,
    need: Annotated[str, free_words("--need", "The need of the child that it served.")] = "",
    changed: Annotated[str, free_words("--changed", "What changed, in the child's own words.")] = "",
) -> None:
    """Write down direct work at a visit, with what came of it."""
    content = _read(file) if file else None
    wanted = WantedWork(uuid4().hex, kind, purpose, agreement, day_of(agreed, "--agreed"), need, changed, content)
    with opened("attach direct work with a child") as keyworker:
        keyworker.attach(child, visit, wanted)
    say(f"Written down as {wanted.work_id}.")


def open_direct_work(
    child: Child,
    work: WorkId,
    out: Annotated[Path, typer.Option("--out", help="Write here, readable by you only. Its name should name nobody.")],
) -> None:
    """Write what is attached to a file, where the child agrees that you open it."""
    with opened("open direct work as the child agrees") as keyworker:
        found = keyworker.open_work(child, work)
        keyworker.downloaded("direct work", f"direct-work-{work}", found.content, identifying=True, for_whom=INSIDE)
    with os.fdopen(os.open(out, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "wb") as file:
        file.write(found.content)
    say(f"Written to {out}")


def agree_direct_work(
    child: Child,
    work: WorkId,
    agreement: Annotated[str, typer.Option("--agreement", help="shown, worker alone, or not shown.")],
    on: Annotated[str, typer.Option("--on", help="The day on which the child said so.")],
) -> None:
    """Write down what the child now agrees to of direct work; it counts from now on."""
    with opened("write down what a child agrees to") as keyworker:
        keyworker.agree_work(child, work, agreement, day_of(on, "--on"))
    say("Written down.")


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened_file:
            return opened_file.read(MOST_BYTES + 1)
    except OSError as error:
        raise KeyworkerError(f"The file cannot be read: {error.strerror}.", where="--file") from error


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (direct_work, nothing_attached, attach_direct_work, open_direct_work, agree_direct_work):
        app.command()(command)
