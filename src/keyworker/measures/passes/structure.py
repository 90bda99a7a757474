"""Today's structure as a relation: `{team_today}` says what each team of each day has become.

A team's heirs may lie any number of steps ahead, so they are followed here, by the rule by which the pages follow them,
and not in SQL. The columns are team_id, name, district, team_type (unmapped where its heirs differ; no name
where there are several), from_on and to_on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from keyworker.facts.lens import FAR
from keyworker.facts.moment import Moment
from keyworker.facts.pictures import TeamRef
from keyworker.facts.teams import as_today, teams_told
from keyworker.measures.passes.source import Source

TEAM_TODAY = "team_today"
TABLES_BEHIND = frozenset({"team", "team_succession", "department", "meaning"})
TYPES: dict[str, type] = dict.fromkeys(("team_id", "name", "district", "team_type"), str) | dict.fromkeys(
    ("from_on", "to_on"), date
)
_FOLLOWED = """select from_team_id, to_team_id, happened_on from {team_succession} s
where happened_on is not null and from_team_id is not null and to_team_id is not null"""
_BEGAN = date(1, 1, 1)

Row = tuple[str, str | None, str, str, date, date | None]


def team_today(source: Source, known_at: datetime | None) -> Mapping[str, Sequence[Any]]:
    """What has become of every team that has heirs or is in today's list, by column."""
    lens = source.lens(Moment(FAR, known_at))
    today = teams_told(lambda query: source.fetch(query, lens, {})).known
    followed = [(before, after, on) for before, after, on in source.fetch(_FOLLOWED, lens, {})]
    days = [_BEGAN, *sorted({on for _, _, on in followed})]
    rows: list[Row] = []
    for from_on, to_on in [*pairwise(days), (days[-1], None)]:
        after: dict[str, set[str]] = defaultdict(set)
        for before, heir, on in followed:
            if on > from_on:
                after[before].add(heir)
        for team_id in {*today, *after}:
            rows += _become(team_id, after, today, from_on, to_on)
    return dict(zip(TYPES, map(list, zip(*rows, strict=True)), strict=True)) if rows else {name: [] for name in TYPES}


def _become(
    team_id: str, after: Mapping[str, set[str]], today: Mapping[str, TeamRef], from_on: date, to_on: date | None
) -> list[Row]:
    nobody = TeamRef(team_id, "", "", "", "")
    found = as_today(nobody, after, today)
    if found is nobody:
        return []
    return [(team_id, found.name or None, found.district, found.team_type, from_on, to_on)]
