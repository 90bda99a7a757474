"""A made-up team, and a made-up service by district."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from keyworker.facts.moment import Moment
from keyworker.measures.pictures import Change, Figure, GroupRow, ServicePicture, TeamPicture
from tests.web.fictional import ABSENT, ADEYEMI, MANAGER, REID, SOURCES, TODAY, ago, child, past_child, team, worker_row


def team_picture(**changes: Any) -> TeamPicture:
    base = TeamPicture(
        team=team(),
        moment=Moment(TODAY),
        since=ago(4),
        changes=(
            Change("come", ago(3), "came to the team at transfer", (f"ch{3:022}", "Clover Testwood"), ADEYEMI),
            Change(
                "newly past", ago(1), "passed the day by which they should be seen", (f"ch{4:022}", "Dahlia Testwood")
            ),
            Change("worker away", ago(2), "is away until 30 November 2026", None, REID),
        ),
        workers=(
            worker_row(4, 17),
            worker_row(1, 22),
            worker_row(3, 12, is_away=True, away_until=TODAY + timedelta(days=7), hours_today=0.0),
            worker_row(2, 9, days_since_supervised=None, last_supervised_on=None, supervisor=None),
        ),
        children=tuple(past_child(n, n * 3) if n in (4, 7) else child(n) for n in range(1, 11)),
        unallocated=(child(11, lead=None, accountable=None, unallocated_since=ago(12), lead_since=None),),
        sources=SOURCES,
        absent=ABSENT,
        supervisors=(
            worker_row(5, 3, days_since_supervised=61, last_supervised_on=ago(61), supervisor=None),
            worker_row(2, 9, days_since_supervised=None, last_supervised_on=None, supervisor=None),
        ),
        spans={"W0005": 4},
        in_role_since={"W0005": date(2024, 11, 23), "W0001": date(2026, 10, 24), "W0004": date(2021, 11, 23)},
        manager=MANAGER,
        allocate_by={"C00011": date(2026, 11, 12)},
    )
    return replace(base, **changes)


def figure(name: str, numerator: float | None, denominator: float | None, base: str) -> Figure:
    return Figure(name, numerator, denominator, base, "at the moment")


def group(name: str, loads: tuple[int, ...], **changes: Any) -> GroupRow:
    total = sum(loads)
    base = GroupRow(
        group=name,
        handle=f"gr{abs(hash(name)) % 10**22:022}",
        team_type=None,
        children=total + 3,
        workers_holding=len(loads),
        mean_caseload=figure("mean caseload", total, len(loads), "workers who hold at least one child"),
        loads=tuple(sorted(loads)),
        capacities=tuple(18.0 if load % 3 else None for load in sorted(loads)),
        above_own_capacity=figure(
            "above own capacity", sum(load > 20 for load in loads), len(loads), "workers whose capacity is agreed"
        ),
        past_interval=figure("past interval", round(total * 0.1), total, "open children with an interval"),
        cannot_tell=4,
        unallocated=3,
        changes_12_months=figure("changes", 41, total * 12, "child-months"),
        causes=(("worker left", 18), ("planned transfer", 14), ("not recorded", 9)),
        record_lag_days=(1, 3, 9),
        record_lag_unknown=12,
        supervision_past=figure("supervision past", 4, len(loads), "workers who hold children"),
        vacancies=figure("vacancies", 3.5, 24.0, "full-time posts"),
        truly_uncovered=1.5,
    )
    return replace(base, **changes)


GROUPS = (
    group("Camford City", (10, 10, 10, 12, 13, 14, 14, 15, 15, 16, 17, 18, 19, 21, 25)),
    group("East Marl", (4, 4, 8, 11, 13, 14, 16, 17, 19, 23)),
    group("Fenwick", (10, 14, 15, 18, 19, 20, 22, 23, 26, 26, 27, 28, 32, 35, 39)),
    group("Huntley", (4, 6, 9, 10, 11, 13, 14, 15, 17, 19, 20, 22, 24)),
    group("South Camford", (5, 7, 11, 12, 12, 13, 14, 15, 16, 18, 21)),
)


def service(**changes: Any) -> ServicePicture:
    every = tuple(load for one in GROUPS for load in one.loads)
    base = ServicePicture(
        moment=Moment(TODAY),
        by="district",
        groups=GROUPS,
        total=group("The whole service", every, handle=None),
        then=Moment(ago(365)),
        groups_then=tuple(replace(one, loads=tuple(max(load - 3, 1) for load in one.loads)) for one in GROUPS),
        sources=SOURCES,
        absent=ABSENT,
    )
    return replace(base, **changes)


def nobody() -> GroupRow:
    none = figure("none", None, None, "nobody")
    return GroupRow(
        "The whole service", None, None, 0, 0, none, (), none, none, 0, 0, none, (), (), 0, none, none, None
    )
