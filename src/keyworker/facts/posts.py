"""Posts: who was in each, when it was empty, how much of that agency workers covered, how far filling it has come.

A post that an agency worker covers is vacant still; it is only not uncovered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import psycopg

from keyworker.facts import people
from keyworker.facts.appointments import amount, cut_days, post_refs, to_posts
from keyworker.facts.lens import Lens
from keyworker.facts.pictures import WorkerRef
from keyworker.facts.reach import APPOINTED, reach
from keyworker.facts.rows import fetch
from keyworker.facts.stories import Appointed, Empty, PostRef, PostRow, PostSpan, PostStory, StepTaken
from keyworker.facts.teams import Teams

_SPANS = """select post_id, title, team_id, fte, holds_cases, from_on, to_on from {post} p
where post_id = any(%(posts)s::text[]) and (to_on is null or to_on > from_on) order by post_id, from_on, entry_id"""

_STEPS = """select post_id, lower(kind), happened_on, outcome, worker_id from {vacancy_step} s
where post_id = any(%(posts)s::text[]) and happened_on is not null order by post_id, happened_on, entry_id"""

_IN_FORCE = "select distinct post_id from {post:in_force} p"


@dataclass(frozen=True)
class _Known:
    """All that is known of one post."""

    post: PostRef
    spans: tuple[PostSpan, ...]
    people: tuple[Appointed, ...]
    steps: tuple[StepTaken, ...]


def posts_at(connection: psycopg.Connection, lens: Lens, teams: Teams, *, team_id: str | None = None) -> list[PostRow]:
    """Every post of the establishment at a moment, or a team's, by title and number."""
    chosen = f"{_IN_FORCE} where team_id = %(team)s" if team_id else _IN_FORCE
    found = [row[0] for row in fetch(connection, lens, chosen, **({"team": team_id} if team_id else {}))]
    told = reach(connection, lens, APPOINTED)
    rows = [_row(one, lens.moment.at, told) for one in _known(connection, lens, teams, found)]
    return sorted((row for row in rows if row), key=lambda row: (row.post.title, row.post.post_id))


def post_story(connection: psycopg.Connection, lens: Lens, teams: Teams, post_id: str) -> PostStory | None:
    """A post's whole time; None when nothing was known of such a post at the moment."""
    (known,) = _known(connection, lens, teams, [post_id])
    if not (known.spans or known.people or known.steps):
        return None
    at, told = lens.moment.at, reach(connection, lens, APPOINTED)
    first = min(
        [
            *(one.from_on for one in known.spans),
            *(one.from_on for one in known.people),
            *(one.on for one in known.steps),
        ]
    )
    return PostStory(
        post=known.post,
        moment=lens.moment,
        row=_row(known, at, told),
        from_on=min(max(first, told or first), at),
        reach=told if told and told > first else None,
        spans=known.spans,
        people=known.people,
        empty=empty(known.spans, known.people, at, told),
        steps=known.steps,
    )


def empty(
    spans: Sequence[PostSpan], held: Sequence[Appointed], at: date, told: date | None = None
) -> tuple[Empty, ...]:
    """Every stretch of days on which a post was not filled, up to and with a day, earliest first.

    Takes   spans of one post, of which a size that is not known says nothing about what is missing from it; told, the
            first day of which it can be told who was in post.
    """
    days = [told] if told and told <= at else []
    days += cut_days([*((one.from_on, one.to_on) for one in spans), *((one.from_on, one.to_on) for one in held)], at)
    days = [day for day in sorted(set(days)) if told is None or day >= told]
    found: list[Empty] = []
    for place, day in enumerate(days):
        until = days[place + 1] if place + 1 < len(days) else None
        span = next((one for one in reversed(spans) if _on(one, day)), None)
        if span is None or span.fte is None:
            continue
        vacant, uncovered = _missing(span.fte, held, day)
        if not vacant:
            continue
        if found and found[-1].to_on == day and (found[-1].vacant, found[-1].uncovered) == (vacant, uncovered):
            found[-1] = Empty(found[-1].from_on, until, vacant, uncovered)
        else:
            found.append(Empty(day, until, vacant, uncovered))
    return tuple(found)


def _missing(fte: float, held: Iterable[Appointed], day: date) -> tuple[float, float]:
    """Of a post's size, what no employee fills, and of that what no agency worker covers either."""
    employed = sum(one.fte or 0.0 for one in held if _on(one, day) and not one.agency)
    agency = sum(one.fte or 0.0 for one in held if _on(one, day) and one.agency)
    vacant = max(fte - employed, 0.0)
    return round(vacant, 4), round(max(vacant - agency, 0.0), 4)


def _on(one: PostSpan | Appointed, day: date) -> bool:
    return one.from_on <= day and (one.to_on is None or one.to_on > day)


def _row(known: _Known, at: date, told: date | None) -> PostRow | None:
    span = next((one for one in reversed(known.spans) if _on(one, at)), None)
    if span is None:
        return None
    vacant, uncovered = _missing(span.fte, known.people, at) if span.fte is not None else (0.0, 0.0)
    since = _since(empty(known.spans, known.people, at, told)) if vacant else None
    return PostRow(
        post=known.post,
        team=span.team,
        fte=span.fte,
        holds_cases=span.holds_cases,
        vacant=vacant,
        uncovered=uncovered,
        empty_since=since,
        since_reach=since is not None and since == told,
        held_by=tuple(one.worker for one in known.people if _on(one, at)),
        last_step=known.steps[-1] if known.steps else None,
    )


def _since(stretches: Sequence[Empty]) -> date | None:
    """The day on which the stretch without an employee began that still goes on, however it was covered."""
    since: date | None = None
    for one in reversed(stretches):
        if since is not None and one.to_on != since:
            break
        since = one.from_on
    return since


def _known(connection: psycopg.Connection, lens: Lens, teams: Teams, post_ids: Sequence[str]) -> list[_Known]:
    refs = post_refs(connection, lens, post_ids)
    spans: dict[str, list[PostSpan]] = defaultdict(list)
    for post_id, title, team_id, fte, holds, from_on, to_on in fetch(connection, lens, _SPANS, posts=list(post_ids)):
        spans[post_id].append(PostSpan(title or "Post", teams.ref(team_id), amount(fte), holds, from_on, to_on))
    held: dict[str, list[Appointed]] = defaultdict(list)
    for one in to_posts(connection, lens, teams, post_ids):
        if one.post:
            held[one.post.post_id].append(one)
    steps = _steps(connection, lens, post_ids)
    return [
        _Known(refs[post_id], tuple(spans[post_id]), tuple(held[post_id]), tuple(steps.get(post_id, ())))
        for post_id in post_ids
    ]


def _steps(connection: psycopg.Connection, lens: Lens, post_ids: Sequence[str]) -> dict[str, list[StepTaken]]:
    rows = fetch(connection, lens, _STEPS, posts=list(post_ids))
    workers: dict[str, WorkerRef] = dict(people.workers(connection, lens, (row[4] for row in rows if row[4])))
    found: dict[str, list[StepTaken]] = defaultdict(list)
    for post_id, kind, on, outcome, worker_id in rows:
        found[post_id].append(StepTaken(kind, on, outcome, workers.get(worker_id or "")))
    return found
