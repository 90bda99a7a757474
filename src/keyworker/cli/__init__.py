"""The `keyworker` command. Each command is loaded when it is typed; errors become words, never tracebacks."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import Any, NoReturn

import typer
from rich.console import Console

from keyworker.cli.late_commands import LateCommands
from keyworker.vocabulary.disk import in_words
from keyworker.vocabulary.errors import KeyworkerError

FAULT = 70

app = typer.Typer(
    name="keyworker",
    cls=LateCommands,
    help="Keyworker: see which children's service is not holding, decide, act, and check that it worked.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@app.callback()
def _group() -> None:
    """What makes of the commands a group."""


def main(arguments: list[str] | None = None) -> Any:
    """Run one command. Exits 2 for something the user can mend, 3 for a refusal, 70 for a fault in the program."""
    try:
        return app(args=arguments)
    except KeyworkerError as error:
        _refuse(error)
    except BrokenPipeError:
        # Whoever read the output stopped reading it, as `| head` does.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as fault:
        if os.environ.get("KEYWORKER_TRACEBACK"):
            raise
        if isinstance(fault, OSError) and (said := in_words(fault)):
            _refuse(said)
        # A fault's own message may hold what a row held, so only its kind and its place are said.
        place = traceback.extract_tb(fault.__traceback__)[-1]
        _say(
            "Keyworker met a fault of its own. Nothing half-done was kept.",
            f"Where: {type(fault).__name__} at {Path(place.filename).name}, line {place.lineno}",
            "Tell its developers. To see more on this machine, set KEYWORKER_TRACEBACK=1 and run it again.",
        )
        sys.exit(FAULT)


def _refuse(error: KeyworkerError) -> NoReturn:
    _say(error.what, f"Where: {error.where}" if error.where else "", error.remedy)
    sys.exit(error.exit_code)


def _say(what: str, *more: str) -> None:
    console = Console(stderr=True)
    console.print(what, style="bold red", highlight=False, markup=False)
    for line in filter(None, more):
        console.print(line, highlight=False, markup=False)
