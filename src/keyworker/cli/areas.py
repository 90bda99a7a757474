"""What support each area gives the people who work in it."""

from __future__ import annotations

import typer

from keyworker.actions import Keyworker
from keyworker.actions.areas import areas_records
from keyworker.cli.seeing import NOBODY, Answer, seeing
from keyworker.facts.moment import Moment

_AREAS = ("aspect", "measure", "area", "numerator", "denominator", "value", "median", "most", "reason")


@seeing("support by area")
def areas(keyworker: Keyworker, moment: Moment) -> Answer:
    """Supervision, load, cover, learning and vacancies in each area, side by side."""
    return Answer(areas_records(keyworker.areas(moment)), _AREAS, NOBODY, none="No area is known yet.")


def register(app: typer.Typer) -> None:
    """Add this command to the `keyworker` command."""
    app.command()(areas)
