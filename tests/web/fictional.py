"""Made-up people and pictures for the pages' tests: obviously fictional, on fixed days, one factory per idea."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from keyworker.facts.pictures import (
    Absent,
    ChildRow,
    Disagreement,
    Gap,
    Mark,
    NextDate,
    Outcome,
    Ribbon,
    Role,
    SourceAge,
    Standing,
    Status,
    Story,
    TeamRef,
    VisitMark,
    WorkerRef,
    WorkerRow,
)

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def worker(name: str = "Sorrel Fictitious", number: int = 1, **more: Any) -> WorkerRef:
    return WorkerRef(
        f"W{number:04}", name, f"wk{number:022}", more.get("job_title", "Social worker"), more.get("agency")
    )


OKAFOR = worker("Bracken Okafor-Sample", 1)
REID = worker("Maple Reid-Invented", 2)
LINDQVIST = worker("Teasel Madeupsson", 3, agency=True)
ADEYEMI = worker("Sorrel Fictitious", 4)
MANAGER = worker("Hazel Notreal", 5, job_title="Team manager")
FAMILY_WORKER = worker("Juniper Doyle-Pretend", 6, job_title="Family worker")


def team(name: str = "Fenwick 2", number: int = 1, district: str = "Fenwick", kind: str = "long-term") -> TeamRef:
    return TeamRef(f"T{number:03}", name, f"tm{number:022}", district, kind)


FIRST = ("Ashby", "Birch", "Clover", "Dahlia", "Elder", "Fern", "Gorse", "Heather", "Ivy", "Jasmine", "Kelp", "Larch")


def child(number: int = 1, **changes: Any) -> ChildRow:
    name = f"{FIRST[(number - 1) % len(FIRST)]} Testwood" + ("" if number <= len(FIRST) else f" {number}")
    base = ChildRow(
        child_id=f"C{number:05}",
        handle=f"ch{number:022}",
        name=name,
        birth_on=date(2017, 3, 4),
        age_years=9,
        family_id=f"F{number:04}",
        siblings_open=1,
        statuses=(Status("cin", ago(300), None, "Abuse or neglect"),),
        lead=ADEYEMI,
        accountable=MANAGER,
        co_workers=(FAMILY_WORKER,),
        unmapped_roles=(),
        team=team(),
        unallocated_since=None,
        lead_since=ago(240),
        last_attempted_on=ago(10),
        last_seen_on=ago(10),
        last_seen_alone_on=ago(22),
        last_seen_lag_days=1,
        due_on=TODAY + timedelta(days=18),
        standing=Standing.IN_TIME,
        why_due="Children in need are seen every 28 days from the last day seen: the council’s visiting policy.",
        last_case_supervision_on=ago(30),
        changes_in_12_months=1,
        next_date=NextDate("Child in need review", TODAY + timedelta(days=9)),
        before_the_door=(),
    )
    return replace(base, **changes)


def past_child(number: int, days_past: int) -> ChildRow:
    return child(
        number,
        last_seen_on=ago(28 + days_past),
        last_seen_alone_on=None,
        last_attempted_on=ago(12),
        due_on=ago(days_past),
        standing=Standing.PAST,
        last_seen_lag_days=None,
        before_the_door=("Visit in pairs: see the risk note of 3 March 2026.",),
    )


def visit(day: date, outcome: Outcome = Outcome.SEEN_ALONE, entered_after: int | None = 1, **more: Any) -> VisitMark:
    entered = at_noon(day + timedelta(days=entered_after)) if entered_after is not None else None
    known = entered or at_noon(day + timedelta(days=2))
    return VisitMark(more.get("kind", "cp"), day, outcome, more.get("by", ADEYEMI), entered, None, None, known)


def story(**changes: Any) -> Story:
    """Twenty months, four workers, 34 days with none; visits missed when nobody held the child."""
    start, handover, left, arrived, settled = (
        date(2025, 3, 4),
        date(2025, 5, 1),
        date(2025, 10, 2),
        date(2025, 11, 5),
        date(2026, 3, 4),
    )
    visits = tuple(_visits(start, left, arrived))
    base = Story(
        child=child(1, name="Ashby Testwood", lead_since=settled),
        child_id="C00001",
        handle=f"ch{1:022}",
        name="Ashby Testwood",
        birth_on=date(2017, 3, 4),
        age_years=9,
        family=((f"ch{2:022}", "Birch Testwood", "sibling"), ("", "Rowan Testwood", "mother")),
        statuses=(
            Status("assessment", start, date(2025, 5, 1)),
            Status("section 47", date(2025, 4, 12), date(2025, 4, 28)),
            Status("cp", date(2025, 5, 1), date(2026, 6, 9), "Neglect"),
            Status("cin", date(2025, 3, 4), None, "Abuse or neglect"),
        ),
        ribbons=(
            ribbon(OKAFOR, Role.LEAD, start, handover, "planned transfer"),
            ribbon(REID, Role.LEAD, handover, left, "worker left", "HR leaving date"),
            ribbon(LINDQVIST, Role.LEAD, arrived, settled, "agency worker ended"),
            ribbon(ADEYEMI, Role.LEAD, settled, None, None),
            ribbon(MANAGER, Role.ACCOUNTABLE, start, left, None),
            ribbon(MANAGER, Role.ACCOUNTABLE, arrived, None, None),
            ribbon(FAMILY_WORKER, Role.CO_WORKER, date(2025, 6, 1), date(2026, 1, 20), "planned transfer"),
        ),
        gaps=(Gap(left, arrived),),
        visits=visits,
        marks=(
            mark("conference", date(2025, 5, 1), "Initial conference", date(2025, 4, 28)),
            mark("review", date(2025, 7, 24), "Review conference", date(2025, 7, 31)),
            mark("review", date(2026, 1, 28), "Review conference", date(2026, 1, 19)),
            mark("review", date(2026, 6, 9), "Review: plan ended", date(2026, 7, 1)),
            *(
                mark("case supervision", day, "Case supervision")
                for day in _every(start, 33, (left, date(2026, 3, 10)))
            ),
            *(mark("direct work", day, "Direct work") for day in (ago(500), ago(420), ago(190), ago(80))),
            mark("missing episode", ago(210), "Missing for one night"),
        ),
        interval_days=tuple(_intervals(start, visits)),
        disagreements=(Disagreement("cin_episodes", "close_reason", "RC1", "ssd", "RC7", "cin-census"),),
    )
    return replace(base, **changes)


def ribbon(
    who: WorkerRef, role: Role, start: date, end: date | None, cause: str | None, read: str | None = None
) -> Ribbon:
    return Ribbon(who, role, role.value, team(), start, end, cause, read, at_noon(start))


def mark(kind: str, on: date, says: str, due_on: date | None = None) -> Mark:
    return Mark(kind, on, says, due_on, at_noon(on))


def _every(start: date, step: int, without: tuple[date, date]) -> list[date]:
    found, day = [], start + timedelta(days=step)
    while day < TODAY:
        if not without[0] <= day < without[1]:
            found.append(day)
        day += timedelta(days=step)
    return found


def _visits(start: date, left: date, arrived: date) -> list[VisitMark]:
    pattern = (
        Outcome.SEEN_ALONE,
        Outcome.SEEN,
        Outcome.SEEN_ALONE,
        Outcome.SEEN_ALONE,
        Outcome.NO_ACCESS,
        Outcome.SEEN,
    )
    found, day, number = [], start + timedelta(days=6), 0
    while day < ago(12):
        absent = left <= day < arrived or date(2026, 1, 20) <= day < date(2026, 2, 26)
        if not absent:
            outcome = Outcome.CANCELLED if number == 9 else Outcome.NOT_SEEN if number == 15 else pattern[number % 6]
            late = 38 if number in (8, 10, 11) else 16 if number == 14 else number % 3
            found.append(visit(day, outcome, late))
        day += timedelta(days=14 if day < date(2026, 6, 9) else 26)
        number += 1
    return found


def _intervals(start: date, visits: tuple[VisitMark, ...]) -> list[tuple[date, date]]:
    seen = [one.happened_on for one in visits if one.outcome in (Outcome.SEEN, Outcome.SEEN_ALONE)]
    return [
        (day, day + timedelta(days=28))
        for day in [start, *seen]
        if day + timedelta(days=28) <= TODAY + timedelta(days=28)
    ]


def worker_row(number: int, children: int, **changes: Any) -> WorkerRow:
    names = ("Sorrel Fictitious", "Maple Reid-Invented", "Teasel Madeupsson", "Bracken Okafor-Sample", "Moss Imaginary")
    base = WorkerRow(
        worker=worker(names[number % 5], number),
        team=team(),
        role_class="case holder",
        children=children,
        families=max(children - 4, 0),
        accountable_only=0,
        longest_since_seen_days=20 + number,
        past_interval=number % 3,
        agreed_capacity=18.0 if number % 2 else None,
        hours_today=7.4,
        away_until=None,
        is_away=False,
        supervisor=MANAGER,
        last_supervised_on=ago(20 + number * 9),
        days_since_supervised=20 + number * 9,
        fte=1.0,
    )
    return replace(base, **changes)


SOURCES = (
    SourceAge("ssd", datetime(2026, 11, 21, 22, 0, tzinfo=UTC), datetime(2026, 11, 22, 6, 30, tzinfo=UTC)),
    SourceAge("workforce census", None, datetime(2026, 10, 2, 6, 30, tzinfo=UTC)),
)
ABSENT = (Absent("Hours available today", "An absence list and working patterns in the workforce pack"),)


def unknown_child(number: int) -> ChildRow:
    return child(
        number,
        last_seen_on=None,
        last_seen_alone_on=None,
        last_attempted_on=None,
        due_on=None,
        standing=Standing.CANNOT_TELL,
        why_due="No visit and no start of a plan is recorded, so no interval can be counted.",
    )


def story_as_known(known_at: datetime) -> Story:
    """The story with only what had been recorded by an instant."""
    whole = story()
    return replace(
        whole,
        visits=tuple(one for one in whole.visits if one.recorded_at <= known_at),
        marks=tuple(one for one in whole.marks if one.recorded_at <= known_at),
        ribbons=tuple(one for one in whole.ribbons if one.recorded_at <= known_at),
        gaps=(),
    )


def empty_story() -> Story:
    """A child of whom hardly anything is recorded, and who is not open."""
    return Story(None, "C00009", f"ch{9:022}", "Ivy Testwood", None, None, (), (), (), (), (), (), (), ())
