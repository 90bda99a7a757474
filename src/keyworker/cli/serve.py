"""The pages: serve them."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

Port = Annotated[int, typer.Option("--port", help="The port on this machine; 0 for any that is free.")]
HOST_HELP = "An address of this machine itself; another only behind a proxy with TLS, as the manual says."
Host = Annotated[str, typer.Option("--host", help=HOST_HELP)]


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    app.command("serve")(serve)


def serve(port: Port = 8000, host: Host = "127.0.0.1") -> None:
    """Serve the pages to this machine until stopped, and print their address."""
    from keyworker.web import entry

    console = Console()

    def ready(address: str) -> None:
        console.print(f"Keyworker is at {address}", highlight=False)
        console.print("Stop it with Ctrl+C.", highlight=False)

    try:
        entry.serve_record(port, host=host, ready=ready)
    except KeyboardInterrupt:
        console.print("Stopped.")
