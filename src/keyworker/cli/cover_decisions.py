"""Children whose worker is away or has left, and deciding who covers for one."""

from __future__ import annotations

from typing import Annotated
from uuid import uuid4

import typer

from keyworker.actions import Keyworker
from keyworker.actions.cover_decisions import WantedCover
from keyworker.cli.options import day_of, opened
from keyworker.cli.saying import say
from keyworker.cli.seeing import Answer, seeing
from keyworker.cli.typed import free_words
from keyworker.facts.moment import Moment

PURPOSE = "decide who covers for a child"
_ROWS = ("child", "worker", "left", "away_since", "back_on")


@seeing("children whose worker is away or has left")
def to_cover(keyworker: Keyworker, moment: Moment) -> Answer:  # noqa: ARG001 - every command that sees has a moment
    """The children for whom you decide whose worker has left, or is away with nothing decided. Never why."""
    rows = [
        {
            "child": one.child.handle,
            "worker": one.worker.handle,
            "left": one.away is None,
            "away_since": one.away.from_on if one.away else None,
            "back_on": one.away.back_on if one.away else None,
        }
        for one in keyworker.to_cover()
    ]
    return Answer(rows, _ROWS, none="No child of yours waits for a decision who covers.")


def decide_cover(
    child: Annotated[str, typer.Argument(help="The child's identifier or handle.")],
    from_on: Annotated[str, typer.Option("--from", help="From which day.")],
    until: Annotated[str, typer.Option("--until", help="The last day.")],
    worker: Annotated[str, typer.Option("--worker", help="Who covers; none where nobody does.")] = "",
    team: Annotated[str | None, typer.Option("--team", help="The team, where the worker is in more than one.")] = None,
    why: Annotated[str, free_words("--why", "Why; needed where nobody covers.")] = "",
) -> None:
    """Decide who covers for a child whose worker is away, or why nobody does."""
    with opened(PURPOSE) as keyworker:
        worker_id, team_id = keyworker.worker_named(worker, team) if worker else (None, None)
        first, last = day_of(from_on, "--from"), day_of(until, "--until")
        keyworker.decide_cover(child, WantedCover(uuid4().hex, worker_id, team_id, first, last, why))
    say("Decided.")


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (to_cover, decide_cover):
        app.command()(command)
