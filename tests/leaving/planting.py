"""A sentence that tells marked values, planted in every described column in which words may stand.

It finds new tables and columns by itself. What is left out is named, with why.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from keyworker.vocabulary import TABLES
from keyworker.vocabulary.codes import codes
from keyworker.vocabulary.shape import Column, Table, Type

SERVICE = "says how the service is built, or who may see what, and nothing of a child"
NOT_PLANTED = {
    **dict.fromkeys(
        ("department", "team", "team_succession", "practice_model", "post", "appointment", "professionals"), SERVICE
    ),
    **dict.fromkeys(("setting", "meaning", "role_holding", "supervision_line", "supervision_opening"), SERVICE),
    **dict.fromkeys(("workforce_totals", "workforce_snapshot", "protection_team_member"), SERVICE),
    **dict.fromkeys(("restriction", "restriction_named"), "would hide the child from everybody who looks"),
    "identity_link": "would make two children one",
    "not_to_be_told": "the markers themselves are made by the door",
    "copy_for_outside": "copies are made by the door, with every spelling in the sender's words",
    "person": "the child's own name and numbers, by which the child is found; a name is marked by its words",
}
"""The tables in which nothing is planted, and why."""
BY_WHOM = frozenset(
    {"set_by", "granted_by", "decided_by", "reviewed_by", "asked_by", "cancelled_by", "raised_by", "by_whom"}
    | {"owner", "auditor"}
)
"""Columns that say which role, meeting or member of staff did something: shown as that, and never words of a family."""
NAMED_ELSEWHERE = frozenset({"rule", "measure", "account", "in_table", "belongs_to", "belongs_to_id"})
"""Columns whose word the program itself chose: another is refused before it is kept."""


def planted(said: str, began: date, *, also_coded: bool = False) -> dict[str, list[dict[str, Any]]]:
    """A row of the child `ash` in each table, with a sentence in every column for words.

    Takes   said; also_coded, whether in every column too that should hold a code and keeps what a source wrote.
    """
    return {table.name: [_row(table, said, began, also_coded)] for table in _tables()}


def columns_planted() -> set[tuple[str, str]]:
    """Every table and column in which the sentence is planted."""
    return {(table.name, one.name) for table in _tables() for one in table.columns if _holds_words(table, one)}


def _tables() -> list[Table]:
    return [table for table in TABLES.values() if table.name not in NOT_PLANTED]


def _holds_words(table: Table, column: Column) -> bool:
    is_free = column.type is Type.TEXT and not column.codes and not column.refers
    is_name = column.name in (*table.key, *NAMED_ELSEWHERE, *BY_WHOM) or column.name.endswith("_id")
    return is_free and not is_name and not _is_whom(column)


def _is_whom(column: Column) -> bool:
    return column.name in ("child_id", "worker_id", "team_id", "post_id", "supervisor_id")


def _row(table: Table, said: str, began: date, also_coded: bool) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column in table.columns:
        is_coded = bool(column.codes) and column.name not in table.key
        if _holds_words(table, column) or (also_coded and is_coded and column.type is Type.TEXT):
            row[column.name] = said
        elif (value := _other(table, column, began)) is not None:
            row[column.name] = value
    return row


def _other(table: Table, column: Column, began: date) -> Any:
    whom = {"child_id": "ash", "worker_id": "ann", "team_id": "t1", "post_id": "planted", "supervisor_id": "max"}
    if column.name in whom:
        return whom[column.name]
    above, _, key = column.refers.partition(".")
    if above in TABLES and key in TABLES[above].key and above not in NOT_PLANTED:
        return "planted"
    if column.name == "rule":
        return "cp-visit"
    if column.name in table.key or column.required or column.name in ("from_on", "happened_on"):
        return _of_type(column, began)
    return None


def _of_type(column: Column, began: date) -> Any:
    match column.type:
        case Type.DATE:
            return began
        case Type.TIME:
            return time(9)
        case Type.INSTANT:
            return datetime(began.year, began.month, began.day, 9, tzinfo=UTC)
        case Type.INTEGER | Type.DECIMAL:
            return 1
        case Type.FLAG:
            return True
        case _:
            return next(iter(codes(column.codes))) if column.codes else "planted"
