"""Commands that are not built yet."""

import typer


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
