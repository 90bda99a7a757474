"""The table of who may see what. It is the same for every council; only the setting is the council's own."""

from __future__ import annotations

import json

import typer
from rich.console import Console
from rich.table import Table

from keyworker.access import permission_records
from keyworker.cli.options import ForPrograms


def permissions(as_json: ForPrograms = False) -> None:
    """Who may see what: every role by every thing, how far, and for which purpose."""
    rows = permission_records()
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    table = Table("Role", "Thing", "How far", "For")
    for row in rows:
        if row["purpose"]:
            notes = [" (the setting may widen it)"] * row["widened_by_setting"] + [" (for a reason)"] * row[
                "needs_reason"
            ]
            table.add_row(row["role"], row["thing"], row["in_words"] + "".join(notes), row["purpose"])
    Console().print(table)


def register(app: typer.Typer) -> None:
    """Add this command to the `keyworker` command."""
    app.command()(permissions)
