"""Workers at a moment: team, post, hours, absence and supervision. What they hold stands in `clocks.workers`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from keyworker.facts.columns.everybody import Source
from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch, fetch_of_nobody

WORKING_DAYS_A_WEEK = 5

_APPOINTED = """select worker_id, team_id, job_title, role_class, fte, hours_per_week, agreed_capacity
from {appointment:in_force} a order by from_on desc, entry_id desc"""

_AWAY = "select worker_id, expected_return_on from {absence:in_force} a order by expected_return_on"

# Whoever holds the supervision on the day: the last of the lines, and before them a deputy who stands in.
_SUPERVISORS = """select worker_id, supervisor_id from (
    select worker_id, supervisor_id, 0 as rank, from_on, entry_id from {supervision_line:in_force} l
    union all select worker_id, supervisor_id, 1, from_on, entry_id from {supervision_deputy:in_force} d) s
order by rank, from_on, entry_id"""

_SUPERVISED = """select worker_id, max(happened_on) from {personal_supervision} s
where lower(outcome) = 'held' group by worker_id"""

_SAID = """select p.worker_id, p.fte, m.role_class from {professionals} p
left join {meaning_then} m on m.subject = 'job title' and m.said_key = {key_of p.job_title}
    and m.from_on <= %(at)s and (m.to_on is null or m.to_on > %(at)s)
order by p.entry_id"""

_LINE = "select worker_id from {supervision_line:in_force} s where supervisor_id = %(supervisor)s"
_SUPERVISED_BY = """select supervisor_id, worker_id from {supervision_line:in_force} l
union select supervisor_id, worker_id from {supervision_deputy:in_force} d"""


@dataclass
class WorkerFacts:
    """What is known of one worker beside the children whom they hold."""

    worker_id: str
    team_id: str | None = None
    role_class: str | None = None
    fte: float | None = None
    hours_per_week: float | None = None
    agreed_capacity: float | None = None
    is_away: bool = False
    away_until: date | None = None
    supervisor_id: str | None = None
    last_supervised_on: date | None = None

    @property
    def hours_today(self) -> float | None:
        """Hours available on an ordinary day; none while away, None where contracted hours are not known."""
        if self.hours_per_week is None:
            return None
        return 0.0 if self.is_away else round(self.hours_per_week / WORKING_DAYS_A_WEEK, 2)


@dataclass
class _Appointed:
    team_id: str | None = None
    role_class: str | None = None
    amounts: dict[str, Decimal] = field(default_factory=dict)


def workers_at(source: Source, lens: Lens, *, held_in: Sequence[tuple[str, str | None]] = ()) -> dict[str, WorkerFacts]:
    """Every worker with an appointment in force, and those who hold a child without one.

    Takes   held_in, a worker and a team for each child held; None where the child is with no team.
    Gives   workers by their identifiers. One whose appointment names no team is in the team in which they hold most
            children.
    """
    appointed = _appointments(source, lens)
    said = {row[0]: (row[1], row[2]) for row in fetch_of_nobody(source, lens, _SAID)}
    away = dict(fetch_of_nobody(source, lens, _AWAY))
    supervisors = dict(fetch_of_nobody(source, lens, _SUPERVISORS))
    supervised = dict(fetch_of_nobody(source, lens, _SUPERVISED))
    usual = usual_teams((worker_id, team_id) for worker_id, team_id in held_in if team_id)
    found = {}
    for worker_id in dict.fromkeys([*appointed, *(worker_id for worker_id, _ in held_in)]):
        held = appointed.get(worker_id, _Appointed())
        stated_fte, stated_class = said.get(worker_id, (None, None))
        found[worker_id] = WorkerFacts(
            worker_id,
            team_id=held.team_id or usual.get(worker_id),
            role_class=held.role_class or stated_class,
            fte=_number(held.amounts, "fte", stated_fte),
            hours_per_week=_number(held.amounts, "hours"),
            agreed_capacity=_number(held.amounts, "capacity"),
            is_away=worker_id in away,
            away_until=away.get(worker_id),
            supervisor_id=supervisors.get(worker_id),
            last_supervised_on=supervised.get(worker_id),
        )
    return found


def supervised_by(source: Source, lens: Lens, supervisor_id: str) -> set[str]:
    """The workers whom somebody supervises, also as a deputy.

    Nearly every page asks, of ever another person, so that all who supervise are read once until one of them changes.
    """
    return {
        worker for supervisor, worker in fetch_of_nobody(source, lens, _SUPERVISED_BY) if supervisor == supervisor_id
    }


def in_line_of(source: Source, lens: Lens, supervisor_id: str) -> set[str]:
    """The workers whom somebody usually supervises.

    Of notes this is asked: a deputy takes over nothing of what a worker held as a supervisor themselves.
    """
    return {row[0] for row in fetch(source, lens, _LINE, supervisor=supervisor_id)}


def usual_teams(held_in: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The team in which each worker holds most children, for workers of whom no appointment is known."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for worker_id, team_id in held_in:
        counted[worker_id][team_id] += 1
    return {worker: min(teams, key=lambda team: (-teams[team], team)) for worker, teams in counted.items()}


def _appointments(source: Source, lens: Lens) -> dict[str, _Appointed]:
    """The latest appointment gives the team and the role; hours and capacity of several add up."""
    found: dict[str, _Appointed] = defaultdict(_Appointed)
    for worker_id, team_id, _, role_class, fte, hours, capacity in fetch_of_nobody(source, lens, _APPOINTED):
        held = found[worker_id]
        held.team_id = held.team_id or team_id
        held.role_class = held.role_class or role_class
        for name, amount in (("fte", fte), ("hours", hours), ("capacity", capacity)):
            if amount is not None:
                held.amounts[name] = held.amounts.get(name, Decimal(0)) + amount
    return found


def _number(amounts: Mapping[str, Decimal], name: str, otherwise: Decimal | None = None) -> float | None:
    amount = amounts.get(name, otherwise)
    return None if amount is None else float(amount)
