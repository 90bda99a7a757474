"""Who was in which post and team, from when until when, as a personnel system holds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import psycopg

from keyworker.facts import people
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch
from keyworker.facts.stories import Appointed, PostRef
from keyworker.facts.teams import Teams

_APPOINTED = """select worker_id, post_id, team_id, job_title, employment, fte, hours_per_week, agreed_capacity,
    first_year, covers_vacancy, from_on, to_on
from {appointment} a where (to_on is null or to_on > from_on) and """

_TITLES = """select post_id, title from {post} p where post_id = any(%(posts)s::text[]) order by from_on, entry_id"""


def of_worker(connection: psycopg.Connection, lens: Lens, teams: Teams, worker_id: str) -> tuple[Appointed, ...]:
    """Every appointment of one worker, earliest first."""
    return _of(connection, lens, teams, "worker_id = any(%(ids)s::text[])", [worker_id])


def to_posts(
    connection: psycopg.Connection, lens: Lens, teams: Teams, post_ids: Iterable[str]
) -> tuple[Appointed, ...]:
    """Everybody who was ever in these posts, earliest first."""
    return _of(connection, lens, teams, "post_id = any(%(ids)s::text[])", list(post_ids))


def post_refs(connection: psycopg.Connection, lens: Lens, post_ids: Iterable[str]) -> dict[str, PostRef]:
    """These posts with their latest titles, each of them, also those of which only the number is known."""
    wanted = list(dict.fromkeys(post_ids))
    if not wanted:
        return {}
    titles = {post_id: title for post_id, title in fetch(connection, lens, _TITLES, posts=wanted) if title}
    given = handles_of(connection, HandleKind.POST, wanted)
    return {one: PostRef(one, titles.get(one, "Post"), given.get(one, "")) for one in wanted}


def _of(connection: psycopg.Connection, lens: Lens, teams: Teams, chosen: str, ids: list[str]) -> tuple[Appointed, ...]:
    rows = fetch(connection, lens, f"{_APPOINTED}{chosen} order by from_on, worker_id, entry_id", ids=ids)
    posts = post_refs(connection, lens, (row[1] for row in rows if row[1]))
    refs = people.workers(connection, lens, (row[0] for row in rows))
    return tuple(_appointed(row, refs.__getitem__, posts, teams) for row in rows)


def _appointed(
    row: tuple[Any, ...], worker: Callable[[str], Any], posts: dict[str, PostRef], teams: Teams
) -> Appointed:
    worker_id, post_id, team_id, title, employment, fte, hours, capacity, first, covers, from_on, to_on = row
    return Appointed(
        worker=worker(worker_id),
        post=posts.get(post_id or ""),
        team=teams.ref(team_id),
        job_title=title,
        employment=employment,
        fte=amount(fte),
        hours_per_week=amount(hours),
        agreed_capacity=amount(capacity),
        first_year=first,
        covers_vacancy=covers,
        from_on=from_on,
        to_on=to_on,
    )


def amount(said: Decimal | None) -> float | None:
    """A decimal of the record as a number."""
    return None if said is None else float(said)


def cut_days(spans: Iterable[tuple[date, date | None]], until: date) -> list[date]:
    """Every day on which one of these spans begins or ends, up to and with a day, earliest first."""
    return sorted({day for span in spans for day in span if day is not None and day <= until})
