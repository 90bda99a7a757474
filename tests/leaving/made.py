"""A made-up child, Ashby, with everything that can be marked, a brother, and whoever may see them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from keyworker.access import Asker, Door, RoleHeld
from keyworker.actions.marking import WantedMarker
from tests.clocks.made import CP_SETTING, involvement

TODAY = date(2026, 3, 20)
NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)
BEGAN = date(2026, 1, 5)
OLD_HOME = '{"HOUSE": "3", "STREET": "Oldberry Road", "TOWN": "Nowhere"}'
NEW_HOME = '{"HOUSE": "12", "STREET": "Quillberry Lane", "TOWN": "Elsewhere"}'


def rows() -> dict[str, list[dict[str, Any]]]:
    """Ashby, and Bexley of the same family, held by Ann and before her by Bea of team Quillberry."""
    return {
        "person": [
            {"child_id": "ash", "forename": "Ashby", "surname": "Fictional", "birth_on": date(2015, 3, 1)},
            {"child_id": "bex", "forename": "Bexley", "surname": "Fictional", "birth_on": date(2012, 6, 1)},
        ],
        "family": [{"family_id": "f1", "child_id": "ash"}, {"family_id": "f1", "child_id": "bex"}],
        "address": [
            {
                "address_id": "AD1",
                "child_id": "ash",
                "json": OLD_HOME,
                "postcode": "ZZ9 9ZZ",
                "from_on": date(2020, 1, 1),
                "to_on": BEGAN,
            },
            {"address_id": "AD2", "child_id": "ash", "json": NEW_HOME, "postcode": "ZZ1 2AB", "from_on": BEGAN},
        ],
        "cla_placement": [
            {"placement_id": "PL1", "child_id": "ash", "postcode": "ZZ3 4CD", "urn": "SC123456", "from_on": BEGAN}
        ],
        "cin_episodes": [
            {"referral_id": "r1", "child_id": "ash", "from_on": BEGAN, "team_id": "t1"},
            {"referral_id": "r2", "child_id": "bex", "from_on": BEGAN, "team_id": "t1"},
        ],
        "cp_plans": [{"cp_plan_id": "p1", "child_id": "ash", "from_on": BEGAN}],
        "cp_visits": [
            {"cp_visit_id": "v1", "child_id": "ash", "happened_on": date(2026, 3, 2), "worker_id": "ann", "seen": True},
        ],
        "involvements": [
            involvement(1, "bea", "Lead", BEGAN, date(2026, 2, 2), child_id="ash"),
            involvement(2, "ann", "Lead", date(2026, 2, 2), None, child_id="ash"),
            involvement(3, "ann", "Lead", BEGAN, None, child_id="bex"),
        ],
        "professionals": [{"worker_id": one, "name": f"{one.title()} Madeup"} for one in ("ann", "bea", "max")],
        "team": [{"team_id": "t1", "name": "Fen 1", "district": "Fenland", "team_type": "other", "from_on": BEGAN}],
        "setting": [CP_SETTING],
    }


def asker(account: str = "ann.madeup", role: str = "social worker", worker: str | None = "ann") -> Asker:
    """Whoever asks by a page: Ann, who holds both children, unless somebody else is named."""
    over = "all" if role == "director" else "t1"
    return Asker(account, "test what leaves", Door.PAGE, (RoleHeld(role, over),), worker, teams=frozenset({"t1"}))


def manager() -> Asker:
    """The manager of the children's team."""
    return asker("max.madeup", "team manager", "max")


def wanted(**changed: Any) -> WantedMarker:
    """A marker: the address of today, not to be told to the father."""
    said: dict[str, Any] = {
        "marker_id": uuid4().hex,
        "row": ("address", "AD2"),
        "kind": "",
        "value": "",
        "told_to": "named person",
        "relation": "father",
        "person": "Fred Fictional",
        "why": "safe address",
        "said_by": "Family court",
    }
    return WantedMarker(**(said | changed))
