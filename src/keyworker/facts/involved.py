"""Who holds each child at a moment, in which team, since when, and how often that changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from keyworker.facts.columns.everybody import Source
from keyworker.facts.holds import Held, merged
from keyworker.facts.lens import Lens
from keyworker.facts.pictures import Role
from keyworker.facts.role_words import NONE, RoleWords
from keyworker.facts.rows import fetch

_LEAD, _ACCOUNTABLE = Role.LEAD.value, Role.ACCOUNTABLE.value
MAIN = (_LEAD, _ACCOUNTABLE)

NOW = """select child_id, worker_id, role, team_id from {involvements:in_force} i
order by child_id, from_on desc, entry_id desc"""
"""Who is involved with a child, the latest first."""

WORKER_TEAMS = """select worker_id, team_id from {appointment:in_force} a
where team_id is not null and worker_id = any(%(workers)s::text[]) order by from_on, entry_id"""
"""The teams of some workers by their appointments, the latest last."""

REFERRED = """select child_id, team_id from {cin_episodes:in_force} e
where team_id is not null order by from_on, entry_id"""
"""The teams to which a child was referred, the latest last."""

_MAIN = """select child_id, worker_id, role, from_on, to_on from {involvements} i
where worker_id is not null and (to_on is null or to_on > from_on) and {key_of role} = any(%(words)s::text[])"""


@dataclass(slots=True)
class Involved:
    """Who is involved with one child: workers by role, the latest first, and the teams they were involved from."""

    by_role: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    team_of: dict[str, str] = field(default_factory=dict)
    other_team: str | None = None

    def add(self, worker_id: str | None, role: str, team_id: str | None) -> None:
        """Add one row in force; rows are added the latest first. A row without a worker gives only a team."""
        if worker_id is None or role == NONE:
            self.other_team = self.other_team or team_id
            return
        held = self.by_role[role]
        if worker_id not in held:
            held.append(worker_id)
        if team_id:
            self.team_of.setdefault(worker_id, team_id)

    def first(self, role: Role) -> str | None:
        """The worker who came last into a role, when anybody holds it."""
        held = self.by_role.get(role)
        return held[0] if held else None

    @property
    def is_allocated(self) -> bool:
        """Whether a lead or an accountable worker holds the child."""
        return _LEAD in self.by_role or _ACCOUNTABLE in self.by_role


def involved_now(source: Source, lens: Lens, words: RoleWords) -> dict[str, Involved]:
    """Who is involved with each of the lens's children. Work held by a team or on duty gives a team and no worker."""
    found: dict[str, Involved] = defaultdict(Involved)
    meant: dict[str | None, str] = {}
    for child_id, worker_id, said, team_id in fetch(source, lens.on_running(), NOW):
        if said not in meant:
            meant[said] = words.means(said, lens.moment.at)
        found[child_id].add(worker_id, meant[said], team_id)
    return found


def main_holds(source: Source, lens: Lens, words: RoleWords) -> dict[str, list[Held]]:
    """Every holding by a lead or accountable worker of each of the lens's children, merged, earliest first."""
    at = lens.moment.at
    rows: dict[str, list[Held]] = defaultdict(list)
    always: dict[str | None, str | None] = {}
    for child_id, worker_id, said, from_on, to_on in fetch(source, lens, _MAIN, words=words.words_for(*MAIN)):
        if said not in always:
            always[said] = words.always(said)
        role = always[said] or words.means(said, _last_day(to_on, at))
        if role in MAIN:
            rows[child_id].append(Held(worker_id, role, from_on, to_on))
    return {child_id: merged(held) for child_id, held in rows.items()}


def team_of_child(child: Involved, worker_teams: Mapping[str, str], referred_to: str | None) -> str | None:
    """The team that a child is with: its lead's, else its accountable worker's, else whoever holds it."""
    for role in (Role.LEAD, Role.ACCOUNTABLE):
        worker_id = child.first(role)
        if worker_id and (team_id := child.team_of.get(worker_id) or worker_teams.get(worker_id)):
            return team_id
    return child.other_team or referred_to or next(iter(child.team_of.values()), None)


def worker_teams(source: Source, lens: Lens, worker_ids: Iterable[str]) -> dict[str, str]:
    """The team of each worker by their appointment in force."""
    return dict(fetch(source, lens, WORKER_TEAMS, workers=list(worker_ids)))


def referred_teams(source: Source, lens: Lens) -> dict[str, str]:
    """The team to which each of the lens's children was last referred, for children whom nobody holds."""
    return dict(fetch(source, lens.on_running(), REFERRED))


@dataclass(frozen=True)
class Unallocated:
    """Since when a child has had neither lead nor accountable worker.

    Takes   since, the first such day of which the extracts tell; None where they tell of none up to the day looked at;
            perhaps_before, whether the child was open before it too, on days of which they do not tell.
    """

    since: date | None
    perhaps_before: bool


def unallocated(opened_on: date, holds: Iterable[Held], told_from: date | None, at: date) -> Unallocated:
    """Since when nobody has held a child who has neither lead nor accountable worker now.

    Takes   told_from, the first day of which it is told who held children; None where nothing says.
    """
    since = max([opened_on, *(hold.to_on for hold in holds if hold.to_on)])
    if told_from is None or since >= told_from:
        return Unallocated(since, perhaps_before=False)
    return Unallocated(told_from if told_from <= at else None, perhaps_before=True)


def _last_day(to_on: date | None, at: date) -> date:
    return date.fromordinal(to_on.toordinal() - 1) if to_on else at
