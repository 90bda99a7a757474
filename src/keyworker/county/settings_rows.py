"""What the council itself has said: settings, what words mean, who may sign in as what. Labelled as examples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from keyworker.access import BEYOND, Beyond
from keyworker.actions.for_child import ADVOCATE
from keyworker.county import lags, words
from keyworker.county.days import STILL_OPEN
from keyworker.county.kept import Kept, typed
from keyworker.county.life import Life
from keyworker.county.organisation import DISTRICTS, LONG_TERM
from keyworker.county.posts import ADVISER, HOLDER, PRACTITIONER
from keyworker.county.worker_rows import (
    ACCOUNTABLE,
    CO_WORKER,
    LEAD,
    LEAD_IN_UNIT,
    LEAD_PRACTITIONER,
    ROLE_CLASSES,
    TITLES,
    managers,
    team_ids,
    worker_ids,
)

EXAMPLE = "example setting of the made-up county"
OF_A_COUNCIL = f"{EXAMPLE}: as many children live in it as in the council of this code, which it is not"
SETTINGS: tuple[tuple[str, str, str, str | None], ...] = (
    (BEYOND, "all", Beyond.SERVICE.value, None),
    ("home of visits", "all", "keyworker", None),
    ("visit interval", "cp", "10", "working_days"),
    ("visit interval", "cin", "20", "working_days"),
    ("visit interval", "looked after", "42", "calendar_days"),
    ("supervision interval", "personal", "35", "calendar_days"),
    ("supervision interval", "case", "62", "calendar_days"),
    ("protected time", "first year", "10", "percent"),
    ("case weight", "child in need", "1", None),
    ("case weight", "child protection plan", "2", None),
    ("case weight", "looked after", "1.5", None),
)
FROM_NOW: tuple[tuple[str, str, str, str | None], ...] = (
    ("home of allocations", "all", "keyworker", None),
    ("home of case supervision", "all", "keyworker", None),
    ("home of plan actions", "all", "keyworker", None),
    ("home of need and protection", "all", "keyworker", None),
    ("home of meetings", "all", "keyworker", None),
    ("quorum of a meeting", "initial conference", "2", None),
    ("quorum of a meeting", "review conference", "2", None),
    ("case weight", "looked after", "1.5", None),
    ("case weight", "child protection plan", "1.25", None),
    ("case weight", "child in need", "1", None),
    ("home of people", "all", "keyworker", None),
    ("home of case notes", "all", "keyworker", None),
    ("home of workforce", "all", "keyworker", None),
    ("full load", "all", "18", "children"),
    ("protected load", "first year", "90", "percent"),
    ("allocation interval", "all", "1", "working_days"),
    ("changes of worker before a warning", "all", "2", None),
    (ADVOCATE, "all", "Ring Made-up Voices on 01632 960123, or ask your worker to ring for you.", None),
)
"""What the county has decided on its last day: until then its case system held who works with whom."""
COUNCIL = ("council", "all", "873", None)
"""Whose children the made-up county's are as many as: those of the council whose published figures it is held to."""
AS_LARGE = 0.1
"""How far the county's size may lie from that council's for a rate by its population to say anything."""
OVER_ALL = (
    *("director", "conference chair", "quality assurance", "performance analyst", "workforce", "learning"),
    *("councillor", "partner", "inspector", "administrator"),
)
"""The roles whose sign-ins are over the whole county and belong to nobody who holds children."""
INSPECTOR, YEAR = "inspector", 365
"""Nobody inspects for ever: it is said until when."""
UNMAPPED_TITLE = 8
"""The position in TITLES of a job title that nobody has given a meaning, on purpose."""


@dataclass(frozen=True)
class SignIn:
    """One account of the demonstration: what it may be, for which team or district, and whose it is.

    Takes   is_until, whether it ends: within a year of the county's last day.
    """

    account: str
    role: str
    scope: str
    worker_id: str | None
    is_until: bool = False


def settings(life: Life) -> list[Kept]:
    """Settings, meanings and roles held."""
    return [_settings(life), _meanings(life), _roles(life)]


def _settings(life: Life) -> Kept:
    before = (*SETTINGS, *_council(life))
    said = () if life.chance.block else (*before, *FROM_NOW)  # a county in several parts has one council
    first = np.full(len(said), life.first, dtype=np.int64)
    first[len(before) :] = life.horizon - 1
    frame = typed(
        "setting",
        {
            "name": pl.Series([one[0] for one in said], dtype=pl.String),
            "applies_to": pl.Series([one[1] for one in said], dtype=pl.String),
            "value": pl.Series([one[2] for one in said], dtype=pl.String),
            "unit": pl.Series([one[3] for one in said], dtype=pl.String),
            "set_by": "head of service",
            "written_in": pl.Series([OF_A_COUNCIL if one is COUNCIL else EXAMPLE for one in said], dtype=pl.String),
            "from_on": words.dates(first),
        },
        len(said),
    )
    return Kept("setting", frame, lags.at_nine(first), says=True)


def _council(life: Life) -> tuple[tuple[str, str, str, str | None], ...]:
    """Which council's population rates are by, where the county is as large as that council."""
    return (COUNCIL,) if abs(life.scale - 1) <= AS_LARGE else ()


