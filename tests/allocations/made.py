"""A small made-up service in which children are allocated here: two teams of Fenland, three workers, a manager each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import psycopg

from keyworker.access import Asker, Door, RoleHeld
from keyworker.actions import Keyworker
from keyworker.actions.allocations import Part, WantedAllocation
from keyworker.facts.handles import HandleKind, handles_of
from tests.clocks.made import CP_SETTING, involvement, tell
from tests.servers.asking import asking

TODAY = date(2026, 3, 20)
NOW = datetime(2026, 3, 20, 17, tzinfo=UTC)
BEGAN = date(2026, 1, 5)
FORM = "a" * 32
HOME = {**CP_SETTING, "name": "home of allocations", "applies_to": "all", "value": "keyworker", "from_on": TODAY}


def rows() -> dict[str, list[dict[str, Any]]]:
    """Ash is held by ann of t1 by the extract, and meg manages t1; bea is of t2, which max manages; cam has nobody."""
    return {
        "person": [
            {"child_id": "ash", "forename": "Ashby", "surname": "Madeup", "birth_on": date(2015, 3, 1)},
            {"child_id": "cam", "forename": "Camber", "surname": "Invented"},
        ],
        "cin_episodes": [
            {"referral_id": f"r-{child}", "child_id": child, "from_on": BEGAN, "team_id": "t1"}
            for child in ("ash", "cam")
        ],
        "professionals": [
            {"worker_id": worker, "name": f"{worker.title()} Madeup"} for worker in ("ann", "bea", "cal", "meg", "max")
        ],
        "involvements": [involvement(1, "ann", "Lead", BEGAN, None, child_id="ash")],
        "team": [
            {
                "team_id": team,
                "name": f"Fen {team[1]}",
                "district": "Fenland",
                "team_type": "other",
                "manager_id": manager,
                "from_on": date(2020, 1, 6),
            }
            for team, manager in (("t1", "meg"), ("t2", "max"))
        ],
        "appointment": [
            {
                "appointment_id": f"a-{worker}",
                "worker_id": worker,
                "team_id": team,
                "fte": 1,
                "role_class": "case holder",
                "agreed_capacity": 16,
                "from_on": BEGAN,
            }
            for worker, team in (("ann", "t1"), ("cal", "t1"), ("bea", "t2"))
        ],
        "setting": [HOME, {**HOME, "name": "beyond own children", "value": "own"}],
    }


def told(loader: psycopg.Connection) -> None:
    """Write it all as an extract would."""
    tell(loader, rows(), now=datetime(2026, 3, 19, 9, tzinfo=UTC))


MANAGERS = {"meg": "t1", "max": "t2"}


def asked(connection: psycopg.Connection, who: str = "meg", now: datetime = NOW) -> Keyworker:
    """The record as one of them opens it."""
    role = RoleHeld("team manager", MANAGERS[who]) if who in MANAGERS else RoleHeld("social worker", "all")
    asker = Asker(f"{who}.madeup", "allocate a child", Door.PAGE, (role,), who)
    teams = frozenset({MANAGERS[who]} if who in MANAGERS else {"t2" if who == "bea" else "t1"})
    return asking(replace(asker, beyond=asker.beyond.OWN, teams=teams), connection, now)


def handle(connection: psycopg.Connection, child_id: str = "ash") -> str:
    """A child's handle."""
    return handles_of(connection, HandleKind.CHILD, [child_id])[child_id]


def wanted(worker: str = "bea", **changes: Any) -> WantedAllocation:
    """That somebody is to be a child's worker from today on."""
    base = WantedAllocation(
        FORM, Part.WORKER, worker, "t2" if worker == "bea" else "t1", TODAY, "transfer after assessment"
    )
    return replace(base, **changes)
