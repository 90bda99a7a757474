"""A small made-up service, written through the record's own writer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import psycopg

from keyworker.record.writer import Act, append

NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)
AT = date(2026, 3, 20)
Rows = Mapping[str, Sequence[Mapping[str, Any]]]

CP_SETTING = {
    "name": "visit interval",
    "applies_to": "cp",
    "value": "10",
    "unit": "working_days",
    "set_by": "practice board",
    "written_in": "Visiting policy (example)",
    "from_on": date(2024, 1, 1),
}


def tell(
    connection: psycopg.Connection,
    rows: Rows,
    *,
    source: str = "ssd",
    now: datetime = NOW,
    cut_at: datetime | None = None,
) -> None:
    """Write rows as one act of a source, whose extract held every table named, also one without rows."""
    scope = {"tables": sorted(rows)}
    append(connection, Act("load", "Analyst", "made-up service", source, cut_at=cut_at, scope=scope), now, rows)


def service() -> dict[str, list[dict[str, Any]]]:
    """One child on a plan with a lead and an accountable worker, a brother who is unallocated, and their team."""
    began = date(2026, 1, 5)
    return {
        "person": [
            {"child_id": "c1", "forename": "Ashby", "surname": "Madeup", "birth_on": date(2015, 3, 21)},
            {"child_id": "c2", "forename": "Bexley", "surname": "Madeup", "birth_on": None},
        ],
        "family": [{"family_id": "f1", "child_id": "c1"}, {"family_id": "f1", "child_id": "c2"}],
        "cin_episodes": [
            {"referral_id": "r1", "child_id": "c1", "from_on": began, "team_id": "t1"},
            {"referral_id": "r2", "child_id": "c2", "from_on": began, "team_id": "t1"},
            {"referral_id": "r3", "child_id": "c3", "from_on": began, "to_on": began, "referral_nfa": True},
        ],
        "cp_plans": [{"cp_plan_id": "p1", "child_id": "c1", "from_on": date(2026, 1, 20), "latest_category": "NEG"}],
        "involvements": [
            involvement(1, "ann", "Lead", began, date(2026, 2, 1), change_reason="LEFTRL"),
            involvement(2, "bea", "Lead", date(2026, 2, 1), date(2026, 3, 1)),
            involvement(3, "bea", "Lead", date(2026, 3, 1), None),
            involvement(4, "cat", "Accountable", began, None),
            involvement(5, "dee", "Reviewing officer", began, None),
            involvement(6, None, "Lead", began, None, child_id="c2", team_id="t1"),
        ],
        "professionals": [{"worker_id": "bea", "name": "Bea Madeup", "job_title": "Social worker"}],
        "cp_visits": [
            {"cp_visit_id": "v1", "child_id": "c1", "happened_on": date(2026, 3, 2), "seen": True, "seen_alone": True},
            {"cp_visit_id": "v2", "child_id": "c1", "happened_on": date(2026, 3, 6), "seen": True, "seen_alone": False},
            {"cp_visit_id": "v3", "child_id": "c1", "happened_on": date(2026, 3, 18), "seen": False},
        ],
        "team": [
            {"team_id": "t1", "name": "Fenland team", "district": "Fenland", "team_type": "cin", "from_on": began},
        ],
        "appointment": [
            {
                "appointment_id": "a1",
                "worker_id": "bea",
                "team_id": "t1",
                "fte": 1,
                "hours_per_week": 37,
                "from_on": began,
            }
        ],
        "supervision_line": [{"worker_id": "bea", "supervisor_id": "eve", "from_on": began}],
        "personal_supervision": [
            {"supervision_id": "s1", "worker_id": "bea", "happened_on": date(2026, 2, 1), "outcome": "held"},
            {"supervision_id": "s2", "worker_id": "bea", "happened_on": date(2026, 3, 1), "outcome": "cancelled"},
        ],
    }


def involvement(
    number: int, worker_id: str | None, role: str, from_on: date, to_on: date | None, **also: Any
) -> dict[str, Any]:
    """One row of a case system's list of who is involved."""
    row = {"involvement_id": f"i{number}", "child_id": "c1", "worker_id": worker_id, "role": role, "team_id": "t1"}
    return row | {"from_on": from_on, "to_on": to_on} | also
