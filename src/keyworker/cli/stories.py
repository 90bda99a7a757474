"""See over time: a worker, a post and a team from day to day, the same figures as their pages."""

from __future__ import annotations

from typing import Annotated

import typer

from keyworker.actions import story_tables
from keyworker.cli.read import (
    SEEING,
    As,
    At,
    Format,
    KnownAt,
    Leaving,
    Names,
    Out,
    Reason,
    guard,
    moment_of,
    opened,
    show,
)


def worker(
    worker_id: Annotated[str, typer.Argument(help="The worker's identifier or handle.")],
    at: At = None,
    known_at: KnownAt = None,
    form: As = Format.TABLE,
    out: Out = None,
    names: Names = False,
    reason: Reason = SEEING,
) -> None:
    """One worker, month by month: children held, agreed capacity, days away, protected time, supervisions held."""
    guard(names, reason, form, out)
    with opened(reason) as keyworker:
        story = keyworker.worker(worker_id, moment_of(at, known_at))
    show(story_tables.worker_months(story), form, out, Leaving("worker", reason, names))


def post(
    post_id: Annotated[str, typer.Argument(help="The post's number or handle.")],
    at: At = None,
    known_at: KnownAt = None,
    form: As = Format.TABLE,
    out: Out = None,
    names: Names = False,
    reason: Reason = SEEING,
) -> None:
    """One post: who was in it, when it was empty, how much of that agency workers covered, steps to fill it."""
    guard(names, reason, form, out)
    with opened(reason) as keyworker:
        story = keyworker.post(post_id, moment_of(at, known_at))
    show(story_tables.post_rows(story), form, out, Leaving("post", reason, names))


def posts(
    at: At = None,
    known_at: KnownAt = None,
    district: Annotated[str | None, typer.Option("--district", help="Only this district.")] = None,
    team: Annotated[str | None, typer.Option("--team", help="Only this team's posts.")] = None,
    form: As = Format.TABLE,
    out: Out = None,
    reason: Reason = SEEING,
) -> None:
    """Every post at a moment: how much of it is empty, since when, and how far filling it has come."""
    guard(False, reason, form, out)
    with opened(reason) as keyworker:
        rows, _ = keyworker.posts(moment_of(at, known_at), team=team, district=district)
    show([story_tables.post_record(row) for row in rows], form, out, Leaving("posts", reason))


def team_over_time(
    team_id: Annotated[str, typer.Argument(help="The team's identifier or handle.")],
    at: At = None,
    known_at: KnownAt = None,
    form: As = Format.TABLE,
    out: Out = None,
    reason: Reason = SEEING,
) -> None:
    """A team through each reorganisation, month by month, with the teams it came of and those that came of it."""
    guard(False, reason, form, out)
    with opened(reason) as keyworker:
        story = keyworker.team_story(team_id, moment_of(at, known_at))
    show(story_tables.team_months(story), form, out, Leaving("team over time", reason))


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (worker, post, posts, team_over_time):
        app.command()(command)
