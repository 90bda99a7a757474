"""The teams that a team came of and those that came of it: renamed, split, merged or moved, with the days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import psycopg

from keyworker.facts import people
from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.lens import Lens
from keyworker.facts.pictures import TeamRef
from keyworker.facts.rows import fetch
from keyworker.facts.stories import Followed, TeamSpan
from keyworker.facts.teams import COUNTY_WIDE, Teams

_FOLLOWED = """select from_team_id, to_team_id, lower(how), happened_on from {team_succession} s
where happened_on is not null order by happened_on, from_team_id, to_team_id"""

_SPANS = """select team_id, name, district, team_type, manager_id, from_on, to_on from {team} t
where team_id = any(%(teams)s::text[]) and (to_on is null or to_on > from_on) order by from_on, entry_id"""

_APPOINTED = """select worker_id, team_id, from_on, to_on from {appointment} a
where worker_id in (select worker_id from {appointment} b where team_id = any(%(teams)s::text[]))
and (to_on is null or to_on > from_on) order by worker_id, from_on desc, entry_id desc"""


@dataclass(frozen=True)
class Lineage:
    """A team's family: every team in it, how each was named and led, and which followed which."""

    teams: tuple[TeamRef, ...]  # in the order in which they began, named as they were last
    spans: tuple[TeamSpan, ...]
    followed: tuple[Followed, ...]


def lineage(connection: psycopg.Connection, lens: Lens, teams: Teams, team_id: str) -> Lineage:
    """What a team came of, as far back as is known, and what came of it.

    Takes   teams, those that have ended among them.
    Gives   the team itself, its forebears and its heirs; not the forebears of an heir, which are no kin of it.
    """
    rows = fetch(connection, lens, _FOLLOWED)
    back = _reached(team_id, [(after, before) for before, after, *_ in rows])
    onward = _reached(team_id, [(before, after) for before, after, *_ in rows])
    wanted = sorted({team_id, *back, *onward})
    spans = _spans(connection, lens, teams, wanted)
    refs = {one: ref for one in wanted if (ref := teams.ref(one))}
    followed = tuple(
        Followed(refs[before], refs[after], how or "not recorded", on)
        for before, after, how, on in rows
        if before in refs and after in refs
    )
    began = {one.team.team_id: one.from_on for one in reversed(spans)}
    ordered = sorted(wanted, key=lambda one: (began.get(one, date.max), one))
    return Lineage(tuple(refs[one] for one in ordered), spans, followed)


def appointed_to(
    connection: psycopg.Connection, lens: Lens, team_ids: Iterable[str]
) -> dict[str, list[tuple[str, date, date | None]]]:
    """All appointments of each worker who was ever appointed to these teams: team, from, to; latest first."""
    found: dict[str, list[tuple[str, date, date | None]]] = {}
    for worker_id, team_id, from_on, to_on in fetch(connection, lens, _APPOINTED, teams=list(team_ids)):
        found.setdefault(worker_id, []).append((team_id, from_on, to_on))
    return found


def _reached(start: str, edges: Sequence[tuple[str, str]]) -> set[str]:
    """Every team that is reached from one by following edges, itself left out."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        now = waiting.pop()
        ahead = {to for of, to in edges if of == now} - found - {start}
        found |= ahead
        waiting += sorted(ahead)
    return found


def _spans(connection: psycopg.Connection, lens: Lens, teams: Teams, team_ids: Sequence[str]) -> tuple[TeamSpan, ...]:
    rows = fetch(connection, lens, _SPANS, teams=list(team_ids))
    managers = people.workers(connection, lens, (row[4] for row in rows if row[4]))
    given = handles_of(connection, HandleKind.TEAM, team_ids)
    return tuple(
        TeamSpan(
            TeamRef(
                team_id, name or team_id, given.get(team_id, ""), district or COUNTY_WIDE, kind or teams.type_of(name)
            ),
            managers.get(manager_id or ""),
            from_on,
            to_on,
        )
        for team_id, name, district, kind, manager_id, from_on, to_on in rows
    )
