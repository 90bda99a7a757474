"""Which children are open to the service at a moment, and why.

A child is open while a referral accepted as a child in need, a child protection plan or an episode of being looked
after is in force. Early help is not: it is help outside social care, and its families are counted apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from keyworker.facts.columns.everybody import Source
from keyworker.facts.lens import FEW, Lens
from keyworker.facts.pictures import Status
from keyworker.facts.rows import fetch

OPEN = "select child_id from {open_now} o"

STATUSES = """select child_id, 'referral' as kind, from_on, primary_need_code as detail
from {cin_episodes:in_force} e where referral_nfa is not true
union all select child_id, 'assessment', from_on, null from {cin_assessments:in_force} a
union all select child_id, 'section 47', from_on, null from {s47_enquiry:in_force} q
union all select child_id, 'cin', from_on, null from {cin_plans:in_force} n
union all select child_id, 'cp', from_on, coalesce(latest_category, initial_category) from {cp_plans:in_force} c
union all select child_id, 'looked after', min(from_on), null from {cla_episodes:in_force} l group by child_id"""

# A new placement or legal status is not a new time in care, so this status begins where its first episode did, unless
# the episode is a short break. Both are looked up only for children who are away, who are few.
AWAY = """select child_id, kind, min(from_on) as from_on from {status} s
where kind in ('looked after', 'short break') and (to_on is null or to_on > %(at)s) group by child_id, kind"""
EVER_IN_SHORT_BREAKS = "select distinct child_id from {legal_status} l where lower(legal_status) in ('v3', 'v4')"

_LEGAL = "select child_id, legal_status from {legal_status:in_force} g order by from_on, entry_id"

_WORKED_BY = "select distinct child_id from {involvements:in_force} i where worker_id = any(%(workers)s::text[])"

_IN_TEAMS = """select child_id from {involvements:in_force} i
where team_id = any(%(teams)s::text[]) or worker_id = any(%(workers)s::text[])
union select child_id from {cin_episodes:in_force} e where team_id = any(%(teams)s::text[])"""

LOOKED_AFTER = "looked after"
ORDER = ("looked after", "cp", "section 47", "cin", "short break", "assessment", "referral", "care leaver")


def open_among(source: Source, lens: Lens) -> list[str]:
    """Which of the lens's children are open, or every open child when it names none."""
    return sorted(row[0] for row in fetch(source, lens, OPEN))


def worked_with_by(source: Source, lens: Lens, *worker_ids: str) -> list[str]:
    """The children with whom any of some workers is involved, in whatever role."""
    return [row[0] for row in fetch(source, lens, _WORKED_BY, workers=list(worker_ids))]


def near_teams(source: Source, lens: Lens, team_ids: Iterable[str]) -> list[str]:
    """Children who may be these teams': involved with a team or with a worker of it, or referred to it."""
    teams = list(team_ids)
    rows = fetch(
        source,
        lens,
        "select distinct worker_id from {appointment:in_force} a where team_id = any(%(teams)s::text[])",
        teams=teams,
    )
    return [row[0] for row in fetch(source, lens, _IN_TEAMS, teams=teams, workers=[row[0] for row in rows])]


def statuses_now(source: Source, lens: Lens) -> dict[str, tuple[Status, ...]]:
    """Why each of the lens's children is open, gravest first."""
    wanted = None if lens.child_ids is None else frozenset(lens.child_ids)
    found: dict[str, list[Status]] = defaultdict(list)
    away = []
    for child_id, kind, from_on, detail in fetch(source, lens.on_running(3 * FEW), STATUSES):
        if wanted is not None and child_id not in wanted:
            continue
        if kind == LOOKED_AFTER:
            away.append(child_id)
        else:
            found[child_id].append(Status(kind, from_on, None, detail))
    if away:
        theirs = lens.of(away)
        legal = dict(fetch(source, theirs, _LEGAL))
        for child_id, kind, from_on in fetch(source, theirs, AWAY):
            found[child_id].append(Status(kind, from_on, None, legal.get(child_id)))
    return {child_id: tuple(sorted(held, key=_gravest) if len(held) > 1 else held) for child_id, held in found.items()}


def opened_on(source: Source, lens: Lens) -> dict[str, date]:
    """Since when each of the lens's children has been open without a break."""
    return dict(
        fetch(
            source,
            lens,
            "select child_id, from_on from {open_period} o where to_on is null or to_on > %(at)s",
        )
    )


def _gravest(status: Status) -> tuple[int, date]:
    return ORDER.index(status.kind), status.from_on
