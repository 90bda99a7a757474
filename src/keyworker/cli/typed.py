"""Words that do not go on the command line, where every user of the machine and the shell's history see them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

import typer

from keyworker.vocabulary.errors import KeyworkerError

FROM_INPUT = "-"
"""In the place of an answer: it is the next line of standard input."""


def typed(name: str, said: str) -> str:
    """An answer, or the next line of standard input where it says so. Takes name, what is asked, for whoever types."""
    if said != FROM_INPUT:
        return said
    if sys.stdin.isatty():
        typer.echo(f"{name}: ", nl=False, err=True)
    return sys.stdin.readline().strip()


def answers_typed(said: Iterable[str], names: Sequence[str]) -> dict[str, str]:
    """What was answered to the questions of a form, as `name=answer` each. Takes names, of what it asks.

    Raises  KeyworkerError for an answer to what is not asked.
    """
    pairs = [one.partition("=") for one in said]
    unknown = [name for name, _, _ in pairs if name not in names]
    if unknown:
        raise KeyworkerError("That is not asked.", where=", ".join(unknown), remedy=f"It asks: {', '.join(names)}.")
    return {name: typed(name, answer) for name, _, answer in pairs}
