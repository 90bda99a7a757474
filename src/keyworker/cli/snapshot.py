"""Nameless copies of the record for analysis: made, listed, expired."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from keyworker.cli.options import Restricted, opened
from keyworker.cli.typed import free_words
from keyworker.facts import snapshot as snapshots
from keyworker.facts.days import london_day
from keyworker.facts.export_life import export_life
from keyworker.record import upgrade
from keyworker.record.connect import DatabaseRole, connect
from keyworker.record.home import home
from keyworker.vocabulary.errors import KeyworkerError

ANALYSIS = "analysis"


def snapshot(
    reason: Annotated[str, free_words("--reason", "What it is for; kept with it.")] = ANALYSIS,
    names: Annotated[bool, typer.Option("--names", help="With names and identifiers; say why with --reason.")] = False,
    restricted: Restricted = False,
    days: Annotated[
        int | None, typer.Option("--days", min=1, max=365, help="How long it lives, if not as the setting says.")
    ] = None,
) -> None:
    """Copy the record into Parquet: nameless, under random keys, readable by you only, gone when its time is over."""
    now = datetime.now(UTC)
    snapshots.expire(home(), now)
    upgrade.ready()
    if restricted and reason == ANALYSIS:
        raise KeyworkerError(
            "Restricted children need a reason.", where="--restricted", remedy="Say why with --reason."
        )
    with opened(reason, restricted_for=reason if restricted else "") as keyworker:
        without = keyworker.hidden()
    with connect(DatabaseRole.SNAPSHOT, autocommit=True) as connection:
        folder = snapshots.make(
            connection,
            home(),
            now=now,
            made_by=getpass.getuser(),
            reason="" if names and reason == ANALYSIS else reason,
            identifying=names,
            without=without,
            life=timedelta(days=days) if days else export_life(connection, london_day(now)),
        )
    typer.echo(str(folder))


def listed() -> None:
    """Every snapshot: who made it, why, and until when it lives."""
    now = datetime.now(UTC)
    for name in snapshots.expire(home(), now):
        typer.echo(f"{name} had expired and was removed.")
    table = Table("Name", "Made", "Expires", "By", "For", "Names", "Rows")
    for one in snapshots.listed(home()):
        made, expires = (f"{when:%d %B %Y %H:%M}" for when in (one.made_at, one.expires_at))
        with_names = "yes" if one.identifying else "no"
        table.add_row(one.name, made, expires, one.made_by, one.reason, with_names, f"{sum(one.rows.values()):,}")
    Console().print(table)


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    app.command()(snapshot)
    app.command(name="snapshots")(listed)
