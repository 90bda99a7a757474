"""The tokens by which other systems ask, kept from the machine: made for a system's account, listed, ended."""

from __future__ import annotations

import getpass
from datetime import timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer(name="tokens", help="The tokens by which other systems ask; what each may see is in the roles.")


def register(to: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    to.add_typer(app)


@app.command()
def add(
    account: Annotated[str, typer.Argument(help="The system's account, as the list of roles has it.")],
    owner: Annotated[str, typer.Option("--owner", help="The sign-in of whoever answers for it.")],
    name: Annotated[str, typer.Option("--name", help="Which system it is for.")],
    uses: Annotated[
        list[str], typer.Option("--for", help='What it is for, such as "read: a list of children"; may be said again.')
    ],
    days: Annotated[int, typer.Option("--days", min=1, max=366, help="How many days it lasts.")] = 90,
) -> None:
    """Make a token for a system's account. It is shown once and kept nowhere: hand it over by a safe way."""
    from keyworker.web import entry

    with entry.tokens_kept() as kept:
        secret, made = kept.make(kept.wanted(account, owner, name, uses, timedelta(days=days)), _who())
    typer.echo(secret)
    typer.echo(f"Token {made.ref}, open until {made.expires_at:%-d %B %Y}. It is not shown again.", err=True)


@app.command("list")
def listed() -> None:
    """List the tokens: as whom each asks, what for, and until when. Nothing secret is shown."""
    from keyworker.web import entry

    table = Table("Token", "Asks as", "Owner", "Name", "For", "Open until", "Last used", "Ended by")
    with entry.tokens_kept() as kept:
        for one in kept.listed():
            used = f"{one.used_on:%-d %B %Y}" if one.used_on else "never"
            uses = "; ".join(sorted(map(str, one.uses)))
            until = f"{one.expires_at:%-d %B %Y}"
            table.add_row(one.ref, one.account, one.owner, one.name, uses, until, used, one.ended_by)
    Console().print(table)


@app.command()
def end(token: Annotated[str, typer.Argument(help="The token's short name; see `keyworker tokens list`.")]) -> None:
    """End a token from now on."""
    from keyworker.web import entry

    with entry.tokens_kept() as kept:
        kept.end(token, _who())
    typer.echo("Ended.")


def _who() -> str:
    return f"{getpass.getuser()}, on the machine"
