"""The service by district or by team: every figure from the same rows as the pages of children and workers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from importlib.resources import files
from typing import Any

import polars as pl
import psycopg

from keyworker.facts.days import year_before
from keyworker.facts.frames import frame_of
from keyworker.facts.ground import lens_at
from keyworker.facts.lens import FAR, Lens
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import ChildRow, Role, TeamRef, WorkerRow
from keyworker.facts.relations import render
from keyworker.facts.remembered import remembered
from keyworker.facts.role_words import role_words
from keyworker.facts.teams import Teams
from keyworker.measures.caseload import above_own_capacity, capacities, holder, loads, mean_caseload, past_interval
from keyworker.measures.changes import HOLDS, ChangeOfWorker, Moved, causes, moved, rate_figure
from keyworker.measures.lags import lag_quartiles
from keyworker.measures.pictures import Figure, GroupRow
from keyworker.vocabulary.allocation_roles import PUBLISHED
from keyworker.vocabulary.working_days import spoken

NO_TEAM = "no team"


@dataclass(frozen=True)
class Evidence:
    """What the service's figures are made of at one moment, read once.

    Takes   moved, changes of worker and days held in the year; lags and posts, as the questions beside this
            module give them;
            supervision_days, the longest gap between supervisions that the council has set, if it has.
    """

    at: date
    since: date
    children: Sequence[ChildRow]
    workers: Sequence[WorkerRow]
    teams: Teams
    moved: Moved
    lags: Mapping[str, Sequence[tuple[int | None, int]]]
    posts: Mapping[str | None, tuple[float, float, float]]
    supervision_days: int | None

    @cached_property
    def agreed(self) -> Mapping[str, float | None]:
        """The number of children agreed with each worker."""
        return {row.worker.worker_id: row.agreed_capacity for row in self.workers}


def evidence(
    connection: psycopg.Connection,
    lens: Lens,
    children: Sequence[ChildRow],
    workers: Sequence[WorkerRow],
    teams: Teams,
) -> Evidence:
    """Read what the service's figures need beside the children and the workers themselves."""
    at = lens.moment.at
    since = year_before(at) + timedelta(days=1)
    lags: dict[str, list[tuple[int | None, int]]] = defaultdict(list)
    for child_id, lag, count in _asked(connection, lens, "visit_lags", since=at - timedelta(days=90)):
        lags[child_id].append((lag, count))
    return Evidence(
        at=at,
        since=since,
        children=children,
        workers=workers,
        teams=teams,
        moved=moved(_main_holds(connection, lens, since), since, at + timedelta(days=1)),
        lags=lags,
        posts={
            team: (float(posts or 0), float(vacant or 0), float(uncovered or 0))
            for team, posts, vacant, uncovered in _asked(connection, lens, "vacancies")
        },
        supervision_days=_supervision_days(connection, lens),
    )


def _main_holds(connection: psycopg.Connection, lens: Lens, since: date) -> pl.DataFrame:
    """Every row by which a main worker held a child, with the role that its word meant on the row's last day.

    Only of children whom somebody so held after `since`, for of the others nothing can have moved.
    """
    at, words = lens.moment.at, role_words(connection, lens)
    last = (pl.col("to_on") - pl.duration(days=1)).fill_null(at).alias("last_day")
    said = _rows_of_holds(connection, lens).with_columns(last)
    pairs = said.select("role", "last_day").unique()
    means = [words.means(word, day) for word, day in pairs.rows()]
    meant = pairs.with_columns(pl.Series("means", means, dtype=pl.String))
    main = said.join(meant, on=["role", "last_day"]).filter(pl.col("means").is_in([Role.LEAD, Role.ACCOUNTABLE]))
    lately = main.filter(pl.col("last_day") >= since).select("child_id").unique()
    return main.join(lately, on="child_id", how="semi").with_columns(role="means").select(list(HOLDS))


def _rows_of_holds(connection: psycopg.Connection, lens: Lens) -> pl.DataFrame:
    """The rows at a moment. As best known, one reading between two acts serves every day."""
    always = lens_at(connection, Moment(FAR))
    if lens.moment.is_known_then or "involvements" in lens.shared or lens.roots != always.roots:
        return _read_holds(connection, lens)
    rows = remembered(connection, "rows of holds", always.moment, lambda: _read_holds(connection, always))
    seen = pl.col("to_on") <= lens.moment.at + timedelta(days=1)
    return rows.filter(pl.col("from_on") <= lens.moment.at).with_columns(
        pl.when(seen).then("to_on").alias("to_on"),
        pl.when(seen | pl.col("to_on").is_null()).then("cause").alias("cause"),
    )


def _read_holds(connection: psycopg.Connection, lens: Lens) -> pl.DataFrame:
    # A word may have meant a main worker on one day and not on another, so each that ever did is asked for.
    words = {word for word, role in PUBLISHED.items() if role in (Role.LEAD, Role.ACCOUNTABLE)}
    for seen in (lens, lens_at(connection, Moment(FAR))):
        words |= set(role_words(connection, seen).words_for(Role.LEAD, Role.ACCOUNTABLE))
    return frame_of(connection, lens, _question("main_holds"), HOLDS, words=sorted(words))


def _asked(connection: psycopg.Connection, lens: Lens, name: str, **parameters: Any) -> list[tuple[Any, ...]]:
    ready = render(_question(name), lens, parameters=parameters)
    return connection.execute(ready.sql.encode(), ready.parameters).fetchall()


