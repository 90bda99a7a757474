"""Words on the screen, as they are: what is typed into a record may look like markup, and no line is broken."""

from __future__ import annotations

from rich.console import Console


def say(line: str) -> None:
    """Print a line on standard output."""
    Console().print(line, highlight=False, markup=False, soft_wrap=True)
