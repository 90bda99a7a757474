"""One worker's own load, child by child: who counts, who does not and why, what each weighs, and what can be held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import ChildRow, Role, WorkerRow
from keyworker.facts.rows import fetch
from keyworker.measures.caseload import holder

# The same statuses, in the same order, as `relations/case_weighed`, by which the measure weighs: a test holds them so.
_STATUSES = """select child_id, status from (
    select child_id, 'looked after' as status, from_on, to_on from {care_episode} l where not is_short_break
    union all select child_id, 'child protection plan', from_on, to_on from {cp_plans} p
    union all select child_id, 'child in need', from_on, to_on from {cin_episodes} e where referral_nfa is not true
) s where from_on <= %(at)s and (to_on is null or to_on > %(at)s)"""

_WEIGHTS = """select {key_of applies_to}, value, from_on, set_by, written_in from {setting:in_force} t
where {key_of name} = 'case weight' order by from_on, entry_id"""

GRAVEST_FIRST = ("looked after", "child protection plan", "child in need")


@dataclass(frozen=True, slots=True)
class CaseWeight:
    """What the council has set that a child of one status weighs, from when, by whom and where it is written."""

    status: str
    weight: Decimal
    from_on: date
    set_by: str
    written_in: str


@dataclass(frozen=True, slots=True)
class LoadPart:
    """One child with whom the worker works. Takes weighed, None where no weight is set; why_not, empty who counts."""

    child: ChildRow
    role: Role
    weighed: CaseWeight | None
    why_not: str = ""

    @property
    def counts(self) -> bool:
        """Whether the child is part of the load."""
        return not self.why_not


@dataclass(frozen=True)
class OwnLoad:
    """One worker's load at a moment.

    Takes   row, the worker as their team's page shows them; parts, every open child with whom they work, family by
            family; weights, what the council has set.
    """

    row: WorkerRow
    moment: Moment
    parts: tuple[LoadPart, ...]
    weights: tuple[CaseWeight, ...]

    @property
    def counted(self) -> tuple[LoadPart, ...]:
        """The children who count."""
        return tuple(one for one in self.parts if one.counts)

    @property
    def weight(self) -> Decimal | None:
        """What they weigh together; None where the council has set no weights."""
        if not self.weights:
            return None
        return sum((one.weighed.weight for one in self.counted if one.weighed), Decimal(0))

    @property
    def unweighed(self) -> int:
        """The children who count, but of whose status no weight is set."""
        return sum(one.weighed is None for one in self.counted) if self.weights else 0

    @property
    def capacity_today(self) -> float | None:
        """How many children can be held by whoever is there today: none of a worker who is away."""
        return 0.0 if self.row.is_away else self.row.agreed_capacity


def own_load(connection: psycopg.Connection, lens: Lens, row: WorkerRow, children: Sequence[ChildRow]) -> OwnLoad:
    """One worker's load. Takes children, the open children with whom the worker works in whatever role."""
    weights = _weights(connection, lens)
    statuses = _statuses(connection, lens.of([one.child_id for one in children])) if children else {}
    parts = [
        LoadPart(one, role, _weighed(statuses.get(one.child_id, set()), weights), _why_not(one, role, row))
        for one in children
        if (role := _role(one, row.worker.worker_id)) is not None
    ]
    ordered = sorted(parts, key=lambda one: (one.child.family_id or one.child.child_id, one.child.name))
    return OwnLoad(row, lens.moment, tuple(ordered), tuple(weights[one] for one in GRAVEST_FIRST if one in weights))


def _role(child: ChildRow, worker_id: str) -> Role | None:
    if child.lead and child.lead.worker_id == worker_id:
        return Role.LEAD
    if child.accountable and child.accountable.worker_id == worker_id:
        return Role.ACCOUNTABLE
    if any(one.worker_id == worker_id for one in child.co_workers):
        return Role.CO_WORKER
    return Role.UNMAPPED if any(one.worker_id == worker_id for one in child.unmapped_roles) else None


def _why_not(child: ChildRow, role: Role, row: WorkerRow) -> str:
    found = holder(child)
    if found and found.worker_id == row.worker.worker_id:
        return ""
    if role is Role.ACCOUNTABLE:
        return "another worker leads, and the child counts with them"
    if role is Role.CO_WORKER:
        return "works beside the child’s worker, with whom the child counts"
    return "nobody has said what this role means, so it counts with nobody"


def _weights(connection: psycopg.Connection, lens: Lens) -> dict[str, CaseWeight]:
    """The latest weight of each status that is a number, as the measure reads it."""
    found: dict[str, CaseWeight] = {}
    for status, value, from_on, set_by, written_in in fetch(connection, lens, _WEIGHTS):
        if status in GRAVEST_FIRST and (weight := _number(value)) is not None:
            found[status] = CaseWeight(status, weight, from_on, set_by or "", written_in or "")
    return found


def _number(value: str) -> Decimal | None:
    if not value or set(value) - set("0123456789."):
        return None
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


def _statuses(connection: psycopg.Connection, lens: Lens) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for child_id, status in fetch(connection, lens, _STATUSES):
        found.setdefault(child_id, set()).add(status)
    return found


def _weighed(statuses: set[str], weights: Mapping[str, CaseWeight]) -> CaseWeight | None:
    return next((weights[one] for one in GRAVEST_FIRST if one in statuses and one in weights), None)
