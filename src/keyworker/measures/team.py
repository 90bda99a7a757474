"""What moved in a team between two moments: children come and gone, hands changed, dates newly past, workers away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.pictures import ChildRow, Standing, WorkerRow
from keyworker.facts.stories import Away
from keyworker.facts.stretches import Stretch, stretches
from keyworker.facts.teams import Teams
from keyworker.measures.caseload import holder
from keyworker.measures.pictures import Change
from keyworker.vocabulary.working_days import spoken


@dataclass(frozen=True)
class Whereabouts:
    """Where a child is at a moment: with which team since when, and whence; or since when no longer open."""

    on: date
    team: str | None  # its name; None for a child who is open and with no team
    before: str | None  # the team before, when the child came from one without a break
    is_open: bool


def changes_since(
    children: Sequence[ChildRow],
    children_then: Sequence[ChildRow],
    workers: Sequence[WorkerRow],
    workers_then: Sequence[WorkerRow],
    at: date,
    where: Mapping[str, Whereabouts] = MappingProxyType({}),
    away: Mapping[str, Away] = MappingProxyType({}),
) -> tuple[Change, ...]:
    """What moved between two readings of one team, in the order in which it matters.

    Takes   where, of the children who came or went; away, the last absence of the workers who left or came back.
            What is not in them is dated by the second reading.
    """
    before = {child.child_id: child for child in children_then}
    after = {child.child_id: child for child in children}
    found = [
        *_newly_past(after, before),
        *_come_and_gone(after, before, at, where),
        *_changed_hands(after, before, at),
        *_away_and_back(workers, workers_then, at, away),
    ]
    return tuple(found)


def came_or_went(children: Iterable[ChildRow], children_then: Iterable[ChildRow]) -> set[str]:
    """The children who are in one of two readings and not in the other."""
    return {child.child_id for child in children} ^ {child.child_id for child in children_then}


def whereabouts(connection: psycopg.Connection, lens: Lens, teams: Teams) -> dict[str, Whereabouts]:
    """Where each of the lens's children is, and since when."""
    found: dict[str, list[Stretch]] = defaultdict(list)
    for stretch in stretches(connection, lens):
        found[stretch.child_id].append(stretch)
    return {child_id: _where(run, teams, lens.moment.at) for child_id, run in found.items()}


def _where(run: Sequence[Stretch], teams: Teams, at: date) -> Whereabouts:
    last = run[-1]
    if not last.on(at):
        return Whereabouts((last.to_on or at) - timedelta(days=1), None, None, is_open=False)
    first = len(run) - 1
    while first and run[first - 1].team_id == last.team_id and run[first - 1].to_on == run[first].from_on:
        first -= 1
    before = run[first - 1] if first and run[first - 1].to_on == run[first].from_on else None
    return Whereabouts(run[first].from_on, _name(last, teams), _name(before, teams), is_open=True)


def _name(stretch: Stretch | None, teams: Teams) -> str | None:
    team = teams.ref(stretch.team_id) if stretch else None
    return team.name if team else None


def _newly_past(after: dict[str, ChildRow], before: dict[str, ChildRow]) -> Iterator[Change]:
    for child_id, child in after.items():
        was = before.get(child_id)
        if child.standing is Standing.PAST and child.due_on and (was is None or was.standing is not Standing.PAST):
            yield Change("newly past", child.due_on, "was to have been seen by this day", (child.handle, child.name))


def _come_and_gone(
    after: dict[str, ChildRow], before: dict[str, ChildRow], at: date, where: Mapping[str, Whereabouts]
) -> Iterator[Change]:
    for child_id in after.keys() - before.keys():
        child, place = after[child_id], where.get(child_id)
        says = f"came from {place.before}" if place and place.before else "came to this team"
        on = place.on if place else child.lead_since or at
        yield Change("come", on, says, (child.handle, child.name), holder(child))
    for child_id in before.keys() - after.keys():
        child, place = before[child_id], where.get(child_id)
        yield Change("gone", place.on if place else at, _gone(place), (child.handle, child.name), holder(child))


def _gone(place: Whereabouts | None) -> str:
    if place is None:
        return "left this team or is no longer open"
    if not place.is_open:
        return "is no longer open"
    return f"went to {place.team}" if place.team else "is with no team now"


def _changed_hands(after: dict[str, ChildRow], before: dict[str, ChildRow], at: date) -> Iterator[Change]:
    for child_id in after.keys() & before.keys():
        child, now, then = after[child_id], holder(after[child_id]), holder(before[child_id])
        if (now and now.worker_id) != (then and then.worker_id):
            says = f"went from {then.name if then else 'nobody'} to {now.name if now else 'nobody'}"
            yield Change("changed hands", child.lead_since or at, says, (child.handle, child.name), now)


def _away_and_back(
    now: Sequence[WorkerRow], then: Sequence[WorkerRow], at: date, away: Mapping[str, Away]
) -> Iterator[Change]:
    was_away = {row.worker.worker_id: row.is_away for row in then}
    for row in now:
        was, last = was_away.get(row.worker.worker_id), away.get(row.worker.worker_id)
        if row.is_away and was is False:
            until = f", expected back {spoken(row.away_until)}" if row.away_until else ""
            yield Change("worker away", last.from_on if last else at, f"is away{until}", worker=row.worker)
        elif was and not row.is_away:
            yield Change("worker back", last.to_on if last and last.to_on else at, "is back", worker=row.worker)