def _question(name: str) -> str:
    return (files("keyworker.measures") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def _supervision_days(connection: psycopg.Connection, lens: Lens) -> int | None:
    question = (
        "select value from {setting} s where name = 'supervision interval' and applies_to = 'personal'"
        " and unit = 'calendar_days' and (to_on is null or to_on > %(at)s) order by from_on desc limit 1"
    )
    ready = render(question, lens)
    row = connection.execute(ready.sql.encode(), ready.parameters).fetchone()
    return int(row[0]) if row else None


@dataclass
class _Group:
    """What falls to one district or team."""

    handle: str | None = None
    team_type: str | None = None
    children: list[ChildRow] = field(default_factory=list)
    workers: list[WorkerRow] = field(default_factory=list)
    changes: list[ChangeOfWorker] = field(default_factory=list)
    held_days: int = 0
    posts: list[tuple[float, float, float]] = field(default_factory=list)


def groups(known: Evidence, by: str) -> tuple[tuple[GroupRow, ...], GroupRow]:
    """Every district or team, in alphabetical order, and the whole service.

    Takes   by, `district` or `team`.
    Gives   groups that part the service: each child, worker, change and post is in exactly one,
            those with no team or no district under a name that says so.
    """
    found = _parted(known, by)
    rows = tuple(_row(name, group, known) for name, group in sorted(found.items()))
    return rows, _row("Whole service", _whole(found.values()), known)


def _parted(known: Evidence, by: str) -> dict[str, _Group]:
    found: dict[str, _Group] = defaultdict(_Group)

    def of(team_id: str | None, team: TeamRef | None = None) -> _Group:
        ref = team or known.teams.ref(team_id)
        if ref is None:
            return found[NO_TEAM]
        group = found[ref.district if by == "district" else ref.name]
        if by == "team":
            group.handle, group.team_type = ref.handle, ref.team_type
        return group

    for child in known.children:
        of(None, child.team).children.append(child)
    for worker in known.workers:
        of(None, worker.team).workers.append(worker)
    for change in known.moved.changes:
        of(change.team_id).changes.append(change)
    for team_id, days in known.moved.held_days.items():
        of(team_id).held_days += days
    for team_id, posts in known.posts.items():
        of(team_id).posts.append(posts)
    return found


def _whole(parts: Iterable[_Group]) -> _Group:
    whole = _Group()
    for part in parts:
        whole.children += part.children
        whole.workers += part.workers
        whole.changes += part.changes
        whole.held_days += part.held_days
        whole.posts += part.posts
    return whole


def _row(name: str, group: _Group, known: Evidence) -> GroupRow:
    day, year = f"on {spoken(known.at)}", f"{spoken(known.since)} to {spoken(known.at)}"
    lags, lag_unknown = _lags(group.children, known)
    return GroupRow(
        group=name,
        handle=group.handle,
        team_type=group.team_type,
        children=len(group.children),
        workers_holding=len({held.worker_id for child in group.children if (held := holder(child))}),
        mean_caseload=mean_caseload(group.children, known.workers, day),
        loads=loads(group.children),
        above_own_capacity=above_own_capacity(group.workers, day),
        past_interval=past_interval(group.children, day),
        cannot_tell=_cannot_tell(group.children),
        unallocated=sum(1 for child in group.children if holder(child) is None),
        changes_12_months=rate_figure(group.changes, group.held_days, year),
        causes=causes(group.changes),
        record_lag_days=lag_quartiles(lags),
        record_lag_unknown=lag_unknown,
        supervision_past=_supervision_past(group.workers, known.supervision_days, day),
        vacancies=_vacancies(group.posts, day),
        truly_uncovered=sum(post[2] for post in group.posts) if group.posts else None,
        capacities=capacities(group.children, known.agreed),
    )


def _cannot_tell(children: Sequence[ChildRow]) -> int:
    return sum(1 for child in children if child.standing.value in {"cannot tell", "no interval set"})


def _lags(children: Sequence[ChildRow], known: Evidence) -> tuple[list[int], int]:
    lags: list[int] = []
    unknown = 0
    for child in children:
        for lag, count in known.lags.get(child.child_id, ()):
            if lag is None:
                unknown += count
            else:
                lags += [lag] * count
    return lags, unknown


def _supervision_past(workers: Sequence[WorkerRow], longest: int | None, day: str) -> Figure:
    name, base = "Workers past their supervision interval", "workers who hold a child and are in post"
    due = [row for row in workers if row.children > 0]
    if longest is None:
        return Figure(name, None, len(due), base, day, "no supervision interval is set")
    past = [row for row in due if row.days_since_supervised is None or row.days_since_supervised > longest]
    never = sum(1 for row in past if row.days_since_supervised is None)
    note = f"interval {longest} days; {never} have no supervision recorded" if never else f"interval {longest} days"
    return Figure(name, len(past), len(due), base, day, note)


def _vacancies(posts: Sequence[tuple[float, float, float]], day: str) -> Figure:
    name, base = "Vacant posts", "full-time-equivalent posts whose holders may hold children"
    if not posts:
        return Figure(name, None, None, base, day, "no posts are in any extract")
    note = "a post covered by an agency worker is vacant still"
    return Figure(name, round(sum(one[1] for one in posts), 2), round(sum(one[0] for one in posts), 2), base, day, note)
