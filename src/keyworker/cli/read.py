"""See: the same figures as the pages, from the command line."""

from __future__ import annotations

from typing import Annotated

import typer

from keyworker.actions import Keyworker, tables
from keyworker.cli.options import District
from keyworker.cli.seeing import Answer, seeing
from keyworker.cli.showing import beside
from keyworker.facts.moment import Moment
from keyworker.vocabulary.working_days import spoken

CHILDREN = (
    "child_id",
    "name",
    "age_years",
    "statuses",
    "lead_id",
    "lead",
    "team",
    "last_seen_on",
    "due_on",
    "standing",
)
CHILD = ("from_on", "to_on", "what", "worker_id", "worker", "detail", "words")
TEAM = (
    "worker_id",
    "worker",
    "children",
    "families",
    "agreed_capacity",
    "days_since_supervised",
    "supervises",
    "in_role_since",
    "of_the_team",
    "away_until",
)
SERVICE = (
    "group",
    "children",
    "workers_holding",
    "past_interval",
    "past_interval_of",
    "unallocated",
    "changes_12_months",
    "changes_12_months_of",
    "vacancies",
    "vacancies_of",
)


@seeing("children", names=True)
def children(
    keyworker: Keyworker,
    moment: Moment,
    district: District = None,
    team: Annotated[str | None, typer.Option("--team", help="Only this team's children.")] = None,
    worker: Annotated[str | None, typer.Option("--worker", help="Only the children this worker holds.")] = None,
) -> Answer:
    """Every open child at a moment: who holds them, when they were last seen, where they stand."""
    found = keyworker.children(moment, worker_id=worker, team_id=team, district=district)
    if not found:
        beside(_none({"district": district, "team": team, "worker": worker}))
    return Answer([tables.child_record(child) for child in found], CHILDREN)


def _none(asked: dict[str, str | None]) -> str:
    """That nobody was found, said beside an empty answer, for a name may have been mistyped."""
    named = " and ".join(f"{kind} {name}" for kind, name in asked.items() if name)
    words = f"No open child is found for {named} at that moment." if named else "No child is open at that moment."
    hint = " Names are as `keyworker service --by district` and `--by team` write them." if named else ""
    return words + hint


@seeing("child", names=True)
def child(
    keyworker: Keyworker,
    moment: Moment,
    child_id: Annotated[str, typer.Argument(help="The child's identifier or handle.")],
) -> Answer:
    """One child's whole time with the service, as a chronology."""
    return Answer(tables.story_records(keyworker.child(child_id, moment)), CHILD, tables.SAID)


@seeing("team", names=True)
def team(
    keyworker: Keyworker,
    moment: Moment,
    team_id: Annotated[str, typer.Argument(help="The team's identifier or handle.")],
) -> Answer:
    """A team's workers and their supervisors: what each holds, days since supervision, whom they supervise."""
    return Answer(tables.team_records(keyworker.team(team_id, moment)), TEAM)


@seeing("service")
def service(
    keyworker: Keyworker,
    moment: Moment,
    by: Annotated[str, typer.Option("--by", help="district or team.")] = "district",
) -> Answer:
    """The whole service by district or team: loads, children past their interval, changes, supervision, vacancies."""
    picture = keyworker.service(moment, by=by)
    if picture.told_from and not picture.is_told:
        beside(
            f"What the extracts hold is whole from {spoken(picture.told_from)}. Of the day asked about they hold only "
            "what was still going on then: these counts are too low, and who held the children is not told."
        )
    return Answer([tables.group_record(group) for group in (*picture.groups, picture.total)], SERVICE)


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (children, child, team, service):
        app.command()(command)
