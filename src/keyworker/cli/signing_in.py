"""Signing in and out on the command line: commands then see what the person may, and no more."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from keyworker.actions.token import forget_token, keep_token, kept_token
from keyworker.record import upgrade
from keyworker.record.connect import DatabaseRole, connect
from keyworker.record.sessions import end_session, open_session

Account = Annotated[str, typer.Argument(help="Your sign-in name.")]


def sign_in(account: Account) -> None:
    """Sign in: from now on commands see what you may see, as the pages do, for eight hours or until you sign out."""
    from keyworker.web import entry

    upgrade.ready()
    password = getpass.getpass("Password: ")
    code = getpass.getpass("Code of your authenticator app: ") if entry.needs_code(account) else ""
    entry.prove(account, password, code)
    _end()
    with connect(DatabaseRole.DOOR, autocommit=True) as door:
        file = keep_token(open_session(door, account, "command"))
    typer.echo(f"Signed in as {account}. The session is kept in {file}; `keyworker sign-out` ends it.")


def sign_out() -> None:
    """Sign out: from now on commands are the keeper's of this machine again."""
    upgrade.ready()
    typer.echo("Signed out." if _end() else "Nobody was signed in.")


def _end() -> bool:
    token = kept_token()
    forget_token()
    if not token:
        return False
    with connect(DatabaseRole.DOOR, autocommit=True) as door:
        return end_session(door, token)


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    app.command("sign-in")(sign_in)
    app.command("sign-out")(sign_out)
