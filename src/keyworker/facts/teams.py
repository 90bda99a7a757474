"""Teams at a moment: name, district and type as they were then, or on today's structure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import psycopg

from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.lens import FAR, Lens
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import TeamRef
from keyworker.facts.remembered import remembered
from keyworker.facts.rows import fetch, fetch_of_nobody

UNMAPPED = "unmapped"
COUNTY_WIDE = "county-wide"

TABLES = frozenset({"team", "department", "meaning", "team_succession"})
"""The tables of which teams are read."""
_TEAMS = """select team_id, name, district, team_type, manager_id from {team:in_force} t
order by from_on desc, entry_id desc"""

_TEAMS_EVER = """select team_id, name, district, team_type, manager_id from {team} t
order by from_on desc, entry_id desc"""

_DEPARTMENTS = "select team_id, name from {department} d order by entry_id desc"

_MEANT = """select said_key, district, team_type from {meaning_then} m
where subject = 'team' and from_on <= %(at)s and (to_on is null or to_on > %(at)s)"""

Meant = Mapping[str, tuple[str | None, str | None]]


@dataclass(frozen=True)
class Teams:
    """Every team that is known at a moment.

    Takes   manager_of, the worker who manages a team; meant, what the council has said of a team's name or code.
    """

    known: Mapping[str, TeamRef]
    manager_of: Mapping[str, str] = field(default_factory=dict)
    meant: Meant = field(default_factory=dict)

    def ref(self, team_id: str | None) -> TeamRef | None:
        """A team by its identifier. One that nobody has described is unmapped, not dropped."""
        if not team_id:
            return None
        return self.known.get(team_id) or TeamRef(team_id, team_id, "", *_place(self.meant, team_id))

    def type_of(self, name: str | None) -> str:
        """The work that the council has said a team of this name does."""
        return _place(self.meant, name or "")[1]

    def in_district(self, district: str) -> list[str]:
        """The identifiers of a district's teams."""
        return [team_id for team_id, ref in self.known.items() if ref.district == district]

    def __iter__(self) -> Iterator[TeamRef]:
        return iter(self.known.values())


def teams_at(connection: psycopg.Connection, lens: Lens, *, restated: bool = False, ended: bool = False) -> Teams:
    """The teams as they were at a moment.

    Takes   restated, whether a team that has since been renamed, moved or merged is shown as what it has become.
            A team split in several is shown so only where all its parts share a district or a type;
            ended, whether teams that are no more are there too, as they were last.
    """

    def given(team_ids: Iterable[str]) -> Mapping[str, str]:
        wanted = list(team_ids)
        what = "handles of teams that ended too" if ended else "handles of teams"
        return remembered(connection, what, lens.moment, lambda on: handles_of(on, HandleKind.TEAM, wanted), of=TABLES)

    then = teams_told(lambda query: fetch_of_nobody(connection, lens, query), ended=ended, handles=given)
    if not restated:
        return then
    return replace(then, known=_restated(connection, lens, dict(then.known)))


def teams_told(
    ask: Callable[[str], Iterable[tuple[Any, ...]]],
    *,
    ended: bool = False,
    handles: Callable[[Iterable[str]], Mapping[str, str]] = lambda _: {},
) -> Teams:
    """The teams as they were at a moment, from whatever answers a query over named tables at it.

    Takes   ended, whether teams that are no more are there too, as they were last; handles, for the teams' addresses.
    """
    meant = {said: (district, kind) for said, district, kind in ask(_MEANT)}
    placed: dict[str, tuple[str | None, str | None, str | None, str | None]] = {}
    for team_id, *described in ask(_TEAMS_EVER if ended else _TEAMS):
        placed.setdefault(team_id, (described[0], described[1], described[2], described[3]))
    named: dict[str, str | None] = {}
    for team_id, name in ask(_DEPARTMENTS):
        named.setdefault(team_id, name)
    given = handles([*placed, *named])
    then = {
        team_id: TeamRef(team_id, name or team_id, given.get(team_id, ""), *_place(meant, team_id, name or ""))
        for team_id, name in named.items()
    }
    for team_id, (name, district, team_type, _) in placed.items():
        _, said_type = _place(meant, team_id, name or "")
        then[team_id] = TeamRef(
            team_id, name or team_id, given.get(team_id, ""), district or COUNTY_WIDE, team_type or said_type
        )
    managers = {team_id: row[3] for team_id, row in placed.items() if row[3]}
    return Teams(then, managers, meant)


def names_of(team: TeamRef | None) -> frozenset[str]:
    """The words by which a role may be held over where a team is: its identifier and its district.

    Of a team that nobody has placed, the identifier alone: whoever held a role over the word for that would else see
    every such team, whosever it is.
    """
    words = (team.team_id, team.district) if team else ()
    return frozenset(word for word in words if word and word != UNMAPPED)


def _place(meant: Meant, *said: str) -> tuple[str, str]:
    """District and type by what the council has said of a team's code or name."""
    found = [meant[key] for word in said if (key := " ".join(word.split()).lower()) in meant]
    district = next((place for place, _ in found if place), UNMAPPED)
    return district, next((kind for _, kind in found if kind), UNMAPPED)


def _restated(connection: psycopg.Connection, lens: Lens, then: dict[str, TeamRef]) -> dict[str, TeamRef]:
    later = Lens(Moment(FAR, lens.moment.known_at))
    after: dict[str, set[str]] = defaultdict(set)
    rows = fetch(
        connection,
        later,
        "select from_team_id, to_team_id from {team_succession} s where happened_on > %(then)s",
        then=lens.moment.at,
    )
    for before, to in rows:
        after[before].add(to)
    today = teams_at(connection, later).known
    return {team_id: as_today(ref, after, today) for team_id, ref in then.items()}


def as_today(ref: TeamRef, after: Mapping[str, set[str]], today: Mapping[str, TeamRef]) -> TeamRef:
    """A team as what it has become.

    Takes   after, for a team those that followed it since the day on which it was as `ref` says; today, all teams now.
    """
    last = {ref.team_id}
    seen: set[str] = set()
    while moving := {team_id for team_id in last if after.get(team_id) and team_id not in seen}:
        seen |= moving
        last = (last - moving) | {to for team_id in moving for to in after[team_id]}
    parts = [today[team_id] for team_id in sorted(last) if team_id in today]
    if not parts:
        return ref
    if len(parts) == 1:
        return parts[0]
    districts, types = {part.district for part in parts}, {part.team_type for part in parts}
    return TeamRef(
        ref.team_id,
        ref.name,
        ref.handle,
        districts.pop() if len(districts) == 1 else UNMAPPED,
        types.pop() if len(types) == 1 else UNMAPPED,
    )
