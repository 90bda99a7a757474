"""The lives of a worker, a post and a team, put together for whoever may see them."""

from __future__ import annotations

from dataclasses import replace

import psycopg

from keyworker.actions.remembered import at_hand, remembered
from keyworker.actions.whole import Whole
from keyworker.clocks.children import children_at
from keyworker.clocks.workers import workers_at
from keyworker.facts.ground import lens_at
from keyworker.facts.moment import Moment
from keyworker.facts.open_children import worked_with_by
from keyworker.facts.posts import post_story, posts_at
from keyworker.facts.sources import source_ages
from keyworker.facts.stories import PostRow, PostStory, TeamStory, WorkerStory
from keyworker.facts.supervisors import in_role_since, spans
from keyworker.facts.teams import Teams, teams_at
from keyworker.measures.team_story import team_story
from keyworker.measures.worker import worker_story


def story_of_worker(connection: psycopg.Connection, moment: Moment, worker_id: str) -> WorkerStory | None:
    """A worker's whole time with the service, as known at a moment; None when nothing was known of them."""

    def read() -> WorkerStory | None:
        whole = _around(connection, moment, worker_id)
        row = next((row for row in whole.workers if row.worker.worker_id == worker_id), None)
        lens = lens_at(connection, moment)
        story = worker_story(connection, lens, _teams(connection, moment), worker_id, row, whole.children)
        return story and replace(
            story,
            supervises=spans(connection, lens, [worker_id]).get(worker_id, 0),
            in_role_since=in_role_since(connection, lens, [worker_id]).get(worker_id),
        )

    found = remembered(connection, "worker story", moment, read, of=worker_id)
    return replace(found, sources=tuple(source_ages(connection))) if found else None


def _around(connection: psycopg.Connection, moment: Moment, worker_id: str) -> Whole:
    """The worker and the open children with whom they are involved: from the whole when that is at hand."""
    whole: Whole | None = at_hand(connection, "whole", moment)
    if whole is None:
        children = children_at(connection, moment, worker_id=worker_id)
        return Whole(children, workers_at(connection, moment, children=children))
    theirs = set(worked_with_by(connection, lens_at(connection, moment), worker_id))
    return Whole([row for row in whole.children if row.child_id in theirs], whole.workers)


def story_of_post(connection: psycopg.Connection, moment: Moment, post_id: str) -> PostStory | None:
    """A post's whole time, as known at a moment; None when nothing was known of it."""
    found = post_story(connection, lens_at(connection, moment), _teams(connection, moment), post_id)
    return replace(found, sources=tuple(source_ages(connection))) if found else None


def story_of_team(connection: psycopg.Connection, moment: Moment, team_id: str) -> TeamStory | None:
    """A team through each reorganisation, as known at a moment; None when nothing was known of it."""

    def read() -> TeamStory | None:
        return team_story(connection, lens_at(connection, moment), _teams(connection, moment), team_id)

    found = remembered(connection, "team story", moment, read, of=team_id)
    return replace(found, sources=tuple(source_ages(connection))) if found else None


def posts_of(
    connection: psycopg.Connection, moment: Moment, *, team_id: str | None = None, district: str | None = None
) -> list[PostRow]:
    """Every post at a moment, or those of a team or of a district; an empty district for posts that are in no team."""

    def read() -> list[PostRow]:
        lens = lens_at(connection, moment)
        return posts_at(connection, lens, teams_at(connection, lens), team_id=team_id)

    rows = remembered(connection, "posts", moment, read, of=team_id or "")
    if district is None:
        return rows
    return [row for row in rows if (row.team.district if row.team else "") == district]


def _teams(connection: psycopg.Connection, moment: Moment) -> Teams:
    return teams_at(connection, lens_at(connection, moment), ended=True)
