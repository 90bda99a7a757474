"""Exceptions from timescales: which there are, and agreeing and withdrawing one."""

from __future__ import annotations

from typing import Annotated
from uuid import uuid4

import typer

from keyworker.actions import Keyworker
from keyworker.actions.exceptions import Wanted, granted_record
from keyworker.cli.options import day_of, opened
from keyworker.cli.seeing import Answer, seeing
from keyworker.cli.typed import free_words
from keyworker.facts.moment import Moment

_EXCEPTIONS = ("exception_id", "rule", "new_due_on", "granted_by", "written_by", "written_at", "withdrawn_at")
_SAID = frozenset({"reason", "withdrawn_why"})
"""What somebody wrote of a child and family, which leaves only as names do."""
Child = Annotated[str, typer.Option("--child", help="The child's identifier or handle.")]


@seeing("exceptions", names=True)
def exceptions(keyworker: Keyworker, moment: Moment, child: Child) -> Answer:
    """The exceptions from timescales that were agreed for a child, also those that were withdrawn."""
    rows = [granted_record(one) for one in keyworker.exceptions(moment, child)]
    return Answer(rows, _EXCEPTIONS, _SAID, none="No exception was agreed for this child.")


def agree(
    child: Child,
    rule: Annotated[str, typer.Option("--rule", help="The timescale, by its name.")],
    due: Annotated[str, typer.Option("--due", help="The day on which the duty is due.")],
    granted_by: Annotated[str, typer.Option("--granted-by", help="The role or meeting that agreed it.")],
    why: Annotated[str, free_words("--why", "Why; kept with the exception.")],
    later: Annotated[
        str | None, typer.Option("--later", help="The later date; the duty is not asked for, if none.")
    ] = None,
) -> None:
    """Write down that one open duty to a child may come later, or is not asked for this time."""
    wanted = Wanted(
        uuid4().hex, rule, day_of(due, "--due"), day_of(later, "--later") if later else None, granted_by, why
    )
    with opened("agree an exception from a timescale") as keyworker:
        keyworker.agree(child, wanted)
    typer.echo(
        f"Written down as {wanted.exception_id}. To undo it: keyworker withdraw {wanted.exception_id} "
        "--child CHILD --why WHY"
    )


def withdraw(
    exception_id: Annotated[str, typer.Argument(help="The exception's number; see `keyworker exceptions`.")],
    child: Child,
    why: Annotated[str, free_words("--why", "Why; kept with the exception.")],
) -> None:
    """Withdraw an exception. What was known while it stood can still be asked."""
    with opened("withdraw an exception from a timescale") as keyworker:
        keyworker.withdraw(child, exception_id, why)
    typer.echo("Withdrawn.")


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (exceptions, agree, withdraw):
        app.command()(command)
