"""The record's own database server: see whether it runs, stop it. It starts by itself when a command needs it."""

from __future__ import annotations

import json
import os
from typing import Annotated

import typer

from keyworker.cli.options import ForPrograms
from keyworker.record.home import home
from keyworker.record.server import launch
from keyworker.vocabulary.errors import KeyworkerError

Now = Annotated[
    bool, typer.Option("--now", help="Stop it although something uses it; what was not finished is undone.")
]


def status(as_json: ForPrograms = False) -> None:
    """Where the record is kept, whether its database server runs, and whether anything uses it. Starts nothing."""
    if _own_server():
        said: dict[str, object] = {"server": "your own, named by DATABASE_URL", "data_folder": str(home())}
    else:
        seen = launch.status()
        said = {
            "server": "its own, inside the data folder",
            "data_folder": str(home()),
            "running": seen.running,
            "in_use": seen.in_use,
            "log": str(seen.log),
        }
    if as_json:
        print(json.dumps(said, indent=1))
        return
    spoken = {True: "yes", False: "no"}
    for name, value in said.items():
        words = spoken[value] if isinstance(value, bool) else value
        typer.echo(f"{name.replace('_', ' ').capitalize()}: {words}")


def stop(now: Now = False) -> None:
    """Stop the record's own database server. The next command starts it again; nothing that was kept is lost."""
    if _own_server():
        raise KeyworkerError(
            "The record is on a server of your own, and Keyworker does not stop that.",
            where="DATABASE_URL",
            remedy="Ask whoever runs that server.",
        )
    seen = launch.status()
    if not seen.running and not seen.in_use:
        typer.echo("The database server was not running.")
        return
    if seen.in_use and not now:
        raise KeyworkerError(
            "Something uses the record at this moment: the pages, a load or another command.",
            where=str(seen.folder),
            remedy="Wait until it has ended or stop it first, or use --now.",
        )
    launch.stop()
    typer.echo("The database server has stopped.")


def _own_server() -> bool:
    return any(value for name, value in os.environ.items() if name.startswith("DATABASE_URL"))


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    app.command()(status)
    app.command()(stop)
