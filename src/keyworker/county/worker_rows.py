"""Workers, teams and who holds which child, as a case system and a personnel system hold them."""

from __future__ import annotations

import numpy as np
import polars as pl

from keyworker.county import lags, words
from keyworker.county.chance import Ints
from keyworker.county.kept import Edit, Kept, typed
from keyworker.county.life import Life
from keyworker.county.organisation import (
    FRONT_DOOR_CHANGED,
    PROTECTION_TEAMS,
    REVIEW,
    SERVICE,
)
from keyworker.county.posts import ADVISER, HOLDER, MANAGER, NOBODY, PRACTITIONER, teams_of

WORKERS_A_BLOCK = 100_000
TEAMS_A_BLOCK = 1_000
TITLES = (
    "Social Worker", "Family Practitioner", "Team Manager", "Senior Practitioner", "Group Manager", "Head of Service",
    "Personal Adviser", "Consultant Social Worker", "Independent Reviewing Officer", "Newly Qualified Social Worker",
    "Locum Social Worker", "Director of Children's Services",
)  # fmt: skip
ROLE_CLASSES = (
    "case holder", None, "first line manager", "senior practitioner", "middle manager", "senior manager",
    None, "first line manager", "first line manager", "case holder", "case holder",
    None,
)  # fmt: skip
CONSULTANT, REVIEWER, NEWLY_QUALIFIED, LOCUM, DIRECTOR = 7, 8, 9, 10, 11
LEAD, ACCOUNTABLE, CO_WORKER, OTHER = (
    "Allocated social worker",
    "Case accountable manager",
    "Co-working practitioner",
    "Involved professional",
)
LEAD_IN_UNIT, LEAD_PRACTITIONER = "Lead social worker", "Lead practitioner"


def worker_ids(life: Life, numbers: Ints) -> pl.Series:
    """The identifiers of workers by number."""
    return words.numbered("KW", numbers + life.chance.block * WORKERS_A_BLOCK, 7)


def team_ids(life: Life, numbers: Ints) -> pl.Series:
    """The identifiers of teams by number."""
    return words.numbered("KT", numbers + life.chance.block * TEAMS_A_BLOCK, 6)


def titles(life: Life) -> Ints:
    """The job title of each worker at the end, as a position in TITLES."""
    found = []
    for spell in life.people.spells:
        team = life.organisation.teams[life.people.posts[spell.post].team]
        title = spell.kind
        if spell.kind == MANAGER and team.kind == REVIEW:
            title = REVIEWER
        elif spell.kind == MANAGER and spell.to <= life.organisation.units_ended:
            title = CONSULTANT
        elif spell.kind == HOLDER and spell.agency:
            title = LOCUM
        elif spell.kind == HOLDER and spell.newly_qualified and min(spell.to, life.horizon) - spell.first < 400:
            title = NEWLY_QUALIFIED
        found.append(title)
    return np.array(found, dtype=np.int64)


def director(life: Life) -> int:
    """The number of the director, who supervises the heads of service and is in none of the posts of social workers."""
    return len(life.people.spells)


def worker_names(life: Life) -> pl.Series:
    """The name of each worker."""
    rng = life.chance.stream("professionals")
    many = len(life.people.spells)
    first = words.pick(words.FORENAMES, rng.integers(0, len(words.FORENAMES), many))
    return first + " " + words.pick(words.SURNAMES, rng.integers(0, len(words.SURNAMES), many))


def work(life: Life) -> list[Kept]:
    """Professionals and departments."""
    return [_professionals(life), _departments(life)]


