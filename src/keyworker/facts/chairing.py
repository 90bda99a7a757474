"""Who chairs a child's conferences or reviews, when these were and are next, and what moved since the last one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import psycopg

from keyworker.facts.lens import Lens
from keyworker.facts.rows import fetch
from keyworker.vocabulary.allocation_roles import CHAIRS

CONFERENCES, REVIEWS = "conferences", "reviews"

# Somebody who was written down as chairing a child's conferences goes before whoever chaired the last one.
_CHAIRED = """select c.child_id, c.what, c.from_on from {chairing:in_force} c
where c.account = %(account)s or c.worker_id = %(worker)s
union all
select i.child_id, case when lower(i.role) = any(%(reviews)s::text[]) then 'reviews' else 'conferences' end, i.from_on
from {involvements:in_force} i where i.worker_id = %(worker)s and lower(i.role) = any(%(roles)s::text[])
union all
select l.child_id, 'conferences', l.happened_on from (
    select distinct on (m.child_id) m.child_id, m.worker_id, m.happened_on from {meeting} m
    where m.held and m.withdrawn is not true and m.kind in ('initial conference', 'review conference')
    order by m.child_id, m.happened_on desc, m.entry_id desc
) l
where l.worker_id = %(worker)s and not exists (
    select 1 from {chairing:in_force} o where o.child_id = l.child_id and o.what = 'conferences'
)"""
_MET = """select c.child_id, 'conferences' as what, c.happened_on, cast(null as date) as report_on
from {initial_cp_conference} c where c.happened_on is not null
union all
select r.child_id, 'conferences', r.happened_on, null from {cp_reviews} r where r.happened_on is not null
union all
select m.child_id, 'conferences', m.happened_on, m.report_on from {meeting} m
where m.held and m.withdrawn is not true and m.kind in ('initial conference', 'review conference')
union all
select l.child_id, 'reviews', v.happened_on, null from {cla_reviews} v
join (select distinct child_id, care_period_id from {cla_episodes} e) l on l.care_period_id = v.care_period_id
where v.happened_on is not null and v.cancelled is not true"""
_NEXT = """select c.child_id, 'conferences' as what, c.target_on as due_on from {initial_cp_conference} c
where c.happened_on is null and c.target_on is not null
union all
select r.child_id, 'conferences', r.due_on from {cp_reviews} r where r.happened_on is null and r.due_on is not null
union all
select m.child_id, 'conferences', m.next_on from {meeting} m
where m.next_on is not null and m.withdrawn is not true and m.kind in ('initial conference', 'review conference')
union all
select l.child_id, 'reviews', v.due_on from {cla_reviews} v
join (select distinct child_id, care_period_id from {cla_episodes:in_force} e) l on l.care_period_id = v.care_period_id
where v.happened_on is null and v.due_on is not null and v.cancelled is not true"""
_VISITS = "select child_id, outcome, happened_on from {visit} v where happened_on > %(since)s"
_BEGAN = """select child_id, 'placement' as what, type as kind, from_on from {cla_placement} p where from_on > %(since)s
union all
select child_id, 'legal status', legal_status, from_on from {legal_status} s where from_on > %(since)s
order by 4"""
_SEEN = frozenset({"seen", "seen alone"})


@dataclass(frozen=True, slots=True)
class Chairs:
    """That somebody chairs a child. Takes what, their conferences or their reviews or both; since_on, the first day."""

    child_id: str
    what: frozenset[str]
    since_on: date


@dataclass(frozen=True, slots=True)
class Met:
    """The last conference or review of a child. Takes report_on, when its papers were shared; None is not recorded."""

    what: str
    on: date
    report_on: date | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """The next conference or review of a child, and by when."""

    what: str
    on: date


@dataclass(frozen=True, slots=True)
class MovedSince:
    """What is recorded of a child after a day. Takes began, placements and legal statuses: what, its code, its day."""

    seen: int = 0
    in_vain: int = 0
    began: tuple[tuple[str, str | None, date], ...] = ()


def chaired_by(connection: psycopg.Connection, lens: Lens, account: str, worker_id: str | None) -> dict[str, Chairs]:
    """The children whom somebody chairs, by the identifier that stands for each."""
    rows = fetch(
        connection, lens, _CHAIRED, account=account, worker=worker_id or "",
        roles=list(CHAIRS), reviews=[said for said, what in CHAIRS.items() if what == REVIEWS],
    )  # fmt: skip
    found: dict[str, Chairs] = {}
    for child_id, what, since in rows:
        root = lens.root(child_id)
        before = found.get(root, Chairs(root, frozenset(), since))
        found[root] = Chairs(root, before.what | {what}, min(before.since_on, since))
    return found


def last_met(connection: psycopg.Connection, lens: Lens, chairs: Mapping[str, Chairs]) -> dict[str, Met]:
    """The last conference or review of each child whom somebody chairs."""
    found: dict[str, Met] = {}
    for child_id, what, on, report_on in fetch(connection, lens, _MET):
        root = lens.root(child_id)
        before = found.get(root)
        is_later = before is None or (on, report_on or date.min) > (before.on, before.report_on or date.min)
        if on <= lens.moment.at and root in chairs and what in chairs[root].what and is_later:
            found[root] = Met(what, on, report_on)
    return found


def next_due(
    connection: psycopg.Connection, lens: Lens, chairs: Mapping[str, Chairs], met: Mapping[str, Met]
) -> dict[str, Next]:
    """By when the next conference or review of each is due: the earliest day that no later one has met."""
    found: dict[str, Next] = {}
    for child_id, what, on in fetch(connection, lens, _NEXT):
        root = lens.root(child_id)
        is_met = root in met and met[root].what == what and met[root].on >= on
        if root in chairs and what in chairs[root].what and not is_met and (root not in found or on < found[root].on):
            found[root] = Next(what, on)
    return found


def moved_since(connection: psycopg.Connection, lens: Lens, since: Mapping[str, date]) -> dict[str, MovedSince]:
    """What is recorded of each child after its own day. Takes since, by child; what is said of a later day is not."""
    if not since:
        return {}
    at, first = lens.moment.at, min(since.values())
    visits: dict[str, list[bool]] = defaultdict(list)
    for child_id, outcome, on in fetch(connection, lens, _VISITS, since=first):
        root = lens.root(child_id)
        if root in since and since[root] < on <= at:
            visits[root].append(outcome in _SEEN)
    began: dict[str, list[tuple[str, str | None, date]]] = defaultdict(list)
    for child_id, what, kind, on in fetch(connection, lens, _BEGAN, since=first):
        root = lens.root(child_id)
        if root in since and since[root] < on <= at:
            began[root].append((what, kind, on))
    return {
        root: MovedSince(sum(visits[root]), len(visits[root]) - sum(visits[root]), _once(began[root])) for root in since
    }


def _once(rows: Iterable[tuple[str, str | None, date]]) -> tuple[tuple[str, str | None, date], ...]:
    return tuple(dict.fromkeys(rows))
