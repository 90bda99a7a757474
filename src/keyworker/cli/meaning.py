"""What our words mean, and what the data cannot support: `keyworker map` and `keyworker quality`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from keyworker.access import INSIDE
from keyworker.cli.options import At, ForPrograms, KnownAt, moment_of, opened
from keyworker.cli.showing import beside_an_empty_record
from keyworker.vocabulary.errors import KeyworkerError


def write_map(
    out: Annotated[Path, typer.Argument(help="The workbook to write.")] = Path("keyworker-meanings.xlsx"),
) -> None:
    """Write a workbook of every team, job title, involvement role and visit kind found, to fill in and load back."""
    if out.exists():
        raise KeyworkerError(
            "There is a file of that name, and it may hold what you filled in.",
            where=str(out),
            remedy=f"Load it with `keyworker load {out}`, or name another workbook.",
        )
    with (
        opened("give words their meaning") as keyworker,
        keyworker.exporting("workbook of meanings", identifying=False, for_whom=INSIDE) as export,
    ):
        words = keyworker.write_meanings(out, at=datetime.now(UTC).date())
        export.add([out])
    unmapped = sum(1 for word in words if not word.meanings)
    console = Console()
    console.print(f"{len(words):,} words found, {unmapped:,} of them without a meaning.")
    console.print(f"Fill in {out}, then: keyworker load {out}", highlight=False, markup=False, soft_wrap=True)


def quality(
    at: At = None,
    known_at: KnownAt = None,
    as_json: ForPrograms = False,
) -> None:
    """What the data cannot support, how often, and which figures that weakens."""
    with opened("judge the data") as keyworker:
        found = keyworker.quality(moment_of(at, known_at))
        beside_an_empty_record(keyworker)
    if as_json:
        rows = [
            {"check": one.name, "found": one.found, "of": one.of, "weakens": list(one.weakens), "remedy": one.remedy}
            for one in found
        ]
        typer.echo(json.dumps(rows, indent=1))
        return
    table = Table("What", "Found", "Of", "Weakens", "What to do")
    for one in found:
        table.add_row(one.name, f"{one.found:,}", f"{one.of:,}", ", ".join(one.weakens), one.remedy)
    Console().print(table)


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    app.command(name="map")(write_map)
    app.command()(quality)
