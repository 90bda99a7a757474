"""The cover sheet of a child, for whoever has never met this child."""

from __future__ import annotations

from typing import Annotated

import typer

from keyworker.actions import Keyworker
from keyworker.actions.questions.cover import cover_records
from keyworker.cli.seeing import Answer, seeing
from keyworker.facts.moment import Moment

_SHEET = ("what", "code", "on", "said")
_SAID = frozenset({"said"})
"""Names and what somebody wrote, which leave only as names do."""
Child = Annotated[str, typer.Argument(help="The child's identifier or handle.")]


@seeing("cover sheet", names=True)
def cover_sheet(keyworker: Keyworker, moment: Moment, child: Child) -> Answer:  # noqa: ARG001 - every command that sees has a moment
    """What a worker who has never met a child must know; what must not be told is not in it."""
    return Answer(cover_records(keyworker.cover_sheet(child)), _SHEET, _SAID)


def register(app: typer.Typer) -> None:
    """Add this command to the `keyworker` command."""
    app.command()(cover_sheet)
