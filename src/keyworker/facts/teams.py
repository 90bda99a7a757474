"""Teams at a moment: name, district and type as they were then, or on today's structure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import psycopg

from keyworker.facts.handles import HandleKind, handles_of
from keyworker.facts.lens import FAR, Lens
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import TeamRef
from keyworker.facts.rows import fetch

UNMAPPED = "unmapped"
COUNTY_WIDE = "county-wide"

_TEAMS = """select team_id, name, district, team_type, true as placed from {team:in_force} t
union all
select d.team_id, d.name, m.district, m.team_type, false from {department} d
left join {meaning_then} m on m.subject = 'team' and m.said_key in (lower(trim(d.team_id)), lower(trim(d.name)))
    and m.from_on <= %(at)s and (m.to_on is null or m.to_on > %(at)s)
where not exists (select 1 from {team:in_force} t where t.team_id = d.team_id)"""


@dataclass(frozen=True)
class Teams:
    """Every team that is known at a moment."""

    known: Mapping[str, TeamRef]
    manager_of: Mapping[str, str] = field(default_factory=dict)

    def ref(self, team_id: str | None) -> TeamRef | None:
        """A team by its identifier. One that nobody has described is unmapped, not dropped."""
        if not team_id:
            return None
        return self.known.get(team_id) or TeamRef(team_id, team_id, "", UNMAPPED, UNMAPPED)

    def in_district(self, district: str) -> list[str]:
        """The identifiers of a district's teams."""
        return [team_id for team_id, ref in self.known.items() if ref.district == district]

    def __iter__(self) -> Iterator[TeamRef]:
        return iter(self.known.values())


def teams_at(connection: psycopg.Connection, lens: Lens, *, restated: bool = False) -> Teams:
    """The teams as they were at a moment.

    Takes   restated, whether a team that has since been renamed, moved or merged is shown as what it has become.
            A team split in several is shown so only where all its parts share a district or a type.
    """
    described: dict[str, tuple[str | None, str | None, str | None, bool]] = {}
    for team_id, name, district, team_type, placed in fetch(connection, lens, _TEAMS):
        described.setdefault(team_id, (name, district, team_type, placed))
    given = handles_of(connection, HandleKind.TEAM, described)
    then = {
        team_id: TeamRef(
            team_id,
            name or team_id,
            given.get(team_id, ""),
            district or (COUNTY_WIDE if placed else UNMAPPED),
            team_type or UNMAPPED,
        )
        for team_id, (name, district, team_type, placed) in described.items()
    }
    return Teams(_restated(connection, lens, then) if restated else then)


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
    return {team_id: _as_today(ref, after, today) for team_id, ref in then.items()}


def _as_today(ref: TeamRef, after: Mapping[str, set[str]], today: Mapping[str, TeamRef]) -> TeamRef:
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
