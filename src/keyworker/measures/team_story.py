"""A team through each reorganisation: the children it had and the workers who held them, month by month."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.lineage import Lineage, appointed_to, lineage
from keyworker.facts.pictures import TeamRef
from keyworker.facts.reach import INVOLVED, reach
from keyworker.facts.stories import MonthOfTeam, TeamStory
from keyworker.facts.stretches import Stretch, ever_near, stretches
from keyworker.facts.teams import Teams
from keyworker.measures.over_time import counted, months

Appointments = Mapping[str, Sequence[tuple[str, date, date | None]]]


def team_story(connection: psycopg.Connection, lens: Lens, teams: Teams, team_id: str) -> TeamStory | None:
    """A team's whole time with its forebears and heirs, as known at a moment; None when nothing was known of it.

    Takes   teams, those that have ended among them.
    """
    known = lineage(connection, lens, teams, team_id)
    ids = [one.team_id for one in known.teams]
    by_team = _by_team(stretches(connection, lens.of(ever_near(connection, lens, ids))), ids)
    appointed = appointed_to(connection, lens, ids)
    if not known.spans and not any(by_team.values()) and not appointed:
        return None
    told = reach(connection, lens, INVOLVED)
    begun = [*(one.from_on for one in known.spans), *(one.from_on for held in by_team.values() for one in held)]
    first = min(begun, default=lens.moment.at)
    from_on = min(max(first, told or first), lens.moment.at)
    return TeamStory(
        team=next(one for one in known.teams if one.team_id == team_id),
        moment=lens.moment,
        from_on=from_on,
        reach=told if told and told > first else None,
        lineage=known.teams,
        spans=known.spans,
        followed=known.followed,
        children=tuple((one, counted((s.from_on, s.to_on) for s in by_team[one]).counts) for one in ids),
        months=tuple(
            month
            for team in known.teams
            for month in _months(team, known, by_team[team.team_id], appointed, from_on, lens.moment.at)
        ),
    )


def _by_team(found: Sequence[Stretch], ids: Sequence[str]) -> dict[str, list[Stretch]]:
    by_team: dict[str, list[Stretch]] = {one: [] for one in ids}
    for stretch in found:
        if stretch.team_id in by_team:
            by_team[stretch.team_id].append(stretch)
    return by_team


def _months(
    team: TeamRef, known: Lineage, held: Sequence[Stretch], appointed: Appointments, from_on: date, at: date
) -> list[MonthOfTeam]:
    """The months from a team's first day to its last, within two days; each as at its last day."""
    spans = [one for one in known.spans if one.team.team_id == team.team_id]
    first = min([*(one.from_on for one in spans), *(one.from_on for one in held)], default=None)
    if first is None:
        return []
    ends = [*(one.to_on for one in spans), *(one.to_on for one in held)]
    last = at if None in ends else max((day for day in ends if day), default=first) - timedelta(days=1)
    days = [to_on - timedelta(days=1) for _, to_on in months(max(first, from_on), min(last, at))]
    on_day = _on_days(held, days)
    return [
        MonthOfTeam(
            on=day,
            team=team,
            children=len(on_day[day]),
            unallocated=sum(1 for one in on_day[day] if one.holder is None),
            holding=len({one.holder for one in on_day[day] if one.holder}),
            appointed=sum(1 for theirs in appointed.values() if _team_on(theirs, day) == team.team_id),
        )
        for day in days
    ]


def _on_days(held: Sequence[Stretch], days: Sequence[date]) -> dict[date, list[Stretch]]:
    found: dict[date, list[Stretch]] = defaultdict(list)
    for stretch in held:
        end = len(days) if stretch.to_on is None else bisect_left(days, stretch.to_on)
        for day in days[bisect_left(days, stretch.from_on) : end]:
            found[day].append(stretch)
    return found


def _team_on(appointments: Sequence[tuple[str, date, date | None]], day: date) -> str | None:
    """The team of the latest appointment in force, as a list of workers gives it."""
    held = (team for team, from_on, to_on in appointments if from_on <= day and (to_on is None or to_on > day))
    return next(held, None)
