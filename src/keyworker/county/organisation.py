"""Teams and how they followed one another: units until a day, by default in November 2018, then district teams."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from keyworker.county import days
from keyworker.county.chance import Ints

DISTRICTS = ("Northfold", "Southfold", "Eastfold", "Westfold", "Midfold")
DISTRICT_SHARES = (0.20, 0.16, 0.12, 0.25, 0.27)
STRAIN = np.array([1.0, 0.75, 0.9, 1.5, 1.25])
"""How much harder each district finds it to keep workers and to be on time: uneven on purpose."""

FRONT_DOOR_CHANGED = days.number(date(2017, 4, 1))
UNITS_ENDED = days.number(date(2018, 11, 1))
"""When the units became district teams in the county that is held to published figures; another may do so later."""
NEW_MODEL = days.number(date(2020, 2, 3))
PROTECTION_TEAMS = days.number(date(2026, 4, 1))
"""When the multi-agency child protection teams began, after the guidance of March 2026."""
LONG_AGO = days.number(date(2009, 4, 1))

ASSESSMENT, LONG_TERM, CARE, DISABLED, LEAVING, ADOLESCENT, REVIEW, FOSTERING, SERVICE, PROTECTION = range(10)
TEAM_TYPES = (
    "assessment",
    "child in need and child protection",
    "children in care",
    "disabled children",
    "leaving care",
    "adolescent",
    "conference and review",
    "fostering",
    "service",
    "multi-agency child protection",
)
COUNTY_WIDE = -1


@dataclass(frozen=True)
class Team:
    """One team between its first day and its last. `to` is exclusive."""

    name: str
    kind: int
    district: int
    first: int
    to: int


@dataclass
class Organisation:
    """All teams, by number, and which followed which.

    Takes   units_ended, the day on which the units became district teams, the first of a month.
    """

    units_ended: int = UNITS_ENDED
    teams: list[Team] = field(default_factory=list)
    followed: list[tuple[int, int, str, int]] = field(default_factory=list)  # before, after, how, day
    successor: dict[int, list[int]] = field(default_factory=dict)

    def add(self, name: str, kind: int, district: int, first: int = LONG_AGO, to: int = days.STILL_OPEN) -> int:
        """Add a team; gives its number."""
        self.teams.append(Team(name, kind, district, first, to))
        return len(self.teams) - 1

    def follows(self, before: int, after: int, how: str, day: int) -> None:
        """Say that a team's work went to another on a day."""
        self.followed.append((before, after, how, day))
        self.successor.setdefault(before, []).append(after)

    def standing(self, kind: int, day: int) -> list[int]:
        """The teams of a kind that exist on a day."""
        return [n for n, team in enumerate(self.teams) if team.kind == kind and team.first <= day < team.to]

    def by_district(self, kind: int, day: int) -> list[Ints]:
        """For each district the teams of a kind that serve it: its own, else those of the whole county."""
        standing = self.standing(kind, day)
        found = []
        for district in range(len(DISTRICTS)):
            own = [n for n in standing if self.teams[n].district == district]
            found.append(np.array(own or standing, dtype=np.int64))
        return found

    def moved(self, teams: Ints, day: int, spread: Ints) -> Ints:
        """Where work or workers of each team are after a day's change; a split shares them out by `spread`."""
        table = {before: self.successor[before] for before, _, _, when in self.followed if when == day}
        return np.array(
            [table[t][int(s) % len(table[t])] if t in table else t for t, s in zip(teams, spread, strict=True)],
            dtype=np.int64,
        )


