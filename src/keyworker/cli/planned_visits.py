"""Planned visits: planning one, what became of each, moving one and calling it off."""

from __future__ import annotations

from datetime import time
from typing import Annotated
from uuid import uuid4

import typer

from keyworker.access import worker_of
from keyworker.actions import Keyworker
from keyworker.actions.planned_visits import WantedEnd, WantedPlan, planned_record
from keyworker.cli.options import day_of, opened
from keyworker.cli.saying import say
from keyworker.cli.seeing import Answer, seeing
from keyworker.cli.typed import free_words
from keyworker.facts.moment import Moment
from keyworker.vocabulary.errors import KeyworkerError

_WHEN = ("planned_id", "child_id", "planned_on", "planned_time", "part_of_day", "announced", "place")
_PLANNED = (*_WHEN, "standing", "outcome", "ended_by", "moved_from")
_SAID = frozenset({"name", "ended_why"})
"""Who the child is and what somebody wrote, which leave only as names do."""
PLANNING = "plan a visit to a child"
Child = Annotated[str, typer.Argument(help="The child's identifier or handle.")]
PlannedId = Annotated[str, typer.Argument(help="Its number; see `keyworker planned-visits`.")]
On = Annotated[str, typer.Option("--on", help="The day for which it is planned.")]
At = Annotated[str, typer.Option("--at", help="The time of day, such as 15:30.")]
Part = Annotated[str, typer.Option("--part", help="morning, afternoon, after school or evening, in place of a time.")]
Worker = Annotated[str, typer.Option("--worker", help="Who goes, by identifier; you, where nobody is named.")]
Announced = Annotated[bool | None, typer.Option("--announced/--unannounced", help="Whether the family is told.")]
Place = Annotated[str, typer.Option("--place", help="home, school, elsewhere, or not in person.")]
By = Annotated[str, typer.Option("--by", help="family, worker, service or other.")]
Why = Annotated[str, free_words("--why", "Why; kept with it.")]


def plan_visit(
    child: Child,
    on: On,
    at: At = "",
    part: Part = "",
    worker: Worker = "",
    announced: Announced = None,
    place: Place = "",
    also: Annotated[list[str] | None, typer.Option("--also", help="A brother or sister, by identifier.")] = None,
) -> None:
    """Plan a visit to a child; it counts for nothing until it is written down."""
    day = day_of(on, "--on")
    with opened(PLANNING) as keyworker:
        children, _ = keyworker.plannable(child)
        ids = (children[0].child_id, *(also or ()))
        who = worker or worker_of(keyworker.asker, "somebody else must be named to go")
        wanted = WantedPlan(uuid4().hex, day, _time(at), part, who, announced, place, ids)
        numbers = keyworker.plan_visit(child, wanted)
    say(f"Planned as {', '.join(numbers.values())}.")


@seeing("planned visits", names=True)
def planned_visits(keyworker: Keyworker, moment: Moment, child: Child) -> Answer:
    """The visits that were planned to a child, and what became of each."""
    rows = [planned_record(one, moment.at) for one in keyworker.planned_visits(child)]
    return Answer(rows, _PLANNED, _SAID, none="No visit was planned to this child.")


@seeing("my planned visits", names=True)
def my_visits(keyworker: Keyworker, moment: Moment) -> Answer:
    """The visits that you are to make, and those whose day passed with nothing written down."""
    rows = [planned_record(one.plan, moment.at) | {"name": one.name} for one in keyworker.visits_of_mine()]
    return Answer(rows, _PLANNED, _SAID, none="No visit of yours is planned.")


def move_visit(
    child: Child,
    planned_id: PlannedId,
    on: On,
    by: By,
    why: Why,
    at: At = "",
    part: Part = "",
    worker: Worker = "",
) -> None:
    """Move a planned visit; it stays as it was, with who moved it and why."""
    day = day_of(on, "--on")
    with opened(PLANNING) as keyworker:
        stands = keyworker.planned_visit(child, planned_id).plan
        who = worker or stands.worker_id
        wanted = WantedPlan(
            uuid4().hex, day, _time(at), part, who, stands.announced, stands.place or "", (stands.child_id,)
        )
        numbers = keyworker.move_visit(child, planned_id, wanted, WantedEnd(by, why))
    say(f"Moved; planned as {', '.join(numbers.values())}.")


def call_visit_off(child: Child, planned_id: PlannedId, by: By, why: Why) -> None:
    """Write down that a planned visit was called off, by whom and why."""
    with opened(PLANNING) as keyworker:
        keyworker.call_visit_off(child, planned_id, WantedEnd(by, why))
    say("Written down that it was called off.")


def _time(text: str) -> time | None:
    try:
        return time.fromisoformat(text) if text else None
    except ValueError:
        raise KeyworkerError(
            "The time is none of the day.", where="--at", remedy="Give one such as 15:30, or --part."
        ) from None


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (plan_visit, planned_visits, my_visits, move_visit, call_visit_off):
        app.command()(command)
