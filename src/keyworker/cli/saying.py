"""Words on the screen, as they are: what is typed into a record may look like markup, and no line is broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from keyworker.actions.leaving import LetOut


def say(line: str) -> None:
    """Print a line on standard output."""
    Console().print(line, highlight=False, markup=False, soft_wrap=True)


def say_left_out(found: LetOut) -> None:
    """Print what stays behind and why, and what to think of before the rest goes."""
    for one in found.left_out:
        say(f"Left out ({one.what}): {one.text} {one.why}")
    for caution in found.cautions:
        say(f"Before it goes: {caution}")
