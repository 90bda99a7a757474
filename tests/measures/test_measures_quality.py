"""What the data cannot support, on a record with one of each fault."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from keyworker.facts.ground import lens_at
from keyworker.facts.moment import Moment
from keyworker.measures.quality import findings
from keyworker.record.connect import DatabaseRole
from keyworker.record.writer import Act, append

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
OPENED = date(2025, 6, 1)


def episode(child: str, to_on: date | None = None) -> dict[str, Any]:
    return {"referral_id": f"R-{child}", "child_id": child, "from_on": OPENED, "to_on": to_on}


def involvement(number: int, child: str, worker: str, role: str = "lead", **more: Any) -> dict[str, Any]:
    held = {"involvement_id": f"I{number}", "child_id": child, "worker_id": worker, "role": role, "team_id": "T1"}
    return {**held, "from_on": OPENED, **more}


ROWS: dict[str, list[dict[str, Any]]] = {
    "cin_episodes": [episode("held"), episode("unheld"), episode("two"), episode("closed", date(2025, 9, 1))],
    "involvements": [
        involvement(1, "held", "W1"),
        involvement(2, "closed", "W1"),
        involvement(3, "two", "W1"),
        involvement(4, "two", "W2"),
        involvement(5, "held", "W2", "Involved Wizard"),
        involvement(6, "closed", "W2", to_on=date(2025, 8, 1)),
    ],
    "professionals": [
        {"worker_id": "W1", "job_title": "Wizard", "fte": 1},
        {"worker_id": "W2", "job_title": "Social worker", "fte": 0},
    ],
    "meaning": [
        {"subject": "job title", "said": "social  WORKER", "role_class": "case holder", "from_on": date(1900, 1, 1)}
    ],
    "cp_visits": [
        {"cp_visit_id": "V1", "child_id": "held", "happened_on": date(2026, 2, 1)},
        {"cp_visit_id": "V2", "child_id": "held", "happened_on": date(2026, 2, 9), "seen": True, "worker_id": "W1"},
    ],
    "family": [{"family_id": "F1", "child_id": "held", "family_row_id": "1"}],
}

EXPECTED = {
    "Open children with no lead or accountable worker": (1, 3),
    "Records of a worker still holding a child who is not open": (1, 4),
    "Children with two lead workers on the same day": (1, 3),
    "Involvement rows whose role has no meaning": (1, 6),
    "Job titles with no meaning, by workers": (1, 2),
    "Teams that hold children and have no district": (1, 1),
    "Workers who hold children with no working hours, or none above zero": (1, 2),
    "Workers who hold children and are in no post": (2, 2),
    "Visits without the worker who made them": (1, 2),
    "Visits without the time at which they were entered": (0, 2),
    "Visits where it is not recorded whether the child was seen": (1, 2),
    "Changes of worker with no cause recorded, in the last 12 months": (1, 1),
    "Open children in no family": (2, 3),
}


def test_each_fault_is_found_once_and_counted_out_of_what_it_could_be(database: Any):
    with database.connect(DatabaseRole.LOADER) as connection:
        append(connection, Act("entry", author="tester", purpose="test", source="ssd"), NOW, ROWS)
    with database.connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        found = {
            one.name: (one.found, one.of) for one in findings(connection, lens_at(connection, Moment(date(2026, 3, 1))))
        }
    days_open = 3 * 274 + 92
    assert found.pop("Days in the last 12 months on which an open child had nobody") == (274, days_open)
    assert found.pop("Month ends at which the number of open children leaps away from the months around it")[0] == 0
    assert found == EXPECTED


def test_an_empty_record_has_nothing_wrong_with_it_and_says_so(database: Any):
    with database.connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        assert {one.found for one in findings(connection, lens_at(connection, Moment(date(2026, 3, 1))))} == {0}
