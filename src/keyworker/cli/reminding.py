"""Sending the reminders that are due, for a timer of the machine."""

from __future__ import annotations

import typer


def remind() -> None:
    """Send the reminders by email that are due now; for a timer where the pages are not served."""
    from keyworker.web import entry

    sent = entry.remind_due()
    typer.echo(f"{sent} sent.")


def register(app: typer.Typer) -> None:
    """Add this command to the `keyworker` command."""
    app.command()(remind)
