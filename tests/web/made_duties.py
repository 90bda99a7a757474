"""Made-up duties of one child and of a worklist, and the pace at which such duties are done."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np

from keyworker.actions.due import Due
from keyworker.actions.missed import MissedIn, MissedShares, MissedVisit
from keyworker.actions.nothing_recent import NothingRecent, Unheard
from keyworker.actions.paces import Pace
from keyworker.clocks.counting import Unit
from keyworker.clocks.engine import Reading
from keyworker.clocks.granted import Granted, Withdrawn
from keyworker.clocks.missed import Coincided, Link, Missed
from keyworker.clocks.readings import State
from keyworker.clocks.rules import Subject
from keyworker.measures.intervals.proportion import wilson
from keyworker.measures.pace import Ahead, Outlook, Past, spread
from keyworker.measures.pace.past import NOT_DONE
from tests.web.fictional import SOURCES, TODAY, ago, child, past_child, team, worker_row

BEGUN = ago(60)
CP_VISIT = "Social work visit to a child on a child protection plan"


def reading(
    rule: str,
    title: str,
    state: State,
    *,
    due_on: date | None,
    met_on: date | None = None,
    recorded_late: bool | None = None,
    started_on: date | None = BEGUN,
) -> Reading:
    """One reading of a made-up child's duty."""
    return Reading(
        rule=rule,
        title=title,
        subject_kind=Subject.CHILD,
        subject="made up",
        started_on=started_on,
        due_on=due_on,
        met_on=met_on,
        stopped_on=None,
        state=state,
        passed_due=state in (State.OVERDUE, State.MET_LATE),
        recorded_late=recorded_late,
        reason="Counted from a made-up day in working days of England and Wales.",
        source="A guide (example)",
        basis="national guidance",
    )


def readings() -> list[Reading]:
    """One past its date, one to come, one done in time and recorded late, one late, one that needs what is not held."""
    return [
        reading("cp-visit", CP_VISIT, State.OVERDUE, due_on=ago(3)),
        reading("core-group-subsequent", "Later core group meetings", State.RUNNING, due_on=ago(-4)),
        reading(
            "icpc-15wd", "Hold the conference", State.MET_IN_TIME, due_on=ago(20), met_on=ago(21), recorded_late=True
        ),
        reading("cp-visit", CP_VISIT, State.MET_LATE, due_on=ago(30), met_on=ago(26)),
        reading("dental-12m", "Dental check", State.CANNOT_TELL, due_on=None, started_on=None),
    ]


def missed() -> list[Missed]:
    """One missed visit with a chain of two, and one that nothing explains."""
    overdue, _, _, late, _ = readings()
    return [
        Missed(
            overdue,
            (
                Link(Coincided.NO_WORKER, ago(9), None, "No worker held the child for 6 days of the interval."),
                Link(Coincided.POST_VACANT, ago(40), None, "The post of the worker before was vacant."),
            ),
        ),
        Missed(late, (Link(Coincided.NOTHING, None, None, "Nothing recorded explains it."),)),
    ]


def past(closed: tuple[int, ...], passed: tuple[bool, ...]) -> Past:
    """Duties of a year that were closed so long before their day."""
    ended = np.array(closed, np.int32)
    return Past(
        unit=Unit.WORKING_DAYS,
        from_on=TODAY - timedelta(days=365),
        to_on=TODAY,
        begun=np.full(len(closed), 45, np.int32),
        closed=ended,
        done=ended != NOT_DONE,
        passed=np.array(passed),
        left_out=1,
    )


def pace(rule: str) -> Pace:
    """Four done in time, two of them at the last; one late and one not at all."""
    return Pace(rule, spread(past((20, 4, 1, 0, -2, NOT_DONE), (False, False, False, False, True, True))))


