"""At what pace duties are done: when a timescale was kept, and what the next ten working days bring."""

from __future__ import annotations

from typing import Annotated

import typer

from keyworker.actions import Keyworker
from keyworker.actions.paces import outlook_record, spread_record
from keyworker.cli.options import District
from keyworker.cli.seeing import NOBODY, Answer, seeing
from keyworker.facts.moment import Moment
from keyworker.vocabulary.errors import KeyworkerError

_AHEAD = ("rule", "until", "due", "told", "passing", "low", "high", "past")
_PACE = ("done", "unit", "duties", "of")


@seeing("the next ten working days")
def ahead(
    keyworker: Keyworker,
    moment: Moment,
    team: Annotated[str | None, typer.Option("--team", help="Only this team's.")] = None,
    worker: Annotated[
        str | None, typer.Option("--worker", help="Only those with whom you work: your own identifier or handle.")
    ] = None,
    district: District = None,
) -> Answer:
    """What falls due in the next ten working days, and how much of it will pass its day at the last year’s pace."""
    found = keyworker.ahead(moment, worker=worker, team=team, district=district)
    return Answer([outlook_record(one) for one in found], _AHEAD, NOBODY, none="Nothing falls due in ten working days.")


@seeing("when a timescale was kept")
def pace(
    keyworker: Keyworker, moment: Moment, rule: Annotated[str, typer.Argument(help="The rule, by its name.")]
) -> Answer:
    """When the duties of a timescale were done in the last year, against their day."""
    if rule not in {row["rule"] for row in keyworker.rules(moment)}:
        raise KeyworkerError("No rule is called so.", where=rule, remedy="See `keyworker rules` for the names.")
    found = keyworker.pace(moment, rule)
    return Answer(spread_record(found) if found else [], _PACE, NOBODY, none="None fell due in the year before.")


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (ahead, pace):
        app.command()(command)
