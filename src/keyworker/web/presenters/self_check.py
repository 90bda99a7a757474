"""A private self-check on where ways of counting confuse: no score, nothing kept, each answer explained at once.

Being late is not taken as having misunderstood; this is for whoever wants to be sure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from keyworker.clocks.counting import Method, Unit, due_day
from keyworker.vocabulary.bank_holidays import bank_holidays
from keyworker.web.words import spoken

DAY = timedelta(days=1)
FRIDAY = 4
# The rules at which people trip, each with the day from which it is asked.
ASKED = (
    ("referral-decision-1wd", "friday"),
    ("icpc-15wd", "before a bank holiday"),
    ("assessment-45wd", "before christmas"),
    ("lac-visit-first-1w", "before a bank holiday"),
    ("core-group-first-10wd", "saturday"),
    ("lac-review-subsequent-6m", "end of august"),
    ("epo-8d", "friday"),
    ("rcpc-report-shared-5wd", "after a bank holiday"),
)


@dataclass(frozen=True)
class Choice:
    """A day to choose, and what is said of it once it is chosen."""

    value: str
    says: str
    because: str
    is_right: bool


@dataclass(frozen=True)
class Question:
    """One question. Takes chosen, the choice made, if any; after an answer `explained` says how it is counted."""

    id: str
    asks: str
    choices: tuple[Choice, ...]
    explained: tuple[str, ...]
    chosen: Choice | None = None


def questions(rules: Sequence[Mapping[str, Any]], at: date, chosen: Mapping[str, str]) -> list[Question]:
    """The questions, counted now by the rules in force, with what was chosen.

    Takes   rules, as flat rows; chosen, by rule the day that was picked, as it was sent: what is no choice is ignored.
    """
    in_force = {row["rule"]: row for row in rules if row["in_force"] and row["n"] is not None}
    found = (_question(in_force[rule], _start(kind, at)) for rule, kind in ASKED if rule in in_force)
    return [_answered(one, chosen.get(one.id, "")) for one in found if one is not None]


def _answered(one: Question, value: str) -> Question:
    return replace(one, chosen=next((choice for choice in one.choices if choice.value == value), None))


def _question(row: Mapping[str, Any], start: date) -> Question | None:
    if row["unit"] not in {Unit.WORKING_DAYS.value, Unit.CALENDAR_DAYS.value, Unit.MONTHS.value}:
        return None
    method = Method(row["n"], Unit(row["unit"]), before=row["direction"] == "before", day_one=row["day_1"])
    right = due_day(start, method)
    wrong = {day: because for day, because in _mistakes(start, method).items() if day != right}
    choices = [Choice(right.isoformat(), _said(right), "", True)]
    choices += [Choice(day.isoformat(), _said(day), because, False) for day, because in wrong.items()]
    return Question(
        row["rule"],
        f"{row['title']}. Counted from {row['starts_says'] or 'its start'}: {_said(start)}. "
        f"Which is the last day that is still in time?",
        tuple(sorted(choices, key=lambda one: one.value)),
        tuple(_explained(row, method, start, right)),
    )


def _mistakes(start: date, method: Method) -> dict[date, str]:
    """The days that other ways of counting give, each with the way; the likeliest first."""
    ways = [
        (
            replace(method, day_one=not method.day_one),
            "counts the start as day 0" if method.day_one else "counts the start as day 1",
        ),
    ]
    if method.unit is Unit.WORKING_DAYS:
        ways.append((replace(method, unit=Unit.CALENDAR_DAYS), "counts Saturdays, Sundays and bank holidays too"))
    if method.unit is Unit.CALENDAR_DAYS:
        ways.append((replace(method, unit=Unit.WORKING_DAYS), "counts working days, where every day counts"))
    if method.unit is Unit.MONTHS:
        ways.append((Method(method.n * 30, Unit.CALENDAR_DAYS, before=method.before), "takes every month for 30 days"))
    found: dict[date, str] = {}
    for way, because in ways:
        found.setdefault(due_day(start, way), because)
    if method.unit is Unit.WORKING_DAYS:
        found.setdefault(_blind(start, method), "leaves out weekends, and forgets the bank holidays")
    return found


def _blind(start: date, method: Method) -> date:
    """So many weekdays on or back, whatever bank holidays there are."""
    day, left, step = start, method.n - method.day_one, -DAY if method.before else DAY
    while left:
        day += step
        left -= day.weekday() <= FRIDAY
    return day


def _explained(row: Mapping[str, Any], method: Method, start: date, right: date) -> list[str]:
    said = [f"{_said(right)}: {method.words}."]
    if method.unit is Unit.WORKING_DAYS:
        low, high = sorted((start, right))
        years = range(low.year, high.year + 1)
        names = [
            f"{one.title}, {spoken(one.day)}" for year in years for one in bank_holidays(year) if low <= one.day <= high
        ]
        said.append(
            f"Left out, beside Saturdays and Sundays: {'; '.join(names)}."
            if names
            else "No bank holiday falls between."
        )
    unconfirmed = f" Unconfirmed: {row['unconfirmed'].rstrip('.')}." if row["unconfirmed"] else ""
    said.append(f"Source: {row['source'].rstrip('.')}.{unconfirmed}")
    return said


def _start(kind: str, at: date) -> date:
    """A day of the last twelve months on which counting is easily got wrong."""
    holidays = [one for year in (at.year - 1, at.year) for one in bank_holidays(year) if one.day < at]
    easter = max(one.day for one in holidays if one.title == "Easter Monday")
    christmas = max(one.day for one in holidays if one.title.startswith("Christmas"))
    match kind:
        case "before a bank holiday":
            return easter - timedelta(days=6)
        case "after a bank holiday":
            return easter + timedelta(days=2)
        case "before christmas":
            return christmas - timedelta(days=20) - timedelta(days=(christmas - timedelta(days=20)).weekday())
        case "end of august":
            return date(at.year - (at < date(at.year, 9, 1)), 8, 31)
        case "saturday":
            return easter - timedelta(days=9)
    return easter - timedelta(days=10)


def _said(day: date) -> str:
    return f"{day:%A} {spoken(day)}"
