"""A row in every described table of the record about each of the made-up service's children and workers."""

from __future__ import annotations

from datetime import time, timedelta
from decimal import Decimal
from typing import Any

from keyworker.vocabulary import TABLES, Column, Table, Type
from tests.access.made import BEGAN, HELD, NOW, service

OF = {one.value: worker for one, (worker, _) in HELD.items()}
"""The worker of each child."""
_VALUES = {
    Type.TEXT: "example",
    Type.DATE: BEGAN,
    Type.TIME: time(9),
    Type.INSTANT: NOW,
    Type.INTEGER: 1,
    Type.DECIMAL: Decimal(1),
    Type.FLAG: True,
}
_REFERRED = {column.refers for table in TABLES.values() for column in table.columns if column.refers}
_SUPERVISOR = {"sue": "pat"}


def every_row(*, staying: bool) -> dict[str, list[dict[str, Any]]]:
    """Rows by table. Takes staying, whether of the tables that no file is loaded into, or of all others."""
    told = {} if staying else service()
    for table in TABLES.values():
        # A join of identifiers would make one child of them all.
        if table.stays is staying and table.name not in {*told, "identity_link"}:
            told[table.name] = [_row(table, child) for child in OF]
    return told


def child_of(table: Table, row: dict[str, Any]) -> str:
    """The child after whom a row was named."""
    if table.has("child_id"):
        return str(row["child_id"])
    return next(str(row[name]).rpartition("-")[2] for name in table.key if str(row[name]).rpartition("-")[2] in OF)


def _row(table: Table, child: str) -> dict[str, Any]:
    wanted = [one for one in table.columns if one.required or one.name in table.key or one.refers or _named(table, one)]
    row = {one.name: _value(table, one, child) for one in wanted if one.name not in ("parent_id", "to_on")}
    # Nobody is restricted any more, so that it is the roles alone that tell who sees whom.
    return row | ({"to_on": BEGAN + timedelta(days=1)} if table.stays and table.has("to_on") else {})


def _named(table: Table, column: Column) -> bool:
    return f"{table.name}.{column.name}" in _REFERRED or column.name in ("child_id", "worker_id", "account")


def _value(table: Table, column: Column, child: str) -> Any:
    if column.name == "child_id":
        return child
    if column.name == "worker_id":
        return None if table.name == "timescale_exception" else OF[child]
    if column.name == "supervisor_id":
        return _SUPERVISOR.get(OF[child], "nobody")
    if column.name == "account":
        return "somebody.else"
    above, _, _ = column.refers.partition(".")
    if column.type is Type.TEXT and (column.name in table.key or _named(table, column) or above):
        return f"{above or table.name}-{child}"
    return _VALUES[column.type]
