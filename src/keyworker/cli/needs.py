"""What needs whoever asks."""

from __future__ import annotations

import typer

from keyworker.actions import Keyworker
from keyworker.cli.seeing import Answer, seeing
from keyworker.facts.moment import Moment


@seeing("what needs me")
def needs_me(keyworker: Keyworker, moment: Moment) -> Answer:  # noqa: ARG001 - every command that sees has a moment
    """What needs whoever has signed in today, in order, as counts."""
    rows = [{"what": one.what.value, "count": one.count} for one in keyworker.needs_me()]
    return Answer(rows, ("what", "count"), none="Nothing waits for you.")


def register(app: typer.Typer) -> None:
    """Add this command to the `keyworker` command."""
    app.command()(needs_me)
