"""Made-up lives of workers for the pages' tests: obviously fictional, on fixed days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from keyworker.actions.questions.staff import AboutMe
from keyworker.facts.moment import Moment
from keyworker.facts.stories import Away, Count, Learning, MonthOfWork, Protected, Supervised, WorkerStory
from keyworker.measures.over_time import Level, days_above, days_within, months
from tests.web.fictional import ADEYEMI, MANAGER, SOURCES, TODAY, ago, child, past_child, worker_row
from tests.web.made_duties import dues
from tests.web.made_posts import appointed

BEGAN = date(2024, 9, 2)


def worker(**changes: Any) -> WorkerStory:
    """A newly qualified worker who had 12 children at most in the first year and had 22 last summer; away twice."""
    held = (
        Count(BEGAN, 4),
        Count(date(2024, 12, 1), 12),
        Count(date(2025, 9, 10), 17),
        Count(date(2026, 6, 1), 22),
        Count(date(2026, 9, 1), 17),
    )
    capacity = (Count(BEGAN, 12.0), Count(date(2025, 9, 2), 18.0))
    absences = (
        Away(date(2025, 3, 3), date(2025, 3, 17), None),
        Away(ago(10), None, TODAY + timedelta(days=20)),
    )
    supervised = tuple(
        Supervised(BEGAN + timedelta(days=30 * n), "held" if n % 4 else "cancelled", MANAGER) for n in range(1, 26)
    )
    first_year = Protected(BEGAN, date(2025, 9, 2), 0.1, "Early careers policy (example)")
    base = WorkerStory(
        worker=ADEYEMI,
        moment=Moment(TODAY),
        row=worker_row(
            4,
            17,
            families=11,
            agreed_capacity=18.0,
            is_away=True,
            away_until=TODAY + timedelta(days=20),
            hours_today=0.0,
        ),
        from_on=BEGAN,
        until=None,
        reach=None,
        children_now=(past_child(4, 3), *(child(n) for n in (1, 2, 3))),
        held=held,
        capacity=capacity,
        appointments=(
            appointed(ADEYEMI, BEGAN, date(2025, 9, 2), first_year=True, agreed_capacity=12.0),
            appointed(ADEYEMI, date(2025, 9, 2), None),
        ),
        absences=absences,
        supervisions=supervised,
        learning=(Learning(date(2025, 2, 3), True), Learning(date(2025, 6, 3), False), Learning(ago(90), None)),
        protected=(first_year,),
        months=tuple(
            _month(from_on, to_on, held, capacity, absences, supervised) for from_on, to_on in months(BEGAN, TODAY)
        ),
        sources=SOURCES,
    )
    return replace(base, **changes)


def _month(
    from_on: date,
    to_on: date,
    held: tuple[Count, ...],
    capacity: tuple[Count, ...],
    absences: tuple[Away, ...],
    supervised: tuple[Supervised, ...],
) -> MonthOfWork:
    level, limit, day = Level(held), Level(capacity, before=None), to_on - timedelta(days=1)
    return MonthOfWork(
        day,
        int(level.on(day) or 0),
        int(level.most(from_on, to_on)),
        limit.on(day),
        days_above(level, limit, from_on, to_on),
        days_within(((one.from_on, one.to_on) for one in absences), from_on, to_on),
        3.7 if day < date(2025, 9, 2) else None,
        sum(1 for one in supervised if one.outcome == "held" and from_on <= one.on < to_on),
    )


def nobody_at_work() -> WorkerStory:
    """A worker of whom only the name is recorded."""
    return worker(
        row=None,
        from_on=TODAY,
        children_now=(),
        held=(),
        capacity=(),
        appointments=(),
        absences=(),
        supervisions=(),
        learning=(),
        protected=(),
        months=(MonthOfWork(TODAY, 0, 0, None, None, 0, None, 0),),
        sources=(),
    )


def about_me() -> AboutMe:
    """One duty of the worker's own whose day has passed, and one worker whom they supervise."""
    other = worker_row(3, 12)
    duties = tuple(one.reading for one in dues() if one.worker)
    return AboutMe(duties, (other,), {other.worker.worker_id: BEGAN})
