"""Finding anyone: a child, a worker or a team, by a name, one near it, or a number."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from keyworker.actions import Keyworker
from keyworker.actions.finding import found_records
from keyworker.cli.seeing import Answer, seeing
from keyworker.facts.moment import Moment
from keyworker.vocabulary.errors import KeyworkerError

_SHOWN = ("found", "name", "birth_on", "child_id", "worker_id", "worker", "team", "is_open", "by")
_NAMED = frozenset({"name", "birth_on", "worker"})
Who = Annotated[
    list[str] | None, typer.Argument(help="A name or a number. Leave it out to be asked, so that no shell keeps it.")
]


@seeing("find", names=True, reason="find somebody")
def find(keyworker: Keyworker, moment: Moment, who: Who = None) -> Answer:  # noqa: ARG001 - every command that sees has a moment
    """Find a child, a worker or a team by a name, one near it, or a number."""
    found = keyworker.find(" ".join(who) if who else _asked())
    note = "More answer than are told: type more to find one." if found.is_cut else ""
    return Answer(found_records(found), _SHOWN, _NAMED, none="Nobody whom you may see answers to that.", note=note)


def _asked() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline()
    typed: str = typer.prompt("Whom do you look for", err=True)
    if not typed.strip():
        raise KeyworkerError("Nobody was named.", where="find", remedy="Type a name or a number.")
    return typed


def register(app: typer.Typer) -> None:
    """Add this command to the `keyworker` command."""
    app.command()(find)
