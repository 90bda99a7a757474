"""What the service's figures are made of at one moment, by team: read once, by the column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

import polars as pl

from keyworker.clocks.standings import standings
from keyworker.facts.columns.everybody import Source
from keyworker.facts.days import year_before
from keyworker.facts.frames import frame_of
from keyworker.facts.lens import Lens
from keyworker.facts.pictures import Role
from keyworker.facts.role_words import RoleWords, role_words
from keyworker.facts.rows import fetch
from keyworker.facts.teams import Teams
from keyworker.facts.workers import workers_at
from keyworker.measures.caseload import Staff
from keyworker.measures.changes import HOLDS, Moved, moved

LATELY = timedelta(days=90)
_LAGS = {"child_id": pl.String, "lag": pl.Int64, "visits": pl.Int64}
_HOLDER = pl.coalesce(Role.LEAD.value, Role.ACCOUNTABLE.value).alias("holder")


@dataclass(frozen=True)
class Evidence:
    """What the service's figures are made of, each part by team; a team of None is no team.

    Takes   standings, how many open children stand where; loads, how many of the team's children each worker holds;
            lags, how many visits were entered how many days after (None: the source does not say);
            posts, how many full-time-equivalent posts there are, are vacant, are truly uncovered;
            supervision_days, the longest gap between supervisions that the council has set, if it has.
    """

    at: date
    since: date
    teams: Teams
    standings: Sequence[tuple[str | None, str, int]]
    loads: Sequence[tuple[str | None, str, int]]
    lags: Sequence[tuple[str | None, int | None, int]]
    workers: Sequence[Staff]
    moved: Moved
    posts: Mapping[str | None, tuple[float, float, float]]
    supervision_days: int | None


def evidence(source: Source, lens: Lens, teams: Teams) -> Evidence:
    """Read what the service's figures need of every open child and every worker.

    Takes   lens, on everybody; teams, as they were at its moment.
    """
    at = lens.moment.at
    since = year_before(at) + timedelta(days=1)
    words = role_words(source, lens)
    children = standings(source, lens, words).with_columns(_HOLDER)
    held = children.filter(pl.col("holder").is_not_null())
    lags = frame_of(source, lens, question("visit_lags"), _LAGS, since=at - LATELY).join(
        children.select("child_id", "team_id"), on="child_id"
    )
    return Evidence(
        at=at,
        since=since,
        teams=teams,
        standings=children.group_by("team_id", "standing").len().sort("team_id", "standing").rows(),
        loads=held.group_by("team_id", "holder").len().sort("team_id", "holder").rows(),
        lags=lags.group_by("team_id", "lag").agg(pl.col("visits").sum()).sort("team_id", "lag").rows(),
        workers=_staff(source, lens, held.select("holder", "team_id").rows()),
        moved=moved(main_holds(source, lens, words, since), since, at + timedelta(days=1)),
        posts={
            team: (float(posts or 0), float(vacant or 0), float(uncovered or 0))
            for team, posts, vacant, uncovered in fetch(source, lens, question("vacancies"))
        },
        supervision_days=_supervision_days(source, lens),
    )


def _staff(source: Source, lens: Lens, held_in: Sequence[tuple[str, str | None]]) -> list[Staff]:
    at = lens.moment.at
    known = workers_at(source, lens, held_in=held_in)
    children = _counted(worker_id for worker_id, _ in held_in)
    return [
        Staff(
            worker_id,
            worker.team_id,
            children.get(worker_id, 0),
            worker.fte,
            worker.agreed_capacity,
            (at - worker.last_supervised_on).days if worker.last_supervised_on else None,
        )
        for worker_id, worker in known.items()
    ]


def main_holds(source: Source, lens: Lens, words: RoleWords, since: date) -> pl.DataFrame:
    """Every row by which a main worker held a child, with the role that its word meant on the row's last day.

    Only of children whom somebody so held on `since` or later, for of the others nothing can have moved.
    """
    last = (pl.col("to_on") - pl.duration(days=1)).fill_null(lens.moment.at).alias("last_day")
    asked: dict[str, Any] = {"words": words.words_for(Role.LEAD, Role.ACCOUNTABLE), "since": since}
    said = frame_of(source, lens, question("main_holds"), HOLDS, **asked).with_columns(last)
    pairs = said.select("role", "last_day").unique()
    means = [words.means(word, day) for word, day in pairs.rows()]
    meant = pairs.with_columns(pl.Series("means", means, dtype=pl.String))
    main = said.join(meant, on=["role", "last_day"]).filter(pl.col("means").is_in([Role.LEAD, Role.ACCOUNTABLE]))
    lately = main.filter(pl.col("last_day") >= since).select("child_id").unique()
    return main.join(lately, on="child_id", how="semi").with_columns(role="means").select(list(HOLDS))


def _supervision_days(source: Source, lens: Lens) -> int | None:
    asked = (
        "select value from {setting} s where name = 'supervision interval' and applies_to = 'personal'"
        " and unit = 'calendar_days' and (to_on is null or to_on > %(at)s) order by from_on desc limit 1"
    )
    rows = fetch(source, lens, asked)
    return int(rows[0][0]) if rows else None


def _counted(workers: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for worker_id in workers:
        found[worker_id] = found.get(worker_id, 0) + 1
    return found


def question(name: str) -> str:
    """The text of one of the questions that stand beside this module."""
    return (files("keyworker.measures") / "sql" / f"{name}.sql").read_text(encoding="utf-8")