def organise(scale: float, units_ended: int = UNITS_ENDED) -> Organisation:
    """The teams of a county of that size: 32 units at full size, and never fewer than one team of each kind."""
    found = Organisation(units_ended)
    access = [
        found.add(f"Access Team {n + 1}", ASSESSMENT, COUNTY_WIDE, to=FRONT_DOOR_CHANGED)
        for n in range(_copies(2, scale))
    ]
    response = [
        found.add(f"First Response {n + 1}", ASSESSMENT, COUNTY_WIDE, FRONT_DOOR_CHANGED, found.units_ended)
        for n in range(_copies(2, scale))
    ]
    for before, after in zip(access, response, strict=True):
        found.follows(before, after, "renamed", FRONT_DOOR_CHANGED)
    _district_teams(found, response, "Assessment Team", ASSESSMENT, 1.0 * scale if scale > 0.3 else 0.0)
    unit = _units(found, LONG_TERM, 22 * scale, 1, by_district=True)
    _district_teams(found, unit, "Children's Team", LONG_TERM, 2.0 * scale)
    more = _units(found, CARE, 7 * scale, len(unit) + 1, by_district=False)
    _district_teams(found, more, "Children in Care Team", CARE, 1.0 * scale if scale > 0.3 else 0.0)
    last = _units(found, DISABLED, 3 * scale, len(unit) + len(more) + 1, by_district=False)
    _county_teams(found, last, "Disabled Children's Team", DISABLED, _copies(2, scale))
    for n in range(_copies(2, scale)):
        found.add(f"Leaving Care Team {n + 1}", LEAVING, COUNTY_WIDE)
    for n in range(_copies(3, scale)):
        found.add(f"Adolescent Team {n + 1}", ADOLESCENT, COUNTY_WIDE, found.units_ended)
    found.add("Conference and Review Service", REVIEW, COUNTY_WIDE)
    for n in range(_copies(2, scale)):
        found.add(f"Fostering Team {n + 1}", FOSTERING, COUNTY_WIDE)
    _protection_teams(found, scale)
    for district, name in enumerate(DISTRICTS):
        found.add(f"{name} District", SERVICE, district)
    found.add("Children's Social Care", SERVICE, COUNTY_WIDE)
    return found


def _copies(count: float, scale: float) -> int:
    return max(1, round(count * scale))


def _units(found: Organisation, kind: int, count: float, first: int, *, by_district: bool) -> list[int]:
    total = max(5 if by_district else 1, round(count))
    edges = np.cumsum(DISTRICT_SHARES)
    made = []
    for n in range(total):
        district = int(np.searchsorted(edges, (n + 0.5) / total)) if by_district else COUNTY_WIDE
        made.append(found.add(f"Unit {first + n}", kind, district, to=found.units_ended))
    return made


def _district_teams(found: Organisation, before: list[int], name: str, kind: int, each: float) -> None:
    """Teams for every district, taking on the work of those before: of the same district where they had one."""
    if each == 0.0:
        return _county_teams(found, before, name, kind, 1)
    made: list[list[int]] = []
    for district, place in enumerate(DISTRICTS):
        count = max(1, math.floor(each * 5 * DISTRICT_SHARES[district] + 0.5))
        letters = [""] if count == 1 else [f" {_letters(n)}" for n in range(count)]
        made.append([found.add(f"{place} {name}{letter}", kind, district, found.units_ended) for letter in letters])
    for place_number, one in enumerate(before):
        district = found.teams[one].district
        if district == COUNTY_WIDE:
            after = [team for teams in made for team in teams]
            share = (
                after[place_number :: len(before)] if len(before) <= len(after) else [after[place_number % len(after)]]
            )
        else:
            siblings = [team for team in before if found.teams[team].district == district]
            share = [made[district][siblings.index(one) % len(made[district])]]
        for team in share:
            found.follows(one, team, "split" if len(share) > 1 else "merged", found.units_ended)
    return None


def _county_teams(found: Organisation, before: list[int], name: str, kind: int, count: int) -> None:
    made = [found.add(f"{name} {n + 1}", kind, COUNTY_WIDE, found.units_ended) for n in range(count)]
    for n, one in enumerate(before):
        found.follows(one, made[n % count], "merged", found.units_ended)


def _protection_teams(found: Organisation, scale: float) -> None:
    """A multi-agency child protection team for each district; one for a small county."""
    if scale <= 0.3:
        found.add("Multi-Agency Child Protection Team", PROTECTION, COUNTY_WIDE, PROTECTION_TEAMS)
        return
    for district, place in enumerate(DISTRICTS):
        found.add(f"{place} Multi-Agency Child Protection Team", PROTECTION, district, PROTECTION_TEAMS)


def _letters(n: int) -> str:
    return chr(ord("A") + n) if n < 26 else f"{chr(ord('A') + n // 26 - 1)}{chr(ord('A') + n % 26)}"
