"""What each of the main measures counts on a day, and told plainly."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from keyworker.facts.reference import Period, Reference, Row
from keyworker.measures.passes.windows import months_later
from keyworker.measures.plain.day import Span
from keyworker.measures.plain.readings import broken, published_readings
from keyworker.measures.plain.visited import name_of, new_referrals, visits_after_another
from keyworker.vocabulary.working_days import Calendar, calendar_known_at

DAY = timedelta(days=1)
Spans = Callable[[Reference], Iterable[Span]]
SPANS: dict[str, Spans] = {}


def plainly(name: str) -> Callable[[Spans], Spans]:
    """Say that a function gives what a measure counts on the reference's own day."""

    def keep(function: Spans) -> Spans:
        SPANS[name] = function
        return function

    return keep


def counted(known: Reference, part: str, subject: Any, *, since: date | None = None, **more: Any) -> Span:
    """Something that counts on the reference's day; `since` is the day on which it happened, if it happened before."""
    return {"part": part, "subject_id": subject, "from_on": since or known.moment.at, "to_on": None, **more}


def open_now(known: Reference) -> list[str]:
    """The children who are open on the day."""
    at = known.moment.at
    return [child for child, held in known.open_periods().items() if any(_holds(period, at) for period in held)]


def _holds(period: Period, day: date) -> bool:
    return period.from_on <= day and (period.to_on is None or period.to_on > day)


@plainly("open-children")
def _open_children(known: Reference) -> Iterable[Span]:
    return [counted(known, "numerator", child, child_id=child) for child in open_now(known)]


@plainly("caseload")
def _caseload(known: Reference) -> Iterable[Span]:
    found = []
    for child in open_now(known):
        found.append(counted(known, "within", child, child_id=child))
        rows = [row for row in known.in_force(known.rows("involvements")) if row["child_id"] == child]
        held = [(_role(known, row), row) for row in rows if row["worker_id"] is not None]
        for wanted in ("lead", "accountable"):
            candidates = [row for role, row in held if role == wanted]
            if candidates:
                last = max(candidates, key=_come)
                order = {"rank": 1, "since_on": last["from_on"], "order_id": 1}
                found.append(counted(known, "value", last["worker_id"], child_id=child, weight=1, **order))
                break
    for row in known.in_force(known.rows("appointment")):
        if row["agreed_capacity"] is not None:
            order = {"rank": 0, "since_on": row["from_on"], "order_id": 0}
            found.append(
                counted(known, "limit", row["worker_id"], child_id=None, weight=row["agreed_capacity"], **order)
            )
    return found


@plainly("cp-seen-20-working-days")
def _cp_seen(known: Reference) -> Iterable[Span]:
    calendar = calendar_known_at(known.moment.known_at) if known.moment.known_at else Calendar()
    on_plan = {row["child_id"] for row in known.in_force(known.rows("cp_plans"))}
    seen = {
        visit["child_id"]
        for visit in known.visits()
        if visit["outcome"] in ("seen", "seen alone") and calendar.add(visit["happened_on"], 20) >= known.moment.at
    }
    found = [counted(known, "denominator", child, child_id=child) for child in on_plan]
    return found + [counted(known, "numerator", child, child_id=child) for child in on_plan & seen]


@plainly("changes-of-worker-12-months")
def _changes(known: Reference) -> Iterable[Span]:
    opened = open_now(known)
    became = known.main_workers()
    found = [counted(known, "denominator", child, child_id=child, weight=1) for child in opened]
    for child in opened:
        for day, _ in became.get(child, [])[1:]:
            if _a_year_later(day) > known.moment.at:
                found.append(counted(known, "numerator", child, child_id=child, weight=1))
    return found


@plainly("assessments-45-working-days")
def _assessments(known: Reference) -> Iterable[Span]:
    calendar = calendar_known_at(known.moment.known_at) if known.moment.known_at else Calendar()
    found = []
    for row in known.rows("cin_assessments"):
        if row["to_on"] is None or row["to_on"] <= row["from_on"]:
            continue
        day = row["to_on"] - DAY
        if not day <= known.moment.at < _a_year_later(day):
            continue
        whose: dict[str, Any] = {"child_id": row["child_id"], "since": day}
        found.append(counted(known, "denominator", row["assessment_id"], **whose))
        if day <= calendar.add(row["from_on"], 45):
            found.append(counted(known, "numerator", row["assessment_id"], **whose))
    return found


@plainly("cpp-reviewed-in-time")
def _reviewed(known: Reference) -> Iterable[Span]:
    at = known.moment.at
    late = list(broken(published_readings(known, "rcpc-first-3m", "rcpc-subsequent-6m"), at))
    found = []
    for row in known.in_force(known.rows("cp_plans")):
        ended = row["to_on"] is not None and row["to_on"] - DAY <= at
        if ended or row["from_other_authority"] or months_later(row["from_on"], 3) > at:
            continue
        found.append(counted(known, "denominator", row["cp_plan_id"], child_id=row["child_id"]))
        if not any(one.subject == row["child_id"] and _in(row, one.started_on) for one in late):
            found.append(counted(known, "numerator", row["cp_plan_id"], child_id=row["child_id"]))
    return found


@plainly("same-face-at-next-visit")
def _same_face(known: Reference) -> Iterable[Span]:
    for before, after in visits_after_another(known):
        if after["happened_on"] <= known.moment.at < _a_year_later(before["happened_on"]):
            whose = {"child_id": after["child_id"], "since": after["happened_on"]}
            yield counted(known, "denominator", name_of(after), **whose)
            if after["worker_id"] == before["worker_id"]:
                yield counted(known, "numerator", name_of(after), **whose)


@plainly("re-referrals-12-months")
def _re_referrals(known: Reference) -> Iterable[Span]:
    for row, before_on in new_referrals(known):
        if row["from_on"] <= known.moment.at < _a_year_later(row["from_on"]):
            whose = {"child_id": row["child_id"], "since": row["from_on"]}
            yield counted(known, "denominator", row["referral_id"], **whose)
            if before_on is not None and row["from_on"] <= _a_year_later(before_on):
                yield counted(known, "numerator", row["referral_id"], **whose)


def _in(row: Row, day: date) -> bool:
    """Whether a period holds a day."""
    return bool(row["from_on"] <= day and (row["to_on"] is None or day < row["to_on"]))


def _a_year_later(day: date) -> date:
    """The same day of the next year; 1 March for 29 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def _role(known: Reference, row: Row) -> str:
    last = known.moment.at if row["to_on"] is None else row["to_on"] - DAY
    return known.role(row["role"], last)


def _come(row: Row) -> tuple[date, int]:
    return (row["from_on"], row["entry_id"])
