"""Words that do not go on the command line, where every user of the machine and the shell's history see them."""

from __future__ import annotations

import sys

import typer

FROM_INPUT = "-"
"""In the place of an answer: it is the next line of standard input."""


def typed(name: str, said: str) -> str:
    """An answer, or the next line of standard input where it says so. Takes name, what is asked, for whoever types."""
    if said != FROM_INPUT:
        return said
    if sys.stdin.isatty():
        typer.echo(f"{name}: ", nl=False, err=True)
    return sys.stdin.readline().strip()
