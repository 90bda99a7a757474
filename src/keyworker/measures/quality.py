"""What the data cannot support: each check, what it found, and which figures that weakens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import psycopg

from keyworker.facts.days import year_before
from keyworker.facts.ground import lens_at
from keyworker.facts.lens import Lens
from keyworker.facts.moment import Moment
from keyworker.facts.relations import derived_sql, in_force, render
from keyworker.measures.jumps import implausible

CASELOAD = "caseload"
SEEN = "children past their interval"
CHANGES = "changes of worker"
SUPERVISION = "supervision"
VACANCIES = "vacancies"
LAG = "record lag"
DISTRICTS = "figures by district"


@dataclass(frozen=True)
class Check:
    """One thing to look for.

    Takes   says, the fault in words; found and of, SQL over the named tables that count it and what it is out of.
    """

    name: str
    found: str
    of: str
    weakens: tuple[str, ...]
    remedy: str


@dataclass(frozen=True)
class Finding:
    """What one check found, out of how many."""

    name: str
    found: int
    of: int
    weakens: tuple[str, ...]
    remedy: str


_OPEN = f"select distinct child_id from {{open_period}} o where {in_force('o')}"
_HELD = f"select distinct child_id from {{holding}} h where {in_force('h')} and role in ('lead', 'accountable')"
_POSTS = f"select distinct worker_id from {{appointment}} a where {in_force('a')}"
_HOLDERS = (
    f"select distinct worker_id from {{holding}} h where {in_force('h')}"
    " and role in ('lead', 'accountable', 'co-worker')"
)

CHECKS = (
    Check(
        "Open children with no lead or accountable worker",
        f"select count(*) from ({_OPEN}) c where child_id not in ({_HELD})",
        f"select count(*) from ({_OPEN}) c",
        (CASELOAD, CHANGES),
        "Allocate the child, or give the involvement role a meaning with `keyworker map`.",
    ),
    Check(
        "Workers recorded as still holding a child who is not open",
        f"select count(*) from {{holding}} h where {in_force('h')} and role in ('lead', 'accountable')"
        f" and child_id not in ({_OPEN})",
        f"select count(*) from {{holding}} h where {in_force('h')} and role in ('lead', 'accountable')",
        (CASELOAD,),
        "End the involvement in the case system, or reopen the child if work goes on.",
    ),
    Check(
        "Days in the last 12 months on which an open child had nobody",
        "select coalesce(sum(coalesce(to_on, %(after)s) - greatest(from_on, %(year_before)s + 1)), 0)"
        " from {gap} g"
        " where coalesce(to_on, %(after)s) > %(year_before)s + 1",
        "select coalesce(sum(coalesce(to_on, %(after)s) - greatest(from_on, %(year_before)s + 1)), 0)"
        " from {open_period} o"
        " where coalesce(to_on, %(after)s) > %(year_before)s + 1",
        (CHANGES,),
        "Check whether an involvement was ended too early or begun too late.",
    ),
    Check(
        "Children with two lead workers on the same day",
        f"select count(*) from (select child_id from {{holding}} h where {in_force('h')} and role = 'lead'"
        " group by child_id having count(distinct worker_id) > 1) two",
        f"select count(distinct child_id) from {{holding}} h where {in_force('h')} and role = 'lead'",
        (CASELOAD,),
        "End the earlier involvement, or record the second worker as a co-worker.",
    ),
    Check(
        "Involvement rows whose role has no meaning",
        "select count(*) from {holding} h where role = 'unmapped'",
        "select count(*) from {holding} h",
        (CASELOAD, CHANGES),
        "Fill in the sheet of involvement roles: `keyworker map`, then load it.",
    ),
    Check(
        "Job titles with no meaning, by workers",
        "select count(distinct p.worker_id) from {professionals} p where p.job_title is not null and not exists ("
        "select 1 from {meaning_then} m where m.subject = 'job title' and m.role_class is not null"
        r" and m.said_key = lower(regexp_replace(trim(p.job_title), '\s+', ' ', 'g')))",
        "select count(distinct worker_id) from {professionals} p",
        (CASELOAD, VACANCIES),
        "Fill in the sheet of job titles: `keyworker map`, then load it.",
    ),
    Check(
        "Teams that hold children and have no district",
        f"select count(distinct h.team_id) from {{holding}} h where {in_force('h')} and h.team_id is not null"
        f" and h.team_id not in (select team_id from {{team}} t where {in_force('t')} and district is not null)"
        " and not exists (select 1 from {meaning_then} m where m.subject = 'team' and m.district is not null"
        " and m.said_key = lower(h.team_id))",
        f"select count(distinct h.team_id) from {{holding}} h where {in_force('h')}",
        (DISTRICTS,),
        "Fill in the sheet of teams: `keyworker map`, then load it.",
    ),
    Check(
        "Workers who hold children with no working hours, or none above zero",
        f"select count(*) from ({_HOLDERS}) w where worker_id not in ("
        f"select worker_id from {{appointment}} a where {in_force('a')} and fte > 0)"
        " and worker_id not in (select worker_id from {professionals} p where fte > 0)",
        f"select count(*) from ({_HOLDERS}) w",
        (CASELOAD,),
        "Load the workforce tables with each worker's full-time equivalent.",
    ),
    Check(
        "Workers who hold children and are in no post",
        f"select count(*) from ({_HOLDERS}) w where worker_id not in ({_POSTS})",
        f"select count(*) from ({_HOLDERS}) w",
        (CASELOAD, VACANCIES, SUPERVISION),
        "Load the workforce tables, or end the involvements of workers who have left.",
    ),
    Check(
        "Visits without the worker who made them",
        "select count(*) from {visit} v where worker_id is null and happened_on > %(year_before)s",
        "select count(*) from {visit} v where happened_on > %(year_before)s",
        (CHANGES,),
        "Ask for the visit's worker in the extract; the dataset lacks it.",
    ),
    Check(
        "Visits without the time at which they were entered",
        "select count(*) from {visit} v where entered_at is null and happened_on > %(year_before)s",
        "select count(*) from {visit} v where happened_on > %(year_before)s",
        (LAG,),
        "Ask for the entry time in the extract; until then lateness of recording is not known.",
    ),
    Check(
        "Visits where it is not recorded whether the child was seen",
        "select count(*) from {visit} v where outcome = 'not recorded' and happened_on > %(year_before)s",
        "select count(*) from {visit} v where happened_on > %(year_before)s",
        (SEEN,),
        "Record whether the child was seen, and seen alone.",
    ),
    Check(
        "Changes of worker with no cause recorded, in the last 12 months",
        "select count(*) from {holding} h where to_on > %(year_before)s and to_on <= %(after)s and cause is null"
        " and role in ('lead', 'accountable')",
        "select count(*) from {holding} h where to_on > %(year_before)s and to_on <= %(after)s"
        " and role in ('lead', 'accountable')",
        (CHANGES,),
        "Record the cause when an involvement ends; ten published causes are there to choose from.",
    ),
    Check(
        "Open children in no family",
        f"select count(*) from ({_OPEN}) c where child_id not in (select child_id from {{family}} f)",
        f"select count(*) from ({_OPEN}) c",
        (CASELOAD,),
        "Include the family table in the extract.",
    ),
)


def findings(connection: psycopg.Connection, moment: Moment) -> list[Finding]:
    """Every check, at a moment, those that found most first; a check that found nothing is there too."""
    lens = lens_at(connection, moment)
    counts = iter(_counted(connection, lens))
    found = [Finding(one.name, next(counts), next(counts), one.weakens, one.remedy) for one in CHECKS]
    return sorted([*found, _jumps(connection, lens)], key=lambda one: (-one.found, one.name))


# What most checks ask of is put together once, not once for each check, and no wider than they ask: visits of the
# year, and gaps of the children who were open in it.
_SHARED = {
    "holding": "{holding}",
    "open_period": "{open_period}",
    "visit": "(select * from {visit} v where happened_on > %(year_before)s)",
}
_LATELY = "(select * from {name} x where child_id in (select child_id from open_lately))"


def _counted(connection: psycopg.Connection, lens: Lens) -> tuple[int, ...]:
    at = lens.moment.at
    shared = ", ".join(f"{name} as materialized (select * from {of} whole)" for name, of in _SHARED.items())
    lately = (
        "open_lately as materialized (select distinct child_id from open_period"
        " where coalesce(to_on, %(after)s) > %(year_before)s)"
    )
    gaps = derived_sql("gap")
    for name in ("holding", "open_period"):
        gaps = gaps.replace(f"{{{name}}}", _LATELY.format(name=name))
    gap = f"{lately}, gap as materialized ({gaps})"
    questions = ", ".join(f"({_of_shared(one)})" for check in CHECKS for one in (check.found, check.of))
    query = f"with {shared}, {gap} select {questions.replace('{gap}', 'gap')}"
    ready = render(query, lens, parameters={"year_before": year_before(at)})
    row = connection.execute(ready.sql.encode(), ready.parameters).fetchone()
    return tuple(int(count) for count in row or ())


def _of_shared(question: str) -> str:
    for name in _SHARED:
        question = question.replace(f"{{{name}}}", name)
    return question


_MONTHS = 36


def _jumps(connection: psycopg.Connection, lens: Lens) -> Finding:
    at = lens.moment.at
    ends = [date(at.year + (at.month - back - 1) // 12, (at.month - back - 1) % 12 + 1, 1) for back in range(_MONTHS)]
    question = (
        "select m.day, count(o.child_id) from unnest(%(days)s::date[]) m(day)"
        " left join {open_period} o on o.from_on < m.day and (o.to_on is null or o.to_on >= m.day)"
        " group by m.day order by m.day"
    )
    ready = render(question, lens, parameters={"days": ends})
    series = [float(count) for _, count in connection.execute(ready.sql.encode(), ready.parameters).fetchall()]
    return Finding(
        "Month ends at which the number of open children leaps away from the months around it",
        len(implausible(series)),
        len(series),
        (CASELOAD, CHANGES),
        "Ask what happened to the extract or the case system in that month before using its figures.",
    )
