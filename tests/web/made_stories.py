"""Made-up lives of a worker, a post, a team and a family for the pages' tests: obviously fictional, on fixed days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from keyworker.facts.moment import Moment
from keyworker.facts.pictures import Gap, Outcome, Role, Status
from keyworker.facts.stories import (
    Appointed,
    Away,
    Count,
    Empty,
    Followed,
    HeldBy,
    Learning,
    MonthOfTeam,
    MonthOfWork,
    PostRef,
    PostRow,
    PostSpan,
    PostStory,
    Protected,
    StepTaken,
    Supervised,
    TeamSpan,
    TeamStory,
    Together,
    WorkerStory,
)
from keyworker.measures.over_time import Level, days_above, days_within, months
from tests.web.fictional import (
    ADEYEMI,
    LINDQVIST,
    MANAGER,
    NOW,
    OKAFOR,
    REID,
    SOURCES,
    TODAY,
    ago,
    child,
    past_child,
    team,
    worker_row,
)

POST = PostRef("P0077", "Social worker", f"po{77:022}")
BEGAN = date(2024, 9, 2)
__all__ = ["NOW", "family", "post", "post_row", "team_story", "worker"]


def appointed(who: Any, from_on: date, to_on: date | None, **changes: Any) -> Appointed:
    base = Appointed(who, POST, team(), "Social worker", "permanent", 1.0, 37.0, 18.0, False, None, from_on, to_on)
    return replace(base, **changes)


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


def post_row(number: int = 77, **changes: Any) -> PostRow:
    base = PostRow(
        replace(POST, post_id=f"P{number:04}", handle=f"po{number:022}"),
        team(),
        1.0,
        True,
        1.0,
        1.0,
        date(2026, 8, 1),
        False,
        (),
        StepTaken("interviewed", date(2026, 11, 3), None, None),
    )
    return replace(base, **changes)


def post(**changes: Any) -> PostStory:
    """Two people and an agency worker in five years; empty since August."""
    base = PostStory(
        post=POST,
        moment=Moment(TODAY),
        row=post_row(),
        from_on=date(2022, 1, 10),
        reach=date(2022, 1, 10),
        spans=(PostSpan("Social worker", team(), 1.0, True, date(2012, 4, 1), None),),
        people=(
            appointed(OKAFOR, date(2019, 5, 1), date(2023, 3, 1)),
            appointed(LINDQVIST, date(2023, 6, 1), date(2024, 2, 1), employment="agency", covers_vacancy=True),
            appointed(REID, date(2024, 2, 1), date(2026, 8, 1)),
        ),
        empty=(
            Empty(date(2023, 3, 1), date(2023, 6, 1), 1.0, 1.0),
            Empty(date(2023, 6, 1), date(2024, 2, 1), 1.0, 0.0),
            Empty(date(2026, 8, 1), None, 1.0, 1.0),
        ),
        steps=(
            StepTaken("advertised", date(2023, 4, 3), "no applicants", None),
            StepTaken("offered", date(2023, 11, 20), None, REID),
            StepTaken("started", date(2024, 2, 1), None, REID),
            StepTaken("approved", date(2026, 9, 1), None, None),
            StepTaken("interviewed", date(2026, 11, 3), None, None),
        ),
        sources=SOURCES,
    )
    return replace(base, **changes)


def no_post() -> PostStory:
    """A post that has ended, of which hardly anything is recorded."""
    return post(
        row=None,
        reach=None,
        spans=(PostSpan("Post", None, None, None, date(2022, 1, 10), date(2023, 1, 1)),),
        people=(),
        empty=(),
        steps=(),
        sources=(),
    )


def team_story(**changes: Any) -> TeamStory:
    """Two units that were merged into a team, of which a part was split off a year ago."""
    unit_a, unit_b = team("Fenwick unit 3", 11), team("Fenwick unit 4", 12)
    mine, after = team(), team("Fenwick 5", 13)
    merged, split = date(2025, 1, 1), date(2025, 12, 1)
    counts = {
        unit_a.team_id: (Count(date(2024, 4, 1), 31), Count(merged, 0)),
        unit_b.team_id: (Count(date(2024, 4, 1), 24), Count(date(2024, 9, 1), 29), Count(merged, 0)),
        mine.team_id: (Count(merged, 60), Count(split, 41)),
        after.team_id: (Count(split, 22), Count(ago(60), 26)),
    }
    lineage = (unit_a, unit_b, mine, after)
    base = TeamStory(
        team=mine,
        moment=Moment(TODAY),
        from_on=date(2024, 4, 1),
        reach=date(2024, 4, 1),
        lineage=lineage,
        spans=(
            TeamSpan(unit_a, OKAFOR, date(2020, 1, 1), merged),
            TeamSpan(unit_b, None, date(2020, 1, 1), merged),
            TeamSpan(mine, MANAGER, merged, None),
            TeamSpan(after, None, split, None),
        ),
        followed=(
            Followed(unit_a, mine, "merged", merged),
            Followed(unit_b, mine, "merged", merged),
            Followed(mine, after, "split", split),
        ),
        children=tuple(counts.items()),
        months=tuple(
            MonthOfTeam(day, one, int(now), 1, 4, 5)
            for one in lineage
            for _, to_on in months(date(2024, 4, 1), TODAY)
            for day in (to_on - timedelta(days=1),)
            if (now := Level(counts[one.team_id]).on(day))
        ),
        sources=SOURCES,
    )
    return replace(base, **changes)


def no_team() -> TeamStory:
    """A team of which only its dates are recorded."""
    whole = team_story()
    return team_story(
        lineage=(whole.team,),
        spans=whole.spans[2:3],
        followed=(),
        children=((whole.team.team_id, ()),),
        months=(),
        sources=(),
    )


def kin(number: int, name: str, **changes: Any) -> Together:
    base = Together(
        f"ch{number:022}",
        name,
        9,
        True,
        (Status("cin", date(2025, 3, 4), None, "Abuse or neglect"),),
        (
            HeldBy(OKAFOR, Role.LEAD, date(2025, 3, 4), date(2025, 10, 2)),
            HeldBy(ADEYEMI, Role.LEAD, date(2025, 11, 5), None),
            HeldBy(MANAGER, Role.ACCOUNTABLE, date(2025, 3, 4), None),
        ),
        (Gap(date(2025, 10, 2), date(2025, 11, 5)),),
        ((date(2025, 4, 1), Outcome.SEEN_ALONE), (date(2026, 2, 1), Outcome.NO_ACCESS), (ago(20), Outcome.SEEN)),
        ago(20),
    )
    return replace(base, **changes)


def family() -> tuple[Together, ...]:
    """Ashby, a brother with another worker, and a sister who is no longer open."""
    return (
        kin(1, "Ashby Testwood"),
        kin(
            2,
            "Birch Testwood",
            age_years=12,
            holds=(HeldBy(REID, Role.LEAD, date(2025, 6, 1), None),),
            gaps=(),
            visits=((ago(6), Outcome.SEEN_ALONE),),
            last_seen_on=ago(6),
        ),
        kin(
            3,
            "Clover Testwood",
            age_years=0,
            is_open=False,
            statuses=(Status("referral", date(2025, 3, 4), date(2025, 6, 1)),),
            holds=(),
            gaps=(),
            visits=(),
            last_seen_on=None,
        ),
    )
