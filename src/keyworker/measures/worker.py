"""A worker's time: the children they held from day to day beside what they had agreed to, and what each month was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import psycopg

from keyworker.facts import appointments, people, worker_life
from keyworker.facts.lens import Lens
from keyworker.facts.pictures import ChildRow, WorkerRow
from keyworker.facts.reach import INVOLVED, reach
from keyworker.facts.stories import Appointed, Away, MonthOfWork, Protected, Supervised, WorkerStory
from keyworker.facts.stretches import ever_held, stretches
from keyworker.facts.teams import Teams
from keyworker.measures.caseload import holder
from keyworker.measures.over_time import DAY, Level, counted, days_above, days_within, months, summed

HELD = "held"


def worker_story(
    connection: psycopg.Connection,
    lens: Lens,
    teams: Teams,
    worker_id: str,
    row: WorkerRow | None,
    children: Sequence[ChildRow],
) -> WorkerStory | None:
    """A worker's whole time with the service, as known at a moment; None when nothing was known of them.

    Takes   teams, those that have ended among them; row and children, the worker and the open children with whom they
            are involved at the moment, as lists show them.
    """
    ever = ever_held(connection, lens, worker_id)
    held = [(one.from_on, one.to_on) for one in stretches(connection, lens.of(ever)) if one.holder == worker_id]
    placed = appointments.of_worker(connection, lens, teams, worker_id)
    if not ever and not placed and not worker_life.is_named(connection, lens, worker_id):
        return None
    at = lens.moment.at
    absences = worker_life.absences(connection, lens, worker_id)
    supervised = worker_life.supervisions(connection, lens, worker_id)
    protected = worker_life.protected(connection, lens, worker_id, placed)
    children_held = counted(held)
    capacity = summed((one.from_on, one.to_on, one.agreed_capacity) for one in placed)
    first = min([*(one.from_on for one in placed), *(from_on for from_on, _ in held)], default=at)
    ends = [*(one.to_on for one in placed), *(to_on for _, to_on in held)]
    until = None if None in ends else max((day for day in ends if day), default=None)
    told = reach(connection, lens, INVOLVED)
    from_on = min(max(first, told or first), until - DAY if until else at)
    return WorkerStory(
        worker=people.workers(connection, lens, [worker_id])[worker_id],
        moment=lens.moment,
        row=row if row and (row.children or row.accountable_only or any(_on(one, at) for one in placed)) else None,
        from_on=from_on,
        until=until,
        reach=told if told and told > first else None,
        children_now=tuple(one for one in children if (who := holder(one)) and who.worker_id == worker_id),
        held=children_held.counts,
        capacity=capacity.counts,
        appointments=placed,
        absences=absences,
        supervisions=supervised,
        learning=worker_life.learning(connection, lens, worker_id),
        protected=protected,
        months=tuple(
            _month(from_on, to_on, children_held, capacity, placed, absences, protected, supervised)
            for from_on, to_on in months(from_on, until - DAY if until else at)
        ),
    )


def _month(
    from_on: date,
    to_on: date,
    held: Level,
    capacity: Level,
    placed: Sequence[Appointed],
    absences: Sequence[Away],
    protected: Sequence[Protected],
    supervised: Sequence[Supervised],
) -> MonthOfWork:
    day = date.fromordinal(to_on.toordinal() - 1)
    return MonthOfWork(
        on=day,
        children=int(held.on(day) or 0),
        most=int(held.most(from_on, to_on)),
        agreed_capacity=capacity.on(day),
        above_days=days_above(held, capacity, from_on, to_on),
        away_days=days_within(((one.from_on, one.to_on) for one in absences), from_on, to_on),
        protected_hours=_protected_hours(day, placed, protected),
        supervisions_held=sum(1 for one in supervised if one.outcome == HELD and from_on <= one.on < to_on),
    )


def _protected_hours(day: date, placed: Sequence[Appointed], protected: Sequence[Protected]) -> float | None:
    """Hours a week that were to be kept free on a day; None where no time is protected, or how much is not known."""
    share = next((one.share for one in protected if _on(one, day)), None)
    hours = [one.hours_per_week for one in placed if _on(one, day) and one.hours_per_week is not None]
    return None if share is None or not hours else round(share * sum(hours), 2)


def _on(one: Appointed | Protected, day: date) -> bool:
    return one.from_on <= day and (one.to_on is None or one.to_on > day)
