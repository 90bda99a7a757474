"""Concerns: something wrong, who owns it, what should change, and when that will be checked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from keyworker.county import days, lags, words
from keyworker.county.chance import Ints
from keyworker.county.kept import Kept, typed
from keyworker.county.life import Life
from keyworker.county.organisation import FOSTERING, REVIEW, SERVICE
from keyworker.county.people_rows import BLOCK, child_ids
from keyworker.county.worker_rows import managers, team_ids

AUDIT, TEAM, SERVICE_WIDE, WORKER = range(4)
NO_MANAGER = 45
"""Days without a manager after which somebody says that supervision has lapsed."""
ABOUT = ("child", "team", "service", "worker")


@dataclass(frozen=True)
class Concern:
    """One concern. `end` is exclusive, STILL_OPEN while it goes on; `number` is a child's or a team's, or nothing."""

    kind: int
    number: int
    start: int
    end: int
    says: str
    expected: str
    answer: str
    raised_by: str
    owner: str


def concerns(life: Life, child: Ints, day: Ints) -> list[Concern]:
    """Concerns from audits that found a child's file inadequate, from teams left without a manager, from inspections,
    and from staff who said so without a name."""
    found = [
        Concern(
            AUDIT, int(who), int(when) + 2, int(when) + 2 + 30 + int(who) % 90,
            "The file does not show that the child is safe and seen.", "The child is seen alone and the plan is dated.",
            "", "quality assurance officer", "team manager",
        )
        for who, when in zip(child, day, strict=True)
    ]  # fmt: skip
    found += _without_manager(life)
    found += _from_inspections(life)
    found += _from_staff(life)
    shown = [one for one in found if life.first <= one.start < life.horizon]
    return sorted(shown, key=lambda one: (one.start, one.kind, one.number))


def _without_manager(life: Life) -> list[Concern]:
    found = []
    led = managers(life)
    for number, team in enumerate(life.organisation.teams):
        if team.kind in (SERVICE, REVIEW, FOSTERING):
            continue
        day = max(team.first, life.first)
        for _, low, high in [*led.get(number, []), (0, team.to, team.to)]:
            if min(low, life.horizon) - day > NO_MANAGER:
                found.append(
                    Concern(
                        TEAM, number, day + NO_MANAGER - 10, low + 40 if low < life.horizon else days.STILL_OPEN,
                        "The team has no manager and supervision has lapsed.",
                        "Every worker supervised within five weeks.", "Ask a manager of another team to supervise.",
                        "a worker, without a name", "head of service",
                    )
                )  # fmt: skip
            day = max(day, high)
    return found


def _from_inspections(life: Life) -> list[Concern]:
    said = (
        ("Caseloads are too high in some teams.", "No worker above what they have agreed to hold for a month.",
         "Agree with each worker above their capacity what will move, and when."),
        ("Children are not seen as often as their plans say.", "Nineteen in twenty seen within their own interval.",
         "Show every team each Monday who has not been seen."),
        ("Records and supervision are not up to date.", "Visits typed in within two working days for nine in ten.",
         "Give each worker half a day a week for writing up."),
    )  # fmt: skip
    found = []
    for place, announced in enumerate(lags.INSPECTIONS):
        for turn, (says, expected, answer) in enumerate(said):
            if (place + turn) % 4 < 3:
                start = announced + 35 + turn
                end = start + 200 + 40 * turn
                found.append(
                    Concern(
                        SERVICE_WIDE, turn, start, end if end < life.horizon else days.STILL_OPEN, says, expected,
                        answer, "inspectors", "director",
                    )
                )  # fmt: skip
    return found if not life.chance.block else []


def _from_staff(life: Life) -> list[Concern]:
    """A few a year from staff about work in their team: about no worker by name."""
    rng = life.chance.stream("concerns of staff")
    teams = [n for n, team in enumerate(life.organisation.teams) if team.kind not in (SERVICE, REVIEW, FOSTERING)]
    found = []
    for number in teams:
        team = life.organisation.teams[number]
        low, high = max(team.first, life.first), min(team.to, life.horizon)
        for _ in range(int(rng.poisson(max(high - low, 0) / days.YEAR * 0.5))):
            start = int(low + rng.random() * (high - low))
            end = start + int(rng.integers(30, 200))
            found.append(
                Concern(
                    WORKER, number, start, end if end < life.horizon else days.STILL_OPEN,
                    "A worker is holding more than anybody could see in time.",
                    "Visits in time for a month, and hours back within the contract.",
                    "Agree which children move, and cover the visits until they do.",
                    "a worker, without a name", "team manager",
                )
            )  # fmt: skip
    return found


def concern_rows(life: Life, raised: list[Concern]) -> Kept:
    """The concerns as rows."""
    many = len(raised)
    kind, number, start, end = (
        np.array([getattr(one, name) for one in raised], dtype=np.int64) for name in ("kind", "number", "start", "end")
    )
    end = np.where(end >= life.horizon, days.STILL_OPEN, end)
    texts = {name: pl.Series([getattr(one, name) for one in raised], dtype=pl.String) for name in (
        "raised_by", "owner", "says", "expected",
    )}  # fmt: skip
    of_team = np.isin(kind, (TEAM, WORKER))
    frame = typed(
        "concern",
        {
            "concern_id": words.numbered("CN", np.arange(many) + life.chance.block * BLOCK, 9),
            "about": words.pick(ABOUT, kind),
            "child_id": words.where(kind == AUDIT, child_ids(life, np.where(kind == AUDIT, number, 0))),
            "team_id": words.where(of_team, team_ids(life, np.where(of_team, number, 0))),
            "raised_by": texts["raised_by"],
            "owner": texts["owner"],
            "says": texts["says"],
            "expected_effect": texts["expected"],
            "check_on": words.dates(start + 42),
            "from_on": words.dates(start),
            "to_on": words.dates(end),
        },
        many,
    )
    over = lags.entered(life.chance, "concerns over", np.where(end < days.STILL_OPEN, end, 0), lags.USUAL)
    return Kept(
        "concern", frame, lags.entered(life.chance, "concerns", start, lags.PROMPT), over, ("to_on",), says=True
    )
