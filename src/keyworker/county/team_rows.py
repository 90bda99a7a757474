"""Teams, what they became, and which model of work each was seen to run."""

from __future__ import annotations

import numpy as np
import polars as pl

from keyworker.county import days, lags, words
from keyworker.county.chance import Ints, begins_run, columns
from keyworker.county.kept import Kept, typed
from keyworker.county.life import Life
from keyworker.county.organisation import COUNTY_WIDE, DISTRICTS, NEW_MODEL, STRAIN, TEAM_TYPES
from keyworker.county.posts import NOBODY
from keyworker.county.worker_rows import managers, parent_of, team_ids, worker_ids

ELEMENTS = ("weekly family meeting", "group supervision", "clinician present", "shared recording", "small caseloads")


def teams(life: Life) -> list[Kept]:
    """The tables about teams."""
    return [_teams(life), _succession(life), _models(life)]


def _teams(life: Life) -> Kept:
    """A row for each stretch of a team's time under one manager, or under none."""
    led = managers(life)
    rows: list[tuple[int, int, int, int]] = []
    for place, team in enumerate(life.organisation.teams):
        day = team.first
        for manager, low, high in led.get(place, []):
            if low > day + 1:
                rows.append((place, NOBODY, day, low))
            rows.append((place, manager, max(low, day), min(high, team.to)))
            day = min(high, team.to)
        if day < team.to:
            rows.append((place, NOBODY, day, team.to))
    rows = [row for row in rows if row[2] < row[3] and row[2] < life.horizon]
    number, worker, start, end = columns(rows, 4)
    start, end = _touching(number, start, end)
    end = np.where(end >= life.horizon, days.STILL_OPEN, end)
    teams = life.organisation.teams
    parent = np.array([parent_of(life, int(n)) for n in number], dtype=np.int64)
    district = np.array([teams[n].district for n in number], dtype=np.int64)
    frame = typed(
        "team",
        {
            "team_id": team_ids(life, number),
            "name": words.pick([team.name for team in teams], number),
            "team_type": words.pick(TEAM_TYPES, np.array([teams[n].kind for n in number], dtype=np.int64)),
            "district": words.where(district != COUNTY_WIDE, words.pick(DISTRICTS, np.maximum(district, 0))),
            "parent_id": words.where(parent != NOBODY, team_ids(life, np.maximum(parent, 0))),
            "manager_id": words.where(worker != NOBODY, worker_ids(life, np.maximum(worker, 0))),
            "from_on": words.dates(start),
            "to_on": words.dates(end),
        },
        len(number),
    )
    return Kept(
        "team", frame, lags.at_nine(start), lags.at_nine(np.where(end < days.STILL_OPEN, end, 0)), ("to_on",), says=True
    )


def _touching(number: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Start every row of a team on the day on which the one before it ended."""
    start = start.copy()
    same = ~begins_run(number)
    start[same] = end[:-1][same[1:]]
    return start, end


def _succession(life: Life) -> Kept:
    followed = [one for one in life.organisation.followed if life.first <= one[3] < life.horizon]
    before, after, day = (np.array([one[n] for one in followed], dtype=np.int64) for n in (0, 1, 3))
    frame = typed(
        "team_succession",
        {
            "from_team_id": team_ids(life, before),
            "to_team_id": team_ids(life, after),
            "how": pl.Series([one[2] for one in followed], dtype=pl.String),
            "happened_on": words.dates(day),
        },
        len(followed),
    )
    return Kept("team_succession", frame, lags.at_nine(day), says=True)


def _models(life: Life) -> Kept:
    """What observers saw of the operating model, twice a year in each team: fuller in some districts than in others."""
    rng = life.chance.stream("practice models")
    rows: list[tuple[int, int, int]] = []
    for place, team in enumerate(life.organisation.teams):
        if team.kind >= 6 or team.kind == 4:
            continue
        low, high = max(team.first, life.first), min(team.to, life.horizon)
        rows += [(place, seen, e) for seen in range(low + 60 + place % 40, high, 182) for e in range(len(ELEMENTS))]
    number, day, element = columns(rows, 3)
    district = np.array([life.organisation.teams[n].district for n in number], dtype=np.int64)
    strain = np.where(district == COUNTY_WIDE, 1.0, STRAIN[np.maximum(district, 0)])
    draw = rng.random(len(number)) * strain
    delivered = np.where(draw < 0.5, 0, np.where(draw < 0.85, 1, 2))
    model = np.where(day < life.organisation.units_ended, 0, np.where(day < NEW_MODEL, 1, 2))
    frame = typed(
        "practice_model",
        {
            "team_id": team_ids(life, number),
            "happened_on": words.dates(day),
            "model": words.pick(("units", "district teams", "family safeguarding"), model),
            "element": words.pick(ELEMENTS, element),
            "delivered": words.pick(("delivered", "partly delivered", "not delivered"), delivered),
            "observer": "practice lead",
        },
        len(number),
    )
    return Kept("practice_model", frame, lags.entered(life.chance, "practice models", day, lags.SLOW), says=True)
