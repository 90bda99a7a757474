"""Made-up lives of teams, merged and split, for the pages' tests: obviously fictional, on fixed days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from keyworker.facts.moment import Moment
from keyworker.facts.stories import Count, Followed, MonthOfTeam, TeamSpan, TeamStory
from keyworker.measures.over_time import Level, months
from tests.web.fictional import MANAGER, OKAFOR, SOURCES, TODAY, ago, team


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
