"""What needs whoever asks, and what they have begun."""

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


@seeing("what one has begun to write")
def begun(keyworker: Keyworker, moment: Moment) -> Answer:  # noqa: ARG001 - every command that sees has a moment
    """The forms that whoever has signed in has begun and not sent, without a word of what was typed."""
    rows = [
        {"page": one.address, "saved_at": one.saved_at, "until": one.until, "fields": len(one.said)}
        for one in keyworker.drafts()
    ]
    return Answer(rows, ("page", "saved_at", "until", "fields"), none="Nothing was begun that is not sent.")


def register(app: typer.Typer) -> None:
    """Add this command to the `keyworker` command."""
    app.command()(needs_me)
    app.command()(begun)
