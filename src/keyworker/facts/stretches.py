"""Who held each child, and which team had them, on every day of a time: the rules of one moment, applied day by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

import psycopg

from keyworker.facts.involved import Involved, team_of_child
from keyworker.facts.lens import Lens
from keyworker.facts.pictures import Role
from keyworker.facts.role_words import RoleWords, role_words
from keyworker.facts.rows import fetch

_INVOLVED = """select child_id, worker_id, role, team_id, from_on, to_on from {involvements} i
where to_on is null or to_on > from_on order by child_id, from_on desc, entry_id desc"""

_OPEN = "select child_id, from_on, to_on from {open_period} o order by child_id, from_on"

_REFERRED = """select child_id, team_id, from_on, to_on from {cin_episodes} e
where team_id is not null and (to_on is null or to_on > from_on) order by child_id, from_on"""

_APPOINTED = """select worker_id, team_id, from_on, to_on from {appointment} a
where team_id is not null and worker_id = any(%(workers)s::text[]) order by from_on, entry_id"""

_EVER_HELD = """select distinct child_id from {involvements} i where worker_id = any(%(workers)s::text[])"""

_EVER_NEAR = """select child_id from {involvements} i
where team_id = any(%(teams)s::text[]) or worker_id = any(%(workers)s::text[])
union select child_id from {cin_episodes} e where team_id = any(%(teams)s::text[])"""

DAY = timedelta(days=1)


class Stretch(NamedTuple):
    """Days on which an open child had the same lead, the same accountable worker and the same team.

    `to_on` is exclusive, None while it goes on.
    """

    child_id: str
    from_on: date
    to_on: date | None
    lead: str | None
    accountable: str | None
    team_id: str | None

    @property
    def holder(self) -> str | None:
        """The one worker in whose caseload the child is counted."""
        return self.lead or self.accountable

    def on(self, day: date) -> bool:
        """Whether it was so at the end of a day."""
        return self.from_on <= day and (self.to_on is None or self.to_on > day)


class _Row(NamedTuple):
    worker_id: str | None
    role: str
    team_id: str | None
    from_on: date
    to_on: date | None

    def on(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or self.to_on > day)


class _InTeam(NamedTuple):
    team_id: str
    from_on: date
    to_on: date | None


@dataclass
class _Life:
    """What is known of one child's time."""

    rows: list[_Row] = field(default_factory=list)
    open: list[tuple[date, date | None]] = field(default_factory=list)
    referred: list[_InTeam] = field(default_factory=list)


def ever_held(connection: psycopg.Connection, lens: Lens, worker_id: str) -> list[str]:
    """The children with whom a worker was ever involved, in whatever role."""
    return [row[0] for row in fetch(connection, lens, _EVER_HELD, workers=[worker_id])]


def ever_near(connection: psycopg.Connection, lens: Lens, team_ids: Iterable[str]) -> list[str]:
    """The children who may ever have been with these teams: involved with one or with a worker of it, or referred."""
    teams = list(team_ids)
    appointed = fetch(
        connection,
        lens,
        "select distinct worker_id from {appointment} a where team_id = any(%(teams)s::text[])",
        teams=teams,
    )
    return [row[0] for row in fetch(connection, lens, _EVER_NEAR, teams=teams, workers=[row[0] for row in appointed])]


def stretches(connection: psycopg.Connection, lens: Lens) -> list[Stretch]:
    """Every stretch of the lens's children's open time, up to and with the lens's day.

    Gives   what a list of children at the end of any of those days shows, by the same rules: of two leads the later is
            the lead; the team is the lead's, else the accountable worker's, else whoever's the child was.
    """
    if not lens.child_ids:
        return []
    words = role_words(connection, lens)
    lives = _lives(connection, lens, words)
    teamless = {row.worker_id for life in lives.values() for row in life.rows if row.worker_id and not row.team_id}
    appointed = _appointed(connection, lens, teamless)
    return [one for child_id, life in lives.items() for one in _stretches(child_id, life, appointed, lens.moment.at)]


