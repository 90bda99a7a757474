"""Which identifiers are one child: match rates, and a person's dated, reversible decisions."""

from __future__ import annotations

import getpass
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from keyworker.cli.typed import free_words
from keyworker.facts.alike import known_already
from keyworker.facts.days import london_day
from keyworker.facts.ground import lens_at
from keyworker.facts.moment import Moment
from keyworker.facts.names_kept import keep_up
from keyworker.facts.restricted import restricted_at
from keyworker.intake import joining
from keyworker.record import upgrade
from keyworker.record.connect import DatabaseRole, connect

One = Annotated[str, typer.Argument(help="One identifier.")]
Other = Annotated[str, typer.Argument(help="The other.")]
Why = Annotated[str, free_words("--why", "Why; kept with the decision.")]


def matches() -> None:
    """How far each source's children are known to the other sources."""
    upgrade.ready()
    with connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        rates = joining.match_rates(connection)
    table = Table("Source", "Children", "Same identifier elsewhere", "Joined", "Here only")
    for rate in rates:
        counts = (rate.children, rate.same_identifier, rate.joined, rate.here_only)
        table.add_row(rate.source, *(f"{count:,}" for count in counts))
    Console().print(table)


def alike() -> None:
    """New children who were written down here and may be known already, each with the identifiers to join or leave."""
    upgrade.ready()
    now = datetime.now(UTC)
    hidden = _restricted(now)
    table = Table("New child", "May be", "By")
    with connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        keep_up(connection)
        for child_id, like in known_already(connection, lens_at(connection, Moment(london_day(now))), hidden):
            table.add_row(child_id, like.child_id, like.why.value)
    Console().print(table)


def join(one: One, other: Other, why: Why) -> None:
    """Decide that two identifiers are one child. It can be undone with `keyworker part`."""
    upgrade.ready()
    now = datetime.now(UTC)
    with connect(DatabaseRole.LOADER, autocommit=True) as connection:
        joining.join(connection, one, other, decided_by=getpass.getuser(), why=why, now=now, beyond=_restricted(now))
    typer.echo("Joined.")


def part(one: One, other: Other, why: Why) -> None:
    """Undo a join; what was believed while it stood can still be asked."""
    upgrade.ready()
    now = datetime.now(UTC)
    with connect(DatabaseRole.LOADER, autocommit=True) as connection:
        joining.part(connection, one, other, decided_by=getpass.getuser(), why=why, now=now, beyond=_restricted(now))
    typer.echo("Parted.")


def _restricted(now: datetime) -> Collection[str]:
    """Every identifier of a restricted child: whoever keeps the machine is named for none."""
    with connect(DatabaseRole.SERVICE, autocommit=True) as connection:
        return restricted_at(connection, Moment(london_day(now))).named


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    for command in (matches, alike, join, part):
        app.command()(command)
