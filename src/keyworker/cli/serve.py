"""The pages: serve them on this machine, give somebody a sign-in."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from keyworker.vocabulary.errors import KeyworkerError

SHORTEST = 12

Port = Annotated[int, typer.Option("--port", help="The port on this machine; 0 for any that is free.")]
Host = Annotated[str, typer.Option("--host", help="An address of this machine itself; no other is served yet.")]
Account = Annotated[str, typer.Argument(help="The sign-in name, as the list of roles has it.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    app.command("serve")(serve)
    app.command("sign-in")(sign_in)


def serve(port: Port = 8000, host: Host = "127.0.0.1") -> None:
    """Serve the pages to this machine until stopped, and print their address."""
    from keyworker.web import entry

    console = Console()

    def ready(address: str) -> None:
        console.print(f"Keyworker is at {address}", highlight=False)
        console.print("It serves this machine alone. Stop it with Ctrl+C.", highlight=False)

    try:
        entry.serve_record(port, host=host, ready=ready)
    except KeyboardInterrupt:
        console.print("Stopped.")


def sign_in(account: Account) -> None:
    """Give somebody a way to sign in to the pages; what they may see is in the list of roles."""
    from keyworker.web import entry

    password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    if len(password) < SHORTEST:
        raise KeyworkerError(
            f"The password is shorter than {SHORTEST} characters.", remedy="Choose a longer one: three words will do."
        )
    made = entry.add_sign_ins([entry.SignIn(account, password)])
    Console().print(f"{account} can sign in." if made else f"{account} had a sign-in already; nothing was changed.")