def _professionals(life: Life) -> Kept:
    """Everybody who has had a post, and the director, who comes last."""
    spells = life.people.spells
    numbers = np.arange(len(spells) + 1)
    title = np.append(titles(life), DIRECTOR)
    service = len(life.organisation.teams) - 1
    team = np.array([*(life.people.posts[one.post].team for one in spells), service], dtype=np.int64)
    names = [one.name for one in life.organisation.teams]
    registered = ~np.isin(title, (PRACTITIONER, ADVISER, DIRECTOR))
    named = pl.Series([f"{words.FORENAMES[life.chance.seed % len(words.FORENAMES)]} {words.SURNAMES[0]}"])
    frame = typed(
        "professionals",
        {
            "worker_id": worker_ids(life, numbers),
            "staff_id": words.numbered("ST", numbers + life.chance.block * WORKERS_A_BLOCK, 7),
            "name": pl.concat([worker_names(life), named]),
            "registration_no": words.where(
                registered, words.numbered("SW9", numbers + life.chance.block * WORKERS_A_BLOCK, 8)
            ),
            "job_title": words.pick(TITLES, title),
            "department": words.pick(names, team),
            "fte": pl.Series([*(one.fte for one in spells), 1.0], dtype=pl.Float64),
            "agency_worker": pl.Series([*(one.agency for one in spells), False]),
        },
        len(numbers),
    )
    first = np.array([*(one.first for one in spells), life.first], dtype=np.int64)
    reorganised = (FRONT_DOOR_CHANGED, life.organisation.units_ended, PROTECTION_TEAMS)
    edits = [_before_reorganisation(life, "department", day, names) for day in reorganised]
    return Kept("professionals", frame, lags.at_nine(first), edits=edits)


def _before_reorganisation(life: Life, column: str, day: int, names: list[str]) -> Edit:
    """Until a reorganisation a worker's department was the team that they were in before it."""
    rows, before = [], []
    for number, spell in enumerate(life.people.spells):
        moves = life.people.posts[spell.post].teams
        for place, (when, _) in enumerate(moves[1:], start=1):
            if when == day and spell.first < day:
                rows.append(number)
                before.append(names[moves[place - 1][1]])
    return Edit(
        column,
        np.array(rows, dtype=np.int64),
        pl.Series(before, dtype=pl.String),
        np.full(len(rows), int(lags.at_nine(np.array([day]))[0])),
    )


def parent_of(life: Life, number: int) -> int:
    """The district that a team belongs to, or the whole service."""
    teams = life.organisation.teams
    service = [n for n, team in enumerate(teams) if team.kind == SERVICE]
    if number == service[-1]:
        return NOBODY
    return next((n for n in service if teams[n].district == teams[number].district and n != number), service[-1])


def _departments(life: Life) -> Kept:
    teams = life.organisation.teams
    numbers = np.arange(len(teams))
    parent = np.array([parent_of(life, n) for n in range(len(teams))], dtype=np.int64)
    names = [team.name for team in teams]
    frame = typed(
        "department",
        {
            "team_id": team_ids(life, numbers),
            "name": pl.Series(names),
            "parent_id": words.where(parent != NOBODY, team_ids(life, np.maximum(parent, 0))),
            "parent_name": words.where(parent != NOBODY, words.pick(names, np.maximum(parent, 0))),
        },
        len(teams),
    )
    return Kept("department", frame, lags.at_nine(np.array([team.first for team in teams], dtype=np.int64)))


def managers(life: Life) -> dict[int, list[tuple[int, int, int]]]:
    """Who managed each team: worker, from, to (exclusive), in order of time."""
    found: dict[int, list[tuple[int, int, int]]] = {}
    for number, spell in enumerate(life.people.spells):
        if spell.kind == MANAGER and life.organisation.teams[life.people.posts[spell.post].team].kind != SERVICE:
            for team, low, high in teams_of(life.people.posts[spell.post], spell.first, spell.to):
                found.setdefault(team, []).append((number, low, high))
    return {team: _one_at_a_time(sorted(held, key=lambda one: one[1])) for team, held in found.items()}


def _one_at_a_time(held: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    kept: list[tuple[int, int, int]] = []
    for worker, low, high in held:
        low = max(low, kept[-1][2]) if kept else low
        if low < high:
            kept.append((worker, low, high))
    return kept
