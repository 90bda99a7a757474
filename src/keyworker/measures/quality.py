"""What the data cannot support: each check, what it found, and which figures that weakens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from keyworker.facts.columns.everybody import Source
from keyworker.facts.days import year_before
from keyworker.facts.lens import Lens
from keyworker.facts.relations import in_force
from keyworker.facts.rows import fetch, fetch_once
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

    Takes   name, the fault in words; found and of, SQL over the named tables that count it and what it is out of;
            of_the_year, whether it reads the whole lives of those children alone of whom anything went on in the year.
    """

    name: str
    found: str
    of: str
    weakens: tuple[str, ...]
    remedy: str
    of_the_year: bool = False


@dataclass(frozen=True)
class Finding:
    """What one check found, out of how many."""

    name: str
    found: int
    of: int
    weakens: tuple[str, ...]
    remedy: str


_HOLDERS = "select distinct worker_id from {held_now} h where role in ('lead', 'accountable', 'co-worker')"

CHECKS = (
    Check(
        "Open children with no lead or accountable worker",
        "select count(*) from {open_now} c"
        " where child_id not in (select child_id from {held_now} h where role in ('lead', 'accountable'))",
        "select count(*) from {open_now} c",
        (CASELOAD, CHANGES),
        "Allocate the child, or give the involvement role a meaning with `keyworker map`.",
    ),
    Check(
        "Records of a worker still holding a child who is not open",
        "select count(*) from {held_now} h where role in ('lead', 'accountable')"
        " and child_id not in (select child_id from {open_now} c)",
        "select count(*) from {held_now} h where role in ('lead', 'accountable')",
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
        of_the_year=True,
    ),
    Check(
        "Children with two lead workers on the same day",
        "select count(*) from (select child_id from {held_now} h where role = 'lead'"
        " group by child_id having count(distinct worker_id) > 1) two",
        "select count(distinct child_id) from {held_now} h where role = 'lead'",
        (CASELOAD,),
        "End the earlier involvement, or record the second worker as a co-worker.",
    ),
    Check(
        "Involvement rows whose role has no meaning",
        "select count(*) from {involvements} i left join {role_word} w on w.said_key = {key_of i.role}"
        " and w.from_on <= coalesce(i.to_on - 1, %(at)s)"
        " and (w.to_on is null or w.to_on > coalesce(i.to_on - 1, %(at)s))"
        " where i.worker_id is not null and w.allocation_role is null",
        "select count(*) from {involvements} i where worker_id is not null",
        (CASELOAD, CHANGES),
        "Fill in the sheet of involvement roles: `keyworker map`, then load it.",
    ),
    Check(
        "Job titles with no meaning, by workers",
        "select count(distinct p.worker_id) from {professionals} p where p.job_title is not null and not exists ("
        "select 1 from {meaning_then} m where m.subject = 'job title' and m.role_class is not null"
        " and m.said_key = {key_of p.job_title})",
        "select count(distinct worker_id) from {professionals} p",
        (CASELOAD, VACANCIES),
        "Fill in the sheet of job titles: `keyworker map`, then load it.",
    ),
    Check(
        "Teams that hold children and have no district",
        "select count(distinct h.team_id) from {held_now} h where h.team_id is not null"
        f" and h.team_id not in (select team_id from {{team}} t where {in_force('t')} and district is not null)"
        " and not exists (select 1 from {meaning_then} m where m.subject = 'team' and m.district is not null"
        " and m.said_key = lower(h.team_id))",
        "select count(distinct h.team_id) from {held_now} h",
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
        f"select count(*) from ({_HOLDERS}) w where worker_id not in ("
        f"select worker_id from {{appointment}} a where {in_force('a')})",
        f"select count(*) from ({_HOLDERS}) w",
        (CASELOAD, VACANCIES, SUPERVISION),
        "Load the workforce tables, or end the involvements of workers who have left.",
    ),
    Check(
        "Visits without the worker who made them",
        "select count(*) from visit_of_the_year v where worker_id is null",
        "select count(*) from visit_of_the_year v",
        (CHANGES,),
        "Ask for the visit's worker in the extract; the dataset lacks it.",
    ),
    Check(
        "Visits without the time at which they were entered",
        "select count(*) from visit_of_the_year v where entered_at is null",
        "select count(*) from visit_of_the_year v",
        (LAG,),
        "Ask for the entry time in the extract; until then lateness of recording is not known.",
    ),
    Check(
        "Visits where it is not recorded whether the child was seen",
        "select count(*) from visit_of_the_year v where outcome = 'not recorded'",
        "select count(*) from visit_of_the_year v",
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
        of_the_year=True,
    ),
    Check(
        "Open children in no family",
        "select count(*) from {open_now} c where child_id not in (select child_id from {family} f)",
        "select count(*) from {open_now} c",
        (CASELOAD,),
        "Include the family table in the extract.",
    ),
)


