"""A made-up service in which somebody stands at each distance from whoever asks.

Pat asks: appointed to t1 of Fenland, and supervisor of Sue of t3. Each child is named after how far off it stands:
`own` is with Pat, `supervised` with Sue, `team` with Ann of t1, `district` with Bea of t2 of Fenland, `all` with Cal of
t3 of Marl.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg

from keyworker.access import Scope, who_may
from keyworker.record.writer import Act, append
from tests.clocks.made import involvement, tell

BEGAN = date(2026, 1, 5)
NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
TODAY = NOW.date()
HELD = {
    Scope.OWN: ("pat", "t1"),
    Scope.SUPERVISED: ("sue", "t3"),
    Scope.TEAM: ("ann", "t1"),
    Scope.DISTRICT: ("bea", "t2"),
    Scope.ALL: ("cal", "t3"),
}
"""With whom, and in which team, the child at each distance is."""
SOCIAL_WORKER = {"fte": 1, "role_class": "case holder", "employment": "permanent"}
HERE_TOO = ("need and protection", "people", "case notes", "workforce")
"""What else Keyworker is the home of from today."""
OVER = {Scope.TEAM: "t1", Scope.DISTRICT: "Fenland", Scope.ALL: "all"}
"""Over what a role is held that looks so far."""


def account(role: str) -> str:
    """The sign-in that holds a role."""
    return role.replace(" ", ".")


def service(**also: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The tables. Takes also, rows of further tables, or beside those of the same table."""
    rows: dict[str, list[dict[str, Any]]] = {
        "person": [
            {"child_id": one.value, "forename": one.value.title(), "surname": "Madeup", "birth_on": date(2015, 3, 1)}
            for one in HELD
        ],
        "cin_episodes": [
            {"referral_id": f"r-{one}", "child_id": one.value, "from_on": BEGAN, "team_id": team}
            for one, (_, team) in HELD.items()
        ],
        "cp_plans": [{"cp_plan_id": f"p-{one}", "child_id": one.value, "from_on": BEGAN} for one in HELD],
        "involvements": [
            involvement(number, worker, "Lead", BEGAN, None, child_id=one.value, team_id=team)
            for number, (one, (worker, team)) in enumerate(HELD.items())
        ],
        "professionals": [{"worker_id": worker, "name": f"{worker.title()} Madeup"} for worker, _ in HELD.values()],
        "appointment": [
            {"appointment_id": f"a-{worker}", "worker_id": worker, "team_id": team, "from_on": BEGAN, **SOCIAL_WORKER}
            for worker, team in HELD.values()
        ],
        "supervision_line": [{"worker_id": "sue", "supervisor_id": "pat", "from_on": BEGAN}],
        "team": [
            {"team_id": "t1", "name": "Fen 1", "district": "Fenland", "team_type": "cin", "from_on": BEGAN},
            {"team_id": "t2", "name": "Fen 2", "district": "Fenland", "team_type": "cin", "from_on": BEGAN},
            {"team_id": "t3", "name": "Marl 1", "district": "Marl", "team_type": "cin", "from_on": BEGAN},
        ],
        "role_holding": [holding(role) for role in all_roles()],
        "setting": [
            setting("beyond own children", "own"),
            setting("home of visits", "keyworker"),
            setting("home of allocations", "keyworker") | {"from_on": TODAY},
            setting("home of case supervision", "keyworker") | {"from_on": TODAY},
            setting("home of plan actions", "keyworker") | {"from_on": TODAY},
            setting("home of meetings", "keyworker") | {"from_on": TODAY},
            setting("quorum of a meeting", "2", "core group"),
            *(setting(f"home of {one}", "keyworker", from_on=TODAY) for one in HERE_TOO),
            setting("visit interval", "10", "cp", "working_days"),
        ],
    }
    for table, more in also.items():
        rows[table] = rows.get(table, []) + more
    return rows


def all_roles() -> tuple[str, ...]:
    """Every role that any cell of the table opens something to."""
    return tuple(dict.fromkeys(role for row in who_may().values() for role in row.roles))


def holding(role: str, **also: Any) -> dict[str, Any]:
    """A role held by Pat: over as much as its widest cell of children, workers or teams looks."""
    about = [row.cell(role).scope for row in who_may().values() if row.about != "nobody"]
    widest = max(about, key=lambda one: one.width)
    over = OVER[min((one for one in OVER if one.takes_in(widest)), key=lambda one: one.width)]
    until = date(2027, 1, 1) if role == "inspector" else None
    row = {"account": account(role), "role": role, "scope": over, "worker_id": "pat", "from_on": BEGAN, "to_on": until}
    return row | also


def setting(name: str, value: str, applies_to: str = "all", unit: str | None = None, **also: Any) -> dict[str, Any]:
    """A setting of the made-up council's."""
    row = {"name": name, "applies_to": applies_to, "value": value, "unit": unit, "set_by": "practice board"}
    return row | {"written_in": "Access policy (example)", "from_on": BEGAN} | also


def opened_in_an_emergency(connection: psycopg.Connection) -> None:
    """Somebody who holds no role any more opened the record of each child. Takes a connection as the application."""
    rows = [
        {
            "glass_id": f"g-{one}",
            "child_id": one.value,
            "account": "long.gone",
            "role": "social worker",
            "reason": "rung by the police at night",
            "happened_on": TODAY,
            "opened_at": NOW - timedelta(hours=9),
            "until_at": NOW - timedelta(hours=5),
            "review_by_on": TODAY,
        }
        for one in HELD
    ]
    append(connection, Act("entry", "long.gone", "test", "keyworker"), NOW, {"broken_glass": rows})


def told(connection: psycopg.Connection, **also: list[dict[str, Any]]) -> None:
    """Write the service into a record."""
    tell(connection, service(**also), now=datetime(2026, 3, 20, 9, tzinfo=UTC))
