"""The service by district or by team: every figure counts the same children and workers as their own pages show."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from keyworker.measures.caseload import (
    Staff,
    above_own_capacity,
    cannot_tell,
    capacities,
    mean_caseload,
    past_interval,
    sizes,
)
from keyworker.measures.changes import in_order, rate_figure
from keyworker.measures.evidence import Evidence
from keyworker.measures.lags import lag_quartiles
from keyworker.measures.pictures import Figure, GroupRow
from keyworker.vocabulary.working_days import spoken

NO_TEAM = "no team"


@dataclass
class _Group:
    """What falls to one district or team."""

    handle: str | None = None
    team_type: str | None = None
    standings: Counter[str] = field(default_factory=Counter)
    loads: Counter[str] = field(default_factory=Counter)
    lags: Counter[int | None] = field(default_factory=Counter)
    workers: list[Staff] = field(default_factory=list)
    causes: Counter[str] = field(default_factory=Counter)
    held_days: int = 0
    posts: list[tuple[float, float, float]] = field(default_factory=list)


def groups(known: Evidence, by: str) -> tuple[tuple[GroupRow, ...], GroupRow]:
    """Every district or team, in alphabetical order, and the whole service.

    Takes   by, `district` or `team`.
    Gives   groups that part the service: each child, worker, change and post is in exactly one,
            those with no team or no district under a name that says so.
    """
    found = _parted(known, by)
    ftes = {worker.worker_id: worker.fte for worker in known.workers}
    agreed = {worker.worker_id: worker.agreed_capacity for worker in known.workers}

    def row(name: str, group: _Group) -> GroupRow:
        return _row(name, group, known, ftes, agreed)

    rows = tuple(row(name, group) for name, group in sorted(found.items()))
    return rows, row("Whole service", _whole(found.values()))


def _parted(known: Evidence, by: str) -> dict[str, _Group]:
    found: dict[str, _Group] = defaultdict(_Group)

    def of(team_id: str | None) -> _Group:
        ref = known.teams.ref(team_id)
        if ref is None:
            return found[NO_TEAM]
        group = found[ref.district if by == "district" else ref.name]
        if by == "team":
            group.handle, group.team_type = ref.handle, ref.team_type
        return group

    for team_id, standing, count in known.standings:
        of(team_id).standings[standing] += count
    for team_id, worker_id, count in known.loads:
        of(team_id).loads[worker_id] += count
    for team_id, lag, count in known.lags:
        of(team_id).lags[lag] += count
    for worker in known.workers:
        of(worker.team_id).workers.append(worker)
    for team_id, cause, count in known.moved.causes():
        of(team_id).causes[cause] += count
    for team_id, days in known.moved.held_days.items():
        of(team_id).held_days += days
    for team_id, posts in known.posts.items():
        of(team_id).posts.append(posts)
    return found


def _whole(parts: Iterable[_Group]) -> _Group:
    whole = _Group()
    for part in parts:
        whole.standings += part.standings
        whole.loads += part.loads
        whole.lags += part.lags
        whole.workers += part.workers
        whole.causes += part.causes
        whole.held_days += part.held_days
        whole.posts += part.posts
    return whole


def _row(
    name: str, group: _Group, known: Evidence, ftes: dict[str, float | None], agreed: dict[str, float | None]
) -> GroupRow:
    day, year = f"on {spoken(known.at)}", f"{spoken(known.since)} to {spoken(known.at)}"
    children = group.standings.total()
    return GroupRow(
        group=name,
        handle=group.handle,
        team_type=group.team_type,
        children=children,
        workers_holding=len(group.loads),
        mean_caseload=mean_caseload(group.loads, ftes, day),
        loads=sizes(group.loads),
        above_own_capacity=above_own_capacity(group.workers, day),
        past_interval=past_interval(group.standings, day),
        cannot_tell=cannot_tell(group.standings),
        unallocated=children - group.loads.total(),
        changes_12_months=rate_figure(group.causes.total(), group.held_days, year),
        causes=in_order(group.causes),
        record_lag_days=lag_quartiles(_known(group.lags)),
        record_lag_unknown=group.lags[None],
        supervision_past=_supervision_past(group.workers, known.supervision_days, day),
        vacancies=_vacancies(group.posts, day),
        truly_uncovered=sum(post[2] for post in group.posts) if group.posts else None,
        capacities=capacities(group.loads, agreed),
    )


def _known(lags: Counter[int | None]) -> list[int]:
    return [lag for lag, count in lags.items() if lag is not None for _ in range(count)]


def _supervision_past(workers: Sequence[Staff], longest: int | None, day: str) -> Figure:
    name, base = "Workers past their supervision interval", "workers who hold a child and are in post"
    due = [row for row in workers if row.children > 0]
    if longest is None:
        return Figure(name, None, len(due), base, day, "no supervision interval is set")
    past = [row for row in due if row.days_since_supervised is None or row.days_since_supervised > longest]
    never = sum(1 for row in past if row.days_since_supervised is None)
    note = (
        f"interval {longest} days; {never} {'has' if never == 1 else 'have'} no supervision recorded"
        if never
        else f"interval {longest} days"
    )
    return Figure(name, len(past), len(due), base, day, note)


def _vacancies(posts: Sequence[tuple[float, float, float]], day: str) -> Figure:
    name, base = "Vacant posts", "full-time-equivalent posts whose holders may hold children"
    if not posts:
        return Figure(name, None, None, base, day, "no post is recorded here")
    note = "a post covered by an agency worker is vacant still"
    return Figure(name, round(sum(one[1] for one in posts), 2), round(sum(one[0] for one in posts), 2), base, day, note)
