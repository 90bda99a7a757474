"""Who works with a child: allocating, offering to another worker, answering, the steps of a handover, ending."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated
from uuid import uuid4

import typer

from keyworker.actions import Keyworker
from keyworker.actions.allocations import Part, Steps, WantedAllocation
from keyworker.cli.options import day_of, opened
from keyworker.cli.seeing import Answer, seeing
from keyworker.cli.typed import free_words
from keyworker.facts.days import london_day
from keyworker.facts.handovers import Handover
from keyworker.facts.moment import Moment
from keyworker.vocabulary.errors import KeyworkerError

_WORKERS = ("worker_id", "role", "team_id", "from_on", "source")
_HANDOVERS = ("handover_id", "from_worker_id", "worker_id", "starts_on", "answer", "complete")
_SAID = frozenset({"child", "why", "answered_why", "worker", "from_worker"})
"""What names somebody, or was said of a child: it leaves only as names do."""
Child = Annotated[str, typer.Option("--child", help="The child's identifier or handle.")]
Number = Annotated[str, typer.Argument(help="The handover's number; see `keyworker handovers`.")]
Cause = Annotated[str, typer.Option("--cause", help="Why: one of the published causes, or finer words for it.")]
Why = Annotated[str, free_words("--why", "Why it is right for this child; kept with it.")]


@seeing("workers of a child")
def workers_of(
    keyworker: Keyworker,
    moment: Moment,  # noqa: ARG001 - as it is today: who held a child on another day is on the child's own record
    child: Child,
) -> Answer:
    """Who works with a child today, and as what."""
    rows = [
        {"worker_id": one.worker_id, "role": one.role, "team_id": one.team_id, "from_on": one.from_on}
        | {"source": one.source}
        for one in keyworker.worked_with(child).before.working
    ]
    return Answer(rows, _WORKERS, none="Nobody works with the child.")


@seeing("handovers", names=True)
def handovers(
    keyworker: Keyworker,
    moment: Moment,  # noqa: ARG001 - who may see and answer an offer is a matter of today
    child: Annotated[str | None, typer.Option("--child", help="Every change of worker offered for this child.")] = None,
) -> Answer:
    """Changes of worker that wait for an answer or are not complete; of one child, all that were offered."""
    if child is not None:
        told = keyworker.worked_with(child)
        rows = [_row(one) | {"handle": told.handle, "child": told.name} for one in told.handovers]
    else:
        rows = [
            _row(one.handover)
            | {"handle": one.handle, "child": one.name}
            | {"from_worker": one.from_worker.name, "worker": one.to_worker.name}
            for one in keyworker.handovers()
        ]
    return Answer(rows, ("handle", *_HANDOVERS), _SAID, none="No change of worker waits, and all are complete.")


def allocate(
    child: Child,
    worker: Annotated[str, typer.Option("--worker", help="The worker's identifier or handle.")],
    cause: Cause,
    on: Annotated[str | None, typer.Option("--from", help="The first day; today, if none.")] = None,
    part: Annotated[Part, typer.Option("--as", help="What the worker is to be to the child.")] = Part.WORKER,
    team: Annotated[str | None, typer.Option("--team", help="In which team; the worker's own, if none.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="The last day of cover, if it is known.")] = None,
    why: Why = "",
) -> None:
    """Say who works with a child. A child who has a worker is offered to the other, who must accept."""
    with opened("decide who works with a child") as keyworker:
        worker_id, team_id = keyworker.worker_named(worker, team)
        last = day_of(until, "--until") if until else None
        wanted = WantedAllocation(uuid4().hex, part, worker_id, team_id, _day(keyworker, on), cause, why, last)
        is_offer = part is Part.WORKER and keyworker.before_change(child).main is not None
        keyworker.allocate(child, wanted)
    if is_offer:
        typer.echo(
            f"Offered, as {wanted.number}. To answer: keyworker answer-handover {wanted.number} --child CHILD --accept"
        )
    else:
        typer.echo("Written down.")


def answer_handover(
    handover_id: Number,
    child: Child,
    accept: Annotated[bool, typer.Option("--accept/--refuse", help="Whether the child is taken.")],
    why: Annotated[str, free_words("--why", "Why it is refused.")] = "",
) -> None:
    """Accept or refuse a child who is offered."""
    with opened("hand a child over") as keyworker:
        keyworker.answer_offer(child, handover_id, "accepted" if accept else "refused", why)
    typer.echo("Accepted: the child goes to the worker from the first day." if accept else "Refused: the child stays.")


def withdraw_handover(handover_id: Number, child: Child, why: Why) -> None:
    """Take back the offer of a child to another worker, while it waits."""
    with opened("hand a child over") as keyworker:
        keyworker.answer_offer(child, handover_id, "withdrawn", why)
    typer.echo("Withdrawn: the child stays.")


def handover_steps(
    handover_id: Number,
    child: Child,
    told: Annotated[str | None, typer.Option("--told", help="The day on which the child was told.")] = None,
    introduced: Annotated[str | None, typer.Option("--introduced", help="The day of the joint visit.")] = None,
    goodbye: Annotated[str | None, typer.Option("--goodbye", help="The day a goodbye was offered.")] = None,
) -> None:
    """Write down when a child was told of a change of worker, introduced and offered a goodbye."""
    said = {"--told": told, "--introduced": introduced, "--goodbye": goodbye}
    days = [day_of(day, name) if day else None for name, day in said.items()]
    if not any(days):
        raise KeyworkerError("No day was given.", remedy="Give at least one of --told, --introduced and --goodbye.")
    with opened("hand a child over") as keyworker:
        found = next((one for one in keyworker.worked_with(child).handovers if one.handover_id == handover_id), None)
        stands = (found.told_on, found.introduced_on, found.goodbye_on) if found else (None, None, None)
        keyworker.take_steps(
            child, handover_id, Steps(*(day or stood for day, stood in zip(days, stands, strict=True)))
        )
    typer.echo("Written down.")


def end_allocation(
    child: Child,
    worker: Annotated[str, typer.Option("--worker", help="The worker's identifier or handle.")],
    cause: Cause,
    on: Annotated[str | None, typer.Option("--from", help="The first day on which it is no longer so.")] = None,
) -> None:
    """End that a worker works with a child, in whatever role they do."""
    with opened("decide who works with a child") as keyworker:
        worker_id, _ = keyworker.worker_named(worker)
        rows = {one.role: one for one in keyworker.worked_with(child).before.working if one.worker_id == worker_id}
        if not rows:
            raise KeyworkerError("This worker does not work with the child now.", remedy="See `keyworker workers-of`.")
        for one in rows.values():
            keyworker.end_allocation(child, one.entry_id, _day(keyworker, on), cause)
    typer.echo("Ended.")


def _row(one: Handover) -> dict[str, object]:
    kept = asdict(one)
    for name in ("entry_id", "child_id"):
        del kept[name]
    return kept | {"complete": one.is_complete}


def _day(keyworker: Keyworker, said: str | None) -> date:
    return day_of(said, "--from") if said else london_day(keyworker.now)


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (
        workers_of,
        handovers,
        allocate,
        answer_handover,
        withdraw_handover,
        handover_steps,
        end_allocation,
    ):
        app.command()(command)
