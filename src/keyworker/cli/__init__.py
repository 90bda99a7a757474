"""The `keyworker` command. Each command group has its own module; errors become words, never tracebacks."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import typer
from rich.console import Console

from keyworker.vocabulary.errors import KeyworkerError

COMMANDS = ("load", "meaning", "identity", "read", "write", "snapshot", "county", "serve")

app = typer.Typer(
    name="keyworker",
    help="Keyworker: see which children's service is not holding, decide, act, and check that it worked.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

for _command in COMMANDS:
    importlib.import_module(f"keyworker.cli.{_command}").register(app)


def main(arguments: list[str] | None = None) -> Any:
    """Run one command. Exits 2 for something the user can mend, 3 for a refusal."""
    try:
        return app(args=arguments)
    except KeyworkerError as error:
        console = Console(stderr=True)
        console.print(error.what, style="bold red", highlight=False, markup=False)
        for line in filter(None, [f"Where: {error.where}" if error.where else "", error.remedy]):
            console.print(line, highlight=False, markup=False)
        sys.exit(error.exit_code)
