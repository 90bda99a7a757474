"""The made-up county: write it out as files, or load it and serve it as a demonstration."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from keyworker.cli.options import day_of
from keyworker.county import demo, files
from keyworker.record.home import home
from keyworker.returns.write import FORMATS
from keyworker.vocabulary.errors import KeyworkerError

PASSWORD = "made-up county"  # noqa: S105 the demonstration holds nobody, serves this machine alone and prints it
PLAIN = {"highlight": False, "markup": False, "soft_wrap": True}

Children = Annotated[int, typer.Option("--children", help="How many children the service knew in that time.")]
Years = Annotated[int, typer.Option("--years", help="How many years, up to and including the last day.")]
Seed = Annotated[int, typer.Option("--seed", help="The same seed makes the same county.")]
Form = Annotated[str, typer.Option("--format", help=f"One of {', '.join(FORMATS)}.")]
Out = Annotated[Path, typer.Option("--out", help="A folder that is new or empty.")]
At = Annotated[str | None, typer.Option("--at", help="The county's last day, such as 2024-03-31; today, if not given.")]
Extracts = Annotated[int, typer.Option("--extracts", help="How many extracts, evenly through the years.")]
Port = Annotated[int, typer.Option("--port", help="The port on this machine.")]
LoadOnly = Annotated[bool, typer.Option("--load-only", help="Load it, and do not serve the pages.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the `keyworker` command."""
    app.command("county")(county)
    app.command("demo")(demonstrate)


def county(
    out: Out,
    children: Children = 3_000,
    years: Years = 3,
    seed: Seed = 1,
    form: Form = "ssd",
    at: At = None,
    extracts: Extracts = 1,
) -> None:
    """Write a made-up county as files: nobody in it exists. The figures are held to a real county's published ones."""
    if form not in FORMATS:
        raise KeyworkerError(f"No format is called {form}.", where="--format", remedy=f"Use {', '.join(FORMATS)}.")
    asked = files.Asked(children, years, seed, _last_day(at), form, extracts)
    with _progress() as told:
        rows = files.write_county(asked, out, told)
    Console().print(f"{rows:,} rows of a county that does not exist are in {out}.", **PLAIN)  # type: ignore[arg-type]


def demonstrate(port: Port = 8000, load_only: LoadOnly = False) -> None:
    """Load the made-up county, print the address and the sign-ins, and serve the pages until stopped."""
    folder = home()
    with _progress() as told:
        loaded = demo.load_demo(folder, datetime.now(UTC), told)
    console = Console()
    if loaded.fresh:
        console.print(f"Loaded {len(loaded.rows)} extracts, the last with {loaded.rows[-1]:,} rows.", **PLAIN)  # type: ignore[arg-type]
    else:
        console.print("The demonstration was loaded before and is as it was left.")
    if load_only:
        return
    _serve(folder, port, console)


def _serve(folder: Path, port: int, console: Console) -> None:
    # The web framework is slow to import, and no other command needs it.
    from keyworker.web import entry

    os.environ.setdefault("KEYWORKER_COUNCIL", "Keyworker demonstration county")
    # Nobody in it exists, its password is printed, and nobody has a telephone at hand who only looks round.
    os.environ.setdefault("KEYWORKER_SECOND_FACTOR", "optional")
    entry.add_sign_ins([entry.SignIn(account, PASSWORD) for account, _ in demo.ACCOUNTS], home=folder)
    listed = Table("Sign in as", "You are", title=f"The password of each is: {PASSWORD}")
    for account, role in demo.ACCOUNTS:
        listed.add_row(account, role)
    console.print(listed)

    def ready(address: str) -> None:
        console.print(f"Keyworker is at {address}", highlight=False)
        console.print("Nobody in it exists. It serves this machine alone. Stop it with Ctrl+C.", highlight=False)

    try:
        entry.serve_record(port, home=folder, ready=ready)
    except KeyboardInterrupt:
        console.print("Stopped.")


def _last_day(said: str | None) -> date:
    return day_of(said, "--at") if said else datetime.now(UTC).date()


@contextmanager
def _progress() -> Iterator[files.Progress]:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Starting", total=None)

        def told(what: str, done: int, of: int) -> None:
            progress.update(task, description=what, completed=done, total=of)

        yield told