def missed_shares(by: str, since: date, *, of_everybody: bool, empty: bool) -> MissedShares:
    """Two districts or two teams of them, and children with no team; somebody who answers for one sees it alone."""
    if empty:
        return MissedShares(by, since, (), None, 0, ())
    counts = {what: place for place, what in enumerate(Coincided)}
    named = (("", None), ("Fenwick", team()), ("Marlow Vale", team("Marlow 1", 2, "Marlow Vale")))
    places = tuple(
        MissedIn(
            district, place if by == "team" else None, 40 * number, {what: n * number for what, n in counts.items()}
        )
        for number, (district, place) in enumerate(named, 1)
    )
    whole = MissedIn(None, None, 240, {what: n * 6 for what, n in counts.items()})
    if of_everybody:
        return MissedShares(by, since, places, whole, 0, SOURCES)
    return MissedShares(by, since, places[1:2], None, 2, SOURCES)


def missed_visits(many: int) -> list[MissedVisit]:
    """So many visits, of which one stood empty of a worker and the next is explained by nothing, again and again."""
    return [MissedVisit(child(n), missed()[n % 2]) for n in range(many)]


AGREED, WITHDRAWN = "a" * 32, "b" * 32


def exceptions() -> list[Granted]:
    """One that holds and was written down after its date, one that was withdrawn, one that a file brought."""
    at = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    return [
        Granted(
            AGREED,
            "cp-visit",
            ago(5),
            ago(-9),
            "team manager",
            "The family is abroad.",
            "sorrel",
            at,
            "keyworker",
            1,
            None,
        ),
        Granted(
            WITHDRAWN,
            "dental-12m",
            ago(40),
            None,
            "head of service",
            "Seen elsewhere.",
            "sorrel",
            at,
            "keyworker",
            2,
            Withdrawn("ash", at, "It was another child."),
        ),
        Granted("X-1", "cp-visit", ago(90), None, "panel", "In hospital.", "made-up county", at, "pack", 3, None),
    ]


def nothing_recent(many: int) -> NothingRecent:
    """So many children of ten more: of the first nothing was ever recorded."""
    rows = tuple(
        Unheard(child(n, last_case_supervision_on=None if n == 1 else ago(90)), None if n == 1 else ago(40 + n))
        for n in range(1, many + 1)
    )
    return NothingRecent(rows, many + 10 if many else 0, ("Fenwick", "Marlow Vale"), SOURCES if many else (), ())


def ahead() -> list[Outlook]:
    """Twelve duties of which enough is known, and three of which it is not."""
    interval = wilson(10, 40)
    assert hasattr(interval, "low")
    until = date(2026, 12, 7)
    return [
        Outlook("cp-visit", CP_VISIT, Unit.WORKING_DAYS, until, 240, (Ahead(ago(-2), 12, 2, 40, 10, interval),)),
        Outlook("dental-12m", "Dental check", Unit.CALENDAR_DAYS, until, 4, (Ahead(ago(-3), 3, 3, 4, 1, None),)),
    ]


def dues() -> list[Due]:
    """A worklist: two things past their date, one of a worker, one due soon and one that cannot be told."""
    visit = _due_reading("cp-visit", "Visit a child on a child protection plan", ago(3), State.OVERDUE)
    supervised = _due_reading("sup-experienced-monthly", "Supervise a social worker", ago(1), State.OVERDUE)
    assessed = _due_reading("assessment-45wd", "Complete the assessment", ago(20), State.CANNOT_TELL)
    conference = _due_reading("icpc-15wd", "Hold the initial child protection conference", ago(-4), State.RUNNING)
    return [
        Due(visit, past_child(4, 3)),
        Due(supervised, worker=worker_row(1, 22)),
        Due(assessed, child(2)),
        Due(conference, child(1)),
    ]


def _due_reading(rule: str, title: str, due_on: date, state: State) -> Reading:
    return Reading(
        rule=rule,
        title=title,
        subject_kind=Subject.CHILD,
        subject="made up",
        started_on=ago(40),
        due_on=due_on,
        met_on=None,
        stopped_on=None,
        state=state,
        passed_due=state is not State.RUNNING,
        recorded_late=None,
        reason=f"Due {due_on}: counted from a day in working days of England and Wales.",
        source="A guide (example)",
        basis="national guidance",
        unconfirmed="a detail" if rule == "icpc-15wd" else "",
    )
