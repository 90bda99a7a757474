"""Rows on a screen, or in a file that only its owner can read and that is listed among the exports."""

from __future__ import annotations

import io
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Column, Table

from keyworker.access import INSIDE
from keyworker.actions import Keyworker
from keyworker.cli.options import Format, opened
from keyworker.vocabulary.errors import KeyworkerError

WIDE = 200  # for a file or another program, which have no edge
WHOLE = {
    "on",
    "post_id",
    "empty_since",
    "last_step_on",
    "child_id",
    "worker_id",
    "lead_id",
    "from_on",
    "to_on",
    "last_seen_on",
    "due_on",
}  # of no use cut or folded
SHORT = {
    "workers_holding": "workers",
    "past_interval_of": "of",
    "changes_12_months": "changes in 12 months",
    "changes_12_months_of": "of child-months",
    "vacancies_of": "of posts",
    "most_children": "most",
    "days_above_capacity": "days above it",
    "workers_appointed": "appointed",
}


@dataclass(frozen=True)
class Leaving:
    """What leaves the record when it is written to a file: what, what for, and whether it holds names."""

    what: str
    reason: str
    names: bool = False


def no_parquet_on_a_screen(form: Format, out: Path | None) -> None:
    """Refuse what no screen can show."""
    if form is Format.PARQUET and out is None and sys.stdout.isatty():
        raise KeyworkerError("Parquet is not for a screen.", where="--format", remedy="Name a file with --out.")


def written(said: bytes, form: Format, out: Path | None, leaving: Leaving) -> None:
    """Write bytes to the screen, or to a file that only its owner can read and that is listed among the exports."""
    no_parquet_on_a_screen(form, out)
    if out is None:
        sys.stdout.buffer.write(said)
        return
    with (
        opened(leaving.reason) as keyworker,
        keyworker.exporting(leaving.what, identifying=leaving.names, for_whom=INSIDE) as export,
    ):
        _write(out, said)
        export.add([out])


def _write(out: Path, content: bytes) -> None:
    """Write a file that only its owner can read, in the place of an older one of that name."""
    with os.fdopen(os.open(out, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(content)


def content(frame: pl.DataFrame, form: Format) -> bytes:
    """A frame as bytes in the form that was asked for; a table on the screen is CSV in a file."""
    if form is Format.PARQUET:
        target = io.BytesIO()
        frame.write_parquet(target)
        return target.getvalue()
    if form is Format.JSON:
        return (json.dumps(frame.to_dicts(), default=str, indent=1) + "\n").encode()
    return frame.write_csv().encode()


def printed(frame: pl.DataFrame) -> None:
    """Print a frame as a table, wide enough for whatever reads it."""
    shown = Table(
        *(
            Column(SHORT.get(name, name.replace("_", " ")), overflow="fold", no_wrap=name in WHOLE)
            for name in frame.columns
        )
    )
    for row in frame.iter_rows():
        shown.add_row(*("" if value is None else str(value) for value in row))
    console = Console()
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console = Console(width=WIDE)
    console.print(shown)
    rows = "1 row" if frame.height == 1 else f"{frame.height:,} rows"
    console.print(f"{rows}. Every column: --format csv, json or parquet.")


def beside_an_empty_record(keyworker: Keyworker) -> None:
    """Say beside an answer that nothing was ever loaded: noughts from an empty record are no answer."""
    if not keyworker.sources():
        beside("Nothing has been loaded yet. `keyworker load PATH` takes files in.")


def beside(words: str) -> None:
    """Say something beside an answer, where no program takes it for the answer."""
    Console(stderr=True).print(words, highlight=False, markup=False)
