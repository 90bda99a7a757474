"""The shapes in which facts reach people: a child in a list, a child's story, a worker, a source.

Pages, commands and Python all show these same values, so that they cannot disagree.
Names are present only where the asker may see them; handles are random and safe in an address.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from keyworker.facts.holds import Held


class Role(StrEnum):
    """How a worker holds a child. `UNMAPPED` is a source's role that nobody has given a meaning."""

    ACCOUNTABLE = "accountable"
    LEAD = "lead"
    CO_WORKER = "co-worker"
    UNMAPPED = "unmapped"


class Outcome(StrEnum):
    """What came of a visit."""

    SEEN_ALONE = "seen alone"
    SEEN = "seen"
    NOT_SEEN = "not seen"
    CANCELLED = "cancelled"
    NO_ACCESS = "no access"
    NOT_RECORDED = "not recorded"


class Standing(StrEnum):
    """Where a child stands against the interval in which they should be seen."""

    IN_TIME = "in time"
    PAST = "past"
    NO_INTERVAL = "no interval set"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True)
class WorkerRef:
    """A worker, as other pictures name them."""

    worker_id: str
    name: str
    handle: str
    job_title: str | None = None
    agency: bool | None = None


@dataclass(frozen=True)
class TeamRef:
    """A team, with its district and type, or `unmapped` where nobody has said."""

    team_id: str
    name: str
    handle: str
    district: str
    team_type: str


@dataclass(frozen=True)
class Status:
    """Why the service is in a child's life: referral, assessment, section 47, cin, cp, looked after."""

    kind: str
    from_on: date
    to_on: date | None  # exclusive
    detail: str | None = None  # category of abuse, legal status, primary need


@dataclass(frozen=True)
class NextDate:
    """The next dated thing that is due for a child."""

    what: str
    on: date


@dataclass(frozen=True)
class ChildRow:
    """One open child at a moment, as a row of any list."""

    child_id: str
    handle: str
    name: str
    birth_on: date | None
    age_years: int | None
    family_id: str | None
    siblings_open: int
    statuses: tuple[Status, ...]
    lead: WorkerRef | None
    accountable: WorkerRef | None
    co_workers: tuple[WorkerRef, ...]
    unmapped_roles: tuple[WorkerRef, ...]
    team: TeamRef | None
    unallocated_since: date | None  # first day with neither lead nor accountable worker, of those that are told
    lead_since: date | None
    last_attempted_on: date | None
    last_seen_on: date | None
    last_seen_alone_on: date | None
    last_seen_lag_days: int | None  # days from visit to entry; None where the source does not say
    due_on: date | None
    standing: Standing
    why_due: str  # rule, start, counting method, source: one sentence
    last_case_supervision_on: date | None
    changes_in_12_months: int
    next_date: NextDate | None
    before_the_door: tuple[str, ...]
    holds: tuple[Held, ...] = ()  # by lead and accountable workers, merged, earliest first
    perhaps_unallocated_before: bool = False  # open before that day too, of which no extract tells who held the child


@dataclass(frozen=True)
class Ribbon:
    """One worker's hold of a child in one role, touching rows merged."""

    worker: WorkerRef
    role: Role
    role_said: str
    team: TeamRef | None
    from_on: date
    to_on: date | None  # exclusive
    cause: str | None  # why it ended, one of ten published causes; None is not recorded
    cause_read_from: str | None  # HR leaving date, absence or team succession, when the cause was read and not recorded
    recorded_at: datetime


@dataclass(frozen=True)
class Gap:
    """Days on which an open child had neither a lead nor an accountable worker."""

    from_on: date
    to_on: date | None  # exclusive


@dataclass(frozen=True)
class VisitMark:
    """One visit, made or meant."""

    kind: str  # cin, cp, cla, other
    happened_on: date
    outcome: Outcome
    worker: WorkerRef | None
    entered_at: datetime | None  # when the source says that it was typed in
    known_after: datetime | None  # else known only between two extracts
    known_by: datetime | None
    recorded_at: datetime
    reason: str | None = None
    cancelled_by: str | None = None
    entry_id: int | None = None


@dataclass(frozen=True)
class Mark:
    """Anything else at a day: referral, conference, review, supervision, contact, missing episode."""

    kind: str
    on: date
    says: str
    due_on: date | None
    recorded_at: datetime
    entry_id: int | None = None


@dataclass(frozen=True)
class Disagreement:
    """Two sources say different things of one fact; the first is the one shown."""

    table: str
    column: str
    shown: str
    shown_source: str
    other: str
    other_source: str


@dataclass(frozen=True)
class Story:
    """A child's whole time with the service, as known at a moment."""

    child: ChildRow | None  # None when the child is not open at the moment
    child_id: str
    handle: str
    name: str
    birth_on: date | None
    age_years: int | None
    family: tuple[tuple[str, str, str], ...]  # handle, name, what they are to the child
    statuses: tuple[Status, ...]
    ribbons: tuple[Ribbon, ...]
    gaps: tuple[Gap, ...]
    visits: tuple[VisitMark, ...]
    marks: tuple[Mark, ...]
    interval_days: tuple[tuple[date, date], ...]  # due-by comb: (interval began, due on)
    disagreements: tuple[Disagreement, ...]
    untold: tuple[Gap, ...] = ()  # open days of which no extract tells who held the child


@dataclass(frozen=True)
class WorkerRow:
    """A worker in a team at a moment, with what they hold and who looks after them."""

    worker: WorkerRef
    team: TeamRef | None
    role_class: str | None
    children: int
    families: int
    accountable_only: int
    longest_since_seen_days: int | None
    past_interval: int
    agreed_capacity: float | None
    hours_today: float | None
    away_until: date | None  # expected return; only the date, never why
    is_away: bool
    supervisor: WorkerRef | None
    last_supervised_on: date | None
    days_since_supervised: int | None
    fte: float | None


@dataclass(frozen=True)
class SourceAge:
    """How old one source is: when it was cut and when it was loaded."""

    source: str
    cut_at: datetime | None
    loaded_at: datetime


@dataclass(frozen=True)
class Absent:
    """A fact that no extract holds, what would fill it, and what it weakens."""

    what: str
    filled_by: str
