"""The group of all commands, which loads a command's module when that command is typed."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from keyworker.cli.commands import COMMANDS

MODULES = {name: module for module, named in COMMANDS.items() for name in named}


class LateCommands(TyperGroup):
    """Lists every command by its line in `commands`; the one that was typed is loaded, and it alone."""

    def __init__(self, **given: Any) -> None:
        listed = [TyperCommand(name, help=line) for named in COMMANDS.values() for name, line in named.items()]
        super().__init__(**given | {"commands": listed})

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that was typed, in full."""
        name, found, rest = super().resolve_command(ctx, args)
        return name, loaded(MODULES[name])[name] if name and found else found, rest


def loaded(*modules: str) -> dict[str, Any]:
    """Commands in full, by name: those of some modules, or where none is named every command."""
    app = typer.Typer()
    for module in modules or COMMANDS:
        import_module(f"keyworker.cli.{module}").register(app)
    return dict(typer.main.get_group(app).commands)
