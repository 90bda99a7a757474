"""The table of who may see what as flat rows, every role by every thing, for a page, a command and a program."""

from __future__ import annotations

from typing import Any

from keyworker.access.scopes import Scope, Subject
from keyworker.access.table import Cell, Row, roles, who_may

WHOSE = {Subject.CHILD: "children", Subject.WORKER: "workers", Subject.TEAM: "teams"}


def permission_records() -> list[dict[str, Any]]:
    """Every cell, also those that open nothing: a row for each role and thing."""
    return [_record(role, row) for role in roles() for row in who_may().values()]


def in_words(row: Row, cell: Cell) -> str:
    """How far a role looks at a thing, in words."""
    if cell.scope is Scope.NONE:
        return "nothing"
    if cell.scope is Scope.OWN_ACTIONS:
        return "their own only"
    if row.about is Subject.NOBODY:
        return "all of it"
    whose = WHOSE[row.about]
    own = "their own" if row.about is Subject.WORKER else f"{whose} of their own"
    match cell.scope:
        case Scope.OWN:
            return own
        case Scope.SUPERVISED:
            return f"{own}, and of those whom they supervise"
        case Scope.TEAM:
            return f"{whose} of their team, and of those whom they supervise"
        case Scope.DISTRICT:
            return f"{whose} of the team, district or service over which the role is held"
    return f"all {whose}, or those of the part over which the role is held"


def _record(role: str, row: Row) -> dict[str, Any]:
    cell = row.cell(role)
    return {
        "role": role,
        "thing": row.thing.value,
        "how_far": cell.scope.value,
        "in_words": in_words(row, cell),
        "purpose": cell.purpose.value if cell.purpose else None,
        "widened_by_setting": cell.is_widened,
        "needs_reason": cell.needs_reason,
        "about": row.about.value,
        "says": row.says,
        "routes": "; ".join(row.routes),
        "shown_within": row.within or None,
        "not_yet": row.waits or None,
    }