def findings(source: Source, lens: Lens) -> list[Finding]:
    """Every check, at the lens's moment, those that found most first; a check that found nothing is there too."""
    children = [row[0] for row in fetch(source, lens, _OF_THE_YEAR, **_year(lens))]
    counts = _counted(source, lens, [one for one in CHECKS if not one.of_the_year], _VISITS)
    counts |= _counted(source, lens.of(children), [one for one in CHECKS if one.of_the_year])
    found = [Finding(one.name, *counts[one.name], one.weakens, one.remedy) for one in CHECKS]
    return sorted([*found, _jumps(source, lens)], key=lambda one: (-one.found, one.name))


# Of whom anything went on in the year: of nobody else can the year's gaps and changes of worker be.
_OF_THE_YEAR = """select child_id from {involvements} i where to_on is null or to_on > %(year_before)s
union select child_id from {cin_episodes} e where to_on is null or to_on > %(year_before)s
union select child_id from {cp_plans} c where to_on is null or to_on > %(year_before)s
union select child_id from {cla_episodes} l where to_on is null or to_on > %(year_before)s"""

_VISITS = """with visit_of_the_year as (
    select worker_id, entered_at, outcome from {visit} v where happened_on > %(year_before)s)
"""


def _counted(source: Source, lens: Lens, checks: Sequence[Check], begin: str = "") -> dict[str, tuple[int, int]]:
    """What each check found, and out of how many, in one question that puts together once what many of them need."""
    asked = ", ".join(f"({question}) as of_{number}" for number, question in enumerate(_questions(checks)))
    (row,) = fetch_once(source, lens, f"{begin}select {asked}", **_year(lens))
    counts = [int(count) for count in row]
    return {one.name: (counts[2 * at], counts[2 * at + 1]) for at, one in enumerate(checks)}


def _questions(checks: Iterable[Check]) -> Iterator[str]:
    for check in checks:
        yield from (check.found, check.of)


def _year(lens: Lens) -> dict[str, date]:
    return {"year_before": year_before(lens.moment.at)}


_MONTHS = 36
_STEPS = """select day, sum(step) from (
    select from_on as day, 1 as step from {open_period} o
    union all select to_on, -1 from {open_period} o where to_on is not null) steps
group by day order by day"""


def _jumps(source: Source, lens: Lens) -> Finding:
    at = lens.moment.at
    ends = [date(at.year + (at.month - back - 1) // 12, (at.month - back - 1) % 12 + 1, 1) for back in range(_MONTHS)]
    series = _open_before(fetch_once(source, lens, _STEPS), sorted(ends))
    return Finding(
        "Month ends at which the number of open children leaps away from the months around it",
        len(implausible(series)),
        len(series),
        (CASELOAD, CHANGES),
        "Ask what happened to the extract or the case system in that month before using its figures.",
    )


def _open_before(steps: Sequence[tuple[date, int]], days: Sequence[date]) -> list[float]:
    """How many periods went on to the end of the day before each of some days, from how many began and ended when."""
    return [float(sum(step for day, step in steps if day < end)) for end in days]
