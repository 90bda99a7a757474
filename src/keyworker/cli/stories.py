"""See over time: a worker, a post and a team from day to day, the same figures as their pages."""

from __future__ import annotations

from typing import Annotated

import typer

from keyworker.actions import Keyworker, story_tables
from keyworker.cli.options import District
from keyworker.cli.seeing import Answer, seeing
from keyworker.facts.moment import Moment

WORKER = (
    "on",
    "worker",
    "children",
    "most_children",
    "agreed_capacity",
    "days_above_capacity",
    "supervisions_held",
)
POST = ("from_on", "to_on", "what", "worker_id", "worker", "fte", "vacant_fte", "uncovered_fte", "detail")
POSTS = (
    "post_id",
    "title",
    "team",
    "fte",
    "vacant_fte",
    "uncovered_fte",
    "empty_since",
    "held_by_ids",
    "last_step",
    "last_step_on",
)
TEAM = ("on", "team", "children", "unallocated", "workers_holding", "workers_appointed")


@seeing("worker", names=True)
def worker(
    keyworker: Keyworker,
    moment: Moment,
    worker_id: Annotated[str, typer.Argument(help="The worker's identifier or handle.")],
) -> Answer:
    """One worker, month by month: children held, agreed capacity, days above it, supervisions held."""
    return Answer(story_tables.worker_months(keyworker.worker(worker_id, moment)), WORKER)


@seeing("post", names=True)
def post(
    keyworker: Keyworker,
    moment: Moment,
    post_id: Annotated[str, typer.Argument(help="The post's number or handle.")],
) -> Answer:
    """One post: who was in it, when it was empty, how much of that agency workers covered, steps to fill it."""
    return Answer(story_tables.post_rows(keyworker.post(post_id, moment)), POST)


@seeing("posts")
def posts(
    keyworker: Keyworker,
    moment: Moment,
    district: District = None,
    team: Annotated[str | None, typer.Option("--team", help="Only this team's posts.")] = None,
) -> Answer:
    """Every post at a moment: how much of it is empty, since when, and how far filling it has come."""
    rows, _ = keyworker.posts(moment, team=team, district=district)
    return Answer([story_tables.post_record(row) for row in rows], POSTS)


@seeing("team over time")
def team_over_time(
    keyworker: Keyworker,
    moment: Moment,
    team_id: Annotated[str, typer.Argument(help="The team's identifier or handle.")],
) -> Answer:
    """A team through each reorganisation, month by month, with the teams it came of and those that came of it."""
    return Answer(story_tables.team_months(keyworker.team_story(team_id, moment)), TEAM)


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (worker, post, posts, team_over_time):
        app.command()(command)
