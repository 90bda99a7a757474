"""The lives of workers, posts and teams as plain rows: what a page, a download, a command and a data frame all hold."""

from __future__ import annotations

from typing import Any

from keyworker.actions.tables import team_columns
from keyworker.facts.stories import PostRow, PostStory, TeamStory, WorkerStory


def worker_months(story: WorkerStory) -> list[dict[str, Any]]:
    """A worker's months, earliest first, each as at its last day or at the day looked at."""
    return [
        {
            "on": month.on,
            "worker_id": story.worker.worker_id,
            "worker": story.worker.name,
            "children": month.children,
            "most_children": month.most,
            "agreed_capacity": month.agreed_capacity,
            "days_above_capacity": month.above_days,
            "supervisions_held": month.supervisions_held,
        }
        for month in story.months
    ]


def post_rows(story: PostStory) -> list[dict[str, Any]]:
    """A post's time as dated rows, earliest first: how it was, who was in it, when it was empty, steps to fill it."""
    plain = {"post_id": story.post.post_id, "worker_id": None, "worker": None, "fte": None}
    plain |= {"vacant_fte": None, "uncovered_fte": None}
    rows: list[dict[str, Any]] = [
        {
            **plain,
            "what": "established",
            "from_on": one.from_on,
            "to_on": one.to_on,
            "fte": one.fte,
            "detail": "; ".join(filter(None, (one.title, one.team.name if one.team else ""))),
        }
        for one in story.spans
    ]
    rows += [
        {
            **plain,
            "what": "in post",
            "from_on": one.from_on,
            "to_on": one.to_on,
            "worker_id": one.worker.worker_id,
            "worker": one.worker.name,
            "fte": one.fte,
            "detail": one.employment or "",
        }
        for one in story.people
    ]
    rows += [
        {
            **plain,
            "what": "empty",
            "from_on": one.from_on,
            "to_on": one.to_on,
            "vacant_fte": one.vacant,
            "uncovered_fte": one.uncovered,
            "detail": "",
        }
        for one in story.empty
    ]
    rows += [
        {
            **plain,
            "what": f"step: {one.kind}",
            "from_on": one.on,
            "to_on": None,
            "worker_id": one.worker.worker_id if one.worker else None,
            "worker": one.worker.name if one.worker else None,
            "detail": one.outcome or "",
        }
        for one in story.steps
    ]
    order = ("what", "from_on", "to_on", "worker_id", "worker", "fte", "vacant_fte", "uncovered_fte", "detail")
    rows.sort(key=lambda row: (row["from_on"], row["what"], row["detail"]))
    return [{"post_id": row["post_id"], **{name: row[name] for name in order}} for row in rows]


def team_months(story: TeamStory) -> list[dict[str, Any]]:
    """A team's months and those of its forebears and heirs, team by team, earliest first."""
    return [
        {
            "on": month.on,
            **team_columns(month.team),
            "team_type": month.team.team_type,
            "children": month.children,
            "unallocated": month.unallocated,
            "workers_holding": month.holding,
            "workers_appointed": month.appointed,
        }
        for month in story.months
    ]


def post_record(row: PostRow) -> dict[str, Any]:
    """One post at a moment as a flat row."""
    return {
        "post_id": row.post.post_id,
        "handle": row.post.handle,
        "title": row.post.title,
        **team_columns(row.team),
        "fte": row.fte,
        "holds_cases": row.holds_cases,
        "vacant_fte": row.vacant,
        "uncovered_fte": row.uncovered,
        "empty_since": row.empty_since,
        "perhaps_before": row.since_reach,
        "held_by_ids": "; ".join(worker.worker_id for worker in row.held_by),
        "last_step": row.last_step.kind if row.last_step else None,
        "last_step_on": row.last_step.on if row.last_step else None,
        "last_step_outcome": row.last_step.outcome if row.last_step else None,
    }