def _meanings(life: Life) -> Kept:
    roles = (
        (LEAD, "lead"),
        (LEAD_IN_UNIT, "lead"),
        (LEAD_PRACTITIONER, "lead"),
        (ACCOUNTABLE, "accountable"),
        (CO_WORKER, "co-worker"),
        (TITLES[ADVISER], "lead"),
    )
    rows: list[tuple[str, str, str | None, bool | None, str | None]] = [
        ("involvement role", said, None, None, means) for said, means in roles
    ]
    rows += [
        ("job title", title, role_class, number in (HOLDER, PRACTITIONER, ADVISER, 7, 9, 10), None)
        for number, (title, role_class) in enumerate(zip(TITLES, ROLE_CLASSES, strict=True))
        if number != UNMAPPED_TITLE
    ]
    if life.chance.block:
        rows = []
    frame = typed(
        "meaning",
        {
            "subject": pl.Series([row[0] for row in rows], dtype=pl.String),
            "said": pl.Series([row[1] for row in rows], dtype=pl.String),
            "role_class": pl.Series([row[2] for row in rows], dtype=pl.String),
            "holds_cases": pl.Series([row[3] for row in rows], dtype=pl.Boolean),
            "allocation_role": pl.Series([row[4] for row in rows], dtype=pl.String),
            "from_on": words.dates(np.full(len(rows), life.first, dtype=np.int64)),
        },
        len(rows),
    )
    return Kept("meaning", frame, lags.at_nine(np.full(len(rows), life.first, dtype=np.int64)), says=True)


def sign_ins(life: Life) -> list[SignIn]:
    """An account for each role; those who hold children belong to workers who are in post on the last day."""
    if life.chance.block:
        return []
    spells, posts = life.people.spells, life.people.posts
    today = life.horizon - 1
    open_holds = (life.holds.start <= today) & (life.holds.end > today)
    load = np.bincount(
        life.holds.worker[open_holds], weights=life.stages.children[life.holds.stage[open_holds]], minlength=len(spells)
    )
    staying = [n for n, one in enumerate(spells) if one.to > life.horizon]
    team_of = {n: posts[spells[n].post].team for n in staying}
    worker = max(
        (n for n in staying if spells[n].kind == HOLDER and life.organisation.teams[team_of[n]].kind == LONG_TERM),
        key=lambda n: (load[n], n),
        default=None,
    )
    if worker is None:
        worker = max((n for n in staying if spells[n].kind == HOLDER), key=lambda n: (load[n], n), default=None)
    found = []
    if worker is not None:
        team = team_of[worker]
        scope = team_ids(life, np.array([team]))[0]
        district = life.organisation.teams[team].district
        manager = next((w for w, low, high in managers(life).get(team, []) if low <= today < high), None)
        found += [
            SignIn("social.worker", "social worker", scope, _id(life, worker)),
            SignIn("team.manager", "team manager", scope, _id(life, manager)),
            SignIn("head.of.service", "head of service", DISTRICTS[district] if district >= 0 else "all", None),
        ]
    senior = next((n for n in staying if spells[n].kind == HOLDER and n != worker and load[n] > 0), None)
    consultant = next(
        (n for n in staying if spells[n].kind == HOLDER and n not in (worker, senior) and load[n] > 0), None
    )
    helped = consultant if worker is None else worker
    adviser = next((n for n in staying if spells[n].kind == PRACTITIONER and load[n] > 0), None)
    found += [
        SignIn(
            "senior.practitioner",
            "senior practitioner",
            "all" if senior is None else team_ids(life, np.array([team_of[senior]]))[0],
            _id(life, senior),
        ),
        SignIn(
            "consultant.social.worker",
            "consultant social worker",
            "all" if consultant is None else team_ids(life, np.array([team_of[consultant]]))[0],
            _id(life, consultant),
        ),
        SignIn(
            "business.support",
            "business support",
            "all" if helped is None else team_ids(life, np.array([team_of[helped]]))[0],
            None,
        ),
        SignIn(
            "family.practitioner",
            "social worker",
            "all" if adviser is None else team_ids(life, np.array([team_of[adviser]]))[0],
            _id(life, adviser),
        ),
    ]
    return found + [SignIn(role.replace(" ", "."), role, "all", None, role == INSPECTOR) for role in OVER_ALL]


def _id(life: Life, number: int | None) -> str | None:
    return None if number is None else str(worker_ids(life, np.array([number]))[0])


def _roles(life: Life) -> Kept:
    found = sign_ins(life)
    first = np.full(len(found), life.first, dtype=np.int64)
    frame = typed(
        "role_holding",
        {
            "account": pl.Series([one.account for one in found], dtype=pl.String),
            "role": pl.Series([one.role for one in found], dtype=pl.String),
            "scope": pl.Series([one.scope for one in found], dtype=pl.String),
            "worker_id": pl.Series([one.worker_id for one in found], dtype=pl.String),
            "from_on": words.dates(first),
            "to_on": words.dates(np.where([one.is_until for one in found], life.horizon + YEAR, STILL_OPEN)),
        },
        len(found),
    )
    return Kept("role_holding", frame, lags.at_nine(first), says=True)
