"""What each of the main measures counts on a day, and which team and district somebody is with, told plainly."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from keyworker.facts.reference import Period, Reference, Row
from keyworker.measures.passes.windows import months_later
from keyworker.measures.plain.day import Span, covers
from keyworker.measures.plain.readings import broken, readings
from keyworker.measures.registry.definition import Belongs
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
    late = list(broken(readings(known, "rcpc-first-3m", "rcpc-subsequent-6m"), at))
    found = []
    for row in known.in_force(known.rows("cp_plans")):
        if row["from_other_authority"] or months_later(row["from_on"], 3) > at:
            continue
        found.append(counted(known, "denominator", row["cp_plan_id"], child_id=row["child_id"]))
        if not any(one.subject == row["child_id"] and _in(row, one.started_on) for one in late):
            found.append(counted(known, "numerator", row["cp_plan_id"], child_id=row["child_id"]))
    return found


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


class Places:
    """Which team, district and team type a child, a worker or a team has on a day, as known by a reference."""

    def __init__(self, known: Reference) -> None:
        self._known = known
        self._involvements = [row for row in known.rows("involvements") if row["to_on"] != row["from_on"]]
        self._appointments = [row for row in known.rows("appointment") if row["team_id"] is not None]
        self._teams = known.rows("team")
        self._meanings = known.rows("meaning")

    def group(self, belongs: Belongs, name: str, key: str, day: date) -> str | None:
        """A group by its name. Raises KeyError for one that is not told plainly."""
        team = {Belongs.CHILD: self.team_of_child, Belongs.WORKER: self.team_of_worker}.get(belongs, _itself)(key, day)
        return (
            None
            if team is None
            else {"team": self._name, "district": self._district, "team type": self._type}[name](team, day)
        )

    def team_of_worker(self, worker: str, day: date) -> str | None:
        """By the appointment begun last of those in force."""
        held = [row for row in self._appointments if row["worker_id"] == worker and covers(row, day)]
        return max(held, key=_come)["team_id"] if held else None

    def team_of_child(self, child: str, day: date) -> str | None:
        """The lead's, the accountable worker's, whoever holds the work without a worker, the referral's, anybody's."""
        rows = sorted((r for r in self._involvements if r["child_id"] == child and covers(r, day)), key=_come)
        ranked: dict[int, list[str]] = {5: [], 4: [], 3: [], 2: [], 1: []}
        for row in rows:
            rank = self._rank(row)
            team = row["team_id"] or (self.team_of_worker(row["worker_id"], day) if rank in (4, 5) else None)
            if team:
                ranked[rank].append(team)
        referrals = [r for r in self._known.rows("cin_episodes") if r["child_id"] == child and covers(r, day)]
        ranked[2] = [row["team_id"] for row in sorted(referrals, key=_come) if row["team_id"]]
        return next((teams[-1] for _, teams in sorted(ranked.items(), reverse=True) if teams), None)

    def _rank(self, row: Row) -> int:
        role = "none" if row["worker_id"] is None else _role(self._known, row)
        return {"lead": 5, "accountable": 4, "none": 3}.get(role, 1)

    def _team(self, team: str, day: date) -> Row | None:
        held = [row for row in self._teams if row["team_id"] == team and covers(row, day)]
        return max(held, key=_come) if held else None

    def _named(self, team: str) -> str | None:
        rows = [row for row in self._known.rows("department") if row["team_id"] == team]
        return max(rows, key=lambda row: row["entry_id"])["name"] if rows else None

    def _name(self, team: str, day: date) -> str:
        row = self._team(team, day)
        return (row["name"] if row else self._named(team)) or team

    def _district(self, team: str, day: date) -> str:
        row = self._team(team, day)
        return (row["district"] or "county-wide") if row else self._meant(team, "district", day)

    def _type(self, team: str, day: date) -> str:
        typed = [r for r in self._teams if r["team_id"] == team and covers(r, day) and r["team_type"]]
        return max(typed, key=_come)["team_type"] if typed else self._meant(team, "team_type", day)

    def _meant(self, team: str, column: str, day: date) -> str:
        for said in filter(None, (team, self._named(team))):
            meant = self._known.meaning("team", said, day)
            if meant is not None and meant[column]:
                return str(meant[column])
        return "unmapped"


def _itself(key: str, day: date) -> str:  # noqa: ARG001  a team is its own on every day
    return key
