"""Who has looked, and what was opened in an emergency."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Annotated

import typer

from keyworker.actions import Keyworker
from keyworker.actions.questions.log import LogSearch
from keyworker.cli.options import SEEING, day_of, opened
from keyworker.cli.seeing import NOBODY, Answer, seeing
from keyworker.cli.typed import free_words
from keyworker.facts.moment import Moment
from keyworker.vocabulary.codes import codes

_LINES = ("at", "account", "role", "warrant", "route", "count")
_LOOKS = ("on", "role", "warrant", "route", "times")
_EMERGENCIES = ("glass_id", "opened_at", "account", "role", "child", "review_by_on", "outcome")
_SAID = frozenset({"name", "reason", "found"})
MOST = 10_000
Child = Annotated[str, typer.Argument(help="The child's identifier or handle.")]


@seeing("the access log")
def access_log(
    keyworker: Keyworker,
    moment: Moment,
    first: Annotated[str | None, typer.Option("--from", help="The first day; a week before the last, if none.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="The last day; the day of --at, if none.")] = None,
    child: Annotated[str, typer.Option("--child", help="Only what showed this child.")] = "",
    account: Annotated[
        str, typer.Option("--account", help="Only what this sign-in did; --reason must say what for.")
    ] = "",
    route: Annotated[str, typer.Option("--route", help="Only what was asked for so, such as child or due.")] = "",
    purpose: Annotated[str, typer.Option("--for", help="Only for this purpose, such as direct work.")] = "",
    why: Annotated[str, free_words("--why", "For a search by sign-in: what it is for; kept in the log.")] = "",
) -> Answer:
    """Who opened what, when, as what and what for: the latest first. It is not for managing anybody's performance."""
    last_on = day_of(last, "--to") if last else moment.at
    first_on = day_of(first, "--from") if first else last_on - timedelta(days=6)
    search = LogSearch(first_on, last_on, child, account, why, route, purpose)
    found = keyworker.access_log(search, a_page=MOST)
    note = f"These are the latest {MOST:,} lines; ask for fewer days to see the others." if found.has_more else ""
    rows = [asdict(one) for one in found.lines]
    return Answer(rows, _LINES, NOBODY, none="No line of the log is like that.", note=note)


@seeing("who has looked at a child")
def looked(keyworker: Keyworker, moment: Moment, child: Child) -> Answer:  # noqa: ARG001 - the log is of today
    """On which days of the last year, as what and what for somebody looked at a child; never who."""
    rows = [asdict(one) for one in keyworker.looked_at(child)]
    return Answer(rows, _LOOKS, NOBODY, none="Nobody has looked at this child in the last year.")


@seeing("records opened in an emergency", names=True)
def emergencies(keyworker: Keyworker, moment: Moment) -> Answer:  # noqa: ARG001 - what stands open is of today
    """What was opened in an emergency, by whom and until when, and what the review found: what waits first."""
    rows = [
        {
            **{name: getattr(one.opening, name) for name in (*_OPENING, "reason", "found")},
            "child": one.child.handle if one.child else None,
            "name": one.child.name if one.child else None,
        }
        for one in keyworker.emergencies()
    ]
    return Answer(rows, _EMERGENCIES, _SAID, none="No record was opened in an emergency.")


_OPENING = (
    "glass_id",
    "opened_at",
    "until_at",
    "account",
    "role",
    "review_by_on",
    "reviewed_by",
    "reviewed_at",
    "outcome",
)


def review(
    glass_id: Annotated[str, typer.Argument(help="The opening's number; see `keyworker emergencies`.")],
    outcome: Annotated[str, typer.Option("--outcome", help=f"One of: {', '.join(codes('glass_outcome'))}.")],
    found: Annotated[str, free_words("--found", "What you looked at, and what is done about it.")],
    reason: Annotated[str, free_words("--reason", "What this is for; kept in the access log.")] = SEEING,
) -> None:
    """Write down whether it was right to open a record in an emergency."""
    with opened(
        "review what was opened in an emergency", restricted_for="" if reason == SEEING else reason
    ) as keyworker:
        keyworker.review(glass_id, outcome, found)
    typer.echo("Reviewed.")


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    app.command("access-log")(access_log)
    for command in (looked, emergencies, review):
        app.command()(command)
