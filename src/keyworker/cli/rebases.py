"""Where the limits of a measure's chart start afresh: what was decided, deciding it, withdrawing it."""

from __future__ import annotations

from typing import Annotated
from uuid import uuid4

import typer

from keyworker.actions import Keyworker
from keyworker.actions.rebases import WantedRebase, rebase_record
from keyworker.cli.options import day_of, opened
from keyworker.cli.seeing import NOBODY, Answer, seeing
from keyworker.facts.moment import Moment

_REBASES = ("rebase_id", "from_on", "decided_by", "why", "written_by", "written_at", "withdrawn_at")
Measure = Annotated[str, typer.Argument(help="The measure, by the name of its definition.")]
Yes = Annotated[bool, typer.Option(help="It is so; all four must be.")]


@seeing("fresh limits of a chart")
def rebases(keyworker: Keyworker, moment: Moment, measure: Measure) -> Answer:
    """From where on the limits of a measure's chart were worked out afresh, by whose decision and why."""
    rows = [rebase_record(one) for one in keyworker.rebases(moment, measure)]
    return Answer(rows, _REBASES, NOBODY, none="Nobody has let limits start afresh.")


def rebase(
    measure: Measure,
    from_on: Annotated[str, typer.Option("--from", help="The last day of the first month that they judge.")],
    decided_by: Annotated[str, typer.Option("--decided-by", help="The role or meeting that decided it.")],
    why: Annotated[str, typer.Option("--why", help="What made it another process; kept with the chart.")],
    behaves_differently: Yes = False,
    cause_known: Yes = False,
    change_accepted: Yes = False,
    expected_to_last: Yes = False,
) -> None:
    """Let the limits of a measure's chart start afresh from a month on. It stands on the chart with who and why."""
    answers = {
        "behaves_differently": behaves_differently,
        "cause_known": cause_known,
        "change_accepted": change_accepted,
        "expected_to_last": expected_to_last,
    }
    yes = frozenset(name for name, is_so in answers.items() if is_so)
    wanted = WantedRebase(uuid4().hex, measure, day_of(from_on, "--from"), decided_by, why, yes)
    with opened("let the limits of a chart start afresh") as keyworker:
        keyworker.rebase(wanted)
    undo = f"keyworker withdraw-rebase {measure} {wanted.rebase_id} --why WHY"
    typer.echo(f"Written down as {wanted.rebase_id}. To undo it: {undo}")


def withdraw_rebase(
    measure: Measure,
    rebase_id: Annotated[str, typer.Argument(help="The decision's number; see `keyworker rebases`.")],
    why: Annotated[str, typer.Option("--why", help="Why; kept with the decision.")],
) -> None:
    """Withdraw fresh limits. That they held can still be seen."""
    with opened("withdraw the fresh limits of a chart") as keyworker:
        keyworker.withdraw_rebase(measure, rebase_id, why)
    typer.echo("Withdrawn.")


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (rebases, rebase, withdraw_rebase):
        app.command()(command)
