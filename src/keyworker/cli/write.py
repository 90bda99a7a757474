"""Files out: returns and extracts from the record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from keyworker.access import INSIDE_ONLY
from keyworker.cli.options import At, KnownAt, Restricted, moment_of, opened
from keyworker.cli.typed import free_words
from keyworker.returns import PURPOSES, RECEIVERS
from keyworker.vocabulary.errors import KeyworkerError


def write(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="annex-a, ssd, pack, cin, 903 or workforce.")],
    out: Annotated[Path, typer.Option("--out", help="A new folder; its files are readable by you only.")],
    at: At = None,
    known_at: KnownAt = None,
    authority: Annotated[str, typer.Option("--authority", help="The council's three-digit number.")] = "999",
    reason: Annotated[
        str | None, free_words("--reason", "What this is for, if not what its form is for; kept with it.")
    ] = None,
    restricted: Restricted = False,
) -> None:
    """Write a return as at a day, with a sheet that reconciles what went in, what came out and what was left out."""
    moment = moment_of(at, known_at)
    purpose = reason or PURPOSES.get(form, "write a return")
    if restricted and not reason:
        raise KeyworkerError(
            "Restricted children need a reason.", where="--restricted", remedy="Say what they are for with --reason."
        )
    with opened(purpose, restricted_for=purpose if restricted else "") as keyworker:
        written = keyworker.write(form, moment, out, authority=authority)
        marked = keyworker.children_marked()
    console = Console()
    if not restricted:
        console.print(
            "Children whom only named people may see are not in it, if there are any: see --restricted.",
            highlight=False,
            markup=False,
        )
    sheet = written.reconciliation
    if sheet.draft:
        console.print(sheet.draft, style="bold")
    for line in sheet.lines:
        why = "; ".join(f"{count:,} {reason}" for reason, count in line.left_out.items())
        console.print(
            f"{line.part}: {line.rows_in:,} in, {line.rows_out:,} out" + (f"; left out: {why}" if why else "")
        )
    for what, count in sheet.conflicts.items():
        if count:
            console.print(f"{count:,} {'child' if count == 1 else 'children'} {what}")
    if marked:
        console.print(_marked(marked, form), style="bold", highlight=False, soft_wrap=True)
    for told in (f"Written to {out}", f"It holds names, and is listed by `keyworker exports` as for: {purpose}."):
        console.print(told, highlight=False, markup=False, soft_wrap=True)


def _marked(count: int, form: str) -> str:
    """What is said of children about whom something must not be told: nothing of a form is left out."""
    whose = "1 child has something" if count == 1 else f"{count:,} children have something"
    to = RECEIVERS.get(form)
    rest = f"It holds what the law asks for all the same: send it to {to} and to nobody else." if to else INSIDE_ONLY
    return f"{whose} marked as not to be told. {rest}"


def register(app: typer.Typer) -> None:
    """Add this command to the `keyworker` command."""
    app.command()(write)
