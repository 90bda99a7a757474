"""Case supervision of a child: what was decided and is open, writing one down, confirming and withdrawing it."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Annotated
from uuid import uuid4

import typer

from keyworker.actions import Keyworker
from keyworker.actions.case_supervision import HELD, EndedAction, NewAction, WantedSupervision
from keyworker.cli.options import day_of, opened
from keyworker.cli.seeing import Answer, seeing
from keyworker.cli.typed import free_words
from keyworker.facts.moment import Moment

_HELD = ("supervision_id", "happened_on", "outcome", "form", "cancelled_by", "confirmed", "is_withdrawn", "decision")
_ACTIONS = ("action_id", "worker_id", "due_on", "ended_on", "done", "what")
_SAID = frozenset({"decision", "why", "present", "answer", "changed_why", "what", "outcome_said"})
"""What was said of a child or of somebody: it leaves only as names do."""
_KEPT_APART = ("child_id", "entry_id", "note_entry_id")
Child = Annotated[str, typer.Option("--child", help="The child's identifier or handle.")]
Number = Annotated[str, typer.Argument(help="The supervision's number; see `keyworker supervisions`.")]


@seeing("case supervisions", names=True)
def supervisions(
    keyworker: Keyworker,
    moment: Moment,  # noqa: ARG001 - all that was ever written is told, with its days
    child: Child,
) -> Answer:
    """The supervisions of a child's case, the latest first; what was decided with --names and a --reason."""
    rows = [_row(asdict(one)) for one in keyworker.supervised(child).supervisions]
    return Answer(rows, _HELD, _SAID, none="No supervision of this child's case is recorded.")


@seeing("actions from case supervision", names=True)
def supervision_actions(
    keyworker: Keyworker,
    moment: Moment,  # noqa: ARG001 - all that was ever undertaken is told, with its days
    child: Child,
) -> Answer:
    """What was undertaken for a child in supervision, by when, and what came of it."""
    rows = [_row(asdict(one)) for one in keyworker.supervised(child).actions]
    said = [row | {"outcome_said": row.pop("outcome")} for row in rows]
    return Answer(said, _ACTIONS, _SAID, none="Nothing was undertaken in a supervision recorded here.")


@seeing("my actions from supervision", names=True)
def my_actions(
    keyworker: Keyworker,
    moment: Moment,  # noqa: ARG001 - what waits for somebody is a matter of today
) -> Answer:
    """What you undertook in supervision and is open, by the day on which it is due."""
    found = keyworker.my_actions()
    rows = [
        _row(asdict(one)) | {"handle": found.children[one.child_id].handle, "child": found.children[one.child_id].name}
        for one in found.actions
    ]
    said = [row | {"outcome_said": row.pop("outcome")} for row in rows]
    return Answer(said, ("handle", *_ACTIONS), _SAID | {"child"}, none="Nothing that you undertook is open.")


def record_supervision(
    child: Child,
    worker: Annotated[str, typer.Option("--worker", help="The identifier of whoever was supervised.")],
    supervisor: Annotated[str, typer.Option("--supervisor", help="The identifier of whoever held it.")],
    on: Annotated[str, typer.Option("--on", help="The day on which it was held, or was to be.")],
    form: Annotated[str, typer.Option("--form", help="one to one, group, unit meeting or informal.")] = "one to one",
    cancelled_by: Annotated[
        str, typer.Option("--cancelled-by", help="Who called it off: worker, supervisor or other.")
    ] = "",
    why: Annotated[str, free_words("--why", "Why it was decided so.")] = "",
    action: Annotated[
        list[str] | None, free_words("--action", "What is to be done, as WORKER:DAY:WHAT. May be repeated.")
    ] = None,
    done: Annotated[list[str] | None, typer.Option("--done", help="An action that was done, by its number.")] = None,
) -> None:
    """Write down a supervision of a child's case that you held or were given. What was decided is read from standard
    input, unless it was called off.
    """
    decision = ""
    if not cancelled_by:
        if sys.stdin.isatty():
            typer.echo("Write what was decided, and end with Ctrl-D on a line of its own.", err=True)
        decision = sys.stdin.read()
    wanted = WantedSupervision(
        uuid4().hex,
        day_of(on, "--on"),
        worker,
        supervisor,
        "cancelled" if cancelled_by else HELD,
        form,
        decision,
        why,
        cancelled_by=cancelled_by,
        new=tuple(_action(one) for one in action or ()),
        ended=tuple(EndedAction(one, True) for one in done or ()),
    )
    with opened("write down a supervision of a child's case") as keyworker:
        keyworker.record_supervision(child, wanted)
    typer.echo(f"Written down as {wanted.number}.")


def answer_supervision(
    supervision_id: Number,
    child: Child,
    so: Annotated[bool, typer.Option("--so/--otherwise", help="Whether it was so.")],
    says: Annotated[str, free_words("--says", "What you add, or what was otherwise.")] = "",
) -> None:
    """Say, as the worker who was supervised, whether a supervision of a child's case was so."""
    with opened("say whether a supervision was so") as keyworker:
        keyworker.answer_supervision(child, supervision_id, so, says)
    typer.echo("Written down.")


def withdraw_supervision(
    supervision_id: Number,
    child: Child,
    why: Annotated[str, free_words("--why", "Why; kept with it.")],
) -> None:
    """Withdraw a supervision of a child's case, as one of the two who held it. It counts as never held."""
    with opened("write down a supervision of a child's case") as keyworker:
        keyworker.withdraw_supervision(child, supervision_id, why)
    typer.echo("Withdrawn.")


def _action(said: str) -> NewAction:
    worker, _, rest = said.partition(":")
    day, _, what = rest.partition(":")
    return NewAction(what, worker, day_of(day, "--action"))


def _row(kept: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in kept.items() if name not in _KEPT_APART}


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (
        supervisions,
        supervision_actions,
        my_actions,
        record_supervision,
        answer_supervision,
        withdraw_supervision,
    ):
        app.command()(command)
