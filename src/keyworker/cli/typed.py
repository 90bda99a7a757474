"""Words that do not go on the command line, where every user of the machine and the shell's history see them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

import typer

from keyworker.vocabulary.errors import KeyworkerError

FROM_INPUT = "-"
"""In the place of an answer: it is the next line of standard input."""


def free_words(name: str, what: str) -> Any:
    """An option that takes words about a child, a family or somebody at work, or a name.

    The lines of standard input are read in the order in which the options that say - stand on the command line.
    Takes   name, such as --why; what, its line of help.
    """
    return typer.Option(name, help=f"{what.rstrip('.')} (- reads it).", callback=read_typed)


def read_typed(param: typer.CallbackParam, value: Any) -> Any:
    """What an option of `free_words` was given, or where it says so what was typed. Of a list each is read so."""
    if isinstance(value, list):
        return [typed(param.opts[0], one) for one in value]
    return typed(param.opts[0], value) if isinstance(value, str) else value


def typed(name: str, said: str) -> str:
    """An answer, or the next line of standard input where it says so. Takes name, what is asked, for whoever types.

    Raises  KeyworkerError where standard input has ended.
    """
    if said != FROM_INPUT:
        return said
    if sys.stdin.isatty():
        typer.echo(f"{name}: ", nl=False, err=True)
    line = sys.stdin.readline()
    if not line:
        raise KeyworkerError("Standard input has no line for it.", where=name, remedy="Give a line for each -.")
    return line.strip()


def answers_typed(said: Iterable[str], names: Sequence[str]) -> dict[str, str]:
    """What was answered to the questions of a form, as `name=answer` each. Takes names, of what it asks.

    Raises  KeyworkerError for an answer to what is not asked.
    """
    pairs = [one.partition("=") for one in said]
    unknown = [name for name, _, _ in pairs if name not in names]
    if unknown:
        raise KeyworkerError("That is not asked.", where=", ".join(unknown), remedy=f"It asks: {', '.join(names)}.")
    return {name: typed(name, answer) for name, _, answer in pairs}