def _lives(connection: psycopg.Connection, lens: Lens, words: RoleWords) -> dict[str, _Life]:
    lives: dict[str, _Life] = defaultdict(_Life)
    for child_id, from_on, to_on in fetch(connection, lens, _OPEN):
        lives[child_id].open.append((from_on, to_on))
    for child_id, worker_id, said, team_id, from_on, to_on in fetch(connection, lens, _INVOLVED):
        if child_id in lives:
            lives[child_id].rows += _meant(worker_id, said, team_id, from_on, to_on, words)
    for child_id, *referred in fetch(connection, lens, _REFERRED):
        if child_id in lives:
            lives[child_id].referred.append(_InTeam(*referred))
    return lives


def _meant(
    worker_id: str | None, said: str | None, team_id: str | None, from_on: date, to_on: date | None, words: RoleWords
) -> Iterator[_Row]:
    """A row as the role that its word meant: in parts, where the meaning changed in the row's time."""
    always = words.always(said)
    if always is not None:
        yield _Row(worker_id, always, team_id, from_on, to_on)
        return
    for begun, ended in _parts(from_on, to_on, words.turning_days(said)):
        yield _Row(worker_id, words.means(said, begun), team_id, begun, ended)


def _parts(from_on: date, to_on: date | None, cuts: Iterable[date]) -> Iterator[tuple[date, date | None]]:
    """A span of days cut at the days that fall inside it."""
    inside = sorted(day for day in cuts if from_on < day and (to_on is None or day < to_on))
    yield from zip([from_on, *inside], [*inside, to_on], strict=True)


def _appointed(connection: psycopg.Connection, lens: Lens, workers: Iterable[str]) -> dict[str, list[_InTeam]]:
    found: dict[str, list[_InTeam]] = defaultdict(list)
    wanted = sorted(workers)
    for worker_id, *held in fetch(connection, lens, _APPOINTED, workers=wanted) if wanted else ():
        found[worker_id].append(_InTeam(*held))
    return found


def _stretches(child_id: str, life: _Life, appointed: dict[str, list[_InTeam]], at: date) -> Iterator[Stretch]:
    cuts = _cuts(life, appointed)
    last: Stretch | None = None
    for opened, closed in life.open:
        for begun, ended in _parts(opened, closed, {day for day in cuts if day <= at}):
            now = _on(child_id, life, appointed, begun, ended)
            if last is not None and last.to_on == begun and last[3:] == now[3:]:
                last = last._replace(to_on=ended)
                continue
            if last is not None:
                yield last
            last = now
    if last is not None:
        yield last


def _cuts(life: _Life, appointed: dict[str, list[_InTeam]]) -> set[date]:
    spans: list[_Row | _InTeam] = [*life.rows, *life.referred]
    for row in life.rows:
        if row.worker_id and not row.team_id:
            spans += appointed.get(row.worker_id, ())
    return {day for span in spans for day in (span.from_on, span.to_on) if day}


def _on(child_id: str, life: _Life, appointed: dict[str, list[_InTeam]], begun: date, ended: date | None) -> Stretch:
    involved = Involved()
    for row in life.rows:
        if row.on(begun):
            involved.add(row.worker_id, row.role, row.team_id)
    teams = {
        worker: team
        for worker in (involved.first(Role.LEAD), involved.first(Role.ACCOUNTABLE))
        if worker and (team := _last(appointed.get(worker, ()), begun))
    }
    return Stretch(
        child_id,
        begun,
        ended,
        involved.first(Role.LEAD),
        involved.first(Role.ACCOUNTABLE),
        team_of_child(involved, teams, _last(life.referred, begun)),
    )


def _last(held: Sequence[_InTeam], day: date) -> str | None:
    """The team of the last of these that was in force on a day."""
    return next(
        (one.team_id for one in reversed(held) if one.from_on <= day and (one.to_on is None or one.to_on > day)), None
    )
